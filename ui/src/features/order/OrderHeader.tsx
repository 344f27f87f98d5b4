import { ArrowLeft, CreditCard, Lock, Pencil } from "lucide-react";
import { actionById, runAction } from "@/actions/useActions";
import type { OrderDetail } from "@/api/types";
import { Button, IconButton } from "@/components/Button";
import { Chip } from "@/components/Chip";
import { KeyCap } from "@/components/KeyCap";
import { problemWords } from "@/components/problemSentences";
import { StageChip } from "@/components/StateChip";
import { Tooltip } from "@/components/Tooltip";
import { countdown } from "@/lib/countdown";
import { serverNow } from "@/lib/ticker";
import { m } from "@/paraglide/messages.js";
import { CountdownText, editWindow } from "./CountdownText";
import { mayTry } from "./proposal";

type VerbId = "order.edit" | "order.hold" | "order.release" | "order.cancel";

function Verb({ id, primary, why }: { id: VerbId; primary?: boolean; why: string | undefined }) {
  const action = actionById(id);
  const [binding] = action.keys;
  const button = (
    <Button
      icon={action.icon}
      variant={primary ? "primary" : "default"}
      disabled={why !== undefined}
      focusableWhenDisabled
      onClick={() => runAction(id)}
    >
      {action.title()}
      {primary !== true && binding !== undefined && why === undefined ? <KeyCap binding={binding} /> : null}
    </Button>
  );
  return why === undefined ? button : <Tooltip content={why}>{button}</Tooltip>;
}

/** The stage by which the edit window counts: while every part is still here, it runs behind a matter as well. */
function clockStage({ stage, order, fulfillments }: OrderDetail): string {
  const live = fulfillments.filter((part) => part.state !== "rejected" && part.state !== "cancelled");
  const here = live.length > 0 && live.every((part) => part.state === "open");
  return stage === "attention" && order.state === "planned" && here ? "editable" : stage;
}

interface Properties {
  readonly detail: OrderDetail;
  readonly editing: boolean;
}

/** Number, where it stands, how long it can be changed, and the verbs. A verb that is refused says why. */
export function OrderHeader({ detail, editing }: Properties) {
  const { order, stage, editable } = detail;
  const clock = clockStage(detail);
  const { kind } = countdown(clock, editWindow(order.received_at, order.editable_until), serverNow());
  const why = (permission: OrderDetail["editable"]["hold"]) => {
    if (mayTry(permission)) return undefined;
    const { why: reason } = permission;
    const words = reason === null || reason === undefined ? undefined : problemWords(reason);
    return [words?.title, words?.next_step].filter(Boolean).join(". ");
  };
  const late = [editable.address, editable.hold, editable.cancel].every(
    (permission) => permission.why?.code === "SY-1101",
  );
  return (
    <header className="sticky top-0 z-20 flex flex-wrap items-center gap-x-12 gap-y-8 border-b border-border bg-bg px-24 py-12">
      <IconButton icon={ArrowLeft} label={m.order_action_back()} binding="u" onClick={() => runAction("order.back")} />
      <p className="font-mono text-xl text-fg">{order.number}</p>
      <StageChip stage={stage} />
      {order.paid === false && (
        <Chip family="attention" icon={CreditCard}>
          {m.order_unpaid()}
        </Chip>
      )}
      {order.edited && (
        <Chip family="changed" icon={Pencil}>
          {m.orders_flag_edited()}
        </Chip>
      )}
      <p className="flex items-center gap-6 text-sm">
        {kind === "running" && <span className="text-fg-2">{m.order_editable_for()}</span>}
        {kind !== "paused" && (
          <CountdownText stage={clock} received={order.received_at} editableUntil={order.editable_until} />
        )}
      </p>
      <span className="flex-1" />
      <div className="flex flex-wrap gap-8">
        {!editing && <Verb id="order.edit" primary why={undefined} />}
        {late ? (
          <Button icon={Lock} onClick={() => runAction("order.late")}>
            {m.order_late_button()}
          </Button>
        ) : (
          <>
            <Verb id="order.hold" why={why(editable.hold)} />
            <Verb id="order.release" why={why(editable.release)} />
            <Verb id="order.cancel" why={why(editable.cancel)} />
          </>
        )}
      </div>
    </header>
  );
}

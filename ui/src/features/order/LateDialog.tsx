import { Copy, ExternalLink, PhoneCall, Undo2, UserCheck } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Edit, OrderDetail, Problem } from "@/api/types";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { ErrorBanner } from "@/components/Problem";
import { problemWords } from "@/components/problemSentences";
import { useToaster } from "@/components/Toast";
import type { Names } from "@/features/orders/names";
import { absoluteTime, instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { platform } from "@/platform";
import { proposalButton, proposalOf } from "./proposal";
import { FULFILLMENT_STATES } from "./states";
import { useCommit } from "./useCommit";
import { usePreview } from "./usePreview";

/** What a person wanted, and why. */
export interface Wish {
  readonly edits: readonly Edit[];
  readonly reason: string;
}

interface Properties {
  readonly detail: OrderDetail;
  readonly names: Names;
  /** What the engine answered, if it was asked. */
  readonly problem: Pick<Problem, "detail" | "code"> | undefined;
  /** What came too late, if it was tried. */
  readonly wish: Wish | undefined;
  /** It waits for somebody who may still do it. */
  readonly onProposed: () => void;
  readonly onClose: () => void;
}

function Option({
  icon,
  title,
  children,
  action,
}: {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <li className="flex items-start gap-12 py-12">
      <span className="mt-2 shrink-0 text-fg-2">{icon}</span>
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        <p className="mt-2 text-fg-2">{children}</p>
      </div>
      {action}
    </li>
  );
}

/** The one dialog for every change that comes too late: what happened, when, what is still possible, what is not. */
export function LateDialog({ detail, names, problem, wish, onProposed, onClose }: Properties) {
  const toaster = useToaster();
  const { order } = detail;
  const { busy, propose } = useCommit(order.id);
  const [failure, setFailure] = useState<unknown>(undefined);
  const check = usePreview(order, order, wish?.edits ?? [], wish !== undefined && !busy);
  // What the engine says now: it is too late for this person, but perhaps not for somebody else.
  const proposal = wish === undefined ? undefined : proposalOf(check.data, undefined);
  const leave = async ({ edits, reason }: Wish) => {
    const outcome = await propose(edits, order, check.data, reason);
    if (outcome.kind === "done") onProposed();
    else if (outcome.kind === "failed") setFailure(outcome.error);
  };
  const gone = detail.fulfillments.filter((part) => !["open", "queued", "cancelled", "rejected"].includes(part.state));
  const finished = detail.order.state === "closed" || detail.order.state === "cancelled";
  const parcels = detail.shipments
    .flatMap((shipment) => shipment.parcels)
    .filter((parcel) => parcel.tracking_url !== "");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(gone.map((part) => part.reference).join(", "));
      toaster.done(m.order_copied_text());
    } catch (fault) {
      toaster.failed(fault);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={
        finished
          ? m.order_late_finished({ number: detail.order.number })
          : m.order_late_title({ number: detail.order.number })
      }
      description={m.order_late_nothing_changed()}
      actions={
        <Button variant="primary" onClick={onClose}>
          {m.order_late_understood()}
        </Button>
      }
    >
      <div className="flex flex-col gap-16 text-sm">
        <ul className="flex flex-col gap-4">
          {gone.map((part) => (
            <li key={part.id}>
              {m.order_late_what({
                reference: part.reference,
                warehouse: names.warehouse(part.warehouse),
                state: FULFILLMENT_STATES[part.state].label(),
                time: absoluteTime(instant(part.state_since) ?? 0),
              })}
            </li>
          ))}
          {gone.length === 0 && problem !== undefined && (
            <li>{problemWords({ title: "", next_step: "", ...problem }).detail}</li>
          )}
        </ul>
        <section>
          <h3 className="text-xs font-medium text-fg-2">{m.order_late_possible()}</h3>
          <ul className="divide-y divide-border">
            {proposal !== undefined && wish !== undefined && (
              <Option
                icon={<UserCheck aria-hidden size={16} />}
                title={m.order_late_propose()}
                action={
                  <Button size="small" busy={busy} onClick={() => void leave(wish)}>
                    {proposalButton(proposal)}
                  </Button>
                }
              >
                {m.order_propose_consequence()}
              </Option>
            )}
            {gone.length > 0 && !finished && (
              <Option
                icon={<PhoneCall aria-hidden size={16} />}
                title={m.order_late_contact()}
                action={
                  <Button size="small" icon={Copy} onClick={() => void copy()}>
                    {m.order_late_copy()}
                  </Button>
                }
              >
                {m.order_late_contact_text({ references: gone.map((part) => part.reference).join(", ") })}
              </Option>
            )}
            {parcels.slice(0, 3).map((parcel) => (
              <Option
                key={parcel.tracking_code}
                icon={<ExternalLink aria-hidden size={16} />}
                title={m.order_late_track({ carrier: parcel.carrier })}
                action={
                  <Button size="small" onClick={() => platform.openExternal(parcel.tracking_url)}>
                    {m.order_late_open()}
                  </Button>
                }
              >
                {m.order_late_track_text()}
              </Option>
            ))}
            <Option icon={<Undo2 aria-hidden size={16} />} title={m.order_late_return()}>
              {m.order_late_return_text()}
            </Option>
          </ul>
          {failure !== undefined && <ErrorBanner error={failure} />}
        </section>
        <section>
          <h3 className="text-xs font-medium text-fg-2">{m.order_late_not_yet()}</h3>
          <p className="mt-4 text-fg-2">{m.order_late_not_yet_text()}</p>
        </section>
      </div>
    </Dialog>
  );
}

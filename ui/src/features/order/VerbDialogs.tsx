import { useState } from "react";
import type { Edit, Hold, OrderDetail } from "@/api/types";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Banner, ErrorBanner } from "@/components/Problem";
import type { Names } from "@/features/orders/names";
import { newId } from "@/lib/id";
import { m } from "@/paraglide/messages.js";
import { ChangedSince } from "./ChangedSince";
import { type Committed, seenDifferences } from "./commit";
import { DecisionDialog } from "./DecisionDialog";
import type { Difference } from "./diff";
import { HoldFields, NEW_HOLD, wishOf } from "./HoldFields";
import { PreviewPanel } from "./PreviewPanel";
import { ProposalNote } from "./ProposalNote";
import { proposalButton, proposalOf } from "./proposal";
import { useCommit } from "./useCommit";
import { usePreview } from "./usePreview";

/** A verb of an order that is one edit, and is asked about in a dialog. */
export type Verb =
  | { readonly dialog: "hold" | "release" | "cancel" }
  | { readonly dialog: "lift"; readonly hold: Hold };

interface Properties {
  readonly detail: OrderDetail;
  readonly names: Names;
  readonly verb: Verb;
  /** It was done, or a warehouse was asked. */
  readonly onDone: (message: string) => void;
  readonly onLate: (
    problem: Extract<Committed, { kind: "late" }>["problem"],
    edits: readonly Edit[],
    reason: string,
  ) => void;
  readonly onClose: () => void;
}

/** Every verb shows what it would come to before it is done, by the same preview as a draft. */
export function VerbDialog({ detail, names, verb, onDone, onLate, onClose }: Properties) {
  const { order } = detail;
  const { busy, run, propose } = useCommit(order.id);
  const [failure, setFailure] = useState<unknown>(undefined);
  const [moved, setMoved] = useState(false);
  const [since, setSince] = useState<readonly Difference[]>([]);
  const [hold, setHold] = useState(NEW_HOLD);
  // Made once for the dialog, so that a repeated request places one hold.
  const [holdId] = useState(() => newId("hld"));
  const edit = (): Edit => {
    switch (verb.dialog) {
      case "hold": {
        const { reason, note, expires_at } = wishOf(hold);
        return { kind: "hold", id: holdId, reason, note, expires_at: expires_at ?? null };
      }
      case "lift":
        return { kind: "lift_hold", hold: verb.hold.id };
      case "release":
        return { kind: "release_now" };
      case "cancel":
        return { kind: "cancel" };
    }
  };
  // The words of a hold change nothing of what it comes to: it is not asked again while they are typed.
  const asked: Edit =
    verb.dialog === "hold"
      ? { kind: "hold", id: holdId, reason: hold.reason, note: m.order_hold_note(), expires_at: null }
      : edit();
  const check = usePreview(order, order, [asked], !busy);
  const proposal = proposalOf(check.isPlaceholderData ? undefined : check.data, failure);
  const refused = proposal === undefined && (check.data?.edits.some((one) => one.problem) ?? false);
  const decide = async (reason: string) => {
    const edits = [edit()];
    const outcome = await (proposal === undefined ? run : propose)(edits, order, check.data, reason);
    setMoved(outcome.kind === "stale");
    if (outcome.kind === "late") onLate(outcome.problem, edits, reason);
    else if (outcome.kind === "failed") setFailure(outcome.error);
    else if (outcome.kind === "stale") setSince(seenDifferences(order, outcome.current));
    else {
      const number = order.number;
      if (!("committed" in outcome.result)) {
        onDone(m.order_proposed({ number }));
        return;
      }
      const done = {
        hold: m.order_done_held,
        lift: m.order_done_lifted,
        release: m.order_done_released,
        cancel: m.order_done_cancelled,
      }[verb.dialog];
      onDone(outcome.result.requests.length > 0 ? m.order_asked({ number }) : done({ number }));
    }
  };
  const preview = (
    <>
      {moved && <Banner family="changed" title={m.order_preview_again()} />}
      <ChangedSince changes={since} lines={order.lines} names={names} />
      {proposal !== undefined && <ProposalNote proposal={proposal} />}
      {check.error !== null && <ErrorBanner error={check.error} />}
      {check.data !== undefined && <PreviewPanel detail={detail} names={names} edits={[asked]} preview={check.data} />}
    </>
  );
  const button = (done: string) => (proposal === undefined ? done : proposalButton(proposal));
  const consequence = (done: string) => (proposal === undefined ? done : m.order_propose_consequence());
  const shared = { busy, refused, error: failure, onClose, onDecide: (reason: string) => void decide(reason) };
  switch (verb.dialog) {
    case "hold":
      return (
        <Dialog
          open
          onOpenChange={(open) => {
            if (!open) onClose();
          }}
          width="large"
          title={m.order_hold_dialog({ number: order.number })}
          description={consequence(m.order_hold_consequence())}
          actions={
            <>
              <Button onClick={onClose}>{m.cancel()}</Button>
              <Button variant="primary" busy={busy} disabled={refused} type="submit" form="hold-order">
                {button(m.order_action_hold())}
              </Button>
            </>
          }
        >
          <form
            id="hold-order"
            className="flex flex-col gap-16"
            onSubmit={(event) => {
              event.preventDefault();
              void decide(hold.note.trim());
            }}
          >
            <HoldFields form={hold} onForm={setHold} />
            {failure !== undefined && <ErrorBanner error={failure} />}
            {preview}
          </form>
        </Dialog>
      );
    case "lift":
      return (
        <DecisionDialog
          {...shared}
          title={m.order_lift_title({ number: order.number })}
          consequence={consequence(
            order.holds.length > 1 ? m.order_lift_consequence_more() : m.order_lift_consequence(),
          )}
          button={button(m.order_action_lift())}
        >
          {preview}
        </DecisionDialog>
      );
    case "release":
      return (
        <DecisionDialog
          {...shared}
          danger={proposal === undefined}
          title={m.order_release_title({ number: order.number })}
          consequence={consequence(m.order_release_consequence())}
          button={button(
            m.order_release_button({
              warehouses: detail.fulfillments
                .filter((part) => part.state === "open")
                .map((part) => names.warehouse(part.warehouse))
                .join(", "),
            }),
          )}
        >
          {preview}
        </DecisionDialog>
      );
    case "cancel":
      return (
        <DecisionDialog
          {...shared}
          danger={proposal === undefined}
          title={m.order_cancel_title({ number: order.number })}
          consequence={consequence(detail.editable.cancel.asks ? m.order_cancel_asks() : m.order_cancel_consequence())}
          button={button(m.order_cancel_button({ number: order.number }))}
        >
          {preview}
        </DecisionDialog>
      );
  }
}

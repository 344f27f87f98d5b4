import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { useActions } from "@/actions/useActions";
import type { EditResult, Order } from "@/api/types";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextAreaField } from "@/components/Field";
import { KeyCap } from "@/components/KeyCap";
import { Banner, ErrorBanner } from "@/components/Problem";
import { m } from "@/paraglide/messages.js";
import { DifferenceTable } from "./DifferenceTable";
import { cancelsAll, changesOf, type Draft, type Step, stepsOf } from "./draft";

interface Properties {
  readonly order: Order;
  readonly draft: Draft;
  readonly onReason: (reason: string) => void;
  /** Asks the engine what one step would do. */
  readonly preview: (step: Step, revision: number) => Promise<EditResult>;
  readonly onSave: () => void;
  readonly saving: boolean;
  readonly onClose: () => void;
}

/** Old and new of every field, what the engine says to it, the reason, and only then the save. */
export function ReviewDialog({ order, draft, onReason, preview, onSave, saving, onClose }: Properties) {
  const reason = useRef<HTMLElement>(null);
  const steps = stepsOf(draft);
  const check = useQuery({
    queryKey: ["orders", "preview", order.id, order.revision, JSON.stringify(steps)],
    queryFn: async () => {
      const changes: EditResult["changes"] = [];
      let asks = false;
      for (const step of steps) {
        const result = await preview(step, order.revision);
        changes.push(...result.changes);
        asks ||= result.requests.length > 0;
      }
      return { changes, asks };
    },
    // While it is being saved the order moves on, and asking again would only ask about what is done.
    enabled: !saving,
    meta: { tags: [] },
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const differences = (check.data === undefined || check.data.asks ? changesOf(draft) : check.data.changes).map(
    (change) => ({
      path: change.field,
      before: change.before,
      after: change.after,
    }),
  );
  const goods = order.lines.filter((line) => line.kind === "goods").map((line) => line.id);
  const ready = check.isSuccess && !saving;
  useActions({ "order.save": ready ? onSave : undefined });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={m.order_review_title({ number: order.number })}
      description={m.order_review_description()}
      initialFocus={reason}
      actions={
        <>
          <Button onClick={onClose}>{m.order_review_back()}</Button>
          <Button variant="primary" busy={saving} disabled={!ready} onClick={onSave}>
            {m.order_action_save()}
            <KeyCap binding="Mod+s" />
          </Button>
        </>
      }
    >
      <div
        className="flex flex-col gap-16"
        ref={(element) => {
          reason.current = element?.querySelector("textarea") ?? null;
        }}
      >
        <DifferenceTable differences={differences} lines={order.lines} />
        {check.error !== null && <ErrorBanner error={check.error} />}
        {check.isSuccess && (
          <Banner
            family="info"
            title={
              check.data.asks
                ? m.order_review_asks()
                : cancelsAll(draft, goods)
                  ? m.order_review_cancels()
                  : m.order_review_replans()
            }
          />
        )}
        <TextAreaField
          label={m.order_reason()}
          help={m.order_reason_help()}
          rows={2}
          value={draft.reason}
          onValueChange={onReason}
        />
      </div>
    </Dialog>
  );
}

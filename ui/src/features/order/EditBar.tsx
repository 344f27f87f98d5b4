import { TriangleAlert } from "lucide-react";
import { runAction } from "@/actions/useActions";
import { Button } from "@/components/Button";
import { KeyCap } from "@/components/KeyCap";
import { integer } from "@/lib/number";
import { dayTime, shortTime } from "@/lib/time";
import { m } from "@/paraglide/messages.js";

/** The time alone on the same day, else with its day. */
function draftTime(at: number): string {
  return new Date(at).toDateString() === new Date().toDateString() ? shortTime(at) : dayTime(at);
}

interface Properties {
  readonly changes: number;
  /** When the draft was last changed, in milliseconds since 1970. */
  readonly changedAt: number | undefined;
  /** Whether the order has changed since the draft was begun. */
  readonly outdated: boolean;
  readonly conflicts: number;
  readonly onConflicts: () => void;
}

/** What the draft holds, and the ways out of it. */
export function EditBar({ changes, changedAt, outdated, conflicts, onConflicts }: Properties) {
  return (
    <section
      aria-label={m.order_draft_label()}
      className="sticky bottom-0 z-20 flex flex-wrap items-center gap-12 border-t border-changed-mark bg-changed-tint px-24 py-8 text-sm"
    >
      <p className="font-medium text-changed-text" aria-live="polite">
        {changes === 0 ? m.order_draft_none() : m.order_draft_changes({ count: integer(changes), rows: changes })}
      </p>
      {changedAt !== undefined && (
        <p className="text-xs text-fg-2">
          {[
            m.order_draft_from({ time: draftTime(changedAt) }),
            outdated && conflicts === 0 && m.order_draft_changed_since(),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      )}
      {conflicts > 0 && (
        <button
          type="button"
          onClick={onConflicts}
          className="flex items-center gap-6 font-medium text-attention-text hover:underline"
        >
          <TriangleAlert aria-hidden size={16} />
          {m.order_draft_conflicts({ count: integer(conflicts), rows: conflicts })}
        </button>
      )}
      <span className="flex-1" />
      <Button onClick={() => runAction("order.discard")}>{m.order_action_discard()}</Button>
      <Button variant="primary" disabled={changes === 0} onClick={() => runAction("order.review")}>
        {m.order_action_review()}
        <KeyCap binding="Mod+d" />
      </Button>
    </section>
  );
}

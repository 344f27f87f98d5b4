import { Play, TriangleAlert } from "lucide-react";
import { Button } from "@/components/Button";
import { KeyCap } from "@/components/KeyCap";
import { integer } from "@/lib/number";
import { dayTime } from "@/lib/time";
import { m } from "@/paraglide/messages.js";

interface Properties {
  /** What the draft is of. */
  readonly label: string;
  readonly changes: number;
  readonly changedAt: number | undefined;
  /** Whether somebody wrote a version since. */
  readonly outdated: boolean;
  /** How many places keep it from being saved. */
  readonly faults: number;
  readonly onOutdated: () => void;
  readonly onDiscard: () => void;
  readonly onTry?: (() => void) | undefined;
  readonly onSave: () => void;
  /** Shown at the button while its key works here. */
  readonly binding?: string;
}

/** What a draft holds, and the ways out of it. */
export function DraftBar(properties: Properties) {
  const { label, changes, changedAt, outdated, faults, onOutdated, onDiscard, onTry, onSave, binding } = properties;
  return (
    <section
      aria-label={label}
      className="sticky bottom-0 z-20 flex flex-wrap items-center gap-x-12 gap-y-6 border-t border-changed-mark bg-changed-tint px-24 py-8 text-sm"
    >
      <p className="font-medium text-changed-text" aria-live="polite">
        {m.order_draft_changes({ count: integer(changes), rows: changes })}
      </p>
      {changedAt !== undefined && (
        <p className="text-xs text-fg-2">{m.order_draft_from({ time: dayTime(changedAt) })}</p>
      )}
      {outdated && (
        <button
          type="button"
          onClick={onOutdated}
          className="flex items-center gap-6 font-medium text-attention-text hover:underline"
        >
          <TriangleAlert aria-hidden size={16} />
          {m.policy_outdated()}
        </button>
      )}
      {faults > 0 && (
        <p className="flex items-center gap-6 font-medium text-danger-text" role="status">
          <TriangleAlert aria-hidden size={16} />
          {m.policy_faults({ count: integer(faults), rows: faults })}
        </p>
      )}
      <span className="flex-1" />
      <Button onClick={onDiscard}>{m.policy_discard()}</Button>
      {onTry !== undefined && (
        <Button icon={Play} onClick={onTry}>
          {m.rules_try()}
        </Button>
      )}
      <Button variant="primary" disabled={faults > 0} focusableWhenDisabled onClick={onSave}>
        {m.policy_save()}
        {binding !== undefined && <KeyCap binding={binding} />}
      </Button>
    </section>
  );
}

import { ArrowUpDown, type LucideIcon, Minus, Pencil, Plus } from "lucide-react";
import { type Family, familyText } from "@/components/family";
import { classes } from "@/lib/classes";
import { m } from "@/paraglide/messages.js";
import type { Difference } from "./differences";

export const DIFFERENCE_WORDS: Readonly<Record<Difference["kind"], () => string>> = {
  added: m.policy_added,
  removed: m.policy_removed,
  changed: m.policy_changed,
  moved: m.policy_moved,
};

const LOOKS: Readonly<Record<Difference["kind"], { icon: LucideIcon; family: Family }>> = {
  added: { icon: Plus, family: "success" },
  removed: { icon: Minus, family: "danger" },
  changed: { icon: Pencil, family: "changed" },
  moved: { icon: ArrowUpDown, family: "info" },
};

/** What differs, one entry for each part. */
export function DifferenceList({ differences, label }: { differences: readonly Difference[]; label: string }) {
  if (differences.length === 0) {
    return <p className="text-sm text-fg-2">{m.policy_no_difference()}</p>;
  }
  return (
    <ul aria-label={label} className="flex max-h-280 flex-col overflow-y-auto rounded-6 border border-border">
      {differences.map((difference) => {
        const { icon: Icon, family } = LOOKS[difference.kind];
        return (
          <li
            key={`${difference.kind} ${difference.name}`}
            className="flex gap-8 border-b border-border px-12 py-8 text-sm last:border-b-0"
          >
            <Icon aria-hidden size={14} strokeWidth={2} className={classes("mt-4 shrink-0", familyText[family])} />
            <div className="min-w-0 flex-1">
              <p className="wrap-anywhere">
                <span className="font-medium text-fg">{difference.name}</span>{" "}
                <span className={classes("text-xs", familyText[family])}>{DIFFERENCE_WORDS[difference.kind]()}</span>
              </p>
              {"before" in difference && (
                <p className="text-xs wrap-anywhere text-fg-2 line-through">{difference.before}</p>
              )}
              {"after" in difference && <p className="text-xs wrap-anywhere text-fg">{difference.after}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** A state in words, with its icon: colour alone never carries it. */
import { Clock, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "@/lib/classes";
import { type Family, familyText, familyTint } from "./family";

export interface ChipProps {
  readonly family: Family;
  readonly icon: LucideIcon;
  readonly children: ReactNode;
  /** Shown before the server confirmed it. */
  readonly pending?: boolean;
  /** Known to be old: the colour goes, a clock comes, the word stays as readable as before. */
  readonly stale?: boolean;
  readonly title?: string;
}

export function Chip({ family, icon, children, pending = false, stale = false, title }: ChipProps) {
  const Icon = stale ? Clock : icon;
  return (
    <span
      title={title}
      className={classes(
        "inline-flex h-20 max-w-full shrink-0 items-center gap-4 rounded-pill border px-6 text-xs font-medium",
        stale ? "text-fg-3" : classes(familyText[family], familyTint[family]),
        pending ? "border-dashed border-current" : stale ? "border-border" : "border-transparent",
      )}
    >
      <Icon aria-hidden size={12} strokeWidth={2} className="shrink-0" />
      <span className="truncate">{children}</span>
    </span>
  );
}

/** The numbers of a dry run, before and after, ready to be drawn. Less is better in every one of them. */
import type { DryRunTotals } from "@/api/types";

export const MEASURES = ["parcels", "cost", "late_orders", "late_hours", "short_orders", "short_units"] as const;
export type Measure = (typeof MEASURES)[number];

export interface Bar {
  readonly measure: Measure;
  readonly before: number;
  readonly after: number;
  /** `after` less `before`. */
  readonly difference: number;
  /** Lengths of the bars, from 0 to 1: the longer of the two is 1, two zeros are 0. */
  readonly lengths: { readonly before: number; readonly after: number };
  readonly verdict: "better" | "worse" | "same";
}

export function barsOf(before: DryRunTotals, after: DryRunTotals): readonly Bar[] {
  return MEASURES.map((measure) => {
    const [old, now] = [before[measure], after[measure]];
    // Each measure has a scale of its own: hours and parcels have no common one.
    const most = Math.max(old, now);
    const length = (value: number) => (most === 0 ? 0 : value / most);
    return {
      measure,
      before: old,
      after: now,
      difference: now - old,
      lengths: { before: length(old), after: length(now) },
      verdict: now === old ? "same" : now < old ? "better" : "worse",
    };
  });
}

/** What a change would make of a level. The server decides; this is what the dialog shows before. */
import type { BlockReason, StockLevel } from "@/api/types";

export type Verb = "keep_back" | "block" | "unblock" | "earmark" | "correct";

export interface Wish {
  readonly verb: Verb;
  readonly units: number;
  readonly why: BlockReason;
  /** For `earmark`. */
  readonly shop: string;
}

const sum = (units: Readonly<Record<string, number | undefined>> | undefined): number =>
  Object.values(units ?? {}).reduce<number>((all, one) => all + (one ?? 0), 0);

export const blockedUnits = (level: StockLevel): number => sum(level.blocked);

/** On hand less reserved, set aside and kept back; never below zero. */
export const available = (level: StockLevel): number =>
  Math.max(0, level.on_hand - level.reserved - blockedUnits(level) - (level.safety ?? 0));

/** What is available less what is kept for the other shops. */
export const sellable = (level: StockLevel, shop: string): number =>
  Math.max(0, available(level) - sum(level.earmarks) + (level.earmarks?.[shop] ?? 0));

/** The level afterwards; `undefined` when no bucket could hold that. */
export function changed(level: StockLevel, { verb, units, why, shop }: Wish): StockLevel | undefined {
  if (!Number.isInteger(units) || units < 0) return undefined;
  switch (verb) {
    case "keep_back":
      return { ...level, safety: units };
    case "correct":
      return { ...level, on_hand: units };
    case "earmark":
      return { ...level, earmarks: { ...level.earmarks, [shop]: units } };
    case "block":
    case "unblock": {
      const there = level.blocked?.[why] ?? 0;
      const left = verb === "block" ? there + units : there - units;
      return left < 0 ? undefined : { ...level, blocked: { ...level.blocked, [why]: left } };
    }
  }
}

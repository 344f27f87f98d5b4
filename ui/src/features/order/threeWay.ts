/** A difference between what the shop said, what it says and what is so here, as rows that a person reads. */
import type { AttentionItem } from "@/api/types";

export type ThreeWay = NonNullable<AttentionItem["difference"]>;

/** One row; `path` is a field of the order, such as `ship_to.city` or `lines.lin_1.wanted`. */
export interface ThreeWayRow {
  readonly path: string;
  readonly was: unknown;
  readonly wants: unknown;
  readonly here: unknown;
}

type Parts = Readonly<Record<string, unknown>>;

function isParts(value: unknown): value is Parts {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An address in its fields, of which only those that differ are told; everything else as it is. */
export function threeWayRows({ field, was, wants, here }: ThreeWay): readonly ThreeWayRow[] {
  if (field !== "ship_to" || !isParts(was) || !isParts(wants) || !isParts(here))
    return [{ path: field, was, wants, here }];
  const names = [...new Set([...Object.keys(was), ...Object.keys(wants), ...Object.keys(here)])];
  return names
    .filter((name) => wants[name] !== was[name] || wants[name] !== here[name])
    .map((name) => ({ path: `${field}.${name}`, was: was[name], wants: wants[name], here: here[name] }));
}

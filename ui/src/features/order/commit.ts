/** Sends edits as one change; goes on where the engine alone has moved the order, stops where somebody else has. */
import { ApiError } from "@/api/problem";
import type { Edit, EditResult, Order } from "@/api/types";
import { type Difference, differences } from "./diff";

/** How often it is sent again because the engine planned anew in between. */
const MOST_RESTARTS = 5;

/** What the engine keeps for itself: a person decides on none of it. */
const OWN = /^(?:revision|updated_at|edited|editable_until|state|problems\b.*)$/;

/** Without what the engine keeps for itself. */
export function seen(changes: readonly Difference[]): Difference[] {
  return changes.filter((change) => !OWN.test(change.path));
}

/** What a person would see as changed between two versions of an order. */
export function seenDifferences(before: Order, after: Order): Difference[] {
  return seen(differences(before, after));
}

export type Committed<Result = EditResult> =
  | { readonly kind: "done"; readonly result: Result }
  /** The order is another, or the edits come to something else on it: nothing was done, and that is to be seen first. */
  | { readonly kind: "stale"; readonly current: Order }
  | { readonly kind: "late"; readonly problem: ApiError["problem"] }
  | { readonly kind: "failed"; readonly error: unknown };

/** Sends edits decided on a revision. */
export type Send<Result = EditResult> = (revision: number, edits: readonly Edit[]) => Promise<Result>;

/** Whether the edits come to the same on the order as it is now. */
export type Same = (current: Order) => Promise<boolean>;

/** Carries out `edits`, which the person decided on while `base` was on screen. */
export async function commit<Result>(
  edits: readonly Edit[],
  base: Order,
  same: Same,
  send: Send<Result>,
): Promise<Committed<Result>> {
  let { revision } = base;
  for (let restarts = 0; ; restarts += 1) {
    try {
      return { kind: "done", result: await send(revision, edits) };
    } catch (error) {
      if (!(error instanceof ApiError)) return { kind: "failed", error };
      const { code, order } = error.problem;
      if (code === "SY-1101") return { kind: "late", problem: error.problem };
      if (code !== "SY-0006" || order === null || order === undefined || restarts === MOST_RESTARTS) {
        return { kind: "failed", error };
      }
      // What was shown is what is done, or it is shown again.
      if (seenDifferences(base, order).length > 0 || !(await same(order))) return { kind: "stale", current: order };
      revision = order.revision;
    }
  }
}

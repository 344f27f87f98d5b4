/** Carries a draft out: one request after the other, on top of whatever happened in between. */
import { ApiError } from "@/api/problem";
import type { EditResult, Order } from "@/api/types";
import { type Conflict, conflictsOf, type Draft, editableOf, rebased, type Step, stepsOf, without } from "./draft";

/** How often a save starts over because something unrelated changed in between; the engine plans anew after each edit. */
const MOST_RESTARTS = 5;

export type SaveOutcome =
  | { readonly kind: "saved"; readonly order: Order; readonly asked: boolean }
  /** The same field was changed by somebody else. Steps before it are saved; `draft` holds what is left. */
  | {
      readonly kind: "conflict";
      readonly draft: Draft;
      readonly current: Order;
      readonly conflicts: readonly Conflict[];
    }
  /** The order has left; nothing of the rest can be changed here. */
  | { readonly kind: "late"; readonly draft: Draft; readonly problem: ApiError["problem"] }
  | { readonly kind: "failed"; readonly draft: Draft; readonly error: unknown };

export interface SaveRequests {
  /** Sends one step decided on `revision`. */
  readonly put: (step: Step, revision: number) => Promise<EditResult>;
  /** Reads the order as it is now. */
  readonly read: () => Promise<Order>;
}

/** Saves `draft`, which the person decided on while `seen` was on screen. */
export async function saveDraft(draft: Draft, seen: Order, requests: SaveRequests): Promise<SaveOutcome> {
  let left = draft;
  let current = seen;
  let restarts = 0;
  let asked = false;
  for (;;) {
    const conflicts = conflictsOf(left, editableOf(current));
    if (conflicts.length > 0) return { kind: "conflict", draft: left, current, conflicts };
    left = rebased(left, editableOf(current));
    const [step] = stepsOf(left);
    if (step === undefined) return { kind: "saved", order: current, asked };
    try {
      const result = await requests.put(step, current.revision);
      current = result.order;
      if (result.requests.length > 0) {
        // Asked, not done: the order stays as it is until the warehouse answers, and asking twice helps nobody.
        asked = true;
        left = without(left, step);
      }
    } catch (error) {
      if (!(error instanceof ApiError)) return { kind: "failed", draft: left, error };
      if (error.problem.code === "SY-1101") return { kind: "late", draft: left, problem: error.problem };
      restarts += 1;
      if (error.problem.code !== "SY-0006" || restarts > MOST_RESTARTS) return { kind: "failed", draft: left, error };
      try {
        current = error.problem.order ?? (await requests.read());
      } catch (unread) {
        return { kind: "failed", draft: left, error: unread };
      }
    }
  }
}

/** Carries one wish out on many orders, one after the other, and remembers how each ended. Pure but for what it is given. */
import { UnreachableError } from "@/api/problem";

/** An order as far as a batch and its result need it. */
export interface Member {
  readonly id: string;
  readonly number: string;
}

export type Ending =
  | { readonly kind: "done" }
  /** The engine's rules or the server said no. */
  | { readonly kind: "refused"; readonly error: unknown }
  /** Stopped before its turn. */
  | { readonly kind: "untried" };

export interface Outcome {
  readonly member: Member;
  readonly ending: Ending;
}

export interface BatchResult {
  readonly outcomes: readonly Outcome[];
  /** Whether the rest was not tried because nobody answered any more. */
  readonly offline: boolean;
}

/**
 * Runs `perform` for every member in order. A refusal is remembered and the next one is tried; silence or a stop ends it, and
 * the rest stays untried: what nobody watches is not done.
 */
export async function runBatch(
  members: readonly Member[],
  perform: (member: Member) => Promise<void>,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<BatchResult> {
  const outcomes: Outcome[] = [];
  let offline = false;
  for (const member of members) {
    if (signal.aborted || offline) {
      outcomes.push({ member, ending: { kind: "untried" } });
      continue;
    }
    try {
      await perform(member);
      outcomes.push({ member, ending: { kind: "done" } });
    } catch (error) {
      // Unanswered after its retries: it may or may not have happened, so it is told as refused, with that reason.
      outcomes.push({ member, ending: { kind: "refused", error } });
      offline = error instanceof UnreachableError;
    }
    onProgress(outcomes.length);
  }
  return { outcomes, offline };
}

/** The members that ended like this. */
export function endedAs(result: BatchResult, kind: Ending["kind"]): readonly Outcome[] {
  return result.outcomes.filter((outcome) => outcome.ending.kind === kind);
}

/** The timeline of an order: journal entries and tries, folded so that one happening is one row. */
import type { Attempt, Recorded } from "@/api/types";

/** One row of the timeline. */
export type Happening =
  | {
      readonly kind: "change";
      readonly key: string;
      /** Epoch milliseconds of the last one. */
      readonly at: number;
      /** Entries of the same kind, actor and subject in a row, oldest first; at least one. */
      readonly entries: readonly Recorded[];
    }
  | {
      readonly kind: "attempts";
      readonly key: string;
      readonly at: number;
      /** Hand-over or write-back id. */
      readonly subject: string;
      /** Tries of one subject, oldest first; at least one. */
      readonly attempts: readonly Attempt[];
    };

const actorKey = (entry: Recorded) => `${entry.actor.kind}:${entry.actor.name}`;

function sameHappening(left: Recorded, right: Recorded): boolean {
  return (
    left.kind === right.kind &&
    left.subject === right.subject &&
    actorKey(left) === actorKey(right) &&
    left.reason === right.reason
  );
}

/** Newest first. Repeats fold into one row, and all tries of one hand-over or write-back stand together. */
export function happenings(entries: readonly Recorded[], attempts: readonly Attempt[]): Happening[] {
  const rows: Happening[] = [];
  let run: Recorded[] = [];
  const close = () => {
    const last = run.at(-1);
    const first = run[0];
    if (last === undefined || first === undefined) return;
    rows.push({ kind: "change", key: `change-${first.seq}`, at: Date.parse(last.at), entries: run });
    run = [];
  };
  for (const entry of entries.toSorted((left, right) => left.seq - right.seq)) {
    const last = run.at(-1);
    if (last !== undefined && !sameHappening(last, entry)) close();
    run.push(entry);
  }
  close();
  const bySubject = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    bySubject.set(attempt.subject, [...(bySubject.get(attempt.subject) ?? []), attempt]);
  }
  for (const [subject, tries] of bySubject) {
    const sorted = tries.toSorted((left, right) => left.number - right.number);
    const last = sorted.at(-1);
    if (last === undefined) continue;
    const at = Date.parse(last.ended_at ?? last.started_at);
    rows.push({ kind: "attempts", key: `attempts-${subject}`, at, subject, attempts: sorted });
  }
  return rows.toSorted((left, right) => right.at - left.at);
}

/** What a preview changes of an order, as rows that a person reads: units instead of counters, a new line as one thing. */
import type { Edit, Order, Preview } from "@/api/types";
import type { Difference } from "./diff";

/** Counters of a line; together they are the units wanted. */
const COUNTER = /^lines\.(.+)\.(?:ordered|cancelled|backordered)$/;
/** What follows from the rest, or is the engine's own. */
const FOLLOWS = /^(?:problems|attention|moves|past_causes|shop_updated_at|shop_version)\b/;

/** What the order has at once when the edits are made. */
export function previewRows(before: Order, { order: after, changes }: Preview): Difference[] {
  const rows: Difference[] = [];
  const known = new Set(before.lines.map((line) => line.id));
  for (const line of after.lines) {
    const old = before.lines.find((other) => other.id === line.id);
    const wanted = line.ordered - line.cancelled;
    if (old === undefined) rows.push({ path: `added.${line.id}`, before: undefined, after: line });
    else if (old.ordered - old.cancelled !== wanted) {
      rows.push({ path: `lines.${line.id}.wanted`, before: old.ordered - old.cancelled, after: wanted });
    }
  }
  for (const { field, before: was, after: is } of changes) {
    const line = /^lines\.([^.]+)/.exec(field)?.[1];
    const ofNewLine = line !== undefined && !known.has(line);
    // Planning again takes the order a step back by itself; that it ends is news.
    const step = field === "state" && is !== "cancelled" && is !== "closed";
    if (!COUNTER.test(field) && !FOLLOWS.test(field) && !ofNewLine && !step) {
      rows.push({ path: field, before: was ?? undefined, after: is ?? undefined });
    }
  }
  return rows;
}

/**
 * What a draft wants and the order does not have at once: a warehouse is asked for it, or it is refused. `wishes` are the
 * draft's own changes.
 */
export function pendingRows(wishes: readonly Difference[], at: readonly Difference[]): Difference[] {
  const done = new Set(at.map((row) => row.path));
  return wishes.filter((wish) => !done.has(wish.path) && !wish.path.startsWith("moves."));
}

/** Whether the draft leaves nothing to ship: the engine then cancels the order. */
export function cancels({ order }: Preview): boolean {
  return order.state === "cancelled";
}

/** Why edits cannot be made as they are, one for each that is refused, with its place. */
export function refusals(edits: readonly Edit[], preview: Preview) {
  return edits.flatMap((edit, place) => {
    const problem = preview.edits[place]?.problem;
    return problem === null || problem === undefined ? [] : [{ edit, place, problem }];
  });
}

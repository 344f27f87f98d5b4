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

/** A move is no field of the order: it is done at once unless the part's warehouse is asked, or it is refused. */
function movedAtOnce(path: string, edits: readonly Edit[], preview: Preview): boolean {
  const fulfillment = /^moves\.(.+)$/.exec(path)?.[1];
  if (fulfillment === undefined) return false;
  const place = edits.findIndex((edit) => edit.kind === "warehouse" && edit.fulfillment === fulfillment);
  const asked = preview.requests.some((request) => request.fulfillment === fulfillment);
  return place !== -1 && !preview.edits[place]?.problem && !asked;
}

/**
 * Rows in two lists: what holds at once when the edits are made, and what a draft wants and does not get at once, because
 * a warehouse is asked for it or it is refused. `wishes` are the draft's own changes.
 */
export function splitRows(
  before: Order,
  edits: readonly Edit[],
  preview: Preview,
  wishes: readonly Difference[],
): { readonly now: readonly Difference[]; readonly later: readonly Difference[] } {
  const rows = previewRows(before, preview);
  const done = new Set(rows.map((row) => row.path));
  const left = wishes.filter((wish) => !done.has(wish.path));
  const moved = left.filter((wish) => movedAtOnce(wish.path, edits, preview));
  return { now: [...moved, ...rows], later: left.filter((wish) => !moved.includes(wish)) };
}

/** Whether the draft leaves nothing to ship: the engine then cancels the order. */
export function cancels({ order }: Preview): boolean {
  return order.state === "cancelled";
}

/** What a person decides on: two previews with the same of it are the same to them. */
export function decisive({ edits, requests, plan, plan_problem, cost_after, attention }: Preview): string {
  return JSON.stringify([
    edits.map(({ problem, verdicts }) => [problem?.code ?? "", verdicts.map(({ ruling }) => ruling)]),
    requests.map(({ warehouse, asks }) => [warehouse, asks]),
    plan?.allocation ?? [],
    plan?.short ?? [],
    plan_problem ?? "",
    cost_after ?? null,
    attention.map(({ code, options }) => [code, options]),
  ]);
}

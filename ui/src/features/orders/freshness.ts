/**
 * Compares rows on screen with what the server would answer now. Pure: nothing moves here, the result says what to patch,
 * what no longer belongs where it stands, and what is new.
 */

export interface Comparison<Row> {
  /** Newer facts about rows that are on screen. */
  readonly patches: readonly Row[];
  /** Ids of rows that left this part of the list: their sort key or the filter moved them. */
  readonly left: readonly string[];
  /** Ids that the list did not have here. */
  readonly added: readonly string[];
}

/**
 * `shown` is the window as it stands, `fresh` the same window now. Rows beyond the last one both have may only have been
 * pushed over the window's end, so nothing is said about them.
 */
export function compareWindow<Row>(
  shown: readonly Row[],
  fresh: readonly Row[],
  idOf: (row: Row) => string,
  changed: (before: Row, after: Row) => boolean,
): Comparison<Row> {
  const now = new Map(fresh.map((row) => [idOf(row), row]));
  const here = new Set(shown.map(idOf));
  const lastKept = shown.findLastIndex((row) => now.has(idOf(row)));
  // With fewer rows than before nothing was pushed out: what is missing has left.
  const pushed = fresh.length < shown.length ? shown.length : lastKept;
  const patches: Row[] = [];
  const left: string[] = [];
  shown.forEach((row, index) => {
    const after = now.get(idOf(row));
    if (after === undefined) {
      if (index < pushed) left.push(idOf(row));
    } else if (changed(row, after)) patches.push(after);
  });
  // A row that took the place of one which left at the end was below this window before.
  const lastKnown = fresh.findLastIndex((row) => here.has(idOf(row)));
  const certain = lastKnown < 0 || fresh.length > shown.length ? fresh.length : lastKnown;
  const added = fresh.slice(0, certain).filter((row) => !here.has(idOf(row)));
  return { patches, left, added: added.map(idOf) };
}

/** What changed between two JSON values, leaf by leaf, for the timeline and the edit review. */

export interface Difference {
  /** Dotted path; empty when the values themselves are leaves. */
  readonly path: string;
  /** `undefined` where it did not exist. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Whether a value is an amount of money: one fact although it is written as two. */
export function isMoney(value: unknown): value is { minor: number; currency: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    "minor" in value &&
    typeof value.minor === "number" &&
    "currency" in value &&
    typeof value.currency === "string"
  );
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !isMoney(value);
}

function sameLeaf(before: unknown, after: unknown): boolean {
  if (isMoney(before) && isMoney(after)) return before.minor === after.minor && before.currency === after.currency;
  return (before ?? null) === (after ?? null);
}

/** Keys of arrays and objects alike; array elements with an `id` are told apart by it, so that an insertion is one change. */
function entriesOf(value: unknown): Map<string, unknown> {
  if (!isBranch(value)) return new Map();
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  return new Map(
    value.map((element: unknown, index) => [
      isBranch(element) && typeof element.id === "string" ? element.id : String(index),
      element,
    ]),
  );
}

/** The differing leaves, in the order of `before` and then what is new. Absent and `null` count as the same. */
export function differences(before: unknown, after: unknown, path = ""): Difference[] {
  if (!isBranch(before) && !isBranch(after)) {
    return sameLeaf(before, after) ? [] : [{ path, before: before ?? undefined, after: after ?? undefined }];
  }
  const [old, now] = [entriesOf(before), entriesOf(after)];
  // A leaf that became a branch, or the reverse, is a change by itself.
  const found: Difference[] = [];
  if (before !== null && before !== undefined && !isBranch(before)) found.push({ path, before, after: undefined });
  if (after !== null && after !== undefined && !isBranch(after)) found.push({ path, before: undefined, after });
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    found.push(...differences(old.get(key), now.get(key), path === "" ? key : `${path}.${key}`));
  }
  return found;
}

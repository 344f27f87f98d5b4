/** Two versions of a policy, part by part, in words. */

/** One part of a policy, such as a rule. */
export interface Part {
  /** What it is called, in both versions alike. */
  readonly name: string;
  readonly text: string;
}

export type Difference =
  | { readonly kind: "added"; readonly name: string; readonly after: string }
  | { readonly kind: "removed"; readonly name: string; readonly before: string }
  | { readonly kind: "changed"; readonly name: string; readonly before: string; readonly after: string }
  /** The same parts in another order. */
  | { readonly kind: "moved"; readonly name: string };

/** Positions of the longest run of names that kept their order. */
function kept(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const place = new Map(before.map((name, index) => [name, index]));
  const places = after.map((name) => place.get(name) ?? -1);
  const length = places.map(() => 1);
  const previous = places.map(() => -1);
  for (const [index, at] of places.entries()) {
    for (let earlier = 0; earlier < index; earlier += 1) {
      if ((places[earlier] ?? 0) < at && (length[earlier] ?? 0) + 1 > (length[index] ?? 0)) {
        length[index] = (length[earlier] ?? 0) + 1;
        previous[index] = earlier;
      }
    }
  }
  const names = new Set<string>();
  for (let index = length.indexOf(Math.max(0, ...length)); index >= 0; index = previous[index] ?? -1) {
    const name = after[index];
    if (name !== undefined) names.add(name);
  }
  return names;
}

/** What became of each part, in the order of the later version; what is gone comes last. */
export function differencesOf(before: readonly Part[], after: readonly Part[]): readonly Difference[] {
  const old = new Map(before.map((part) => [part.name, part.text]));
  const now = new Map(after.map((part) => [part.name, part.text]));
  const shared = (parts: readonly Part[]) =>
    parts.map((part) => part.name).filter((name) => old.has(name) && now.has(name));
  const inPlace = kept(shared(before), shared(after));
  const found: Difference[] = [];
  for (const { name, text } of after) {
    const earlier = old.get(name);
    if (earlier === undefined) found.push({ kind: "added", name, after: text });
    else if (earlier !== text) found.push({ kind: "changed", name, before: earlier, after: text });
    if (earlier !== undefined && !inPlace.has(name)) found.push({ kind: "moved", name });
  }
  for (const { name, text } of before) {
    if (!now.has(name)) found.push({ kind: "removed", name, before: text });
  }
  return found;
}

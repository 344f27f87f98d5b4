/** What is wrong with a policy, by the path that the server and its linter use too. */
import { ApiError } from "@/api/problem";
import { fieldWords } from "@/components/problemSentences";

export interface Fault {
  /** Such as `rules[2].when.all[0].country`. */
  readonly path: string;
  readonly text: string;
}

/** Whether `path` is the place itself or lies inside it. */
export function isWithin(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
}

export function within<T extends { readonly path: string }>(faults: readonly T[], place: string): readonly T[] {
  return faults.filter((fault) => isWithin(fault.path, place));
}

/** The words of all faults at a place and inside it; undefined when there are none. */
export function faultText(faults: readonly Fault[], place: string): string | undefined {
  const found = within(faults, place).map((fault) => fault.text);
  return found.length === 0 ? undefined : [...new Set(found)].join(" ");
}

/** The words of faults at exactly these places. */
export function ownFaultText(faults: readonly Fault[], ...places: readonly string[]): string | undefined {
  const found = faults.filter((fault) => places.includes(fault.path)).map((fault) => fault.text);
  return found.length === 0 ? undefined : [...new Set(found)].join(" ");
}

/** The places that a refusal names. */
export function refusedPlaces(error: unknown): readonly Fault[] {
  return error instanceof ApiError
    ? error.problem.fields.map((field) => ({ path: field.path, text: fieldWords(field.detail) }))
    : [];
}

/** From terms back to text: what a chip edit does to the query. */
import type { Condition, Query, Span } from "./parse";

/** A term without its place, as a chip or a built-in view states it. */
export type Wish =
  | { readonly kind: "field"; readonly field: string; readonly negated: boolean; readonly condition: Condition }
  | { readonly kind: "words"; readonly text: string };

function quoted(value: string, special: RegExp): string {
  return special.test(value) || value === "" ? `"${value.replaceAll(/["\\]/g, "\\$&")}"` : value;
}

const VALUE_SPECIAL = /[\s,]|^"/;
const WORD_SPECIAL = /\s|^["-]|^[A-Za-z][A-Za-z0-9_]*:/;

/** How a value of a field is written, quoted where it has to be. */
export function valueText(value: string): string {
  return quoted(value, VALUE_SPECIAL);
}

function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case "any":
      return condition.values.map(valueText).join(",");
    case "compare":
      return valueText(`${condition.op}${condition.value}`);
    case "range":
      return valueText(`${condition.from}..${condition.to}`);
  }
}

/** The canonical text of one term. */
export function termText(term: Wish): string {
  if (term.kind === "words") return quoted(term.text, WORD_SPECIAL);
  return `${term.negated ? "-" : ""}${term.field}:${conditionText(term.condition)}`;
}

/** The canonical text of a query: its terms in order, one space between them. */
export function queryText(terms: readonly Wish[]): string {
  return terms.map(termText).join(" ");
}

/** The text without one part; the space beside it goes too, everything else stays byte for byte. */
export function without(query: Query, span: Span): string {
  const before = query.text.slice(0, span.start).trimEnd();
  const after = query.text.slice(span.end).trimStart();
  return before === "" || after === "" ? before + after : `${before} ${after}`;
}

/** The text with one part replaced, everything else byte for byte. */
export function replaced(text: string, span: Span, by: string): string {
  return text.slice(0, span.start) + by + text.slice(span.end);
}

/** What could be typed next at the caret. */
import { FIELDS, fieldNamed } from "./fields";
import type { Span } from "./parse";
import { valueText } from "./text";

/** Values known at run time, by field name. */
export type KnownValues = Readonly<Partial<Record<string, readonly string[]>>>;

export interface Suggestion {
  /** What replaces `span` when chosen. */
  readonly insert: string;
  /** The part of the text it replaces. */
  readonly span: Span;
  readonly kind: "field" | "value";
  /** The field it names, or belongs to. */
  readonly field: string;
  /** The value without quoting; empty for a field. */
  readonly value: string;
}

const INSTANTS = ["today", "yesterday", ">-2h", "<30m"] as const;
const LIMIT = 8;

/** Suggestions at `caret`, best first, at most 8. Nothing is suggested for a finished value. */
export function suggest(text: string, caret: number, known: KnownValues): Suggestion[] {
  const before = text.slice(0, caret);
  const quotes = before.split('"').length - 1;
  const start = quotes % 2 === 1 ? before.lastIndexOf(" ", before.lastIndexOf('"')) + 1 : before.search(/\S*$/);
  const token = text.slice(start, caret);
  const match = /^(-?)([A-Za-z][A-Za-z0-9_]*|)(:?)/.exec(token);
  const [, minus = "", name = "", colon = ""] = match ?? [];
  if (colon === "") {
    // Between two terms nothing is offered unasked; an empty query offers every field.
    if (token !== `${minus}${name}` || (token === "" && text.trim() !== "")) return [];
    const typed = name.toLowerCase();
    return FIELDS.filter((field) => field.name.startsWith(typed))
      .slice(0, LIMIT + 4)
      .map((field) => ({
        insert: `${minus}${field.name}:`,
        span: { start, end: caret },
        kind: "field" as const,
        field: field.name,
        value: "",
      }));
  }
  const field = fieldNamed(name);
  if (field === undefined) return [];
  const list = token.slice(minus.length + name.length + 1);
  const last = list.lastIndexOf(",") + 1;
  const typed = list.slice(last).replaceAll('"', "").toLowerCase();
  const taken = new Set(list.slice(0, last).toLowerCase().split(","));
  const candidates = field.choices ?? known[field.name] ?? (field.kind === "instant" ? INSTANTS : []);
  const valueStart = start + minus.length + name.length + 1 + last;
  return candidates
    .filter((value) => value.toLowerCase().includes(typed) && value.toLowerCase() !== typed)
    .filter((value) => !taken.has(value.toLowerCase()))
    .toSorted((a, b) => Number(b.toLowerCase().startsWith(typed)) - Number(a.toLowerCase().startsWith(typed)))
    .slice(0, LIMIT)
    .map((value) => ({
      insert: valueText(value),
      span: { start: valueStart, end: caret },
      kind: "value" as const,
      field: field.name,
      value,
    }));
}

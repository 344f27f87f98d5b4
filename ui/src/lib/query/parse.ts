/**
 * The query language of the order list: text in, terms and faults out, never an exception.
 *
 * Terms are joined by AND: `field:value`, `field:a,b` (or), `-field:value` (not), `field:>=10`, `field:10..20`, quoted
 * strings with `\"` and `\\`, bare words for full text. The text is the truth; terms carry their place in it so that
 * chips and underlines are renderings of it. Cut the same way as the server cuts it, which has the last word.
 */
import { FIELDS, type Field, fieldNamed, isValidValue, takesBounds, takesList, takesNot } from "./fields";
import { nearest } from "./nearest";

/** A half-open range of UTF-16 positions in the query text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Comparison = "<" | "<=" | ">" | ">=";

/** What a field is asked to be. */
export type Condition =
  | { readonly kind: "any"; readonly values: readonly string[] }
  | { readonly kind: "compare"; readonly op: Comparison; readonly value: string }
  /** Both ends included; an empty end is open. */
  | { readonly kind: "range"; readonly from: string; readonly to: string };

export type Term =
  | {
      readonly kind: "field";
      readonly field: string;
      readonly negated: boolean;
      readonly condition: Condition;
      readonly span: Span;
    }
  | { readonly kind: "words"; readonly text: string; readonly span: Span };

/** Something in the text that cannot be understood, with what was probably meant. */
export interface Fault {
  readonly kind: "unknown_field" | "bad_value" | "empty_value" | "one_value" | "no_not" | "unclosed_quote";
  /** The offending part of the text. */
  readonly span: Span;
  readonly given: string;
  /** The field the fault is in, when it is a known one. */
  readonly field?: string;
  /** The nearest valid name or value, if one is near. */
  readonly nearest?: string;
}

export interface Query {
  readonly text: string;
  readonly terms: readonly Term[];
  readonly faults: readonly Fault[];
}

interface Value {
  readonly text: string;
  readonly span: Span;
}

const SPACE = /\s/;
const FIELD_HEAD = /^([A-Za-z][A-Za-z0-9_]*):/;

/** Reads the text from left to right, collecting terms and faults. */
class Reader {
  readonly terms: Term[] = [];
  readonly faults: Fault[] = [];
  #at = 0;

  constructor(readonly text: string) {}

  read(): void {
    while (this.#at < this.text.length) {
      if (SPACE.test(this.text[this.#at] ?? "")) this.#at += 1;
      else this.#term();
    }
  }

  #run(stops: string): string {
    const start = this.#at;
    while (this.#at < this.text.length) {
      const char = this.text[this.#at] ?? "";
      if (SPACE.test(char) || stops.includes(char)) break;
      this.#at += 1;
    }
    return this.text.slice(start, this.#at);
  }

  #quoted(): string {
    const start = this.#at;
    this.#at += 1;
    let found = "";
    while (this.#at < this.text.length) {
      const char = this.text[this.#at] ?? "";
      const following = this.text[this.#at + 1] ?? "";
      if (char === '"') {
        this.#at += 1;
        return found;
      }
      if (char === "\\" && (following === '"' || following === "\\")) {
        found += following;
        this.#at += 2;
      } else {
        found += char;
        this.#at += 1;
      }
    }
    const span = { start, end: this.text.length };
    this.faults.push({ kind: "unclosed_quote", span, given: this.text.slice(start) });
    return found;
  }

  #value(): Value {
    const start = this.#at;
    const text = this.text[start] === '"' ? this.#quoted() : this.#run(",");
    return { text, span: { start, end: this.#at } };
  }

  #term(): void {
    const start = this.#at;
    const negated = this.text[start] === "-";
    if (negated) this.#at += 1;
    const nameStart = this.#at;
    const name = FIELD_HEAD.exec(this.text.slice(nameStart))?.[1];
    if (name === undefined) {
      const words = this.text[nameStart] === '"' ? this.#quoted() : this.#run("");
      const span = { start, end: this.#at };
      this.terms.push({ kind: "words", text: words, span });
      if (negated) this.faults.push({ kind: "no_not", span, given: this.text.slice(start, this.#at) });
      else if (words.trim() === "") this.faults.push({ kind: "empty_value", span, given: words });
      return;
    }
    this.#at = nameStart + name.length + 1;
    const values = [this.#value()];
    while (this.text[this.#at] === ",") {
      this.#at += 1;
      values.push(this.#value());
    }
    const span = { start, end: this.#at };
    const field = fieldNamed(name);
    const condition = readCondition(field, values);
    this.terms.push({ kind: "field", field: field?.name ?? name, negated, condition, span });
    if (field === undefined) {
      const meant = nearest(
        name,
        FIELDS.map((candidate) => candidate.name),
      );
      this.faults.push({
        kind: "unknown_field",
        span: { start: nameStart, end: nameStart + name.length },
        given: name,
        ...(meant === undefined ? {} : { nearest: meant }),
      });
    } else this.#check(field, negated, condition, values, span);
  }

  #check(field: Field, negated: boolean, condition: Condition, values: readonly Value[], span: Span): void {
    const given = this.text.slice(span.start, span.end);
    if (negated && !takesNot(field)) this.faults.push({ kind: "no_not", span, given, field: field.name });
    if (values.some((value) => value.text.trim() === "")) {
      this.faults.push({ kind: "empty_value", span, given, field: field.name });
    } else if (values.length > 1 && !takesList(field)) {
      this.faults.push({ kind: "one_value", span, given, field: field.name });
    } else {
      for (const value of values) {
        if (isRight(field, condition, value.text)) continue;
        const meant = field.choices === undefined ? undefined : nearest(value.text, field.choices);
        this.faults.push({
          kind: "bad_value",
          span: value.span,
          given: value.text,
          field: field.name,
          ...(meant === undefined ? {} : { nearest: meant }),
        });
      }
    }
  }
}

function isRight(field: Field, condition: Condition, value: string): boolean {
  switch (condition.kind) {
    case "any":
      return isValidValue(field, value);
    case "compare":
      return isValidValue(field, condition.value, "compared");
    case "range":
      return (
        (condition.from !== "" || condition.to !== "") &&
        [condition.from, condition.to].every((end) => end === "" || isValidValue(field, end, "end"))
      );
  }
}

function readCondition(field: Field | undefined, values: readonly Value[]): Condition {
  const [only, ...others] = values.map((value) => value.text);
  if (field !== undefined && takesBounds(field) && only !== undefined && others.length === 0) {
    const compared = /^(<=|>=|<|>)(.*)$/s.exec(only);
    if (compared !== null) return { kind: "compare", op: compared[1] as Comparison, value: compared[2] ?? "" };
    const dots = only.indexOf("..");
    if (dots >= 0) return { kind: "range", from: only.slice(0, dots), to: only.slice(dots + 2) };
  }
  return { kind: "any", values: values.map((value) => value.text) };
}

/** Reads query text. Terms with a fault are listed all the same, so that their chips can be shown and removed. */
export function parseQuery(text: string): Query {
  const reader = new Reader(text);
  reader.read();
  return {
    text,
    terms: reader.terms,
    faults: reader.faults.toSorted((left, right) => left.span.start - right.span.start),
  };
}

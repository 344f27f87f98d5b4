import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Condition, FIELDS, parseQuery, queryText, replaced, type Span, suggest, type Wish, without } from ".";

const meaning = (text: string): Wish[] =>
  parseQuery(text).terms.map((term) =>
    term.kind === "words"
      ? { kind: "words", text: term.text }
      : { kind: "field", field: term.field, negated: term.negated, condition: term.condition },
  );

const part = (text: string, span: Span) => text.slice(span.start, span.end);

const freeText = fc.stringMatching(/^[A-Za-z0-9äöüß#&'"\\.,:@/ _-]{1,16}$/).filter((text) => text.trim() !== "");
const instant = fc.constantFrom("today", "yesterday", "-2h", "+30m", "2026-11-01", "2026-11-01T10:00:00Z");
const amount = fc.integer({ min: 0, max: 99999 }).map((cents) => (cents / 100).toFixed(2));

const anyOf = (value: fc.Arbitrary<string>): fc.Arbitrary<Condition> =>
  fc.array(value, { minLength: 1, maxLength: 3 }).map((values) => ({ kind: "any" as const, values }));
const bounded = (value: fc.Arbitrary<string>): fc.Arbitrary<Condition> =>
  fc.oneof(
    one(value),
    fc.record({ kind: fc.constant("compare" as const), op: fc.constantFrom("<", "<=", ">", ">=" as const), value }),
    fc.record({ kind: fc.constant("range" as const), from: value, to: fc.oneof(value, fc.constant("")) }),
  ) as fc.Arbitrary<Condition>;

const one = (value: fc.Arbitrary<string>): fc.Arbitrary<Condition> =>
  value.map((only) => ({ kind: "any" as const, values: [only] }));

const fieldTerm: fc.Arbitrary<Wish> = fc.constantFrom(...FIELDS).chain((field) => {
  const condition =
    field.kind === "choice"
      ? (field.name === "state" ? anyOf : one)(fc.constantFrom(...(field.choices ?? [])))
      : field.kind === "country"
        ? anyOf(fc.constantFrom("DE", "GB", "CH"))
        : field.kind === "amount"
          ? bounded(amount)
          : field.kind === "instant"
            ? bounded(instant)
            : anyOf(freeText);
  return fc.record({
    kind: fc.constant("field" as const),
    field: fc.constant(field.name),
    negated: field.kind === "choice" || field.name === "shop" ? fc.boolean() : fc.constant(false),
    condition,
  });
});
const wish: fc.Arbitrary<Wish> = fc.oneof(
  fieldTerm,
  freeText.map((text) => ({ kind: "words" as const, text })),
);
const wishes = fc.array(wish, { maxLength: 6 });

describe("query language", () => {
  it("text made from terms reads back as the same terms without a fault", () => {
    fc.assert(
      fc.property(wishes, (terms) => {
        const text = queryText(terms);
        expect(parseQuery(text).faults).toEqual([]);
        expect(meaning(text)).toEqual(terms);
      }),
      { numRuns: 500 },
    );
  });

  it("canonical text is a fixed point", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const query = parseQuery(text);
        const once = queryText(query.terms);
        expect(queryText(parseQuery(once).terms)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  it("any text is read without an exception and spans stay inside it, in order", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80, unit: "binary" }), (text) => {
        const { terms, faults } = parseQuery(text);
        let last = 0;
        for (const { span } of terms) {
          expect(span.start).toBeGreaterThanOrEqual(last);
          expect(span.end).toBeGreaterThan(span.start);
          last = span.end;
        }
        for (const { span } of faults) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  it("removing a chip removes that term and leaves every other as it was typed", () => {
    fc.assert(
      fc.property(fc.array(wish, { minLength: 1, maxLength: 6 }), fc.nat(), (terms, pick) => {
        const query = parseQuery(queryText(terms));
        const index = pick % terms.length;
        const target = query.terms[index];
        if (target === undefined) throw new Error("every wish is a term");
        expect(meaning(without(query, target.span))).toEqual(terms.filter((_, at) => at !== index));
      }),
    );
  });

  it("names an unknown field, its place and the nearest valid name", () => {
    const text = "state:held wharehouse:Leeds";
    const [fault, ...others] = parseQuery(text).faults;
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ kind: "unknown_field", nearest: "warehouse" });
    expect(part(text, fault?.span ?? { start: 0, end: 0 })).toBe("wharehouse");
  });

  it.each([
    ["state:hold", "bad_value", "hold", "held"],
    ["state:edtable", "bad_value", "edtable", "editable"],
    ["held:maybe", "bad_value", "maybe", undefined],
    ["country:Germany", "bad_value", "Germany", undefined],
    ["total:>=ten", "bad_value", ">=ten", undefined],
    ["placed:2026-13-01", "bad_value", "2026-13-01", undefined],
    ["total:..", "bad_value", "..", undefined],
    ["cutoff:30m", "bad_value", "30m", undefined],
    ["total:1,2", "one_value", "total:1,2", undefined],
    ["-sku:A", "no_not", "-sku:A", undefined],
    ["-word", "no_not", "-word", undefined],
    ["state:", "empty_value", "state:", undefined],
    ["state:held,", "empty_value", "state:held,", undefined],
    ['shop:"A', "unclosed_quote", '"A', undefined],
  ])("%s is a fault of kind %s", (text, kind, given, meant) => {
    const fault = parseQuery(text).faults.find((candidate) => candidate.kind === kind);
    expect(fault).toMatchObject({ given });
    expect(fault?.nearest).toBe(meant);
  });

  it("reads quotes, lists, bounds, ranges and negation", () => {
    expect(meaning('-state:closed,cancelled shop:"Fern & Co, Leeds" total:10..20 cutoff:<30m #1001')).toEqual([
      { kind: "field", field: "state", negated: true, condition: { kind: "any", values: ["closed", "cancelled"] } },
      { kind: "field", field: "shop", negated: false, condition: { kind: "any", values: ["Fern & Co, Leeds"] } },
      { kind: "field", field: "total", negated: false, condition: { kind: "range", from: "10", to: "20" } },
      { kind: "field", field: "cutoff", negated: false, condition: { kind: "compare", op: "<", value: "30m" } },
      { kind: "words", text: "#1001" },
    ]);
  });

  it("a quotation mark or a colon inside a word is only a character", () => {
    expect(meaning('5" https://x.test 12:30')).toEqual(
      ['5"', "https://x.test", "12:30"].map((text) =>
        text.startsWith("https")
          ? { kind: "field", field: "https", negated: false, condition: { kind: "any", values: ["//x.test"] } }
          : { kind: "words", text },
      ),
    );
  });
});

describe("suggestions", () => {
  const choose = (text: string, known = {}, index = 0) => {
    const found = suggest(text, text.length, known)[index];
    return found === undefined ? undefined : replaced(text, found.span, found.insert);
  };

  it("complete a field, then a value, then the next value of a list", () => {
    expect(choose("sho")).toBe("shop:");
    expect(choose("-st")).toBe("-state:");
    expect(choose("state:he")).toBe("state:held");
    expect(choose("state:held,ship")).toBe("state:held,shipped");
  });

  it("quote a name with a space", () => {
    expect(choose("shop:fer", { shop: ["Fern Home"] })).toBe('shop:"Fern Home"');
    expect(choose('shop:"Fern H', { shop: ["Fern Home"] })).toBe('shop:"Fern Home"');
  });

  it("do not offer a finished value or one taken already", () => {
    expect(suggest("state:held", 10, {})).toEqual([]);
    expect(suggest("state:held,he", 13, {}).map((found) => found.value)).not.toContain("held");
  });
});

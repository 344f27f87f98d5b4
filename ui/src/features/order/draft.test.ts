import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ADDRESS_FIELDS,
  cancelsAll,
  changesBetween,
  changesOf,
  conflictsOf,
  type Draft,
  type Editable,
  isDraft,
  rebased,
  stepsOf,
  withAddress,
  withQuantity,
} from "./draft";

const base: Editable = {
  ship_to: {
    name: "Ada Lane",
    company: "",
    line1: "1 High St",
    line2: "",
    city: "Leeds",
    province: "",
    postcode: "LS1 1AA",
    country: "GB",
    phone: "",
  },
  wanted: { lin_1: 3, lin_2: 1 },
};
const draft: Draft = { base, yours: base, reason: "" };

const editables: fc.Arbitrary<Editable> = fc.record({
  ship_to: fc.record(
    Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, fc.constantFrom("a", "b", "c")])) as Record<
      (typeof ADDRESS_FIELDS)[number],
      fc.Arbitrary<string>
    >,
  ),
  wanted: fc.record({ lin_1: fc.nat(3), lin_2: fc.nat(3) }),
});
const drafts = fc.record({ base: editables, yours: editables, reason: fc.string() });

describe("a draft", () => {
  it("lists what differs, and nothing when it was typed back", () => {
    const edited = withQuantity(withAddress(draft, "city", "York"), "lin_1", 2);
    expect(changesOf(edited)).toEqual([
      { field: "ship_to.city", before: "Leeds", after: "York" },
      { field: "lines.lin_1.wanted", before: 3, after: 2 },
    ]);
    expect(changesOf(withQuantity(withAddress(edited, "city", "Leeds"), "lin_1", 3))).toEqual([]);
  });

  it("becomes one request for the address and one per line", () => {
    const edited = withQuantity(withAddress(withAddress(draft, "city", "York"), "line2", "Floor 2"), "lin_2", 0);
    expect(stepsOf(edited)).toEqual([
      { kind: "address", ship_to: { ...base.ship_to, city: "York", line2: "Floor 2" } },
      { kind: "quantity", line: "lin_2", quantity: 0 },
    ]);
  });

  it("says when nothing would be left to ship", () => {
    expect(cancelsAll(withQuantity(draft, "lin_1", 0), ["lin_1", "lin_2"])).toBe(false);
    expect(cancelsAll(withQuantity(draft, "lin_1", 0), ["lin_1"])).toBe(true);
  });

  it("is recognized again after storage; anything else is no draft", () => {
    expect(isDraft(JSON.parse(JSON.stringify(withAddress(draft, "city", "York"))))).toBe(true);
    for (const value of [null, "", 7, {}, { base: {}, yours: {}, reason: "" }]) expect(isDraft(value)).toBe(false);
  });
});

describe("somebody else's change", () => {
  it("to another field is no conflict and is kept", () => {
    const mine = withAddress(draft, "city", "York");
    const theirs: Editable = { ...base, ship_to: { ...base.ship_to, phone: "0113" } };
    expect(conflictsOf(mine, theirs)).toEqual([]);
    expect(rebased(mine, theirs).yours.ship_to).toMatchObject({ city: "York", phone: "0113" });
  });

  it("to the same field is a conflict with base, theirs and yours, and either can be chosen", () => {
    const mine = withAddress(draft, "city", "York");
    const theirs: Editable = { ...base, ship_to: { ...base.ship_to, city: "Hull" } };
    expect(conflictsOf(mine, theirs)).toEqual([
      { field: "ship_to.city", base: "Leeds", theirs: "Hull", yours: "York" },
    ]);
    expect(rebased(mine, theirs).yours.ship_to.city).toBe("York");
    expect(changesOf(rebased(mine, theirs, new Set(["ship_to.city"])))).toEqual([]);
  });

  it("that equals mine is no conflict and leaves nothing to do", () => {
    const mine = withAddress(draft, "city", "York");
    const theirs: Editable = { ...base, ship_to: { ...base.ship_to, city: "York" } };
    expect(conflictsOf(mine, theirs)).toEqual([]);
    expect(changesOf(rebased(mine, theirs))).toEqual([]);
  });

  it("never loses a field: after rebasing each field is either mine or theirs", () => {
    fc.assert(
      fc.property(drafts, editables, (mine, theirs) => {
        const result = rebased(mine, theirs);
        const touched = new Set(changesOf(mine).map((change) => change.field));
        for (const change of changesBetween(theirs, result.yours)) expect(touched.has(change.field)).toBe(true);
        for (const change of changesBetween(mine.yours, result.yours)) expect(touched.has(change.field)).toBe(false);
        expect(conflictsOf(result, theirs)).toEqual([]);
        expect(rebased(result, theirs)).toEqual(result);
      }),
    );
  });
});

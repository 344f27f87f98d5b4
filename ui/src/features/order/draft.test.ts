import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Order } from "@/api/types";
import {
  ADDRESS_FIELDS,
  changesBetween,
  changesOf,
  conflictsOf,
  type Draft,
  type Editable,
  editableOf,
  isDraft,
  newDraft,
  pruned,
  rebased,
  tagsOf,
  withAddress,
  withFields,
  withLine,
  withLot,
  withMove,
  without,
  withQuantity,
} from "./draft";
import { orderFixture } from "./fixtures";

const order = orderFixture();
const draft = newDraft(order);
const city = (name: string, change: Partial<Order> = {}) =>
  orderFixture({ revision: 4, ship_to: { ...order.ship_to, city: name }, ...change });
const line = { id: "lin_9", sku: "HAT", title: "", quantity: 2, price: "" };

const word = fc.constantFrom("a", "b", "c");
const addresses = fc.record(
  Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, word])) as Record<
    (typeof ADDRESS_FIELDS)[number],
    fc.Arbitrary<string>
  >,
);
/** Orders of two lines in which every field may be anything. */
const orders: fc.Arbitrary<Order> = fc
  .record({
    ship_to: addresses,
    cancelled: fc.tuple(fc.nat(3), fc.nat(1)),
    lot: fc.option(word, { nil: null }),
    shipping_option: word,
    priority: fc.integer({ min: -2, max: 2 }),
    note: word,
    tags: fc.uniqueArray(word),
  })
  .map(({ cancelled, lot, ...rest }) =>
    orderFixture({
      ...rest,
      lines: order.lines.map((known, place) => ({
        ...known,
        cancelled: cancelled[place] ?? 0,
        requested_lot: place === 0 ? lot : null,
      })),
    }),
  );
const drafts: fc.Arbitrary<Draft> = fc
  .tuple(orders, orders)
  .map(([base, wanted]) => ({ ...newDraft(base), yours: editableOf(wanted) }));

describe("a draft", () => {
  it("lists what differs, and nothing when it was typed back", () => {
    const edited = withQuantity(withAddress(draft, "city", "York"), "lin_1", 2);
    expect(changesOf(edited)).toEqual([
      { field: "ship_to.city", before: "Leeds", after: "York" },
      { field: "lines.lin_1.wanted", before: 3, after: 2 },
    ]);
    expect(changesOf(withQuantity(withAddress(edited, "city", "Leeds"), "lin_1", 3))).toEqual([]);
  });

  it("counts a new line, a lot, a move and every remark as a change each", () => {
    const edited = withFields(
      withMove(withLot(withLine(draft, line), "lin_1", "L7"), { fulfillment: "ful_1", from: "whs_1", to: "whs_2" }),
      { priority: 5, tags: ["gift"], note: "Ring twice", shipping_option: "Express" },
    );
    expect(changesOf(edited).map((change) => change.field)).toEqual([
      "moves.ful_1",
      "lines.lin_1.requested_lot",
      "shipping_option",
      "priority",
      "note",
      "tags",
      "added.lin_9",
    ]);
  });

  it("typing in a new line changes it in place; a part moved back is not moved", () => {
    const twice = withLine(withLine(draft, line), { ...line, sku: "CAP" });
    expect(twice.added).toEqual([{ ...line, sku: "CAP" }]);
    const there = withMove(draft, { fulfillment: "ful_1", from: "whs_1", to: "whs_2" });
    expect(withMove(there, { fulfillment: "ful_1", from: "whs_1", to: "whs_1" }).moves).toEqual([]);
  });

  it("can leave fields out again", () => {
    const edited = withLine(withAddress(withQuantity(draft, "lin_1", 1), "city", "York"), line);
    const left = without(edited, new Set(["lines.lin_1.wanted", "added.lin_9"]));
    expect(changesOf(left).map((change) => change.field)).toEqual(["ship_to.city"]);
  });

  it("forgets moves of parts that a new plan has replaced", () => {
    const edited = withMove(draft, { fulfillment: "ful_1", from: "whs_1", to: "whs_2" });
    expect(pruned(edited, [{ id: "ful_1", warehouse: "whs_1" }])).toBe(edited);
    expect(pruned(edited, [{ id: "ful_2", warehouse: "whs_1" }]).moves).toEqual([]);
  });

  it("labels are parted by commas, none is empty and none comes twice", () => {
    expect(tagsOf(" gift, ,vip,gift,")).toEqual(["gift", "vip"]);
  });

  it("is recognized again after storage; anything else is no draft", () => {
    const edited = withMove(withLine(withAddress(draft, "city", "York"), line), {
      fulfillment: "ful_1",
      from: "whs_1",
      to: "whs_2",
    });
    expect(isDraft(JSON.parse(JSON.stringify(edited)))).toBe(true);
    for (const value of [null, "", 7, {}, { base: {}, yours: {}, reason: "" }, { ...edited, moves: [7] }]) {
      expect(isDraft(value)).toBe(false);
    }
  });
});

describe("somebody else's change", () => {
  it("to another field is no conflict and is kept", () => {
    const mine = withAddress(draft, "city", "York");
    const theirs = orderFixture({ ship_to: { ...order.ship_to, phone: "0113" } });
    expect(conflictsOf(mine, theirs)).toEqual([]);
    expect(rebased(mine, theirs).yours.ship_to).toMatchObject({ city: "York", phone: "0113" });
  });

  it("to the same field is a conflict with base, theirs and yours, and either can be chosen", () => {
    const mine = withAddress(draft, "city", "York");
    const theirs = city("Hull");
    expect(conflictsOf(mine, theirs)).toEqual([
      { field: "ship_to.city", base: "Leeds", theirs: "Hull", yours: "York" },
    ]);
    expect(rebased(mine, theirs).yours.ship_to.city).toBe("York");
    expect(changesOf(rebased(mine, theirs, new Set(["ship_to.city"])))).toEqual([]);
  });

  it("that equals mine is no conflict and leaves nothing to do", () => {
    const mine = withAddress(draft, "city", "York");
    expect(conflictsOf(mine, city("York"))).toEqual([]);
    expect(changesOf(rebased(mine, city("York")))).toEqual([]);
  });

  it("a line that was added meanwhile is not added again", () => {
    const mine = withLine(draft, line);
    const known = order.lines[0];
    if (known === undefined) throw new Error("the fixture has lines");
    const theirs = orderFixture({ lines: [...order.lines, { ...known, id: "lin_9", sku: "HAT" }] });
    expect(rebased(mine, theirs).added).toEqual([]);
  });

  it("never loses a field: after rebasing each field is either mine or theirs", () => {
    fc.assert(
      fc.property(drafts, orders, (mine, theirs) => {
        const result = rebased(mine, theirs);
        const touched = new Set(changesOf(mine).map((change) => change.field));
        const now: Editable = editableOf(theirs);
        for (const change of changesBetween(now, result.yours)) expect(touched.has(change.field)).toBe(true);
        for (const change of changesBetween(mine.yours, result.yours)) expect(touched.has(change.field)).toBe(false);
        expect(conflictsOf(result, theirs)).toEqual([]);
        expect(rebased(result, theirs)).toEqual(result);
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { newDraft, withAddress, withFields, withLine, withLot, withMove, withQuantity } from "./draft";
import { editsOf, faultsOf } from "./edits";
import { orderFixture } from "./fixtures";

const draft = newDraft(orderFixture());
const line = { id: "lin_9", sku: " HAT ", title: "Hat", quantity: 2, price: "12,50" };

describe("the edits of a draft", () => {
  it("are none for a draft that wants nothing", () => {
    expect(editsOf(draft)).toEqual([]);
  });

  it("fewer and more units are two kinds, and both name the units wanted", () => {
    const edits = editsOf(withQuantity(withQuantity(draft, "lin_1", 1), "lin_2", 4)).map(({ edit }) => edit);
    expect(edits).toEqual([
      { kind: "quantity", line: "lin_1", quantity: 1 },
      { kind: "more_units", line: "lin_2", quantity: 4 },
    ]);
  });

  it("move parts first, because fewer units may leave nothing to move; remarks come last", () => {
    const edited = withMove(
      withFields(withLot(withLine(withQuantity(withAddress(draft, "city", "York"), "lin_1", 1), line), "lin_2", "L7"), {
        note: "Ring twice",
        tags: ["gift"],
        priority: 2,
        shipping_option: "Express",
      }),
      { fulfillment: "ful_1", from: "whs_1", to: "whs_2" },
    );
    expect(editsOf(edited).map(({ edit }) => edit.kind)).toEqual([
      "warehouse",
      "address",
      "shipping_option",
      "quantity",
      "lot",
      "add_line",
      "priority",
      "tags",
      "note",
    ]);
  });

  it("a new line carries its id, its price in minor units of the order's currency, and nothing cancelled", () => {
    const [added] = editsOf(withLine(draft, line));
    expect(added?.edit).toMatchObject({
      kind: "add_line",
      line: {
        id: "lin_9",
        sku: "HAT",
        ordered: 2,
        cancelled: 0,
        kind: "goods",
        unit_price: { minor: 1_250, currency: "GBP" },
      },
    });
  });

  it("an emptied lot means any lot", () => {
    const base = orderFixture();
    const [first] = base.lines;
    if (first === undefined) throw new Error("the fixture has lines");
    const asked = newDraft({ ...base, lines: [{ ...first, requested_lot: "L7" }] });
    expect(editsOf(withLot(asked, first.id, " ")).map(({ edit }) => edit)).toEqual([
      { kind: "lot", line: first.id, lot: null },
    ]);
  });
});

describe("what is wrong before anybody is asked", () => {
  it("is a new line without article or units, or with a price that is no amount", () => {
    const faults = faultsOf(withLine(draft, { ...line, sku: " ", quantity: 0, price: "a lot" }));
    expect([...faults.keys()]).toEqual(["added.lin_9.sku", "added.lin_9.quantity", "added.lin_9.price"]);
    expect(faultsOf(withLine(draft, line)).size).toBe(0);
  });
});

import { describe, expect, it } from "vitest";
import type { OrderDetail } from "@/api/types";
import { columnsOf, looseUnits, neighbour } from "./board";
import { detailFixture, planFixture } from "./fixtures";

const detail: OrderDetail = detailFixture({ plan: planFixture() });

describe("the board", () => {
  it("shows warehouses with a part first, then the other candidates with the router's word and their stock", () => {
    const columns = columnsOf(detail, []);
    expect(columns.map((column) => column.warehouse)).toEqual(["whs_1", "whs_2", "whs_3"]);
    expect(columns[0]?.cards.map((card) => card.part.id)).toEqual(["ful_1"]);
    expect(columns[1]?.explained).toMatchObject({ used: false, level: "cost", by: 120 });
    expect(columns[1]?.shelves).toEqual([
      { sku: "TEA", wanted: 3, available: 40 },
      { sku: "MUG", wanted: 1, available: 0 },
    ]);
  });

  it("a part that the draft moves stands where it would go, and says from where", () => {
    const columns = columnsOf(detail, [{ fulfillment: "ful_1", from: "whs_1", to: "whs_2" }]);
    expect(columns.find((column) => column.warehouse === "whs_2")?.cards).toMatchObject([{ movedFrom: "whs_1" }]);
    expect(columns.find((column) => column.warehouse === "whs_1")?.cards).toEqual([]);
  });

  it("parts that were cancelled are gone; parts that have left stay and cannot be moved", () => {
    const state = (to: "cancelled" | "shipped" | "in_work") =>
      columnsOf({ ...detail, fulfillments: detail.fulfillments.map((part) => ({ ...part, state: to })) }, []).flatMap(
        (column) => column.cards.map((card) => card.movable),
      );
    expect(state("cancelled")).toEqual([]);
    expect(state("shipped")).toEqual([false]);
    expect(state("in_work")).toEqual([true]);
  });

  it("the arrows stop at the edges", () => {
    const columns = columnsOf(detail, []);
    expect(neighbour(columns, "whs_1", 1)).toBe("whs_2");
    expect(neighbour(columns, "whs_1", -1)).toBe("whs_1");
    expect(neighbour(columns, "whs_3", 1)).toBe("whs_3");
  });

  it("units that no part has are named", () => {
    const accounts = detail.accounts.map((account) => ({ ...account, unplanned: account.line === "lin_2" ? 1 : 0 }));
    expect(looseUnits({ ...detail, accounts })).toEqual([{ sku: "MUG", units: 1 }]);
  });
});

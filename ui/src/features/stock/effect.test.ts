import { describe, expect, it } from "vitest";
import type { StockLevel } from "@/api/types";
import { available, changed, sellable, type Wish } from "./effect";

const level: StockLevel = {
  warehouse: "whs_1",
  sku: "TEA",
  on_hand: 20,
  reserved: 4,
  safety: 2,
  blocked: { quarantine: 3 },
  incoming: 100,
  earmarks: { con_1: 5 },
};
const wish = (change: Partial<Wish>): Wish => ({ verb: "block", units: 1, why: "damaged", shop: "con_1", ...change });

describe("what a change makes of a level", () => {
  it("counts what is available and what each shop may sell as the server does", () => {
    expect(available(level)).toBe(11);
    expect([sellable(level, "con_1"), sellable(level, "con_2")]).toEqual([11, 6]);
  });

  it("sets units aside and puts them up for sale again", () => {
    const aside = changed(level, wish({ units: 4 }));
    expect(aside && available(aside)).toBe(7);
    const back = changed(level, wish({ verb: "unblock", why: "quarantine", units: 3 }));
    expect(back && available(back)).toBe(14);
    expect(changed(level, wish({ verb: "unblock", why: "quarantine", units: 4 }))).toBeUndefined();
  });

  it("keeps units for one shop at the cost of the others", () => {
    const kept = changed(level, wish({ verb: "earmark", shop: "con_2", units: 6 }));
    expect(kept && [sellable(kept, "con_1"), sellable(kept, "con_2")]).toEqual([5, 6]);
  });

  it("never shows less than nothing, and nothing for what is no number", () => {
    const counted = changed(level, wish({ verb: "correct", units: 1 }));
    expect(counted && available(counted)).toBe(0);
    expect(changed(level, wish({ verb: "keep_back", units: Number.NaN }))).toBeUndefined();
  });
});

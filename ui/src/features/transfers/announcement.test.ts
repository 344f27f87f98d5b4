import { expect, it } from "vitest";
import { type Announcement, announced, lineFault, noonOf, SUPPLIER } from "./announcement";

const typed: Announcement = {
  from: SUPPLIER,
  to: "whs_1",
  lines: [{ key: 0, sku: " TEA ", units: "12" }],
  expected: "",
  note: " Lorry ",
};

it("what a supplier sends names no warehouse it leaves, and empty rows are left out", () => {
  const lines = [...typed.lines, { key: 1, sku: "", units: "" }];
  expect(announced({ ...typed, lines }, "new season")).toEqual({
    to: "whs_1",
    lines: [{ sku: "TEA", units: 12 }],
    note: "Lorry",
    reason: "new season",
  });
  expect(announced({ ...typed, from: "whs_2" }, "")?.from).toBe("whs_2");
});

it("is not sent without a place, to where the goods are, or without goods", () => {
  expect(announced({ ...typed, to: null }, "")).toBeUndefined();
  expect(announced({ ...typed, from: "whs_1" }, "")).toBeUndefined();
  expect(announced({ ...typed, lines: [{ key: 0, sku: " ", units: "" }] }, "")).toBeUndefined();
});

it("a line names its article once and a whole number of units", () => {
  const faults = (...lines: [string, string][]) => {
    const rows = lines.map(([sku, units], key) => ({ key, sku, units }));
    return rows.map((row) => lineFault(rows, row));
  };
  expect(faults(["TEA", "1"], ["TEA ", "2"], ["MUG", "1.5"], ["", "3"], ["", ""])).toEqual([
    undefined,
    "twice",
    "units",
    "no_sku",
    undefined,
  ]);
  expect(announced({ ...typed, lines: [{ key: 0, sku: "TEA", units: "0" }] }, "")).toBeUndefined();
});

it("a day is its noon, where the person is", () => {
  expect(noonOf("2026-11-24")).toBe(new Date(2026, 10, 24, 12).toISOString());
  expect(noonOf("")).toBeUndefined();
  expect(announced({ ...typed, expected: "2026-11-24" }, "")?.expected_at).toBe(noonOf("2026-11-24"));
});

import { describe, expect, it } from "vitest";
import { compareWindow } from "./freshness";

interface Row {
  id: string;
  text: string;
}
const rows = (...ids: string[]): Row[] => ids.map((id) => ({ id, text: id }));
const compare = (shown: Row[], fresh: Row[]) =>
  compareWindow(
    shown,
    fresh,
    (row) => row.id,
    (before, after) => before.text !== after.text,
  );

describe("a window compared with its fresh self", () => {
  it("says nothing when nothing changed", () => {
    expect(compare(rows("a", "b", "c"), rows("a", "b", "c"))).toEqual({ patches: [], left: [], added: [] });
  });

  it("patches changed facts in place", () => {
    const fresh = [
      { id: "a", text: "a" },
      { id: "b", text: "held" },
    ];
    expect(compare(rows("a", "b"), fresh).patches).toEqual([{ id: "b", text: "held" }]);
  });

  it("counts new rows at the top; those pushed over the end have not left", () => {
    expect(compare(rows("a", "b", "c"), rows("new", "a", "b"))).toEqual({ patches: [], left: [], added: ["new"] });
  });

  it("a row missing between others has left; the one that moved up behind them is not new", () => {
    expect(compare(rows("a", "b", "c"), rows("a", "c", "d"))).toEqual({ patches: [], left: ["b"], added: [] });
  });

  it("the last row of a short list has left when the list is shorter", () => {
    expect(compare(rows("a", "b"), rows("a"))).toEqual({ patches: [], left: ["b"], added: [] });
    expect(compare(rows("a"), rows())).toEqual({ patches: [], left: ["a"], added: [] });
  });

  it("a row behind the last one of a short list is new", () => {
    expect(compare(rows("a"), rows("a", "b"))).toEqual({ patches: [], left: [], added: ["b"] });
  });

  it("everything replaced is new", () => {
    expect(compare(rows("a", "b"), rows("x", "y")).added).toEqual(["x", "y"]);
  });
});

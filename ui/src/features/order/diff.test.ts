import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differences } from "./diff";

describe("differences", () => {
  it("are leaves with their path", () => {
    expect(differences({ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 }, d: true })).toEqual([
      { path: "a.c", before: 2, after: 3 },
      { path: "d", before: undefined, after: true },
    ]);
  });

  it("tell list elements apart by id, so that removing the first is one removal", () => {
    const before = {
      holds: [
        { id: "h1", note: "a" },
        { id: "h2", note: "b" },
      ],
    };
    expect(differences(before, { holds: [{ id: "h2", note: "b" }] })).toEqual([
      { path: "holds.h1.id", before: "h1", after: undefined },
      { path: "holds.h1.note", before: "a", after: undefined },
    ]);
  });

  it("of leaves stand at the given place", () => {
    expect(differences("planned", "cancelled")).toEqual([{ path: "", before: "planned", after: "cancelled" }]);
    expect(differences(null, undefined)).toEqual([]);
  });

  it("of a value and its copy are none; swapping the sides swaps before and after", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (a, b) => {
        expect(differences(a, structuredClone(a))).toEqual([]);
        const forth = differences(a, b).map(({ path, before, after }) => `${path}|${before}|${after}`);
        const back = differences(b, a).map(({ path, before, after }) => `${path}|${after}|${before}`);
        expect(new Set(forth)).toEqual(new Set(back));
      }),
    );
  });
});

import { expect, it } from "vitest";
import { sparkPath } from "./sparkPath";

it("the scale starts at zero and the highest value touches the top", () => {
  const { line } = sparkPath([0, 5, 10], 100, 23);
  expect(line).toBe("M0 21.5 L50 11.5 L100 1.5");
});

it("nothing at all lies on the ground", () => {
  expect(sparkPath([0, 0], 10, 23).line).toBe("M0 21.5 L10 21.5");
});

it("a gap stays a gap", () => {
  const { line } = sparkPath([1, 1, null, 1, 1], 40, 23);
  expect(line.match(/M/g)).toHaveLength(2);
});

it("no values make no path", () => {
  expect(sparkPath([], 10, 10)).toEqual({ line: "", area: "" });
  expect(sparkPath([null], 10, 10)).toEqual({ line: "", area: "" });
});

import { expect, it } from "vitest";
import { neighbour } from "./neighbour";

// Two columns; the second one stands half a row lower.
const spots = [
  { x: 0, y: 0 },
  { x: 0, y: 100 },
  { x: 0, y: 200 },
  { x: 300, y: 40 },
  { x: 300, y: 140 },
];

it("an arrow leads to the nearest place in its direction, and nowhere at the edge", () => {
  expect(neighbour(spots, 0, "ArrowDown")).toBe(1);
  expect(neighbour(spots, 2, "ArrowUp")).toBe(1);
  expect(neighbour(spots, 1, "ArrowRight")).toBe(4);
  expect(neighbour(spots, 3, "ArrowLeft")).toBe(0);
  expect(neighbour(spots, 0, "ArrowLeft")).toBeUndefined();
  expect(neighbour(spots, 4, "ArrowDown")).toBeUndefined();
  expect(neighbour([], 0, "ArrowDown")).toBeUndefined();
});

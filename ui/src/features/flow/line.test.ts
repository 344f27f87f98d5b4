import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineOf, pathOf, pointAt } from "./line";

const step = lineOf({ x: 0, y: 0 }, { x: 60, y: 0 }, { x: 60, y: 80 }, { x: 140, y: 80 });

describe("the line of a way", () => {
  it("starts and ends where its way does", () => {
    expect(pointAt(step, 0)).toEqual({ x: 0, y: 0 });
    expect(pointAt(step, 1)).toEqual({ x: 140, y: 80 });
    expect(pointAt(step, 7)).toEqual({ x: 140, y: 80 });
  });

  it("is drawn with rounded corners", () => {
    expect(pathOf(step)).toBe("M0,0 L50,0 Q60,0 60,10 L60,70 Q60,80 70,80 L140,80");
    expect(pathOf(lineOf({ x: 0, y: 0 }, { x: 0, y: 9 }))).toBe("M0,0 L0,9");
  });

  it("is followed at one speed and never leaves the box of its corners", () => {
    fc.assert(
      fc.property(fc.integer({ min: -300, max: 300 }), fc.integer({ min: 0, max: 99 }), (height, index) => {
        const line = lineOf({ x: 0, y: 0 }, { x: 50, y: 0 }, { x: 50, y: height }, { x: 120, y: height });
        const length = line.distances.at(-1) ?? 0;
        const [here, next] = [pointAt(line, index / 100), pointAt(line, (index + 1) / 100)];
        expect(Math.hypot(next.x - here.x, next.y - here.y)).toBeLessThanOrEqual(length / 100 + 1e-6);
        expect(here.x).toBeGreaterThanOrEqual(0);
        expect(here.x).toBeLessThanOrEqual(120);
        expect(here.y).toBeGreaterThanOrEqual(Math.min(0, height));
        expect(here.y).toBeLessThanOrEqual(Math.max(0, height));
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineOf } from "./line";
import { MOST_PARCELS, parcelsAt, SlownessWatch } from "./parcels";

const line = lineOf({ x: 0, y: 0 }, { x: 100, y: 0 });

describe("moving parcels", () => {
  it("are as many as the rate says and stay on their way", () => {
    const points = parcelsAt(1_000_000, [{ line, per_minute: 60 }]);
    expect(points).toHaveLength(4);
    for (const point of points) {
      expect(point.x).toBeGreaterThanOrEqual(0);
      expect(point.x).toBeLessThanOrEqual(100);
    }
  });

  it("never exceed the most that are drawn, and a way without traffic has none", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000), { maxLength: 90 }), fc.nat(), (rates, time) => {
        const points = parcelsAt(
          time,
          rates.map((per_minute) => ({ line, per_minute })),
        );
        expect(points.length).toBeLessThanOrEqual(MOST_PARCELS);
      }),
    );
    expect(parcelsAt(5, [{ line, per_minute: 0 }])).toEqual([]);
  });

  it("move forward", () => {
    const [early] = parcelsAt(60_000, [{ line, per_minute: 1 }]);
    const [later] = parcelsAt(61_000, [{ line, per_minute: 1 }]);
    expect(later?.x).toBeGreaterThan(early?.x ?? Number.POSITIVE_INFINITY);
  });

  it("stop after twenty slow frames in a row, not for a single one or a sleeping window", () => {
    const watch = new SlownessWatch();
    for (let frame = 0; frame < 19; frame += 1) expect(watch.frame(60)).toBe(false);
    expect(watch.frame(16)).toBe(false);
    for (let frame = 0; frame < 19; frame += 1) expect(watch.frame(60)).toBe(false);
    expect(watch.frame(5_000)).toBe(false);
    expect(watch.frame(60)).toBe(true);
  });
});

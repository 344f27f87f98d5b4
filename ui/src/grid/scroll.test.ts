import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clamped,
  type Geometry,
  pageRows,
  revealing,
  scrollAt,
  scrolledBy,
  scrolledTo,
  scrollOfThumb,
  TOP,
  thumb,
  visible,
} from "./scroll";

const sizes = fc.oneof(fc.constantFrom(0, 1, 2, 199, 200, 201, 25_000, 1_000_000, 10_000_000), fc.nat(2_000_000));
const geometries: fc.Arbitrary<Geometry> = fc.record({
  rows: sizes,
  rowHeight: fc.constantFrom(28, 32, 40),
  viewport: fc.integer({ min: 1, max: 2000 }),
});
const offsetOf = (scroll: { rank: number; pixel: number }, geometry: Geometry) =>
  scroll.rank * geometry.rowHeight + scroll.pixel;

describe.each([1, 200, 25_000, 1_000_000, 10_000_000])("a list of %d rows", (rows) => {
  const geometry = { rows, rowHeight: 32, viewport: 700 };

  it("shows its first row at the top and its last row whole at the bottom", () => {
    expect(visible(TOP, geometry).first).toBe(0);
    const end = scrolledTo(rows, geometry);
    expect(visible(end, geometry).end).toBe(rows);
    expect(rows * 32 - offsetOf(end, geometry)).toBeLessThanOrEqual(Math.max(700, 32));
  });

  it("reaches every row by the keyboard: revealing makes it wholly visible", () => {
    for (const rank of [0, Math.floor(rows / 3), rows - 1]) {
      const scroll = revealing(scrolledTo(Math.floor(rows / 2), geometry), rank, geometry);
      const top = rank * 32 - offsetOf(scroll, geometry);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top + 32).toBeLessThanOrEqual(700);
    }
  });
});

describe("the scroll model", () => {
  it("leaves no gap and no overlap: the drawn rows cover the viewport exactly", () => {
    fc.assert(
      fc.property(geometries, fc.double({ min: 0, max: 1, noNaN: true }), (geometry, fraction) => {
        const scroll = scrollAt(fraction * geometry.rows * geometry.rowHeight, geometry);
        const { first, end } = visible(scroll, geometry);
        expect(scroll.pixel).toBeGreaterThanOrEqual(0);
        expect(scroll.pixel).toBeLessThan(geometry.rowHeight);
        expect(first).toBe(Math.min(scroll.rank, geometry.rows));
        const drawn = (end - first) * geometry.rowHeight - scroll.pixel;
        if (end < geometry.rows) expect(drawn).toBeGreaterThanOrEqual(geometry.viewport);
        expect(drawn).toBeLessThan(geometry.viewport + geometry.rowHeight);
      }),
      { numRuns: 500 },
    );
  });

  it("moves monotonically and there and back again", () => {
    fc.assert(
      fc.property(geometries, fc.nat(1_000_000), fc.nat(5000), (geometry, start, step) => {
        const here = scrollAt(start, geometry);
        const below = scrolledBy(here, step, geometry);
        expect(offsetOf(below, geometry)).toBeGreaterThanOrEqual(offsetOf(here, geometry));
        const moved = offsetOf(below, geometry) - offsetOf(here, geometry);
        expect(scrolledBy(below, -moved, geometry)).toEqual(here);
      }),
    );
  });

  it("keeps the thumb on its track, large enough to grab, and monotone in rank", () => {
    fc.assert(
      fc.property(geometries, fc.nat(), fc.nat(), fc.integer({ min: 30, max: 2000 }), (geometry, a, b, track) => {
        const [upper, lower] = [scrolledTo(Math.min(a, b), geometry), scrolledTo(Math.max(a, b), geometry)];
        const [first, second] = [thumb(upper, geometry, track), thumb(lower, geometry, track)];
        expect(first.size).toBeGreaterThanOrEqual(24);
        expect(first.start).toBeGreaterThanOrEqual(0);
        expect(second.start).toBeGreaterThanOrEqual(first.start);
        expect(second.start + second.size).toBeLessThanOrEqual(track + 1e-6);
      }),
    );
  });

  it("dragging the thumb to where it is does not move the list by more than a pixel of the track is worth", () => {
    fc.assert(
      fc.property(geometries, fc.double({ min: 0, max: 1, noNaN: true }), (geometry, fraction) => {
        const scroll = scrollAt(fraction * geometry.rows * geometry.rowHeight, geometry);
        const back = scrollOfThumb(thumb(scroll, geometry, 600).start, geometry, 600);
        expect(Math.abs(offsetOf(back, geometry) - offsetOf(scroll, geometry))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("the ends of the track are the ends of the list", () => {
    const geometry = { rows: 1_000_000, rowHeight: 32, viewport: 700 };
    expect(scrollOfThumb(0, geometry, 600)).toEqual(TOP);
    expect(visible(scrollOfThumb(600, geometry, 600), geometry).end).toBe(1_000_000);
  });

  it("a list that became shorter keeps the position inside", () => {
    const before = scrolledTo(900, { rows: 1000, rowHeight: 32, viewport: 320 });
    expect(clamped(before, { rows: 15, rowHeight: 32, viewport: 320 })).toEqual({ rank: 5, pixel: 0 });
    expect(clamped(before, { rows: 0, rowHeight: 32, viewport: 320 })).toEqual(TOP);
  });

  it("a page is at least one row", () => {
    expect(pageRows({ rows: 5, rowHeight: 32, viewport: 10 })).toBe(1);
    expect(pageRows({ rows: 5, rowHeight: 32, viewport: 320 })).toBe(10);
  });
});

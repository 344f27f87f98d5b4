import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flowOf } from "@/mocks/flow";
import { layout, MOST_PER_COLUMN, type Placed, type Room, WAY } from "./layout";

const ROOM: Room = { width: 1_240, height: 640 };
const counts = fc.tuple(fc.nat(60), fc.nat(30));
const rooms = fc.record({ width: fc.integer({ min: 300, max: 3_000 }), height: fc.integer({ min: 200, max: 2_000 }) });

const inside = (point: { x: number; y: number }, card: Placed) =>
  point.x > card.x + 1 &&
  point.x < card.x + card.width - 1 &&
  point.y > card.y + 1 &&
  point.y < card.y + card.height - 1;

describe("the layout of the flow map", () => {
  it("places three columns without an overlap, whatever the number of partners and the room", () => {
    fc.assert(
      fc.property(counts, rooms, ([shops, warehouses], room) => {
        const { nodes, width, height } = layout(flowOf(shops, warehouses), room);
        expect(new Set(nodes.map((node) => node.x)).size).toBeLessThanOrEqual(3);
        for (const [index, node] of nodes.entries()) {
          expect(node.y).toBeGreaterThanOrEqual(0);
          expect(node.x + node.width).toBeLessThanOrEqual(width);
          expect(node.y + node.height).toBeLessThanOrEqual(height);
          for (const other of nodes.slice(index + 1)) {
            const apart =
              node.x + node.width <= other.x ||
              other.x + other.width <= node.x ||
              node.y + node.height <= other.y ||
              other.y + other.height <= node.y;
            expect(apart).toBe(true);
          }
        }
      }),
    );
  });

  it("never leads a line over a card: every number stands in one", () => {
    fc.assert(
      fc.property(counts, rooms, ([shops, warehouses], room) => {
        const { nodes, ways } = layout(flowOf(shops, warehouses), room);
        for (const way of ways) {
          for (const point of way.line.points) {
            expect(nodes.filter((node) => inside(point, node)).map((node) => `${way.id} over ${node.id}`)).toEqual([]);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it("shows two shops and three warehouses in full and six by eight compactly, both at their own size", () => {
    const few = layout(flowOf(2, 3), ROOM);
    expect(few.compact).toBe(false);
    const many = layout(flowOf(6, 8), ROOM);
    expect(many.compact).toBe(true);
    for (const drawn of [few, many]) {
      expect(drawn.width).toBeLessThanOrEqual(ROOM.width);
      expect(drawn.height).toBeLessThanOrEqual(ROOM.height);
    }
  });

  it("gives a long name a second line", () => {
    const { nodes } = layout(flowOf(3, 4), ROOM);
    expect(nodes.find((node) => node.id === "con_2")?.nameLines).toBe(2);
    expect(nodes.find((node) => node.id === "con_0")?.nameLines).toBe(1);
  });

  it("has a card for every stage of the way, whether something moves or not", () => {
    const { nodes } = layout({ shops: [], warehouses: [], edges: [] }, ROOM);
    expect(nodes.map((node) => node.id)).toEqual(WAY.map((step) => step.stage));
  });

  it("folds a column of more than 12 into one card and keeps the sums of its ways", () => {
    const flow = flowOf(MOST_PER_COLUMN + 1, 2);
    const drawn = layout(flow, ROOM);
    expect(drawn.nodes.filter((node) => node.kind === "shop").map((node) => node.id)).toEqual(["shops"]);
    const sums = flow.edges
      .filter((edge) => edge.from.startsWith("con_"))
      .reduce((sum, edge) => ({ rate: sum.rate + edge.per_minute, backlog: sum.backlog + edge.backlog }), {
        rate: 0,
        backlog: 0,
      });
    const way = drawn.ways.find((candidate) => candidate.from === "shops");
    expect(way).toMatchObject({ per_minute: sums.rate, backlog: sums.backlog, errors: 0 });
  });

  it("leaves out ways to places that are not on the map, and starts and ends lines at their cards", () => {
    const { nodes, ways } = layout(flowOf(3, 2), ROOM);
    const known = new Map(nodes.map((node) => [node.id, node]));
    expect(ways.some((way) => way.from === "nowhere")).toBe(false);
    for (const way of ways) {
      const [from, to] = [known.get(way.from), known.get(way.to)];
      const [start, end] = [way.line.corners[0], way.line.corners.at(-1)];
      const touches = (point: { x: number; y: number } | undefined, card: Placed | undefined) =>
        point !== undefined &&
        card !== undefined &&
        !inside(point, card) &&
        inside(point, { ...card, x: card.x - 3, y: card.y - 3, width: card.width + 6, height: card.height + 6 });
      expect(touches(start, from), `start of ${way.id}`).toBe(true);
      expect(touches(end, to), `end of ${way.id}`).toBe(true);
    }
  });
});

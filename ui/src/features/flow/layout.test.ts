import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Flow } from "@/api/types";
import { layout, MOST_PER_COLUMN, WAY } from "./layout";

type Map = Pick<Flow, "shops" | "warehouses" | "edges">;

function flowOf(shops: number, warehouses: number): Map {
  const shopIds = Array.from({ length: shops }, (_, index) => `con_${index}`);
  const warehouseIds = Array.from({ length: warehouses }, (_, index) => `whs_${index}`);
  const edge = (from: string, to: string) => ({ from, to, per_minute: 1, backlog: 2, errors: 0 });
  return {
    shops: shopIds.map((connection) => ({
      connection,
      name: connection,
      connector: "shopify",
      health: "healthy",
      orders_per_minute: 1,
      waiting: 0,
    })),
    warehouses: warehouseIds.map((warehouse) => ({
      warehouse,
      connection: "con_w",
      name: warehouse,
      health: "healthy",
      waiting: 0,
      in_work: 0,
      handed_over_per_minute: 0,
      shipped_per_minute: 0,
    })),
    edges: [
      ...shopIds.map((id) => edge(id, "received")),
      edge("received", "routing"),
      edge("routing", "editable"),
      edge("editable", "releasing"),
      ...warehouseIds.map((id) => edge("releasing", id)),
      ...warehouseIds.map((id) => edge(id, "shipped")),
      ...shopIds.map((id) => edge("shipped", id)),
      edge("nowhere", "received"),
    ],
  };
}

const counts = fc.tuple(fc.nat(60), fc.nat(30));

describe("the layout of the flow map", () => {
  it("places three columns without an overlap, whatever the number of partners", () => {
    fc.assert(
      fc.property(counts, ([shops, warehouses]) => {
        const { nodes, width, height } = layout(flowOf(shops, warehouses));
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

  it("has a card for every stage of the way, whether something moves or not", () => {
    const { nodes } = layout({ shops: [], warehouses: [], edges: [] });
    expect(nodes.map((node) => node.id)).toEqual(WAY.map((step) => step.stage));
  });

  it("folds a column of more than 12 into one card and keeps the sums of its ways", () => {
    const flow = flowOf(MOST_PER_COLUMN + 1, 2);
    const drawn = layout(flow);
    expect(drawn.nodes.filter((node) => node.kind === "shop").map((node) => node.id)).toEqual(["shops"]);
    const way = drawn.ways.find((candidate) => candidate.from === "shops");
    expect(way).toMatchObject({ per_minute: MOST_PER_COLUMN + 1, backlog: 2 * (MOST_PER_COLUMN + 1), errors: 0 });
  });

  it("leaves out ways to places that are not on the map", () => {
    const { nodes, ways } = layout(flowOf(3, 2));
    const known = new Set(nodes.map((node) => node.id));
    expect(ways.every((way) => known.has(way.from) && known.has(way.to))).toBe(true);
    expect(ways.find((way) => way.id === "received>routing")).toMatchObject({ source: "bottom", target: "top" });
    expect(ways.find((way) => way.id === "con_0>received")).toMatchObject({ source: "right", target: "left" });
    expect(ways.find((way) => way.id === "whs_0>shipped")).toMatchObject({ source: "left", target: "right" });
  });
});

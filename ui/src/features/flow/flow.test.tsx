import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { Flow, Stage } from "@/api/types";
import { detailFixture } from "@/features/order/fixtures";
import { summaryOf } from "@/features/order/summary";
import { parseQuery } from "@/lib/query";
import { connections } from "@/mocks/answers";
import type { Asked } from "@/mocks/platform";
import { renderConsole } from "@/test/screen";
import { layout } from "./layout";
import { placeOf } from "./selection";

const STAGES: readonly Stage[] = ["received", "routing", "editable", "held", "releasing", "in_warehouse", "shipped"];

const flow: Flow = {
  at: "2026-11-22T12:00:00Z",
  shops: [
    {
      connection: "con_1",
      name: "Fern & Co",
      connector: "shopify",
      health: "healthy",
      orders_per_minute: 12,
      waiting: 3,
    },
  ],
  stages: STAGES.map((stage, index) => ({ stage, orders: index * 10, per_minute: 4, errors: 0 })),
  warehouses: [
    {
      warehouse: "whs_1",
      connection: "con_2",
      name: "Leeds",
      health: "warning",
      waiting: 2,
      in_work: 5,
      handed_over_per_minute: 4,
      shipped_per_minute: 3,
    },
  ],
  edges: [
    { from: "con_1", to: "received", per_minute: 12, backlog: 0, errors: 0 },
    { from: "received", to: "routing", per_minute: 4, backlog: 1, errors: 0 },
    { from: "releasing", to: "whs_1", per_minute: 4, backlog: 2, errors: 1 },
    { from: "whs_1", to: "shipped", per_minute: 3, backlog: 5, errors: 0 },
    { from: "shipped", to: "con_1", per_minute: 3, backlog: 0, errors: 0 },
  ],
};

describe("the orders behind the map", () => {
  it("can be asked for at every place and on every way, in a query the list understands", () => {
    const drawn = layout(flow, { width: 1_240, height: 640 });
    for (const id of [...drawn.nodes.map((node) => node.id), ...drawn.ways.map((way) => way.id), "held"]) {
      const place = placeOf(flow, id);
      expect(place, id).toBeDefined();
      expect(parseQuery(place?.q ?? "").faults, place?.q).toEqual([]);
      expect(place?.title).not.toContain("undefined");
    }
    expect(placeOf(flow, "whs_1>shipped")?.q).toBe("warehouse:whs_1 state:in_warehouse");
    expect(placeOf(flow, "con_gone")).toBeUndefined();
  });
});

describe("the flow screen", () => {
  const open = (address: string) => {
    vi.spyOn(window, "matchMedia").mockImplementation(
      (query) =>
        ({
          matches: true,
          media: query,
          addEventListener: () => {},
          removeEventListener: () => {},
        }) as unknown as MediaQueryList,
    );
    return renderConsole(address, {
      "GET /api/v1/flow": flow,
      "GET /api/v1/connections": connections,
      "GET /api/v1/orders": (asked: Asked) =>
        Response.json({
          items: [summaryOf(detailFixture())],
          total: { value: asked.path.includes("cutoff") ? 7 : 40, capped: false },
        }),
    });
  };

  it("as a table says the same without a picture, and leads from a row to its orders", async () => {
    const { router } = open("/flow?as=table");
    const person = userEvent.setup();
    const shops = await screen.findByRole("table", { name: "Shops" });
    expect(within(shops).getByText("Fern & Co")).toBeDefined();
    expect(within(shops).getByText("12")).toBeDefined();
    const stages = screen.getByRole("table", { name: "Stages" });
    await person.click(within(stages).getByRole("button", { name: "Held" }));
    const panel = await screen.findByRole("complementary", { name: "Held" });
    await person.click(await within(panel).findByRole("link", { name: "40 orders" }));
    await waitFor(() =>
      expect(router.state.location).toMatchObject({ pathname: "/orders", search: { q: "state:held" } }),
    );
  });

  it("T switches between map and table, M the measure, and the address says so", async () => {
    const { router } = open("/flow");
    const person = userEvent.setup();
    await screen.findByRole("button", { name: "Table" });
    await person.keyboard("m");
    await waitFor(() => expect(router.state.location.search).toMatchObject({ by: "latency" }));
    await person.keyboard("t");
    await waitFor(() => expect(router.state.location.search).toMatchObject({ by: "latency", as: "table" }));
    expect(await screen.findByRole("table", { name: "Warehouses" })).toBeDefined();
  });

  it("is one tab stop on the map, and arrows lead from place to place", async () => {
    open("/flow");
    const person = userEvent.setup();
    const map = await screen.findByRole("region", { name: "Live flow of orders" });
    const places = await within(map).findAllByRole("button");
    expect(places.filter((place) => place.tabIndex === 0)).toHaveLength(1);
    act(() => places[0]?.focus());
    await person.keyboard("{End}");
    expect(document.activeElement).toBe(places.at(-1));
    expect(places.filter((place) => place.tabIndex === 0)).toEqual([places.at(-1)]);
    await person.keyboard("{Home}");
    expect(document.activeElement).toBe(places[0]);
  });

  it("says every number of the map in words, and Escape closes what Enter opened", async () => {
    const { router } = open("/flow");
    const person = userEvent.setup();
    const way = await screen.findByRole("button", { name: "Releasing → Leeds: 4/min, 2 on their way, 1 error" });
    expect(screen.getByRole("button", { name: "Leeds → Shipped: 3/min, 5 in work" })).toBeDefined();
    expect(screen.getByRole("button", { name: "Fern & Co → Received: 12/min, 3 waiting" })).toBeDefined();
    expect(screen.getByRole("button", { name: "Leeds, Warning" })).toBeDefined();
    act(() => way.focus());
    await person.keyboard("{Enter}");
    expect(await screen.findByRole("complementary", { name: "Releasing → Leeds" })).toBeDefined();
    expect(router.state.location.search).toMatchObject({ at: "releasing>whs_1" });
    await person.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("complementary")).toBeNull());
  });

  it("counts in words what is about to be too late and leads there", async () => {
    open("/flow?as=table");
    const link = await screen.findByRole("link", { name: "Too late in 30 min" });
    expect(link.getAttribute("href")).toContain("cutoff");
    expect(await screen.findByText("7")).toBeDefined();
  });
});

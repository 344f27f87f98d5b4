import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { OrderSummary } from "@/api/types";
import { detailFixture, orderFixture } from "@/features/order/fixtures";
import { summaryOf } from "@/features/order/summary";
import { connections } from "@/mocks/answers";
import { type Asked, problem } from "@/mocks/platform";
import { renderConsole } from "@/test/screen";

const base = summaryOf(detailFixture());
const row = (index: number): OrderSummary => ({ ...base, id: `ord_${index}`, number: `#${1000 + index}` });

beforeEach(() => {
  // jsdom has no layout: the grid gets room for twenty rows.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(640);
});
afterEach(() => vi.restoreAllMocks());

/** A server with rows 0.. of a list; `answer` may refuse. */
function open(address: string, rows: () => readonly OrderSummary[], answer?: (asked: Asked) => Response | undefined) {
  return renderConsole(address, {
    "GET /api/v1/connections": connections,
    "GET /api/v1/orders/ord_0": detailFixture({ order: orderFixture({ id: "ord_0", number: "#1000" }) }),
    "GET /api/v1/orders/ord_0/timeline": { items: [] },
    "GET /api/v1/orders": (asked: Asked) => {
      const other = answer?.(asked);
      if (other !== undefined) return other;
      const query = new URL(asked.path, "http://x").searchParams;
      const all = rows();
      const start = Number(query.get("after") ?? query.get("offset") ?? 0);
      const end = Math.min(all.length, start + Number(query.get("limit")));
      return Response.json({
        items: all.slice(start, end),
        next: end < all.length ? String(end) : null,
        total: { value: Math.min(10_000, all.length), capped: all.length > 10_000 },
      });
    },
  });
}

const many = (count: number) => Array.from({ length: count }, (_, index) => row(index));
const grid = () => screen.findByRole("grid", { name: "Orders" });
const active = (element: HTMLElement) => document.getElementById(element.getAttribute("aria-activedescendant") ?? "");
/** What the list asked for; the rail counts what waits for a person by itself. */
const queries = (asked: readonly Asked[]) =>
  asked
    .filter((one) => one.path.startsWith("/api/v1/orders?"))
    .map((one) => new URL(one.path, "http://x").searchParams)
    .filter((query) => query.get("q") !== "state:attention,blocked");

describe("the order list", () => {
  it("draws only what fits, and says how long it is", async () => {
    open("/orders", () => many(1_000));
    expect(await screen.findByText("#1000")).toBeDefined();
    const table = await grid();
    await waitFor(() => expect(table.getAttribute("aria-rowcount")).toBe("1001"));
    expect(within(table).getAllByRole("row").length).toBeLessThan(30);
    expect(screen.getByText("1,000 orders")).toBeDefined();
  });

  it("finds the end of a list that the server counts only to 10,000", async () => {
    open("/orders", () => many(25_000));
    expect(await screen.findByText("25,000 orders", undefined, { timeout: 4_000 })).toBeDefined();
    const person = userEvent.setup();
    (await grid()).focus();
    await person.keyboard("{End}");
    expect(await screen.findByText("#25999")).toBeDefined();
  });

  it("goes by keyboard: arrows, End, Home, Enter opens", async () => {
    const { router } = open("/orders", () => many(300));
    const person = userEvent.setup();
    await screen.findByText("#1000");
    const table = await grid();
    table.focus();
    await person.keyboard("{ArrowDown}{ArrowDown}");
    expect(active(table)?.textContent).toBe("#1002");
    await person.keyboard("{End}");
    expect((await screen.findByText("#1299")).closest('[role="gridcell"]')).toBe(active(table));
    await person.keyboard("{Home}{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe("/orders/ord_0"));
  });

  it("J gives the list the keyboard, X selects, Escape lets go", async () => {
    open("/orders", () => many(5));
    const person = userEvent.setup();
    await screen.findByText("#1000");
    await person.keyboard("jjx");
    expect(screen.getByText("1 selected")).toBeDefined();
    await person.keyboard("{Escape}");
    expect(screen.queryByText("1 selected")).toBeNull();
  });

  it("Space peeks and the panel follows the keyboard", async () => {
    const { router } = open("/orders", () => many(5));
    const person = userEvent.setup();
    await screen.findByText("#1000");
    await person.keyboard("j");
    await person.keyboard(" ");
    expect(await screen.findByRole("complementary", { name: "Order at a glance" })).toBeDefined();
    await waitFor(() => expect(router.state.location.search).toMatchObject({ peek: "ord_0" }));
    await person.keyboard("{ArrowDown}");
    await waitFor(() => expect(router.state.location.search).toMatchObject({ peek: "ord_1" }));
  });

  it("a click on a header sorts, a second one turns it round, and the address says so", async () => {
    const { router, platform } = open("/orders", () => many(5));
    const person = userEvent.setup();
    await screen.findByText("#1000");
    await person.click(screen.getByRole("columnheader", { name: "Total" }));
    await waitFor(() => expect(router.state.location.search).toMatchObject({ sort: "-total" }));
    await person.click(screen.getByRole("columnheader", { name: "Total" }));
    await waitFor(() => expect(router.state.location.search).toMatchObject({ sort: "total" }));
    await waitFor(() => expect(queries(platform.asked).at(-1)?.get("sort")).toBe("total"));
    expect(screen.getByRole("columnheader", { name: "Total" }).getAttribute("aria-sort")).toBe("ascending");
  });
});

describe("the query", () => {
  it("in the address draws the same screen: text, chips, request", async () => {
    const { platform } = open("/orders?q=state%3Aheld", () => many(3));
    await screen.findByText("#1000");
    expect(screen.getByRole("combobox", { name: "Search and filter orders" })).toHaveProperty("value", "state:held");
    expect(within(screen.getByRole("list", { name: "Filters" })).getByText("Held")).toBeDefined();
    expect(queries(platform.asked)[0]?.get("q")).toBe("state:held");
  });

  it("with an unknown field keeps the last valid result and offers the nearest name", async () => {
    const { platform } = open("/orders", () => many(3));
    const person = userEvent.setup();
    await screen.findByText("#1000");
    await person.keyboard("/");
    await person.keyboard("sate:held ");
    expect(await screen.findByText("“sate” is no field.")).toBeDefined();
    expect(screen.getByText("#1000")).toBeDefined();
    expect(queries(platform.asked).every((query) => query.get("q") === null)).toBe(true);
    await person.click(screen.getByRole("button", { name: "Use “state”" }));
    await waitFor(() => expect(queries(platform.asked).at(-1)?.get("q")).toBe("state:held"));
  });

  it("that the server refuses says why and keeps the rows", async () => {
    open(
      "/orders",
      () => many(3),
      (asked) =>
        asked.path.includes("shop")
          ? problem(400, "SY-0007", "no", [{ path: "q", detail: "there is no shop `Fern`" }])
          : undefined,
    );
    const person = userEvent.setup();
    await screen.findByText("#1000");
    await person.keyboard("/");
    await person.keyboard("shop:Fern ");
    expect(await screen.findByText("there is no shop `Fern`")).toBeDefined();
    expect(screen.getByText("#1000")).toBeDefined();
  });

  it("loses a term when its chip is removed", async () => {
    const { router } = open("/orders?q=state%3Aheld%20sku%3ATEA", () => many(3));
    const person = userEvent.setup();
    await screen.findByText("#1000");
    await person.click(screen.getByRole("button", { name: "Remove State Held".replace("State", "Stage") }));
    await waitFor(() => expect(router.state.location.search).toMatchObject({ q: "sku:TEA" }));
  });

  it("that matches nothing says so and offers to remove it", async () => {
    const { router } = open("/orders?q=state%3Aheld", () => []);
    const person = userEvent.setup();
    await person.click(await screen.findByRole("button", { name: "Remove the filter" }));
    await waitFor(() => expect(router.state.location.search).not.toHaveProperty("q"));
  });

  it("stands in a view's tab", async () => {
    const { router } = open("/orders", () => many(3));
    await userEvent.click(await screen.findByRole("link", { name: "Too late in 30 min" }));
    await waitFor(() =>
      expect(router.state.location.search).toEqual({ q: "state:editable cutoff:<30m", sort: "editable_until" }),
    );
  });
});

describe("live changes", () => {
  const event = (seq: number) => ({
    seq,
    // Of the present: what happened before the window was opened is history, and moves nothing.
    at: new Date().toISOString(),
    kind: "order.held",
    tags: ["orders"],
    data: {},
  });

  it("patch rows in place and count new ones while somebody is at work", async () => {
    let rows = many(5);
    const { platform } = open("/orders", () => rows);
    const person = userEvent.setup();
    await screen.findByText("#1000");
    await person.keyboard("jj");
    rows = [{ ...base, id: "ord_new", number: "#2000" }, ...rows.map((one) => ({ ...one, customer: "Changed" }))];
    act(() => platform.emit(event(1)));
    expect(await screen.findByRole("button", { name: /^1 change · refresh/ }, { timeout: 3_000 })).toBeDefined();
    expect(screen.getAllByText("Changed")).toHaveLength(5);
    expect(screen.queryByText("#2000")).toBeNull();
    expect(active(await grid())?.textContent).toBe("#1001");
    await person.keyboard("r");
    expect(await screen.findByText("#2000")).toBeDefined();
  });

  it("come in by themselves at the top while nobody is", async () => {
    let rows = many(5);
    const { platform } = open("/orders", () => rows);
    await screen.findByText("#1000");
    rows = [{ ...base, id: "ord_new", number: "#2000" }, ...rows];
    act(() => platform.emit(event(1)));
    expect(await screen.findByText("#2000", undefined, { timeout: 3_000 })).toBeDefined();
  });
});

import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AttentionEntry, AttentionItem } from "@/api/types";
import { detailFixture, orderFixture } from "@/features/order/fixtures";
import { chooseLocale } from "@/i18n/locale";
import { connections } from "@/mocks/answers";
import type { Asked } from "@/mocks/platform";
import { renderConsole } from "@/test/screen";
// Loaded with the tests: the page is lazy, and on a busy machine its first load is longer than a wait.
import "@/features/order/OrderPage";
import "./AttentionPage";

beforeEach(() => localStorage.clear());
afterEach(() => chooseLocale("en"));

const SINCE = "2026-11-22T11:00:00Z";

function item(order: string, change: Partial<AttentionItem> = {}): AttentionItem {
  return {
    code: "SY-1205",
    what: `The warehouse refused to change SW-${order}; it ships as it is`,
    detail: "Picking has begun",
    options: ["let_it_ship", "try_again"],
    owner: "back_office_agent",
    since: SINCE,
    order,
    request: `chr_${order}`,
    ...change,
  };
}

function entry(order: string, change: Partial<AttentionEntry> = {}): AttentionEntry {
  return {
    order,
    number: `#${order}`,
    shop: "con_1",
    revision: 3,
    matter: 0,
    item: item(order),
    next_step: "",
    ...change,
  };
}

/** A server on which these matters wait. */
function open(first: readonly AttentionEntry[]) {
  let waiting = first;
  const matters = (order: string) => waiting.filter((one) => one.order === order).map((one) => one.item);
  const detail = (order: string) => () =>
    Response.json(
      detailFixture({ order: orderFixture({ id: order, number: `#${order}`, attention: matters(order) }) }),
    );
  const settle = (order: string) => () => {
    waiting = waiting.filter((one) => one.order !== order);
    return Response.json(orderFixture({ id: order, attention: [] }));
  };
  const total = () => ({ value: waiting.length, capped: false });
  const console = renderConsole("/attention", {
    "GET /api/v1/connections": connections,
    "GET /api/v1/orders": () => Response.json({ items: [], total: total() }),
    "GET /api/v1/attention": () => Response.json({ items: waiting, next: null, orders: total() }),
    "GET /api/v1/orders/ord_1": detail("ord_1"),
    "GET /api/v1/orders/ord_2": detail("ord_2"),
    "GET /api/v1/orders/ord_1/timeline": { items: [] },
    "GET /api/v1/orders/ord_2/timeline": { items: [] },
    "POST /api/v1/orders/ord_1/attention/0/settle": settle("ord_1"),
    "POST /api/v1/orders/ord_2/attention/0/settle": settle("ord_2"),
  });
  return {
    ...console,
    settled: () => console.platform.asked.filter((asked: Asked) => asked.path.endsWith("/settle")),
    forget: () => {
      waiting = [];
    },
  };
}

const row = (order: string) => screen.findByRole("group", { name: new RegExp(`SW-${order};`) });

describe("what waits for a person", () => {
  it("is listed with its order, its owner and its ways out, and counted in the rail", async () => {
    open([entry("ord_1"), entry("ord_2")]);
    const first = within(await row("ord_1"));
    expect(first.getByText("#ord_1")).toBeDefined();
    expect(first.getByText("Back office")).toBeDefined();
    expect(first.getByText("Picking has begun")).toBeDefined();
    expect(first.getByRole("button", { name: /^Let it ship/ })).toBeDefined();
    expect(await screen.findByRole("link", { name: "Attention: 2 orders wait for a person" })).toBeDefined();
  });

  it("J and K move, a digit takes a way out with a reason, and the keyboard goes to the next matter", async () => {
    const { settled } = open([entry("ord_1"), entry("ord_2")]);
    const person = userEvent.setup();
    await waitFor(async () => expect(document.activeElement).toBe(await row("ord_1")));
    await person.keyboard("j");
    expect(document.activeElement).toBe(await row("ord_2"));
    await person.keyboard("k1");
    const dialog = await screen.findByRole("dialog", { name: "Settle: Let it ship" });
    await person.type(within(dialog).getByRole("textbox", { name: "Reason" }), "They agreed");
    await person.click(within(dialog).getByRole("button", { name: "Let it ship" }));
    await waitFor(() => expect(screen.queryByRole("group", { name: /SW-ord_1;/ })).toBeNull());
    expect(settled().map((asked) => asked.body)).toEqual([
      { revision: 3, choice: "let_it_ship", reason: "They agreed" },
    ]);
    await waitFor(async () => expect(document.activeElement).toBe(await row("ord_2")));
  });

  it("Enter opens the order at that matter", async () => {
    const { router } = open([entry("ord_1")]);
    const person = userEvent.setup();
    await waitFor(async () => expect(document.activeElement).toBe(await row("ord_1")));
    await person.keyboard("{Enter}");
    await screen.findByText("Title of TEA");
    expect(router.state.location.href).toBe("/orders/ord_1?matter=0");
    await waitFor(() => expect(document.activeElement?.textContent).toBe("Let it ship"));
  });

  it("D shows what differs three ways, with the names of the order's lines, and hides it again", async () => {
    const difference = {
      field: "lines.lin_1.wanted",
      was: 3,
      wants: 1,
      here: 2,
      course: "conflict" as const,
      why: "both the shop and we changed the units",
    };
    const what = "The shop changed lines.lin_1.wanted of #ord_1: both the shop and we changed the units";
    open([entry("ord_1", { item: item("ord_1", { code: "SY-1005", what, difference }) }), entry("ord_2")]);
    const person = userEvent.setup();
    await waitFor(() => expect(document.activeElement?.getAttribute("role")).toBe("group"));
    // The list does not know the order's lines: an id means nothing to anybody.
    expect(screen.getByText(/^The shop changed #ord_1 – Units of a line: /)).toBeDefined();
    const details = screen.getByRole("button", { name: "Details of #ord_1" });
    expect(details.getAttribute("aria-expanded")).toBe("false");
    await person.keyboard("d");
    const table = within(await screen.findByRole("table", { name: "What differs" }));
    expect(table.getByRole("row", { name: "Units of TEA 3 1 2" })).toBeDefined();
    await person.keyboard("d");
    await waitFor(() => expect(screen.queryByRole("table", { name: "What differs" })).toBeNull());
    expect(screen.queryByRole("button", { name: "Details of #ord_2" })).toBeNull();
  });

  it("a problem that goes by itself says what to do next and offers no way out to settle", async () => {
    open([
      entry("ord_1", {
        matter: null,
        item: item("ord_1", { code: "SY-1003", what: "The address of #ord_1 is incomplete", detail: "missing: city" }),
        next_step: "Complete the address.",
      }),
    ]);
    const found = within(await screen.findByRole("group", { name: "The address of #ord_1 is incomplete" }));
    expect(found.getByText("Complete the address.")).toBeDefined();
    expect(found.getByText("Goes by itself once its cause is gone.")).toBeDefined();
    expect(found.queryByRole("button", { name: /^Let it ship/ })).toBeNull();
  });

  it("a report that the shop refused leads to it on its order", async () => {
    const what = "Harbor & Pine refused the tracking information";
    const { router } = open([entry("ord_1", { matter: null, item: item("ord_1", { code: "SY-1203", what }) })]);
    const person = userEvent.setup();
    await person.click(await screen.findByRole("button", { name: "Go to the report" }));
    await waitFor(() => expect(router.state.location.href).toBe("/orders/ord_1?at=report"));
  });

  it("a matter that somebody settled meanwhile is not settled again", async () => {
    const { settled, forget } = open([entry("ord_1")]);
    const person = userEvent.setup();
    await waitFor(async () => expect(document.activeElement).toBe(await row("ord_1")));
    forget();
    await person.keyboard("1");
    expect(await screen.findByText("Somebody has settled this matter meanwhile.")).toBeDefined();
    expect(await screen.findByText("No order waits for a person")).toBeDefined();
    expect(settled()).toEqual([]);
  });

  it("nothing waiting is said with its time, and what is not listed here", async () => {
    open([]);
    expect(await screen.findByText("No order waits for a person")).toBeDefined();
    expect(screen.getByText(/^As of \d\d:\d\d\. Orders that wait for stock/)).toBeDefined();
    expect(screen.getByRole("link", { name: "Attention" })).toBeDefined();
  });

  it("in German matters are told in German", async () => {
    chooseLocale("de");
    open([entry("ord_1")]);
    expect(
      await screen.findByText("Das Lager hat die Änderung an SW-ord_1 abgelehnt; es geht, wie es ist"),
    ).toBeDefined();
    expect(await screen.findByRole("link", { name: "Klärfälle: 1 Auftrag wartet auf jemanden" })).toBeDefined();
  });
});

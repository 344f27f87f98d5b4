import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Return, ReturnItem } from "@/api/types";
import { detailFixture, orderFixture } from "@/features/order/fixtures";
import { chooseLocale } from "@/i18n/locale";
import { connections } from "@/mocks/answers";
import type { Asked } from "@/mocks/platform";
import { renderConsole } from "@/test/screen";
// Loaded with the tests: the pages are lazy, and on a busy machine their first load is longer than a wait.
import "@/features/order/OrderPage";
import "./ReturnsPage";
import { returnsSearch } from "./search";

beforeEach(() => localStorage.clear());
afterEach(() => chooseLocale("en"));

const AT = "2026-11-22T11:00:00Z";

function item(change: Partial<ReturnItem> = {}): ReturnItem {
  return {
    line: "lin_1",
    sku: "TEA",
    announced: 2,
    received: 2,
    inspected: false,
    condition: "",
    stock: "undecided",
    customer: "undecided",
    ...change,
  };
}

function goodsFixture(change: Partial<Return> = {}): Return {
  return {
    id: "ret_1",
    reference: "SR-1001-a",
    remote_id: null,
    order: "ord_1",
    warehouse: "whs_1",
    revision: 4,
    state: "received",
    notice: "known",
    cause: "customer",
    items: [item()],
    tracking_code: "",
    announced_at: AT,
    expires_at: null,
    received_at: AT,
    updated_at: AT,
    ...change,
  };
}

/** A server with these returns. */
function open(all: readonly Return[], address = "/returns") {
  const rows = all.map((goods) => ({ return: goods, order_number: goods.order === null ? null : "#1001" }));
  const list = { items: rows, next: null, counts: [{ state: "received", count: all.length }] };
  const changed = () => Response.json(rows[0]);
  const console = renderConsole(address, {
    "GET /api/v1/connections": connections,
    "GET /api/v1/returns": list,
    "GET /api/v1/orders/ord_1": detailFixture({
      order: orderFixture({ id: "ord_1", state: "closed" }),
      returns: [...all],
      returnable: [{ line: "lin_1", units: 2 }],
    }),
    "GET /api/v1/orders/ord_1/timeline": { items: [] },
    "POST /api/v1/returns": changed,
    "PUT /api/v1/returns/ret_1/items/0/stock": changed,
    "PUT /api/v1/returns/ret_1/items/0/customer": changed,
    "POST /api/v1/returns/ret_1/receive": changed,
  });
  return {
    ...console,
    wished: () => console.platform.asked.filter((asked: Asked) => asked.method !== "GET"),
  };
}

describe("returns", () => {
  it("are listed by state with how many there are, and the first is open", async () => {
    const { platform } = open([goodsFixture(), goodsFixture({ id: "ret_2", reference: "SR-1001-b", order: null })]);
    const list = within(await screen.findByRole("list", { name: "Returns" }));
    expect(list.getAllByRole("button")).toHaveLength(2);
    expect(list.getByText("Order unknown")).toBeDefined();
    const views = within(screen.getByRole("navigation", { name: "Which returns" }));
    expect(views.getByRole("link", { name: "Received 2" })).toBeDefined();
    expect(screen.getByRole("button", { name: "Goods of TEA: Not decided" })).toBeDefined();
    const states = "state=announced%2Cin_transit%2Creceived%2Cinspected";
    expect(platform.asked.some((asked) => decodeURIComponent(asked.path).includes(decodeURIComponent(states)))).toBe(
      true,
    );
  });

  it("S decides about the goods and M about the customer, on the revision that is shown", async () => {
    const { wished } = open([goodsFixture()]);
    const person = userEvent.setup();
    await waitFor(() => expect(document.activeElement?.textContent).toContain("SR-1001-a"));
    await person.keyboard("s");
    const goods = await screen.findByRole("dialog", { name: "What becomes of 2 × TEA" });
    await person.type(within(goods).getByRole("textbox", { name: "Condition" }), "as new");
    await person.click(within(goods).getByRole("button", { name: "Decide" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await person.keyboard("m");
    const customer = await screen.findByRole("dialog", { name: "What the customer gets for TEA" });
    await person.click(within(customer).getByRole("button", { name: "Decide" }));
    await waitFor(() => expect(wished()).toHaveLength(2));
    expect(wished().map((asked) => asked.body)).toEqual([
      { revision: 4, reason: "", decision: "restock", condition: "as new" },
      { revision: 4, reason: "", decision: "refund" },
    ]);
  });

  it("more is counted in by hand, never nothing", async () => {
    const { wished } = open([goodsFixture({ items: [item({ received: 0 })], state: "announced", received_at: null })]);
    const person = userEvent.setup();
    await person.click(await screen.findByRole("button", { name: "Count in" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Count in units of SR-1001-a" }));
    const units = dialog.getByRole("textbox", { name: "Units" });
    await person.clear(units);
    expect((dialog.getByRole("button", { name: "Count in" }) as HTMLButtonElement).disabled).toBe(true);
    await person.type(units, "3");
    await person.click(dialog.getByRole("button", { name: "Count in" }));
    await waitFor(() =>
      expect(wished().map((asked) => asked.body)).toEqual([{ revision: 4, reason: "", sku: "TEA", units: 3 }]),
    );
  });

  it("are announced on the order's page, no more than left", async () => {
    const { wished } = open([], "/orders/ord_1");
    const person = userEvent.setup();
    await person.click(await screen.findByRole("button", { name: "Announce a return" }));
    const dialog = within(await screen.findByRole("dialog"));
    const units = dialog.getByRole("textbox", { name: "Units of TEA" });
    // The keyboard begins in the first count, all of it marked.
    await waitFor(() => expect(document.activeElement).toBe(units));
    await person.keyboard("1.5");
    expect((dialog.getByRole("button", { name: "Announce a return" }) as HTMLButtonElement).disabled).toBe(true);
    await person.clear(units);
    await person.type(units, "3");
    expect((dialog.getByRole("button", { name: "Announce a return" }) as HTMLButtonElement).disabled).toBe(true);
    await person.clear(units);
    await person.type(units, "1");
    await person.click(dialog.getByRole("button", { name: "Announce a return" }));
    await waitFor(() => expect(wished()).toHaveLength(1));
    expect(wished()[0]?.body).toMatchObject({
      order: "ord_1",
      cause: "customer",
      lines: [{ line: "lin_1", units: 1 }],
    });
  });

  it("a closed return offers nothing to decide, and German is German", async () => {
    chooseLocale("de");
    const done = item({ stock: "restock", customer: "refund" });
    open([goodsFixture({ state: "closed", items: [done] })]);
    expect(await screen.findByText("Geld zurück")).toBeDefined();
    expect(screen.getByText("Zurück ins Regal")).toBeDefined();
    expect(screen.queryByRole("button", { name: "Eingang buchen" })).toBeNull();
  });

  it("the address names the view and the return, and nothing else", () => {
    expect(returnsSearch({ view: "closed", id: "ret_1", other: 1 })).toEqual({ view: "closed", id: "ret_1" });
    expect(returnsSearch({ view: "nonsense", id: 7 })).toEqual({});
  });
});

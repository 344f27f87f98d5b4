import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { OrderDetail, OrderSummary } from "@/api/types";
import { detailFixture, orderFixture } from "@/features/order/fixtures";
import { summaryOf } from "@/features/order/summary";
import { connections } from "@/mocks/answers";
import { type Asked, problem } from "@/mocks/platform";
import { renderConsole } from "@/test/screen";

beforeEach(() => {
  // jsdom has no layout: the grid gets room for twenty rows.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(640);
});
afterEach(() => vi.restoreAllMocks());

const LATE = {
  code: "SY-1101" as const,
  title: "It is too late for this change",
  detail: "fulfillment order SW-1 was handed over",
  next_step: "Ask the warehouse to stop, or arrange a return.",
};
const allowed = { allowed: true, asks: false };

/** A list of five orders; order 1 has left already, and `cancel` answers the cancellations. */
function open(cancel: (id: string, asked: Asked) => Response | undefined = () => undefined) {
  const details = new Map<string, OrderDetail>();
  const answers: Record<string, unknown> = {};
  const rows: OrderSummary[] = Array.from({ length: 5 }, (_, index) => {
    const id = `ord_${index}`;
    const refusal = index === 1 ? { allowed: false, asks: false, why: LATE } : allowed;
    const detail = detailFixture({
      order: orderFixture({ id, number: `#${1000 + index}` }),
      editable: { address: allowed, quantity: allowed, hold: refusal, release: refusal, cancel: refusal },
    });
    details.set(id, detail);
    answers[`GET /api/v1/orders/${id}`] = () => Response.json(details.get(id));
    const done = () => Response.json({ order: details.get(id)?.order, changes: [], committed: true });
    answers[`POST /api/v1/orders/${id}/holds`] = done;
    answers[`POST /api/v1/orders/${id}/cancel`] = (asked: Asked) => cancel(id, asked) ?? done();
    return summaryOf(detail);
  });
  const console = renderConsole("/orders", {
    "GET /api/v1/connections": connections,
    "GET /api/v1/orders": { items: rows, next: null, total: { value: rows.length, capped: false } },
    ...answers,
  });
  const sent = (what: string) =>
    console.platform.asked.filter((asked) => asked.method === "POST" && asked.path.endsWith(what));
  return { ...console, sent };
}

describe("many orders at once", () => {
  it("are selected by keyboard in a range, which shrinks again, and Escape lets go", async () => {
    open();
    const person = userEvent.setup();
    await screen.findByText("#1000");
    await person.keyboard("j");
    await person.keyboard("{Shift>}{ArrowDown}{ArrowDown}{ArrowDown}{/Shift}");
    expect(screen.getByText("4 selected")).toBeDefined();
    await person.keyboard("{Shift>}{ArrowUp}{/Shift}");
    expect(screen.getByText("3 selected")).toBeDefined();
    await person.keyboard("{Escape}");
    expect(screen.queryByText("3 selected")).toBeNull();
    await person.keyboard("{Control>}a{/Control}");
    expect(screen.getByText("5 selected")).toBeDefined();
  });

  it("are selected by Ctrl and Shift with a click", async () => {
    open();
    const person = userEvent.setup();
    const row = async (number: string) => (await screen.findByText(number)).closest('[role="row"]') as HTMLElement;
    const customer = async (number: string) => within(await row(number)).getAllByRole("gridcell")[3] as HTMLElement;
    await person.keyboard("{Control>}");
    await person.click(await customer("#1000"));
    await person.click(await customer("#1002"));
    await person.keyboard("{/Control}{Shift>}");
    await person.click(await customer("#1004"));
    await person.keyboard("{/Shift}");
    expect(screen.getByText("4 selected")).toBeDefined();
    expect((await row("#1001")).getAttribute("aria-selected")).toBe("false");
    expect((await row("#1003")).getAttribute("aria-selected")).toBe("true");
  });

  it("are held one by one; what was refused says why and stays selected", async () => {
    const { sent } = open();
    const person = userEvent.setup();
    await screen.findByText("#1000");
    await person.keyboard("j");
    await person.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}h");
    const dialog = await screen.findByRole("dialog", { name: "Hold 3 orders" });
    expect(sent("/holds")).toHaveLength(0);
    await person.type(within(dialog).getByRole("textbox", { name: "Note" }), "flood");
    await person.click(within(dialog).getByRole("button", { name: "Hold 3 orders" }));
    expect(await within(dialog).findByText("2 done · 1 refused")).toBeDefined();
    const refused = within(dialog).getByRole("region", { name: "Refused, and why" });
    expect(within(refused).getByRole("link", { name: "#1001" })).toBeDefined();
    expect(within(refused).getByText("It is too late for this change")).toBeDefined();
    const holds = sent("/holds");
    expect(holds.map((asked) => asked.path)).toEqual(["/api/v1/orders/ord_0/holds", "/api/v1/orders/ord_2/holds"]);
    expect(holds[0]?.body).toMatchObject({ reason: "customer", note: "flood" });
    expect(new Set(holds.map((asked) => asked.key)).size).toBe(2);
    await person.click(within(dialog).getByRole("button", { name: "Close, keep the rest selected" }));
    expect(await screen.findByText("1 selected")).toBeDefined();
  });

  it("are cancelled only after the consequence was read, and anew when an order changed in between", async () => {
    let moved = false;
    const { sent } = open((id) => {
      if (id !== "ord_2" || moved) return undefined;
      moved = true;
      return problem(409, "SY-0006", "Order #1002 was changed meanwhile");
    });
    const person = userEvent.setup();
    await screen.findByText("#1000");
    await person.keyboard("jj");
    await person.keyboard("j");
    await person.keyboard("x{Backspace}");
    const dialog = await screen.findByRole("dialog", { name: "Cancel 1 order, ship nothing of it" });
    expect(within(dialog).getByText(/^Nothing of them will ship/)).toBeDefined();
    await person.click(within(dialog).getByRole("button", { name: "Cancel 1 order, ship nothing of it" }));
    expect(await within(dialog).findByText("1 done")).toBeDefined();
    expect(sent("/cancel")).toHaveLength(2);
    await person.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.queryByText("1 selected")).toBeNull();
  });
});

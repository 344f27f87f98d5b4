import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Order, OrderDetail } from "@/api/types";
import { chooseLocale } from "@/i18n/locale";
import { setServerNow } from "@/lib/ticker";
import { connections, health } from "@/mocks/answers";
import { type Asked, problem } from "@/mocks/platform";
import { renderConsole } from "@/test/screen";
import { detailFixture, orderFixture } from "./fixtures";

const NOW = "2026-11-22T12:00:00Z";
const LATE = {
  code: "SY-1101" as const,
  title: "It is too late for this change",
  detail: "fulfillment order SW-1001-1 was handed over",
  next_step: "Ask the warehouse to stop, or arrange a return.",
};

beforeEach(() => localStorage.clear());
afterEach(() => chooseLocale("en"));

interface Body {
  readonly revision: number;
  readonly reason: string;
  readonly dry_run?: boolean;
  readonly ship_to: Order["ship_to"];
}

/** A server with one order; `edit` answers the address edit. */
function open(
  detail: OrderDetail = detailFixture(),
  edit?: (body: Body, current: OrderDetail) => Response | undefined,
) {
  let current = detail;
  const console = renderConsole(`/orders/${detail.order.id}`, {
    "GET /api/v1/health": { ...health, now: NOW },
    "GET /api/v1/connections": connections,
    "GET /api/v1/orders/ord_1": () => Response.json(current),
    "GET /api/v1/orders/ord_1/timeline": { items: [] },
    "GET /api/v1/orders/ord_1/raw": { received_at: NOW, external_id: "5001", version: "1", text: '{"name":"#1001"}' },
    "PUT /api/v1/orders/ord_1/address": (asked: Asked) => {
      const body = asked.body as Body;
      const other = edit?.(body, current);
      if (other !== undefined) return other;
      const order = { ...current.order, ship_to: body.ship_to, revision: current.order.revision + 1 };
      const changes = [{ field: "ship_to.city", before: current.order.ship_to.city, after: body.ship_to.city }];
      if (body.dry_run !== true) current = { ...current, order };
      return Response.json({
        order,
        changes,
        verdicts: [],
        requests: [],
        attention: [],
        committed: body.dry_run !== true,
      });
    },
    "POST /api/v1/orders/ord_1/holds": () => Response.json({ order: current.order, changes: [], committed: true }),
    "POST /api/v1/orders/ord_1/attention/0/settle": () => {
      current = { ...current, order: { ...current.order, attention: [], revision: current.order.revision + 1 } };
      return Response.json(current.order);
    },
    "POST /api/v1/orders/ord_1/cancel": () => problem(409, "SY-1101", LATE.title),
  });
  return {
    ...console,
    set: (change: (detail: OrderDetail) => OrderDetail) => {
      current = change(current);
    },
    sent: (method: string) => console.platform.asked.filter((asked) => asked.method === method),
  };
}

const user = () => userEvent.setup();
const field = (name: string) => screen.findByRole("textbox", { name });

async function typeCity(person: ReturnType<typeof user>, city: string) {
  await person.keyboard("e");
  const input = await field("City");
  await person.clear(input);
  await person.type(input, city);
}

describe("editing an order", () => {
  it("E, a new city, review, a reason, save: what is sent names the revision and one key per wish", async () => {
    const { sent } = open();
    const person = user();
    await screen.findByText("TEA");
    await typeCity(person, "York");
    expect(screen.getByText("1 change, not saved")).toBeDefined();
    await person.keyboard("{Control>}d{/Control}");
    const dialog = await screen.findByRole("dialog", { name: "Review changes of #1001" });
    expect(within(dialog).getByText("Leeds")).toBeDefined();
    expect(within(dialog).getByText("York")).toBeDefined();
    await within(dialog).findByText(/^Checked: the change is possible now/);
    await person.type(within(dialog).getByRole("textbox", { name: "Reason" }), "Customer called");
    await person.keyboard("{Control>}s{/Control}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.queryByText(/not saved/)).toBeNull();
    const puts = sent("PUT");
    expect(puts.map((put) => (put.body as Body).dry_run ?? false)).toEqual([true, false]);
    expect(puts[1]?.body).toMatchObject({ revision: 3, reason: "Customer called", ship_to: { city: "York" } });
    expect(new Set(puts.map((put) => put.key)).size).toBe(2);
  });

  it("nothing is saved without the review: Ctrl+S opens it first", async () => {
    const { sent } = open();
    const person = user();
    await screen.findByText("TEA");
    await typeCity(person, "York");
    await person.keyboard("{Control>}s{/Control}");
    expect(await screen.findByRole("dialog", { name: "Review changes of #1001" })).toBeDefined();
    expect(sent("PUT").every((put) => (put.body as Body).dry_run === true)).toBe(true);
  });

  it("fewer units can be chosen, more than ordered cannot", async () => {
    open();
    const person = user();
    await screen.findByText("TEA");
    await person.keyboard("e");
    const more = await screen.findByRole("button", { name: "One unit of TEA more" });
    expect(more.hasAttribute("disabled") || more.getAttribute("aria-disabled") === "true").toBe(true);
    await person.click(screen.getByRole("button", { name: "One unit of TEA fewer" }));
    expect(screen.getByRole("textbox", { name: "Units of TEA wanted" })).toHaveProperty("value", "2");
    expect(screen.getByText("1 change, not saved")).toBeDefined();
  });

  it("a draft survives a reload and is gone once discarded", async () => {
    const first = open();
    const person = user();
    await screen.findByText("TEA");
    await typeCity(person, "York");
    first.unmount();
    open();
    expect(await field("City")).toHaveProperty("value", "York");
    await person.click(screen.getByRole("button", { name: "Discard changes" }));
    expect(screen.queryByRole("textbox", { name: "City" })).toBeNull();
    expect(localStorage.length).toBe(0);
  });

  it("somebody else's change of the same field shows base, theirs and yours; the choice is reviewed and saved", async () => {
    const theirs = orderFixture({ revision: 4, ship_to: { ...orderFixture().ship_to, city: "Hull" } });
    let refused = false;
    const { set, sent } = open(detailFixture(), (body) => {
      if (body.dry_run === true || refused) return undefined;
      refused = true;
      set((detail) => ({ ...detail, order: theirs }));
      return Response.json(
        {
          type: "/docs/errors/SY-0006",
          title: "changed",
          status: 409,
          code: "SY-0006",
          detail: "",
          instance: "1",
          next_step: "",
          fields: [],
          order: theirs,
        },
        { status: 409, headers: { "content-type": "application/problem+json" } },
      );
    });
    const person = user();
    await screen.findByText("TEA");
    await typeCity(person, "York");
    await person.keyboard("{Control>}d{/Control}");
    const save = await screen.findByRole("button", { name: /^Save changes/ });
    await waitFor(() => expect(save.hasAttribute("disabled")).toBe(false));
    await person.click(save);
    const dialog = await screen.findByRole("dialog", { name: "#1001 was changed meanwhile" });
    for (const city of ["Leeds", "Hull", "York"]) expect(within(dialog).getByText(city)).toBeDefined();
    await person.click(within(dialog).getByRole("button", { name: "Apply choice and review" }));
    await screen.findByRole("dialog", { name: "Review changes of #1001" });
    await screen.findByText(/^Checked/);
    await person.keyboard("{Control>}s{/Control}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent("PUT").at(-1)?.body).toMatchObject({ revision: 4, ship_to: { city: "York" } });
  });

  it("an edit that comes too late tells what happened and offers only what works", async () => {
    const { set } = open(detailFixture(), (body) => {
      if (body.dry_run === true) return undefined;
      set((detail) => ({
        ...detail,
        stage: "releasing",
        fulfillments: detail.fulfillments.map((part) => ({ ...part, state: "sent" as const })),
      }));
      return problem(409, "SY-1101", LATE.title);
    });
    const person = user();
    await screen.findByText("TEA");
    await typeCity(person, "York");
    await person.keyboard("{Control>}d{/Control}");
    await screen.findByText(/^Checked/);
    await person.keyboard("{Control>}s{/Control}");
    const dialog = await screen.findByRole("dialog", { name: "Too late to change #1001" });
    expect(within(dialog).getByText("Nothing was changed.")).toBeDefined();
    expect(
      await within(dialog).findByText(/^SW-1001-1 was handed over to .* and is “Sent, no answer yet” since /),
    ).toBeDefined();
    expect(within(dialog).getByText("Contact the warehouse")).toBeDefined();
    expect(within(dialog).getByText("Not available in this version")).toBeDefined();
  });

  it("fields the engine refuses are named in the review", async () => {
    open(detailFixture(), () => problem(422, "SY-1003", "The address is incomplete"));
    const person = user();
    await screen.findByText("TEA");
    await typeCity(person, "York");
    await person.keyboard("{Control>}d{/Control}");
    expect(await screen.findByText("The address is incomplete")).toBeDefined();
    expect(screen.getByRole("button", { name: /^Save changes/ })).toHaveProperty("disabled", true);
  });
});

describe("the verbs of an order", () => {
  it("H asks why and until when, then holds", async () => {
    const { sent } = open();
    const person = user();
    await screen.findByText("TEA");
    await person.keyboard("h");
    const dialog = await screen.findByRole("dialog", { name: "Hold #1001" });
    await person.type(within(dialog).getByRole("textbox", { name: "Note" }), "Away until Friday");
    await person.click(within(dialog).getByRole("button", { name: "Hold order" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent("POST").at(-1)?.body).toEqual({ revision: 3, reason: "customer", note: "Away until Friday" });
  });

  it("cancelling confirms with its consequence, and coming too late explains itself", async () => {
    open();
    const person = user();
    await screen.findByText("TEA");
    await person.keyboard("{Backspace}");
    await person.click(await screen.findByRole("button", { name: "Cancel #1001, ship nothing" }));
    expect(await screen.findByRole("dialog", { name: "Too late to change #1001" })).toBeDefined();
  });

  it("an order that has left offers one way: what is still possible", async () => {
    const never = { allowed: false, asks: false, why: LATE };
    open(
      detailFixture({
        stage: "in_warehouse",
        editable: { address: never, quantity: never, hold: never, release: never, cancel: never },
        fulfillments: detailFixture().fulfillments.map((part) => ({ ...part, state: "in_work" as const })),
      }),
    );
    const person = user();
    await person.click(await screen.findByRole("button", { name: "Too late to change: what is possible" }));
    expect(await screen.findByRole("dialog", { name: "Too late to change #1001" })).toBeDefined();
    expect(screen.queryByRole("button", { name: /^Edit order/ })).toBeNull();
  });

  it("a matter names its ways out, and one is chosen with a reason", async () => {
    const matter = {
      code: "SY-1205" as const,
      what: "The warehouse refused to change SW-1001-1; it ships as it is",
      detail: "Picking has begun",
      options: ["let_it_ship" as const, "try_again" as const],
      owner: "back_office_agent" as const,
      since: NOW,
      order: "ord_1",
    };
    const { sent } = open(detailFixture({ stage: "attention", order: orderFixture({ attention: [matter] }) }));
    const person = user();
    expect(await screen.findByText("Picking has begun")).toBeDefined();
    await person.click(screen.getByRole("button", { name: "Let it ship" }));
    const dialog = await screen.findByRole("dialog", { name: "Settle: Let it ship" });
    await person.type(within(dialog).getByRole("textbox"), "They agreed");
    await person.click(within(dialog).getByRole("button", { name: /^Let it ship/ }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const [settled] = sent("POST").slice(-1);
    expect(settled?.body).toEqual({ revision: 3, choice: "let_it_ship", reason: "They agreed" });
  });

  it("in German they are infinitives", async () => {
    act(() => chooseLocale("de"));
    open();
    expect(await screen.findByRole("button", { name: /^Auftrag anhalten/ })).toBeDefined();
    expect(screen.getByRole("button", { name: /^Auftrag ändern/ })).toBeDefined();
  });
});

describe("the edit window", () => {
  it("at zero the order is read again", async () => {
    vi.useFakeTimers({ now: Date.parse(NOW), shouldAdvanceTime: true });
    try {
      setServerNow(Date.parse(NOW), 0);
      const { set, sent } = open(detailFixture({ order: orderFixture({ editable_until: "2026-11-22T12:00:03Z" }) }));
      await screen.findByText("TEA");
      set((detail) => ({ ...detail, stage: "releasing" }));
      const reads = () => sent("GET").filter((asked) => asked.path === "/api/v1/orders/ord_1").length;
      const before = reads();
      await act(() => vi.advanceTimersByTimeAsync(5_000));
      expect(reads()).toBeGreaterThan(before);
      expect(await screen.findByText("Releasing")).toBeDefined();
    } finally {
      vi.useRealTimers();
    }
  });
});

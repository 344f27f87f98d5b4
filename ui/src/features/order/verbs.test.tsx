import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chooseLocale } from "@/i18n/locale";
import { setServerNow } from "@/lib/ticker";
import { connections } from "@/mocks/answers";
import { type Asked, problem } from "@/mocks/platform";
import { renderConsole } from "@/test/screen";
import { detailFixture, orderFixture } from "./fixtures";
import { LATE, NOW, open, stale, user } from "./screen";

beforeEach(() => localStorage.clear());
afterEach(() => chooseLocale("en"));

describe("the verbs of an order", () => {
  it("H asks why and until when, then holds", async () => {
    const { saved } = open();
    const person = user();
    await screen.findByText("Title of TEA");
    await person.keyboard("h");
    const dialog = await screen.findByRole("dialog", { name: "Hold #1001" });
    await person.type(within(dialog).getByRole("textbox", { name: "Note" }), "Away until Friday");
    expect(await within(dialog).findByRole("region", { name: "What it comes to" })).toBeDefined();
    await person.click(within(dialog).getByRole("button", { name: "Hold order" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(saved()).toEqual([
      {
        revision: 3,
        reason: "Away until Friday",
        edits: [
          {
            kind: "hold",
            id: expect.stringMatching(/^hld_[0-9a-f]{32}$/),
            reason: "customer",
            note: "Away until Friday",
            expires_at: null,
          },
        ],
      },
    ]);
  });

  it("cancelling confirms with its consequence, and coming too late explains itself", async () => {
    open(detailFixture(), { edit: () => problem(409, "SY-1101", LATE.title) });
    const person = user();
    await screen.findByText("Title of TEA");
    await person.keyboard("{Backspace}");
    await person.click(await screen.findByRole("button", { name: "Cancel #1001, ship nothing" }));
    expect(await screen.findByRole("dialog", { name: "Too late to change #1001" })).toBeDefined();
  });

  it("an order that has left names what is still possible; hold, release and cancel are not offered", async () => {
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
    expect(screen.queryByRole("button", { name: /^Cancel order/ })).toBeNull();
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
    const [settled] = sent("/settle");
    expect(settled?.body).toEqual({ revision: 3, choice: "let_it_ship", reason: "They agreed" });
  });

  it("settling on an order that somebody changed shows what changed; the same matter is then settled on that", async () => {
    const matter = {
      code: "SY-1205" as const,
      what: "The warehouse refused to change SW-1001-1; it ships as it is",
      detail: "Picking has begun",
      options: ["let_it_ship" as const],
      owner: "back_office_agent" as const,
      since: NOW,
      order: "ord_1",
    };
    const mine = orderFixture({ attention: [matter] });
    const theirs = orderFixture({ revision: 4, note: "Call first", attention: [matter] });
    let current = mine;
    const { platform } = renderConsole("/orders/ord_1", {
      "GET /api/v1/connections": connections,
      "GET /api/v1/orders": { items: [], total: { value: 1, capped: false } },
      "GET /api/v1/orders/ord_1": () => Response.json(detailFixture({ stage: "attention", order: current })),
      "GET /api/v1/orders/ord_1/timeline": { items: [] },
      "POST /api/v1/orders/ord_1/attention/0/settle": (asked: Asked) => {
        if ((asked.body as { revision: number }).revision === 4) return Response.json(theirs);
        current = theirs;
        return stale(theirs);
      },
    });
    const person = user();
    await person.click(await screen.findByRole("button", { name: "Let it ship" }));
    const dialog = await screen.findByRole("dialog", { name: "Settle: Let it ship" });
    await person.click(within(dialog).getByRole("button", { name: /^Let it ship/ }));
    expect(await within(dialog).findByText("Changed by somebody else meanwhile")).toBeDefined();
    expect(within(dialog).getByText("Call first")).toBeDefined();
    await person.click(within(dialog).getByRole("button", { name: /^Let it ship/ }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const revisions = platform.asked
      .filter((asked) => asked.path.endsWith("/settle"))
      .map((asked) => (asked.body as { revision: number }).revision);
    expect(revisions).toEqual([3, 4]);
  });

  it("a hold that a rule placed names the rule and what it found", async () => {
    const hold = {
      id: "hld_1",
      reason: "fraud" as const,
      note: "",
      placed_at: NOW,
      placed_by: { kind: "service" as const, name: "validate" },
      keeps_stock: true,
      cause: { rule: "new-and-dear", version: 2, finding: "new customer; value GBP 900.00" },
    };
    open(detailFixture({ order: orderFixture({ holds: [hold], paid: false, earlier_orders: 0 }) }));
    expect(await screen.findByText("By rule new-and-dear: First order; Value GBP 900.00")).toBeDefined();
    expect(screen.getAllByText("Not paid").length).toBeGreaterThan(0);
    expect(screen.getByText("First order")).toBeDefined();
  });

  it("a part that waits for a person's release says so", async () => {
    open(
      detailFixture({
        fulfillments: detailFixture().fulfillments.map((part) => ({ ...part, release_at: null })),
      }),
    );
    expect(await screen.findByText("Stays here until it is released by hand")).toBeDefined();
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
      await screen.findByText("Title of TEA");
      set((detail) => ({ ...detail, stage: "releasing" }));
      const reads = () => sent("/api/v1/orders/ord_1").length;
      const before = reads();
      await act(() => vi.advanceTimersByTimeAsync(5_000));
      expect(reads()).toBeGreaterThan(before);
      expect(await screen.findByText("Releasing")).toBeDefined();
    } finally {
      vi.useRealTimers();
    }
  });
});

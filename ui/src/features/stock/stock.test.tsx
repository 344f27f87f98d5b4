import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LedgerRow, StockDetail, StockRow } from "@/api/types";
import { chooseLocale } from "@/i18n/locale";
import { connections } from "@/mocks/answers";
import { renderConsole } from "@/test/screen";
// Loaded with the tests: the page is lazy, and on a busy machine its first load is longer than a wait.
import "./StockPage";

beforeEach(() => localStorage.clear());
afterEach(() => chooseLocale("en"));

function row(sku: string, change: Partial<StockRow["level"]> = {}): StockRow {
  return {
    level: { warehouse: "whs_1", sku, on_hand: 20, reserved: 4, safety: 0, blocked: { damaged: 2 }, ...change },
    available: 14,
    over_promised: 0,
    shops: [
      { shop: "con_1", name: "Harbor & Pine", kept: 3, sellable: 14 },
      { shop: "con_2", name: "Kettle Co", kept: 0, sellable: 11 },
    ],
  };
}

const movements: LedgerRow[] = [
  {
    on_hand: 0,
    reserved: 4,
    cause: "reserved",
    document: { kind: "fulfillment", id: "ful_1" },
    by: { kind: "person", name: "mia" },
    at: "2026-11-22T09:00:00Z",
    subject: "ord_1",
    journal_seq: 7,
    order: "ord_1",
    reference: "SW-1-1",
  },
  {
    on_hand: 0,
    reserved: 0,
    blocked: { damaged: 2 },
    cause: "blocked",
    document: { kind: "note", note: "a wet pallet" },
    subject: "",
    journal_seq: null,
    reference: "",
  },
];

function open(address = "/stock") {
  const detail = (sku: string): StockDetail => ({ level: row(sku), movements });
  return renderConsole(address, {
    "GET /api/v1/connections": connections,
    "GET /api/v1/orders": { items: [], total: { value: 0, capped: false } },
    "GET /api/v1/stock": { items: [row("MUG"), row("TEAPOT")], next: null },
    "GET /api/v1/stock/whs_1/MUG": detail("MUG"),
    "GET /api/v1/stock/whs_1/TEAPOT": detail("TEAPOT"),
    "POST /api/v1/stock/whs_1/MUG/block": detail("MUG"),
    "POST /api/v1/stock/whs_1/MUG/count": detail("MUG"),
  });
}

const level = (sku: string) => screen.findByRole("button", { name: new RegExp(`^${sku} in `) });

describe("stock", () => {
  it("J chooses a level; its panel says who may sell what and what moved, with the way to the order", async () => {
    open();
    await level("MUG");
    const person = userEvent.setup();
    await person.keyboard("j");
    const panel = within(await screen.findByRole("complementary", { name: "The chosen level" }));
    expect(await panel.findByRole("row", { name: "Kettle Co – 11" })).toBeDefined();
    expect(panel.getByText("+4 reserved")).toBeDefined();
    expect(panel.getByRole("link", { name: "SW-1-1" }).getAttribute("href")).toBe("/orders/ord_1");
    expect(panel.getByText("a wet pallet")).toBeDefined();
    expect(document.activeElement).toBe(await level("MUG"));
    await person.keyboard("j");
    expect(document.activeElement).toBe(await level("TEAPOT"));
    await person.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("complementary")).toBeNull());
  });

  it("S sets units aside: the effect is shown first, then it is sent with the reason", async () => {
    const { platform } = open("/stock?at=whs_1/MUG");
    await screen.findByRole("row", { name: "Kettle Co – 11" });
    const person = userEvent.setup();
    await person.keyboard("s");
    const dialog = within(await screen.findByRole("dialog", { name: /^Set units aside: MUG/ }));
    const units = dialog.getByRole("textbox", { name: "Units" });
    await person.clear(units);
    await person.type(units, "5");
    expect(dialog.getByRole("row", { name: "Available 14 9" })).toBeDefined();
    await person.type(dialog.getByRole("textbox", { name: "Reason" }), "wet");
    await person.click(dialog.getByRole("button", { name: "Set units aside" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const sent = platform.asked.find((asked) => asked.path.endsWith("/block"));
    expect(sent?.body).toEqual({ units: 5, why: "quarantine", reason: "wet" });
  });

  it("a corrected count needs a note", async () => {
    const { platform } = open("/stock?at=whs_1/MUG");
    await screen.findByRole("row", { name: "Kettle Co – 11" });
    const person = userEvent.setup();
    await person.keyboard("c");
    const dialog = within(await screen.findByRole("dialog", { name: /^Correct the count/ }));
    await person.click(dialog.getByRole("button", { name: "Correct the count" }));
    expect(platform.asked.some((asked) => asked.path.endsWith("/count"))).toBe(false);
    await person.type(dialog.getByRole("textbox", { name: "Reason" }), "counted twice");
    await person.click(dialog.getByRole("button", { name: "Correct the count" }));
    await waitFor(() =>
      expect(platform.asked.find((asked) => asked.path.endsWith("/count"))?.body).toEqual({
        on_hand: 20,
        reason: "counted twice",
      }),
    );
  });

  it("is there in German", async () => {
    chooseLocale("de");
    open("/stock?at=whs_1/MUG");
    expect(await screen.findByText("Wer was verkaufen darf")).toBeDefined();
    expect(await screen.findByText("Für einen Auftrag reserviert")).toBeDefined();
  });
});

import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Transfer } from "@/api/types";
import { chooseLocale } from "@/i18n/locale";
import { connections } from "@/mocks/answers";
import type { Asked } from "@/mocks/platform";
import { renderConsole } from "@/test/screen";
// Loaded with the tests: the pages are lazy, and on a busy machine their first load is longer than a wait.
import "./TransfersPage";
import { lineFixture, transferFixture } from "./fixtures";
import { transfersSearch } from "./search";

beforeEach(() => localStorage.clear());
afterEach(() => chooseLocale("en"));

const [from, to] = connections.items.flatMap((item) => item.warehouses);
if (from === undefined || to === undefined) throw new Error("the demo installation has fewer than two warehouses");

/** A server with these transfers. */
function opened(all: readonly Transfer[], address = "/transfers", answers: Record<string, unknown> = {}) {
  const changed = () => Response.json(all[0] ?? transferFixture());
  const { platform } = renderConsole(address, {
    "GET /api/v1/connections": connections,
    "GET /api/v1/transfers": { items: all, next: null },
    "GET /api/v1/stock": { items: [], next: null },
    "POST /api/v1/transfers": changed,
    "POST /api/v1/transfers/trf_1/advance": changed,
    "POST /api/v1/transfers/trf_1/lines/0/receive": changed,
    "POST /api/v1/transfers/trf_1/lines/0/put-away": changed,
    "POST /api/v1/transfers/trf_1/lines/0/explain": changed,
    ...answers,
  });
  return {
    platform,
    wished: () => platform.asked.filter((asked: Asked) => asked.method !== "GET"),
  };
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });
const inList = () => waitFor(() => expect(document.activeElement?.textContent).toContain("ST-1"));

describe("transfers", () => {
  it("an announced one is accepted by key on the revision that is shown, or rejected with a reason", async () => {
    const { wished } = opened([transferFixture({ from: from.id, to: to.id })]);
    const person = userEvent.setup();
    await inList();
    expect(screen.queryByRole("button", { name: "Count TEA in" })).toBeNull();
    await person.keyboard("a");
    const accept = within(await screen.findByRole("dialog", { name: "Accept ST-1" }));
    await person.click(accept.getByRole("button", { name: "Accept" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await person.keyboard("x");
    const reject = within(await screen.findByRole("dialog", { name: "Reject ST-1" }));
    await person.click(reject.getByRole("button", { name: "Reject" }));
    expect(wished()).toHaveLength(1);
    await person.keyboard("no room");
    await person.click(reject.getByRole("button", { name: "Reject" }));
    await waitFor(() => expect(wished()).toHaveLength(2));
    expect(wished().map((asked) => asked.body)).toEqual([
      { revision: 4, reason: "", to: "accepted" },
      { revision: 4, reason: "no room", to: "rejected" },
    ]);
  });

  it("units that came are counted in, put on the shelf or set aside, and no more than are there", async () => {
    const line = lineFixture({ received: 4 });
    const { wished } = opened([transferFixture({ state: "partly_received", lines: [line] })]);
    const person = userEvent.setup();
    await inList();
    await person.keyboard("e");
    const count = within(await screen.findByRole("dialog", { name: "Count TEA in" }));
    // What is still to come is suggested, all of it marked.
    expect(count.getByRole<HTMLInputElement>("textbox", { name: "Units" }).value).toBe("6");
    await person.keyboard("2");
    await person.click(count.getByRole("button", { name: "Count in" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());

    await person.keyboard("s");
    const away = within(await screen.findByRole("dialog", { name: "Put TEA away" }));
    const decide = away.getByRole<HTMLButtonElement>("button", { name: "Put away" });
    await person.keyboard("3");
    await person.click(away.getByRole("textbox", { name: "Set aside" }));
    await person.keyboard("2");
    expect(decide.disabled).toBe(true);
    await person.clear(away.getByRole("textbox", { name: "Set aside" }));
    await person.keyboard("1");
    await person.click(decide);
    await waitFor(() => expect(wished()).toHaveLength(2));
    expect(wished().map((asked) => asked.body)).toEqual([
      { revision: 4, reason: "", units: 2 },
      { revision: 4, reason: "", stocked: 3, quarantined: 1 },
    ]);
  });

  it("one with a difference is not closed and says what is in the way; the difference is explained in words", async () => {
    const lines = [lineFixture({ received: 8, stocked: 8 }), lineFixture({ sku: "MUG", received: 10, stocked: 10 })];
    const { wished } = opened([transferFixture({ state: "received", lines })]);
    const person = userEvent.setup();
    await inList();
    expect(button("Close").getAttribute("aria-disabled")).toBe("true");
    const obstacle = button("Close").getAttribute("aria-describedby") ?? "";
    expect(document.getElementById(obstacle)?.textContent).toMatch(/explained: TEA$/);
    expect(screen.getByText("2 missing")).toBeDefined();
    await person.keyboard("c");
    expect(screen.queryByRole("dialog")).toBeNull();
    await person.keyboard("m");
    const dialog = within(await screen.findByRole("dialog", { name: "Explain a difference of TEA" }));
    await person.click(dialog.getByRole("button", { name: "Explain" }));
    expect(wished()).toHaveLength(0);
    await person.type(dialog.getByRole("textbox", { name: "Reason" }), "fell off the lorry");
    await person.click(dialog.getByRole("button", { name: "Explain" }));
    await waitFor(() =>
      expect(wished().map((asked) => asked.body)).toEqual([
        { revision: 4, reason: "fell off the lorry", difference: "lost", units: 2 },
      ]),
    );
  });

  it("a refusal is shown in the server's words, with the next step", async () => {
    const title = "Not so many units are free to leave";
    const next_step = "Send fewer: the others are promised to orders.";
    const refused = { type: "about:blank", code: "SY-1004", title, detail: "10 units of TEA would leave", next_step };
    opened([transferFixture({ state: "accepted", from: from.id, to: to.id })], "/transfers", {
      "POST /api/v1/transfers/trf_1/advance": () =>
        Response.json(
          { ...refused, status: 422 },
          { status: 422, headers: { "content-type": "application/problem+json" } },
        ),
    });
    const person = userEvent.setup();
    await inList();
    await person.keyboard("d");
    const dialog = within(await screen.findByRole("dialog", { name: "ST-1 has departed" }));
    await person.click(dialog.getByRole("button", { name: "Departed" }));
    expect(await dialog.findByText(title)).toBeDefined();
    expect(dialog.getByText(next_step, { exact: false })).toBeDefined();
  });

  it("goods are announced from a supplier with their articles", async () => {
    const { wished } = opened([]);
    const person = userEvent.setup();
    expect(await screen.findByText("No transfers here")).toBeDefined();
    await person.keyboard("b");
    const dialog = within(await screen.findByRole("dialog", { name: "Announce goods to a warehouse" }));
    const decide = dialog.getByRole<HTMLButtonElement>("button", { name: "Announce a transfer" });
    expect(decide.disabled).toBe(true);
    await person.click(dialog.getByRole("combobox", { name: "To" }));
    await person.click(await screen.findByRole("option", { name: to.name }));
    await person.type(dialog.getByRole("combobox", { name: "Article" }), "TEA");
    await person.type(dialog.getByRole("textbox", { name: "Units" }), "12");
    await person.type(dialog.getByRole("textbox", { name: "Note" }), "Lorry");
    await person.click(decide);
    await waitFor(() => expect(wished()).toHaveLength(1));
    expect(wished()[0]?.body).toEqual({ to: to.id, lines: [{ sku: "TEA", units: 12 }], note: "Lorry", reason: "" });
  });

  it("one that the address names is shown although the list has it not, and a closed one offers nothing", async () => {
    const closed = transferFixture({ id: "trf_2", reference: "ST-2", state: "closed" });
    opened([], "/transfers?id=trf_2", { "GET /api/v1/transfers/trf_2": closed });
    const card = within(await screen.findByRole("region", { name: "ST-2" }));
    expect(card.getByText("Closed")).toBeDefined();
    expect(card.queryAllByRole("button")).toEqual([]);
  });

  it("German is German", async () => {
    chooseLocale("de");
    opened([transferFixture({ state: "in_transit" })]);
    expect(await screen.findByRole("button", { name: "Nichts kommt mehr" })).toBeDefined();
    expect(screen.getByText("10 ausstehend")).toBeDefined();
  });

  it("the address names the view and the transfer, and nothing else", () => {
    expect(transfersSearch({ view: "closed", id: "trf_1", other: 1 })).toEqual({ view: "closed", id: "trf_1" });
    expect(transfersSearch({ view: "nonsense", id: 7 })).toEqual({});
  });
});

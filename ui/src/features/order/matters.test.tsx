import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AttentionItem } from "@/api/types";
import { chooseLocale } from "@/i18n/locale";
import { problem } from "@/mocks/platform";
import { detailFixture, orderFixture } from "./fixtures";
import { NOW, open, user } from "./screen";

beforeEach(() => localStorage.clear());
afterEach(() => chooseLocale("en"));

const ITEM = { owner: "back_office_agent" as const, since: NOW, order: "ord_1", detail: "" };

const UNITS: AttentionItem = {
  ...ITEM,
  code: "SY-1005",
  what: "The shop changed lines.lin_1.wanted of #1001: both the shop and we changed the units",
  detail: "was 3, wants 1, here 2",
  options: ["take_shop_version", "keep_our_version"],
  difference: {
    field: "lines.lin_1.wanted",
    was: 3,
    wants: 1,
    here: 2,
    course: "conflict",
    why: "both the shop and we changed the units",
    units: { line: "lin_1", ordered: 3, cancelled: 1, billed: 0, unplanned: 0, in_fulfillment: 2, shipped: 0 },
  },
  wanted: {
    edits: [{ kind: "quantity", line: "lin_1", quantity: 1 }],
    by: { kind: "service", name: "engine" },
    reason: "",
  },
};

const ADDRESS: AttentionItem = {
  ...ITEM,
  code: "SY-1005",
  what: "The shop changed ship_to of #1001: both the shop and we changed it",
  options: ["take_shop_version", "keep_our_version"],
  difference: {
    field: "ship_to",
    was: orderFixture().ship_to,
    wants: { ...orderFixture().ship_to, city: "York" },
    here: { ...orderFixture().ship_to, city: "Hull" },
    course: "conflict",
    why: "both the shop and we changed it",
  },
};

const PROPOSAL: AttentionItem = {
  ...ITEM,
  code: "SY-1105",
  what: "vera proposes 2 edits of #1001",
  detail: "Customer called",
  options: ["approve", "decline"],
  owner: "back_office_lead",
  wanted: {
    edits: [
      { kind: "quantity", line: "lin_2", quantity: 0 },
      { kind: "warehouse", fulfillment: "ful_1", to: "whs_9" },
    ],
    by: { kind: "person", name: "vera" },
    reason: "Customer called",
  },
};

const matters = (...attention: AttentionItem[]) =>
  detailFixture({ stage: "attention", order: orderFixture({ attention }) });

const cells = (row: HTMLElement) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent);

describe("a matter", () => {
  it("of units says what they were, what the shop wants, what is here, and where they are", async () => {
    open(matters(UNITS));
    const table = within(await screen.findByRole("table", { name: "What differs" }));
    expect(table.getAllByRole("row").map(cells)).toEqual([
      ["Field", "It was", "The shop wants", "Here"],
      ["Units of TEA", "3", "1", "2"],
    ]);
    expect(screen.getByText("Where the units are: 2 assigned to a warehouse · 1 cancelled")).toBeDefined();
    expect(
      screen.getByText("The shop changed #1001 – Units of TEA: both the shop and we changed the units"),
    ).toBeDefined();
    expect(screen.queryByText(/was 3, wants 1/)).toBeNull();
  });

  it("of an address names only the fields that differ", async () => {
    open(matters(ADDRESS));
    const table = within(await screen.findByRole("table", { name: "What differs" }));
    expect(table.getAllByRole("row").slice(1).map(cells)).toEqual([["City", "Leeds", "York", "Hull"]]);
  });

  it("that somebody proposes says the edits in words, by whom and why", async () => {
    open(matters(PROPOSAL));
    const wanted = within(await screen.findByRole("region", { name: "What is wanted" }));
    expect(wanted.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
      "Units of MUG: 0 units",
      "Warehouse of a part: SW-1001-1 to whs_9",
    ]);
    expect(wanted.getByText("Wanted by vera: “Customer called”")).toBeDefined();
    expect(screen.getAllByText(/Customer called/)).toHaveLength(1);
  });

  it("is told in German", async () => {
    chooseLocale("de");
    open(matters(UNITS));
    expect(
      await screen.findByText(
        "Der Shop hat #1001 geändert – Stück von TEA: Der Shop und wir haben die Stückzahl geändert",
      ),
    ).toBeDefined();
    expect(screen.getByText("Der Shop will")).toBeDefined();
  });
});

describe("settling", () => {
  it("says what the way does: taking the shop's version changes the order, keeping ours does not", async () => {
    open(matters(UNITS));
    const person = user();
    await person.click(await screen.findByRole("button", { name: "Take the shop's version" }));
    const taking = await screen.findByRole("dialog");
    expect(within(taking).getByText(/^The order is changed to what the shop wants/)).toBeDefined();
    expect(within(taking).getByRole("table", { name: "What differs" })).toBeDefined();
    await person.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await person.click(screen.getByRole("button", { name: "Keep our version" }));
    expect(await screen.findByText(/^The order stays as it is here/)).toBeDefined();
  });

  it("a way that is not open says why, and the matter stays", async () => {
    const why = "the warehouse of SW-1001-1 cannot be asked for Quantity";
    open(matters({ ...UNITS, options: ["ask_for_unpicked"] }), {
      settle: () => problem(409, "SY-1102", "That way is not open now", [], why),
    });
    const person = user();
    await person.click(await screen.findByRole("button", { name: "Ask for unpicked units" }));
    const dialog = await screen.findByRole("dialog");
    await person.click(within(dialog).getByRole("button", { name: "Ask for unpicked units" }));
    expect(await within(dialog).findByText("That way is not open now")).toBeDefined();
    expect(within(dialog).getByText(why)).toBeDefined();
    await person.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.getByRole("list", { name: "Waits for a person" })).toBeDefined();
  });
});

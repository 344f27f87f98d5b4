import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ArticleDetail } from "@/api/types";
import { chooseLocale } from "@/i18n/locale";
import { connections } from "@/mocks/answers";
import { renderConsole } from "@/test/screen";
import { bundleForm, isComplete } from "./bundle";
import "./StockPage";

beforeEach(() => localStorage.clear());
afterEach(() => chooseLocale("en"));

const SET: ArticleDetail = {
  version: { version: 3, at: "2026-11-22T09:00:00Z", author: "mia", reason: "new" },
  article: {
    sku: "SET",
    components: [
      { sku: "POT", units: 1 },
      { sku: "CUP", units: 4 },
    ],
    keeping: { whs_1: "whole" },
  },
  places: [
    { warehouse: "whs_1", name: "London", keeping: "whole", available: 7 },
    { warehouse: "whs_2", name: "Leeds", keeping: "exploded", available: 2 },
  ],
};

function open() {
  return renderConsole("/stock", {
    "GET /api/v1/connections": connections,
    "GET /api/v1/orders": { items: [], total: { value: 0, capped: false } },
    "GET /api/v1/stock": { items: [], next: null },
    "GET /api/v1/articles": { items: [SET] },
    "PUT /api/v1/articles/SET": SET,
    "PUT /api/v1/articles/BOX": SET,
  });
}

type Platform = ReturnType<typeof open>["platform"];

const sent = (platform: Platform, sku: string) =>
  platform.asked
    .filter((asked) => asked.method === "PUT" && asked.path.endsWith(`/articles/${sku}`))
    .map(({ body }) => body);

const dialog = async (user: ReturnType<typeof userEvent.setup>) => {
  await user.click(await screen.findByRole("button", { name: /^Bundles/ }));
  return within(await screen.findByRole("dialog", { name: "Bundles" }));
};

describe("bundles", () => {
  it("say what they are made of and what each warehouse can ship", async () => {
    open();
    const shown = await dialog(userEvent.setup());
    expect(await shown.findByText("1 × POT + 4 × CUP")).toBeTruthy();
    expect(shown.getByText("London: 7 there, received whole")).toBeTruthy();
    expect(shown.getByText("Leeds: 2 can be made")).toBeTruthy();
  });

  it("are changed from the version that was read, with a reason", async () => {
    const { platform } = open();
    const user = userEvent.setup();
    const shown = await dialog(user);
    await user.click(await shown.findByRole("button", { name: "Change SET" }));
    const cups = shown.getAllByRole("textbox", { name: "Units" })[1] as HTMLInputElement;
    await user.clear(cups);
    await user.type(cups, "6");
    await user.click(shown.getByRole("button", { name: "Write it down" }));
    expect(shown.getByText("Needed.")).toBeTruthy();
    await user.type(shown.getByRole("textbox", { name: "Reason" }), "Two more cups");
    await user.click(shown.getByRole("button", { name: "Write it down" }));
    await waitFor(() => expect(sent(platform, "SET")).toHaveLength(1));
    expect(sent(platform, "SET")[0]).toEqual({
      base: 3,
      reason: "Two more cups",
      components: [
        { sku: "POT", units: 1 },
        { sku: "CUP", units: 6 },
      ],
      whole_at: ["whs_1"],
    });
  });

  it("that are new begin with one component, and can be dissolved later", async () => {
    const { platform } = open();
    const user = userEvent.setup();
    const shown = await dialog(user);
    await user.click(await shown.findByRole("button", { name: "New bundle" }));
    await user.type(shown.getByRole("textbox", { name: "SKU" }), "BOX");
    await user.type(shown.getByRole("textbox", { name: "Component (SKU)" }), "MUG");
    await user.type(shown.getByRole("textbox", { name: "Reason" }), "Christmas");
    await user.click(shown.getByRole("button", { name: "Write it down" }));
    await waitFor(() => expect(sent(platform, "BOX")).toHaveLength(1));
    expect(sent(platform, "BOX")[0]).toMatchObject({
      base: 0,
      components: [{ sku: "MUG", units: 1 }],
    });
    await user.click(await shown.findByRole("button", { name: "Change SET" }));
    await user.type(shown.getByRole("textbox", { name: "Reason" }), "Over");
    await user.click(shown.getByRole("button", { name: "No longer a bundle" }));
    await waitFor(() => expect(sent(platform, "SET")).toHaveLength(1));
    expect(sent(platform, "SET")[0]).toMatchObject({ base: 3, components: [] });
  });

  it("are complete with a code and whole units of every component", () => {
    const form = bundleForm(SET);
    expect(isComplete(form)).toBe(true);
    expect(isComplete({ ...form, sku: " " })).toBe(false);
    expect(isComplete({ ...form, components: [] })).toBe(false);
    expect(isComplete({ ...form, components: [{ key: 0, sku: "POT", units: "0" }] })).toBe(false);
    expect(isComplete({ ...form, components: [{ key: 0, sku: "POT", units: "1.5" }] })).toBe(false);
  });
});

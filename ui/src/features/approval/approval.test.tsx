import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ANSWERS, version } from "@/features/rules/fixtures";
import { chooseLocale } from "@/i18n/locale";
import { problem } from "@/mocks/platform";
import { renderConsole } from "@/test/screen";
import { approvalFaults, approvalKind } from "./approval";
import "@/features/rules/RulesPage";

beforeEach(() => localStorage.clear());
afterEach(() => chooseLocale("en"));

const LIMIT = { version: version(4), value_limit: { minor: 25_000, currency: "EUR" } };
const PAGE = {
  ...ANSWERS,
  "GET /api/v1/calendars": { items: [] },
  "GET /api/v1/edit-windows": { version: version(1), defaults: [], choices: [] },
  "GET /api/v1/approval": LIMIT,
};

/** The card, once it may be changed. */
async function card() {
  const amount = await screen.findByRole("textbox", { name: "Value limit" });
  await waitFor(() => expect((amount as HTMLInputElement).readOnly).toBe(false));
  return amount as HTMLInputElement;
}

describe("the value limit", () => {
  it("is an amount of its currency, in the decimal sign of the language", () => {
    expect(approvalKind.formOf({ minor: 25_050, currency: "EUR" })).toEqual({ amount: "250.50", currency: "EUR" });
    chooseLocale("de");
    expect(approvalKind.formOf({ minor: 25_050, currency: "EUR" }).amount).toBe("250,50");
    expect(approvalKind.wireOf({ amount: "250,50", currency: "EUR" })).toEqual({ minor: 25_050, currency: "EUR" });
    expect(approvalKind.wireOf({ amount: " ", currency: "EUR" })).toBeNull();
  });

  it("that cannot be read is a fault, and never looks like no limit", () => {
    expect(approvalFaults({ amount: "lots", currency: "EUR" })).toHaveLength(1);
    expect(approvalFaults({ amount: "-1", currency: "EUR" })).toHaveLength(1);
    expect(approvalFaults({ amount: "10", currency: "" })).toHaveLength(1);
    expect(approvalFaults({ amount: "", currency: "" })).toEqual([]);
    expect(approvalKind.wireOf({ amount: "lots", currency: "EUR" })).not.toBeNull();
  });

  it("is saved with the version it was begun from and a reason", async () => {
    const { platform } = renderConsole("/rules?tab=calendars", {
      ...PAGE,
      "PUT /api/v1/approval": { version: version(5, "mara", "Fewer"), value_limit: { minor: 30_000, currency: "EUR" } },
    });
    const person = userEvent.setup();
    const amount = await card();
    expect(amount.value).toBe("250.00");
    await person.clear(amount);
    await person.type(amount, "300");
    await person.click(await screen.findByRole("button", { name: "Save draft …" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Save the value limit" }));
    expect(dialog.getByText("€250.00")).toBeDefined();
    expect(dialog.getByText("€300.00")).toBeDefined();
    await person.type(dialog.getByRole("textbox", { name: "Reason" }), "Fewer{Control>}{Enter}{/Control}");
    expect(await screen.findByText("Value limit saved")).toBeDefined();
    expect(platform.asked.find((asked) => asked.method === "PUT")?.body).toEqual({
      base: 4,
      reason: "Fewer",
      value_limit: { minor: 30_000, currency: "EUR" },
    });
  });

  it("of somebody who was faster is shown before the draft goes on top of it", async () => {
    let faster = false;
    renderConsole("/rules?tab=calendars", {
      ...PAGE,
      "GET /api/v1/approval": () =>
        Response.json(
          faster ? { version: version(5, "jo", "Peak"), value_limit: { minor: 99_900, currency: "EUR" } } : LIMIT,
        ),
      "PUT /api/v1/approval": () => {
        faster = true;
        return problem(409, "SY-0006", "Somebody else changed it first");
      },
    });
    const person = userEvent.setup();
    await person.clear(await card());
    await person.click(await screen.findByRole("button", { name: "Save draft …" }));
    await person.type(await screen.findByRole("textbox", { name: "Reason" }), "None{Control>}{Enter}{/Control}");
    const stale = within(await screen.findByRole("dialog", { name: "Somebody wrote a version first" }));
    expect(stale.getAllByText("€999.00").length).toBeGreaterThan(0);
    expect(stale.getByText("No limit")).toBeDefined();
  });

  it("is only read by who may not write", async () => {
    renderConsole("/rules?tab=calendars", {
      ...PAGE,
      "GET /api/v1/session": { caller: { kind: "session", name: "v", role: "viewer" } },
    });
    const amount = await screen.findByRole("textbox", { name: "Value limit" });
    expect((amount as HTMLInputElement).readOnly).toBe(true);
  });
});

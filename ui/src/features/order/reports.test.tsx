import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OrderDetail } from "@/api/types";
import { chooseLocale } from "@/i18n/locale";
import { detailFixture, orderFixture } from "./fixtures";
import { NOW, open, user } from "./screen";

beforeEach(() => localStorage.clear());
afterEach(() => chooseLocale("en"));

const REFUSED = {
  code: "SY-1203" as const,
  title: "Harbor & Pine refused the tracking information",
  detail: "Fulfillment is closed",
  next_step: "Report again, or declare that the shop need not be told.",
};

/** An order of which a part left, and the shop refused to hear of it. */
function refused(): OrderDetail {
  const detail = detailFixture({ order: orderFixture({ problems: [REFUSED] }) });
  return {
    ...detail,
    shipments: [
      {
        id: "shp_1",
        order: "ord_1",
        fulfillment: "ful_1",
        remote_id: "r1",
        shipped_at: NOW,
        booked_at: NOW,
        lines: [{ line: "lin_1", quantity: 3 }],
        parcels: [],
      },
    ],
    write_backs: [
      {
        id: "wbk_1",
        order: "ord_1",
        shipment: "shp_1",
        shop: "con_1",
        state: "failed",
        attempts: 1,
        due_at: NOW,
        revision: 2,
        last_error: REFUSED,
      },
    ],
  };
}

describe("a report that the shop refused", () => {
  it("is made again", async () => {
    const { sent } = open(refused());
    const person = user();
    await person.click(await screen.findByRole("button", { name: "Report again" }));
    const dialog = await screen.findByRole("dialog", { name: "Report 3 × TEA to the shop again" });
    await person.click(within(dialog).getByRole("button", { name: "Report again" }));
    expect(await screen.findByText("#1001: it is reported again")).toBeDefined();
    expect(sent("/retry").map((asked) => asked.body)).toEqual([{ revision: 3, reason: "" }]);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await waitFor(() => expect(screen.queryByRole("button", { name: "Report again" })).toBeNull());
  });

  it("is given up only with a reason", async () => {
    const { sent } = open(refused());
    const person = user();
    await person.click(await screen.findByRole("button", { name: "The shop need not be told" }));
    const dialog = await screen.findByRole("dialog", { name: "Do not report 3 × TEA to the shop" });
    const give = within(dialog).getByRole("button", { name: "The shop need not be told" });
    await person.click(give);
    expect(within(dialog).getByText("Needed: say why.")).toBeDefined();
    expect(sent("/waive")).toEqual([]);
    expect(document.activeElement).toBe(within(dialog).getByRole("textbox", { name: "Reason" }));
    await person.keyboard("Closed by the merchant{Control>}{Enter}{/Control}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent("/waive").map((asked) => asked.body)).toEqual([{ revision: 3, reason: "Closed by the merchant" }]);
  });

  it("has the keyboard when the list of what waits leads there, and its problem leads there", async () => {
    open(refused(), {}, "?at=report");
    const again = await screen.findByRole("button", { name: "Report again" });
    await waitFor(() => expect(document.activeElement).toBe(again));
    const person = user();
    await person.click(screen.getByRole("button", { name: "Go to the report" }));
    expect(document.activeElement).toBe(again);
  });

  it("that arrived is not decided about", async () => {
    const detail = refused();
    open({ ...detail, write_backs: detail.write_backs.map((report) => ({ ...report, state: "confirmed" as const })) });
    await screen.findByText("Title of TEA");
    expect(screen.queryByRole("button", { name: "Report again" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Go to the report" })).toBeNull();
  });
});

import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { renderConsole } from "@/test/screen";
import { ANSWERS, routingDetail, swiss, tea, version } from "./fixtures";
import "./RulesPage";

beforeEach(() => localStorage.clear());

const VIEWER = { "GET /api/v1/session": { caller: { kind: "session", name: "v", role: "viewer" } } };
const EARLIER = {
  "GET /api/v1/rules/routing/versions/2": { version: version(2, "jo", "Tea moved"), rules: [tea] },
};

describe("an earlier version of the rules", () => {
  it("is shown as it was written, with what became of it since", async () => {
    renderConsole("/rules", { ...ANSWERS, ...EARLIER });
    const person = userEvent.setup();
    await person.click(await screen.findByRole("button", { name: "Open version 2" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Routing rules: version 2" }));
    const rules = within(await dialog.findByRole("list", { name: "Rules of version 2" }));
    expect(rules.getAllByRole("listitem")).toHaveLength(1);
    expect(rules.getByText("tea-first")).toBeDefined();
    const since = within(dialog.getByRole("list", { name: "What holds now differs by" }));
    expect(since.getByText("switzerland-from-leipzig")).toBeDefined();
    await waitFor(() => expect(document.activeElement?.textContent).toBe("Close"));
  });

  it("becomes a draft that is not saved, and an undo brings back what was there", async () => {
    const { platform } = renderConsole("/rules", { ...ANSWERS, ...EARLIER });
    const person = userEvent.setup();
    await person.click(await screen.findByRole("button", { name: "Open version 2" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Routing rules: version 2" }));
    await dialog.findByRole("list", { name: "Rules of version 2" });
    await person.click(dialog.getByRole("button", { name: "Use as draft" }));
    expect(await screen.findByText("1 change, not saved")).toBeDefined();
    expect(document.querySelectorAll("[data-open]")).toHaveLength(1);
    expect(platform.asked.some((asked) => asked.method === "PUT")).toBe(false);
    await person.click(screen.getByRole("button", { name: "Undo" }));
    await waitFor(() => expect(document.querySelectorAll("[data-open]")).toHaveLength(2));
    expect(screen.queryByText(/not saved/)).toBeNull();
  });

  it("is read by who may not write, and not taken", async () => {
    renderConsole("/rules", { ...ANSWERS, ...EARLIER, ...VIEWER });
    const person = userEvent.setup();
    await person.click(await screen.findByRole("button", { name: "Open version 2" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Routing rules: version 2" }));
    await dialog.findByRole("list", { name: "Rules of version 2" });
    expect(dialog.queryByRole("button", { name: "Use as draft" })).toBeNull();
    expect([swiss, tea]).toEqual(routingDetail.rules);
  });
});

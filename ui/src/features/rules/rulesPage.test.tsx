import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { RoutingRule } from "@/api/types";
import { problem } from "@/mocks/platform";
import { renderConsole } from "@/test/screen";
import { ANSWERS, otherWarehouse, routingDetail, swiss, tea, version, warehouse } from "./fixtures";

const PUT = "PUT /api/v1/rules/routing";
const VIEWER = { "GET /api/v1/session": { caller: { kind: "session", name: "v", role: "viewer" } } };

const names = () =>
  screen.getAllByRole("listitem").flatMap((row) => row.querySelector("[data-open] .font-mono")?.textContent ?? []);
const row = (id: string) =>
  waitFor(() => {
    const found = [...document.querySelectorAll<HTMLElement>("[data-open]")].find(
      (one) => one.querySelector(".font-mono")?.textContent === id,
    );
    if (found === undefined) throw new Error(`no rule ${id}`);
    return found;
  });

/** The board with the keyboard on a rule. */
async function board(answers = {}, at = "tea-first") {
  const view = renderConsole("/rules", { ...ANSWERS, ...answers });
  const rule = await row(at);
  // Until it is known who is asking, nothing may be changed.
  await screen.findByRole("button", { name: "Add rule" });
  rule.focus();
  return view;
}

const sent = (platform: Awaited<ReturnType<typeof board>>["platform"]) =>
  platform.asked
    .filter((ask) => ask.method === "PUT")
    .map((ask) => ask.body as { base: number; reason: string; rules: RoutingRule[] });

describe("routing rules", () => {
  it("are listed from top to bottom in sentences, with names instead of ids and findings at their rule", async () => {
    await board();
    expect(names()).toEqual(["switzerland-from-leipzig", "tea-first"]);
    const first = within(await row("switzerland-from-leipzig"));
    expect(first.getByText("to CH or LI")).toBeDefined();
    expect(first.getByText("→ only from Leipzig (customs papers)")).toBeDefined();
    expect(first.getByText("1 finding")).toBeDefined();
    expect(screen.getByText("Zurich has opened")).toBeDefined();
  });

  it("show a finding at its place in the rule", async () => {
    await board({}, "switzerland-from-leipzig");
    await userEvent.keyboard("{Enter}");
    const panel = within(await screen.findByRole("complementary"));
    expect(panel.getByText(/tea-first always fits too, comes later/).textContent).toContain("rules[0].then[0]");
  });

  it("move by keyboard, keep the keyboard, and say so", async () => {
    await board();
    await userEvent.keyboard("{Alt>}{ArrowUp}{/Alt}");
    await waitFor(() => expect(names()).toEqual(["tea-first", "switzerland-from-leipzig"]));
    expect(document.activeElement?.textContent).toContain("tea-first");
    expect(screen.getByText("tea-first is now number 1 of 2")).toBeDefined();
    expect(screen.getByText("1 change, not saved")).toBeDefined();
  });

  it("are switched off, copied and deleted by their keys, and a deletion can be undone", async () => {
    await board();
    await userEvent.keyboard("t");
    expect((await screen.findByRole("switch", { name: "tea-first is in use" })).getAttribute("aria-checked")).toBe(
      "false",
    );
    await userEvent.keyboard("d");
    await screen.findByRole("complementary", { name: "Rule tea-first-2" });
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(document.activeElement?.textContent).toContain("tea-first-2"));
    await userEvent.keyboard("{Delete}");
    await waitFor(() => expect(names()).toEqual(["switzerland-from-leipzig", "tea-first"]));
    await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(names()).toEqual(["switzerland-from-leipzig", "tea-first", "tea-first-2"]));
  });

  it("are not touched by a key while the keyboard is elsewhere", async () => {
    await board();
    (document.activeElement as HTMLElement).blur();
    await userEvent.keyboard("{Delete}");
    expect(names()).toEqual(["switzerland-from-leipzig", "tea-first"]);
  });

  it("that are not complete say what is missing, and are not saved", async () => {
    const { platform } = await board();
    await userEvent.keyboard("n");
    const panel = within(await screen.findByRole("complementary", { name: "Rule new-rule" }));
    expect(panel.getByText("An empty list fits nothing.")).toBeDefined();
    expect(panel.getByText("Choose a warehouse.")).toBeDefined();
    expect(screen.getByText("2 places to correct")).toBeDefined();
    await userEvent.keyboard("{Control>}s{/Control}");
    expect(screen.queryByRole("dialog")).toBeNull();
    await userEvent.type(panel.getByRole("textbox", { name: "Countries" }), "no, se{Enter}");
    await userEvent.click(panel.getByRole("checkbox", { name: "Hoofddorp" }));
    await waitFor(() => expect(screen.queryByText("2 places to correct")).toBeNull());
    expect(panel.getByText("SE")).toBeDefined();
    expect(platform.asked.some((ask) => ask.method === "PUT")).toBe(false);
  });

  it("are saved with the version they were begun from and a reason, as one new version", async () => {
    const rules = [tea, swiss];
    const { platform } = await board({
      [PUT]: {
        ...routingDetail,
        version: version(4),
        rules,
        findings: [],
        versions: [version(4, "mara", "Tea first"), ...routingDetail.versions],
      },
    });
    await userEvent.keyboard("{Alt>}{ArrowUp}{/Alt}{Control>}s{/Control}");
    const dialog = within(await screen.findByRole("dialog", { name: "Save routing rules" }));
    await userEvent.keyboard("{Control>}{Enter}{/Control}");
    expect(dialog.getByText("Needed.")).toBeDefined();
    expect(sent(platform)).toEqual([]);
    await userEvent.type(dialog.getByRole("textbox", { name: "Reason" }), "Tea first{Control>}{Enter}{/Control}");
    await screen.findByText("Tea first");
    expect(sent(platform)).toEqual([{ base: 3, reason: "Tea first", rules }]);
    expect(platform.asked.find((ask) => ask.method === "PUT")?.key).toMatch(/^[0-9a-f]{32}$/);
    await waitFor(() => expect(screen.queryByText(/not saved$/)).toBeNull());
    expect(localStorage.getItem("switchyard.policy-draft.routing")).toBeNull();
  });

  it("of somebody who was faster are shown, the draft is kept, and goes on top of them", async () => {
    const theirs = { ...routingDetail, version: version(4, "jo", "No tea"), rules: [swiss], findings: [] };
    let written = false;
    const { platform } = await board({
      "GET /api/v1/rules/routing": () => Response.json(written ? theirs : routingDetail),
      [PUT]: () => {
        if (written) return Response.json({ ...theirs, version: version(5) });
        written = true;
        return problem(409, "SY-0006", "Somebody else wrote a version first");
      },
    });
    await userEvent.keyboard("{Alt>}{ArrowUp}{/Alt}{Control>}s{/Control}");
    await userEvent.type(
      await screen.findByRole("textbox", { name: "Reason" }),
      "Tea first{Control>}{Enter}{/Control}",
    );
    const stale = within(await screen.findByRole("dialog", { name: "Somebody wrote a version first" }));
    expect(stale.getByText("No tea")).toBeDefined();
    expect(within(stale.getByRole("list", { name: "What has changed since" })).getByText("removed")).toBeDefined();
    await userEvent.click(stale.getByRole("button", { name: "Keep my draft" }));
    await userEvent.type(
      await screen.findByRole("textbox", { name: "Reason" }),
      "Tea again{Control>}{Enter}{/Control}",
    );
    await waitFor(() => expect(sent(platform)).toHaveLength(2));
    expect(sent(platform)[1]).toEqual({ base: 4, reason: "Tea again", rules: [tea, swiss] });
  });

  it("are checked while they are written, and what the server refuses stands at its field", async () => {
    await board({
      "POST /api/v1/rules/routing/dry-run": () =>
        problem(422, "SY-1301", "What you wrote cannot be used", [
          { path: "rules[1].when.sku[0]", detail: "is unheard of" },
        ]),
    });
    await userEvent.keyboard("{Enter}");
    const panel = within(await screen.findByRole("complementary"));
    await userEvent.type(panel.getByRole("textbox", { name: "SKUs" }), "CUP{Enter}");
    expect(await panel.findByText("is unheard of")).toBeDefined();
  });

  it("are written as JSON too; what cannot be read says where and leaves the draft as it was", async () => {
    const { platform } = await board();
    await userEvent.keyboard("j");
    const text = (await screen.findByRole("textbox", { name: "All rules as JSON" })) as HTMLTextAreaElement;
    expect(JSON.parse(text.value)).toEqual({ rules: [swiss, tea] });
    await userEvent.clear(text);
    expect(screen.getByText(/This is no JSON/)).toBeDefined();
    expect(screen.getByRole("button", { name: /Save draft/ }).getAttribute("aria-disabled")).toBe("true");
    await userEvent.click(text);
    await userEvent.paste(JSON.stringify([{ ...tea, when: { country: ["CH", 1] } }]));
    expect(screen.getByText("rules[0].when.country[1]:")).toBeDefined();
    await userEvent.clear(text);
    await userEvent.paste(JSON.stringify([{ ...tea, enabled: false }]));
    await userEvent.click(screen.getByRole("button", { name: "Show as list" }));
    await waitFor(() => expect(names()).toEqual(["tea-first"]));
    expect(sent(platform)).toEqual([]);
  });

  it("are read only for who may not write", async () => {
    const { platform } = renderConsole("/rules", { ...ANSWERS, ...VIEWER });
    (await row("tea-first")).focus();
    expect(screen.getByText(/an administrator changes it/)).toBeDefined();
    expect(screen.queryByRole("button", { name: "Add rule" })).toBeNull();
    await userEvent.keyboard("{Alt>}{ArrowUp}{/Alt}{Delete}tdn");
    expect(names()).toEqual(["switzerland-from-leipzig", "tea-first"]);
    await userEvent.keyboard("{Enter}");
    const panel = within(await screen.findByRole("complementary", { name: "Rule tea-first" }));
    expect((panel.getByLabelText("Name") as HTMLInputElement).readOnly).toBe(true);
    expect(panel.queryByRole("button", { name: "Add effect" })).toBeNull();
    await userEvent.click(screen.getByRole("tab", { name: "Dry run" }));
    expect(await screen.findByText(/may look at rules, but not try them/)).toBeDefined();
    expect(platform.asked.every((ask) => ask.method === "GET")).toBe(true);
  });
});

it("an address with a tab that is none shows the first", async () => {
  renderConsole("/rules?tab=nonsense", ANSWERS);
  const tab = await screen.findByRole("tab", { name: "Routing" });
  expect(tab.getAttribute("aria-selected")).toBe("true");
});

describe("a dry run", () => {
  it("tries the draft and shows before, after, the difference, and the orders that would move", async () => {
    const { platform } = await board();
    await userEvent.keyboard("{Alt>}{ArrowUp}{/Alt}r");
    await userEvent.click(await screen.findByRole("button", { name: /Start dry run/ }));
    expect((await screen.findByText(/100 orders looked at in 42 ms/)).textContent).toContain("700 would move.");
    const asked = platform.asked.filter((ask) => ask.method === "POST").at(-1)?.body as {
      rules: RoutingRule[];
      since: string;
    };
    expect(asked.rules.map((rule) => rule.id)).toEqual(["tea-first", "switzerland-from-leipzig"]);
    expect(asked.since).toMatch(/^\d{4}-\d\d-\d\dT/);
    const numbers = within(screen.getByRole("rowheader", { name: "Parcels" }).closest("tr") as HTMLElement);
    expect(numbers.getAllByRole("cell").map((cell) => cell.textContent)).toEqual(["120", "110", "−10 better"]);
    expect(
      screen.getByRole("img", { name: /Parcels 120, then 110; Cost \(smallest units\) 48,000, then 60,000/ }),
    ).toBeDefined();
    expect(screen.getByText("1 of 700 are listed.")).toBeDefined();
    const order = within(screen.getByRole("link", { name: /^ord_1/ }).closest("tr") as HTMLElement);
    expect(order.getByText("Leipzig")).toBeDefined();
    expect(order.getByText("tea-first")).toBeDefined();
  });

  it("says that nothing can differ while there is no draft, and shows why it failed", async () => {
    renderConsole("/rules?tab=dry-run", {
      ...ANSWERS,
      "POST /api/v1/rules/routing/dry-run": () => problem(503, "SY-0008", "The database cannot be used"),
    });
    expect(await screen.findByText(/compared with themselves/)).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: /Start dry run/ }));
    expect((await screen.findByRole("alert")).textContent).toContain("The database cannot be used");
  });

  it("of hold rules says which rules hold how many", async () => {
    const report = {
      orders: 50,
      before: { held_orders: 3, by_rule: { unpaid: 3 } },
      after: { held_orders: 5, by_rule: { unpaid: 1, fraud: 4 } },
      changed_count: 4,
      changed: [{ order: "ord_9", before: [], after: [["fraud", "fraud"]] }],
      most_changed: 500,
    };
    renderConsole("/rules?tab=dry-run&kind=holds", {
      ...ANSWERS,
      "POST /api/v1/rules/holds/dry-run": { report, millis: 7 },
    });
    await userEvent.click(await screen.findByRole("button", { name: /Start dry run/ }));
    await screen.findByText(/50 orders looked at in 7 ms/);
    const cells = (name: string) =>
      within(screen.getByRole("rowheader", { name }).closest("tr") as HTMLElement)
        .getAllByRole("cell")
        .slice(0, 3)
        .map((cell) => cell.textContent);
    expect(cells("All held orders")).toEqual(["3", "5", "+2"]);
    expect(cells("fraud")).toEqual(["0", "4", "+4"]);
    expect(cells("unpaid")).toEqual(["3", "1", "−2"]);
    expect(screen.getByText("fraud (Risk of fraud)")).toBeDefined();
  });
});

it("a hold rule is written with its reason, its owner and its end", async () => {
  const { platform } = renderConsole("/rules?tab=holds", {
    ...ANSWERS,
    "POST /api/v1/rules/holds/dry-run": { report: {}, millis: 1 },
    "PUT /api/v1/rules/holds": () => problem(503, "SY-0008", "Disk full"),
  });
  await screen.findByRole("button", { name: "Add rule" });
  (await row("unpaid")).focus();
  await userEvent.keyboard("{Enter}");
  const panel = within(await screen.findByRole("complementary", { name: "Rule unpaid" }));
  await userEvent.type(panel.getByRole("textbox", { name: /Lifts itself after/ }), "36");
  await userEvent.click(panel.getByRole("switch", { name: "Stock stays reserved" }));
  await userEvent.keyboard("{Control>}s{/Control}");
  await userEvent.type(await screen.findByRole("textbox", { name: "Reason" }), "Two days{Control>}{Enter}{/Control}");
  // Refused: the dialog stays with the reason, and the draft too.
  expect((await screen.findByRole("alert")).textContent).toContain("Disk full");
  expect(platform.asked.find((ask) => ask.method === "PUT")?.body).toEqual({
    base: 1,
    reason: "Two days",
    rules: [
      {
        id: "unpaid",
        enabled: true,
        when: "unpaid",
        hold: {
          reason: "awaiting_payment",
          note: "",
          keeps_stock: true,
          expires_after_seconds: 129_600,
          lifts_itself: true,
        },
      },
    ],
  });
  expect(localStorage.getItem("switchyard.policy-draft.holds")).not.toBeNull();
});

it("calendars and edit windows: what holds is shown, a draft is saved with its version", async () => {
  const calendar = {
    zone: "Europe/Berlin",
    week: { monday: [{ open: "08:00", close: "18:00" }] },
    special_days: {},
    cut_offs: { default: { at: "14:00" } },
    handling_minutes: 0,
  };
  const items = [
    { warehouse, name: "Hoofddorp", version: version(2), calendar, next_cut_off: "2026-11-23T13:00:00Z" },
    { warehouse: otherWarehouse, name: "Leipzig", version: { version: 0, author: "", reason: "" }, calendar: null },
  ];
  const { platform } = renderConsole("/rules?tab=calendars", {
    ...ANSWERS,
    "GET /api/v1/calendars": { items },
    "GET /api/v1/approval": { version: version(1), value_limit: null },
    "GET /api/v1/edit-windows": {
      version: version(1),
      defaults: [{ shop: "con_1", name: "Northwind Tea", seconds: 900 }],
      choices: [],
    },
    [`PUT /api/v1/calendars/${warehouse}`]: {
      ...items[0],
      version: version(3),
      calendar: { ...calendar, handling_minutes: 90 },
    },
  });
  expect(await screen.findByText(/Next cut-off Mon, Nov 23, 14:00/)).toBeDefined();
  expect(screen.getByText("15 minutes after receipt")).toBeDefined();
  const handling = await screen.findByRole("textbox", { name: "Handling (minutes)" });
  await waitFor(() => expect((handling as HTMLInputElement).readOnly).toBe(false));
  await userEvent.clear(handling);
  await userEvent.type(handling, "90");
  await userEvent.click(await screen.findByRole("button", { name: "Save draft …" }));
  await userEvent.type(await screen.findByRole("textbox", { name: "Reason" }), "More to do{Control>}{Enter}{/Control}");
  await screen.findByText("Calendar of Hoofddorp saved");
  expect(platform.asked.find((ask) => ask.method === "PUT")?.body).toEqual({
    base: 2,
    reason: "More to do",
    calendar: { ...calendar, handling_minutes: 90 },
  });
  await userEvent.click(screen.getByRole("button", { name: /Leipzig/ }));
  await userEvent.click(await screen.findByRole("button", { name: "Set up calendar" }));
  expect(await screen.findByRole("textbox", { name: "Monday from" })).toBeDefined();
  expect(screen.queryByRole("textbox", { name: "Saturday from" })).toBeNull();
});

import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { connections, connectors } from "@/mocks/answers";
import { problem } from "@/mocks/platform";
import { renderConsole } from "@/test/screen";
import { bySide } from "./order";
import { configOf, faultsOf } from "./settings";
import { lastSuccess } from "./success";

const ANSWERS = { "GET /api/v1/connections": connections, "GET /api/v1/connectors": connectors };

const [northwind] = connections.items;
if (northwind === undefined) throw new Error("the demo has no connection");
const PAUSE = `POST /api/v1/connections/${northwind.connection.id}/pause`;
const RESUME = `POST /api/v1/connections/${northwind.connection.id}/resume`;
const CHECK = `POST /api/v1/connections/${northwind.connection.id}/check`;

async function card(name: string) {
  return within(await screen.findByRole("article", { name }));
}

it("the connection that needs a person comes first, a paused one last", () => {
  const { shops, warehouses } = bySide(connections.items);
  expect(shops.map((view) => view.connection.name)).toEqual(["Harbor & Pine", "Northwind Tea", "Lindqvist Cycles"]);
  expect(warehouses[0]?.health.level).toBe("warning");
});

it("the last success is the newest page or call, whichever is known", () => {
  const { connection } = northwind;
  const stream = { stream: "orders", items: 0 };
  const at = (minute: number) => `2026-11-22T09:0${minute}:00Z`;
  const view = (called: string | null, read: string | null) => ({
    ...northwind,
    connection: { ...connection, last_success_at: called },
    streams: [{ ...stream, last_page_at: read }],
  });
  expect(lastSuccess(view(at(1), at(5)))).toBe(at(5));
  expect(lastSuccess(view(at(6), at(5)))).toBe(at(6));
  expect(lastSuccess(view(null, at(5)))).toBe(at(5));
  expect(lastSuccess(view(null, null))).toBeNull();
});

it("a broken connection says what is wrong, what to do and the code", async () => {
  renderConsole("/connections", ANSWERS);
  const broken = await card("Harbor & Pine");
  expect(broken.getByText("Degraded")).toBeDefined();
  const alert = broken.getByRole("alert").textContent ?? "";
  expect(alert).toContain("401: [API] Invalid API key");
  expect(alert).toContain("Enter a new access token");
  expect(alert).toContain("SY-2002");
});

it("a paused connection is not drawn as broken", async () => {
  renderConsole("/connections", ANSWERS);
  const paused = await card("Lindqvist Cycles");
  expect(paused.getByText("Paused")).toBeDefined();
  expect(paused.queryByText("Degraded")).toBeNull();
  expect(paused.getByRole("button", { name: "Resume connection" })).toBeDefined();
});

it("a check shows what was found, with warnings", async () => {
  renderConsole("/connections", {
    ...ANSWERS,
    [CHECK]: { ok: true, report: { account: "northwind.myshopify.com", warehouses: [], warnings: ["Only 60 days."] } },
  });
  const view = await card("Northwind Tea");
  await userEvent.click(view.getByRole("button", { name: "Check connection" }));
  expect(await view.findByText("Works, as northwind.myshopify.com")).toBeDefined();
  expect(view.getByText("Only 60 days.")).toBeDefined();
});

it("a failed check is shown on the card it belongs to", async () => {
  const failed = {
    code: "SY-2001",
    title: "Northwind Tea cannot be reached",
    detail: "dns",
    next_step: "Check the network.",
  };
  renderConsole("/connections", { ...ANSWERS, [CHECK]: { ok: false, problem: failed } });
  const view = await card("Northwind Tea");
  await userEvent.click(view.getByRole("button", { name: "Check connection" }));
  expect((await view.findByRole("alert")).textContent).toContain("Check the network.");
});

it("pausing can be undone, and both carry keys of their own", async () => {
  const { platform } = renderConsole("/connections", {
    ...ANSWERS,
    [PAUSE]: { ...northwind.connection, paused: true },
    [RESUME]: northwind.connection,
  });
  const view = await card("Northwind Tea");
  await userEvent.click(view.getByRole("button", { name: "Pause connection" }));
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(platform.asked.filter((ask) => ask.method === "POST")).toHaveLength(2));
  const [pause, resume] = platform.asked.filter((ask) => ask.method === "POST");
  expect(`POST ${pause?.path}`).toBe(PAUSE);
  expect(`POST ${resume?.path}`).toBe(RESUME);
  expect(pause?.key).toMatch(/^[0-9a-f]{32}$/);
  expect(resume?.key).not.toBe(pause?.key);
});

it("without connections the screen says what to do", async () => {
  renderConsole("/connections", {
    ...ANSWERS,
    "GET /api/v1/connections": { items: [], secret_place: "the keyring" },
  });
  expect(await screen.findByText("No connections yet")).toBeDefined();
});

it("a failed read says why and can be tried again", async () => {
  renderConsole("/connections", { ...ANSWERS, "GET /api/v1/connections": () => problem(503, "SY-0008", "Disk full") });
  expect((await screen.findByRole("alert")).textContent).toContain("Disk full");
  expect(screen.getByRole("button", { name: "Try again" })).toBeDefined();
});

describe("adding", () => {
  async function form(answers = {}) {
    const view = renderConsole("/connections", { ...ANSWERS, ...answers });
    await card("Northwind Tea");
    await userEvent.keyboard("c");
    const dialog = within(await screen.findByRole("dialog", { name: "Add connection" }));
    await userEvent.click(dialog.getByRole("combobox"));
    await userEvent.click(await screen.findByRole("option", { name: /Shopify/ }));
    return { ...view, dialog };
  }

  it("asks for what is missing before it asks the server", async () => {
    const { dialog, platform } = await form();
    await userEvent.click(dialog.getByRole("button", { name: "Check and add" }));
    expect((await dialog.findAllByText("Needed.")).length).toBe(3);
    expect(platform.asked.some((ask) => ask.method === "POST")).toBe(false);
  });

  it("sends the connector's own settings and closes", async () => {
    const { dialog, platform } = await form({ "POST /api/v1/connections": northwind.connection });
    await userEvent.type(dialog.getByLabelText("Name"), "Northwind Tea");
    await userEvent.type(dialog.getByLabelText("Shop domain"), "northwind.myshopify.com");
    await userEvent.type(dialog.getByLabelText("Admin API access token"), "shpat_x");
    await userEvent.click(dialog.getByRole("button", { name: "Check and add" }));
    await waitFor(() => expect(screen.queryByRole("dialog", { name: "Add connection" })).toBeNull());
    expect(platform.asked.find((ask) => ask.method === "POST")?.body).toEqual({
      side: "shop",
      connector: "shopify",
      name: "Northwind Tea",
      config: { shop_domain: "northwind.myshopify.com" },
      secret: "shpat_x",
      poll_seconds: 15,
      edit_window_seconds: 900,
    });
  });

  it("shows the server's refusal at the field it names, and keeps what was typed", async () => {
    const { dialog } = await form({
      "POST /api/v1/connections": () =>
        problem(400, "SY-0002", "The request cannot be read", [{ path: "name", detail: "is taken" }]),
    });
    await userEvent.type(dialog.getByLabelText("Name"), "Northwind Tea");
    await userEvent.type(dialog.getByLabelText("Shop domain"), "northwind.myshopify.com");
    await userEvent.type(dialog.getByLabelText("Admin API access token"), "shpat_x");
    await userEvent.click(dialog.getByRole("button", { name: "Check and add" }));
    expect(await dialog.findByText("is taken")).toBeDefined();
    expect((dialog.getByLabelText("Name") as HTMLInputElement).value).toBe("Northwind Tea");
  });
});

describe("settings", () => {
  it("are sent in the types the connector reads, and left out where empty", () => {
    expect(configOf("shipbob", { channel_id: " 433611 ", sandbox: "true", endpoint: "" })).toEqual({
      channel_id: 433_611,
      sandbox: true,
    });
  });

  it("that are no number are refused", () => {
    expect(Object.keys(faultsOf("shipbob", { channel_id: "12a" }))).toEqual(["channel_id"]);
    expect(faultsOf("shipbob", { channel_id: "12" })).toEqual({});
  });
});

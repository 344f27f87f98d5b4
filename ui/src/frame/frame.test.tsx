import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { dispatcher } from "@/actions/dispatcher";
import { actions } from "@/actions/registry";
import { chooseLocale } from "@/i18n/locale";
import { connections, health, services } from "@/mocks/answers";
import { problem } from "@/mocks/platform";
import { renderConsole } from "@/test/screen";

afterEach(() => chooseLocale("en"));

/** A screen without moving parts of its own. */
const HERE = "/services";

async function shown(title: string) {
  await screen.findByRole("heading", { level: 1, name: title });
}

it("the address / leads to the flow map", async () => {
  const { router } = renderConsole("/");
  await waitFor(() => expect(router.state.location.pathname).toBe("/flow"));
});

it("every screen that has a key for the way to it is reached by that way", async () => {
  const { router } = renderConsole(HERE);
  await shown("Services");
  const ways = actions.filter((action) => action.id.startsWith("go."));
  expect(ways.filter((way) => !dispatcher.available(way.id)).map((way) => way.id)).toEqual([]);
  act(() => void dispatcher.run("go.transfers"));
  await waitFor(() => expect(router.state.location.pathname).toBe("/transfers"));
});

it("an address that leads nowhere says so and shows the way back", async () => {
  renderConsole("/nowhere");
  expect(await screen.findByText("There is no screen at this address.")).toBeDefined();
});

it("the demo is never mistaken for the real thing", async () => {
  renderConsole(HERE);
  expect(await screen.findByText("Demo")).toBeDefined();
});

it("a real installation has no demo badge", async () => {
  renderConsole(HERE, { "GET /api/v1/health": { ...health, demo: false } });
  await screen.findByText("Switchyard 0.1.0");
  expect(screen.queryByText("Demo")).toBeNull();
});

it("the status bar sums up what waits and what was given up", async () => {
  renderConsole(HERE);
  const due = services.items.reduce((sum, service) => sum + service.due, 0);
  expect(await screen.findByText(`${due} due`)).toBeDefined();
  expect(screen.getByText("2 dead letters")).toBeDefined();
});

describe("the connection", () => {
  it("is shown in words, and when it is lost the age of the data too", async () => {
    const { platform } = renderConsole(HERE);
    await shown("Services");
    const [sink] = platform.sinks;
    act(() => sink?.onOpen());
    expect(await screen.findByText("Live")).toBeDefined();
    act(() => sink?.onLost());
    expect(await screen.findByText(/^Offline since .* Showing data as of /)).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Retry now" }));
    expect(platform.sinks.size).toBe(1);
    expect(platform.sinks.has(sink as never)).toBe(false);
  });

  it("without a session says where the sign-in link is", async () => {
    renderConsole(HERE, { "GET /api/v1/session": () => problem(401, "SY-0004", "Not signed in") });
    expect(await screen.findByText(/^Not signed in\. Open the sign-in link/)).toBeDefined();
  });

  it("to a full disk is a bar with the next step", async () => {
    const full = {
      code: "SY-0008",
      title: "The database cannot be written",
      detail: "disk full",
      next_step: "Free some space.",
    };
    renderConsole(HERE, { "GET /api/v1/health": { ...health, status: "degraded", store: { problem: full } } });
    expect(await screen.findByText(/Free some space\./)).toBeDefined();
  });
});

describe("keys", () => {
  it("G then C goes to the connections", async () => {
    const { router } = renderConsole(HERE, { "GET /api/v1/connections": connections });
    await shown("Services");
    await userEvent.keyboard("gc");
    await waitFor(() => expect(router.state.location.pathname).toBe("/connections"));
  });

  it("[ expands the rail, and the choice is remembered", async () => {
    renderConsole(HERE);
    await shown("Services");
    const rail = screen.getByRole("navigation", { name: "Screens" });
    expect(within(rail).queryByText("Orders")).toBeNull();
    await userEvent.keyboard("[[");
    expect(within(rail).getByText("Orders")).toBeDefined();
    expect(localStorage.getItem("switchyard.rail")).toBe("expanded");
  });

  it("? shows every shortcut, and Escape closes the sheet", async () => {
    renderConsole(HERE);
    await shown("Services");
    await userEvent.keyboard("?");
    const sheet = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    expect(within(sheet).getByText("Go to connections")).toBeDefined();
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });
});

describe("the palette", () => {
  async function opened(answers = {}) {
    const view = renderConsole(HERE, answers);
    await shown("Services");
    await userEvent.keyboard("{Control>}k{/Control}");
    await screen.findByRole("dialog", { name: "Command palette" });
    return view;
  }

  it("finds an action by its words and runs it with Enter", async () => {
    const { router } = await opened({ "GET /api/v1/connections": connections });
    await userEvent.keyboard("connections{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe("/connections"));
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("teaches the key of every action", async () => {
    await opened();
    const entry = screen.getByRole("option", { name: /Go to flow/ });
    expect(within(entry).getByText("G")).toBeDefined();
  });

  it("offers only what can be done here", async () => {
    await opened();
    expect(screen.queryByRole("option", { name: /Add connection/ })).toBeNull();
  });

  it("is never there twice", async () => {
    await opened();
    await userEvent.keyboard("{Control>}k{/Control}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("asks the server for orders as one quoted word", async () => {
    const { platform } = await opened();
    await userEvent.keyboard("lind:");
    await waitFor(() => {
      const asked = platform.asked.filter((ask) => ask.path.startsWith("/api/v1/orders")).at(-1);
      expect(new URL(asked?.path ?? "", "http://x").searchParams.get("q")).toBe('"lind:"');
    });
  });
});

it("German is one switch away and needs no reload", async () => {
  renderConsole(HERE);
  await shown("Services");
  act(() => chooseLocale("de"));
  await shown("Dienste");
  expect(document.documentElement.lang).toBe("de");
});

it("the theme is a choice that the next start knows before its first paint", async () => {
  renderConsole(HERE);
  await shown("Services");
  await userEvent.click(screen.getByRole("button", { name: "Preferences" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: /dark/ }));
  expect(document.documentElement.dataset.theme).toBe("dark");
  expect(localStorage.getItem("switchyard.theme")).toBe("dark");
});

it("a sign-in link is used once and leads to the console", async () => {
  const { platform, router } = renderConsole("/sign-in?ticket=abc", {
    "POST /api/v1/session": { caller: { kind: "session", name: "operator", role: "operator" } },
  });
  await waitFor(() => expect(router.state.location.pathname).toBe("/flow"));
  const posts = platform.asked.filter((ask) => ask.method === "POST");
  expect(posts.map((post) => post.body)).toEqual([{ ticket: "abc" }]);
});

describe("signing out", () => {
  const gone = () => new Response(null, { status: 204 });

  it("ends the session on the server, and the window shows nothing any more", async () => {
    const { router, platform, queries } = renderConsole(HERE, { "DELETE /api/v1/session": gone });
    await shown("Services");
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.click(await screen.findByRole("option", { name: "Sign out" }));
    expect(await screen.findByText("You are signed out")).toBeDefined();
    expect(router.state.location.pathname).toBe("/sign-in");
    const [end] = platform.asked.filter((asked) => asked.method === "DELETE");
    expect(end?.key).toMatch(/^[0-9a-f]{32}$/);
    expect(platform.sinks.size).toBe(0);
    await waitFor(() => expect(queries.getQueryCache().getAll()).toEqual([]));
  });

  it("asks before it discards drafts, which hold addresses", async () => {
    localStorage.setItem("switchyard.draft.ord_1", "{}");
    const { platform } = renderConsole(HERE, { "DELETE /api/v1/session": gone });
    await shown("Services");
    await userEvent.click(screen.getByRole("button", { name: "Preferences" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Sign out" }));
    const dialog = await screen.findByRole("dialog", { name: "Sign out?" });
    expect(within(dialog).getByText(/^1 unsaved draft on this computer is discarded/)).toBeDefined();
    expect(platform.asked.some((asked) => asked.method === "DELETE")).toBe(false);
    await userEvent.click(within(dialog).getByRole("button", { name: "Discard 1 draft and sign out" }));
    expect(await screen.findByText("You are signed out")).toBeDefined();
    expect(localStorage.getItem("switchyard.draft.ord_1")).toBeNull();
  });

  it("is not offered in the desktop window, where nobody signed in", async () => {
    renderConsole(HERE, { "GET /api/v1/session": { caller: { kind: "desktop", name: "me", role: "operator" } } });
    await shown("Services");
    await userEvent.click(screen.getByRole("button", { name: "Preferences" }));
    await screen.findByRole("menuitem", { name: /^Keyboard shortcuts/ });
    expect(screen.queryByRole("menuitem", { name: "Sign out" })).toBeNull();
  });
});

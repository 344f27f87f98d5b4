import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { services } from "@/mocks/answers";
import { problem } from "@/mocks/platform";
import { renderConsole } from "@/test/screen";
import { needsPerson, summarize } from "./summary";
import { wordsOf } from "./words";

async function row(name: string) {
  const header = await screen.findByRole("rowheader", { name: new RegExp(`^${name}`) });
  return within(header.closest("tr") as HTMLElement);
}

it("every service of the engine is on the board", async () => {
  renderConsole("/services");
  await row("Intake");
  expect(screen.getAllByRole("rowheader")).toHaveLength(services.items.length);
});

it("a service that failed shows the failure and what helps", async () => {
  renderConsole("/services");
  const writeBack = await row("Write-back");
  expect(writeBack.getByText("Restarting")).toBeDefined();
  expect(writeBack.getByText("panicked: connection reset")).toBeDefined();
  expect(writeBack.getByText(/^Open the shop's connection, or the order/)).toBeDefined();
});

it("a healthy service shows no remedy", async () => {
  renderConsole("/services");
  const parse = await row("Parse");
  expect(parse.queryByText(/^Look at the raw payload/)).toBeNull();
});

it("the board is summed up in five numbers", () => {
  const summary = summarize(services.items);
  expect(summary).toMatchObject({ running: 12, all: 13, dead: 2 });
  expect(summary.oldestDue).toBe(
    Math.min(...services.items.flatMap((s) => (s.oldest_due ? [Date.parse(s.oldest_due)] : []))),
  );
  expect(summarize([]).oldestDue).toBeUndefined();
});

it("given-up work needs a person even when the service runs", () => {
  const [first] = services.items;
  if (first === undefined) throw new Error("no service");
  expect(needsPerson({ ...first, dead: 1 })).toBe(true);
  expect(needsPerson({ ...first, state: "stalled" })).toBe(true);
  expect(needsPerson({ ...first, failed: 9 })).toBe(false);
});

it("a service this console does not know speaks with the server's words", () => {
  const [first] = services.items;
  if (first === undefined) throw new Error("no service");
  expect(wordsOf({ ...first, name: "new_thing", purpose: "Does it.", remedy: "Wait." })).toEqual({
    title: "new thing",
    purpose: "Does it.",
    remedy: "Wait.",
  });
});

it("a failure to read stays on the screen while the next try is under way, and goes with its answer", async () => {
  let fail = true;
  let asked = 0;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { queries } = renderConsole("/services", {
    "GET /api/v1/services": () => {
      asked += 1;
      return fail ? problem(503, "SY-0008", "The database cannot be used") : Response.json(services);
    },
  });
  expect(await screen.findByText("The database cannot be used")).toBeDefined();
  // The next answer waits; meanwhile the query has neither data nor an error of its own.
  const wasAsked = asked;
  const fetchNow = globalThis.fetch;
  globalThis.fetch = async (...request: Parameters<typeof fetch>) => {
    await held;
    return fetchNow(...request);
  };
  act(() => void queries.invalidateQueries({ queryKey: ["services"] }));
  await waitFor(() => expect(queries.getQueryState(["services"])?.fetchStatus).toBe("fetching"));
  expect(screen.getByText("The database cannot be used")).toBeDefined();
  fail = false;
  release();
  await row("Intake");
  expect(asked).toBeGreaterThan(wasAsked);
  expect(screen.queryByText("The database cannot be used")).toBeNull();
});

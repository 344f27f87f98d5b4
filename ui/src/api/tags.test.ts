import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ROUND_MS, type Tag, TagInvalidator } from "./tags";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function reads(queries: QueryClient, tags: readonly Tag[], key: string) {
  await queries.prefetchQuery({ queryKey: [key], queryFn: () => key, meta: { tags }, staleTime: 60_000 });
}

function stale(queries: QueryClient, key: string): boolean {
  return queries.getQueryState([key])?.isInvalidated ?? false;
}

it("a tag makes stale what carries it and nothing else", async () => {
  const queries = new QueryClient();
  await reads(queries, ["orders"], "list");
  await reads(queries, ["order:ord_1"], "one");
  await reads(queries, ["order:ord_2"], "two");
  new TagInvalidator(queries).add(["orders", "order:ord_1"]);
  expect(stale(queries, "list")).toBe(true);
  expect(stale(queries, "one")).toBe(true);
  expect(stale(queries, "two")).toBe(false);
});

it("a thousand events in a second are at most ten rounds and one at the start", () => {
  const queries = new QueryClient();
  const rounds = vi.spyOn(queries, "invalidateQueries");
  const invalidator = new TagInvalidator(queries, () => Date.now());
  for (let event = 0; event < 1_000; event += 1) {
    invalidator.add(["orders"]);
    vi.advanceTimersByTime(1);
  }
  vi.advanceTimersByTime(ROUND_MS);
  expect(rounds.mock.calls.length).toBeLessThanOrEqual(11);
  expect(rounds.mock.calls.length).toBeGreaterThanOrEqual(9);
});

it("the last event of a burst is not lost", async () => {
  const queries = new QueryClient();
  await reads(queries, ["flow"], "flow");
  const invalidator = new TagInvalidator(queries, () => Date.now());
  invalidator.add(["orders"]);
  invalidator.add(["flow"]);
  expect(stale(queries, "flow")).toBe(false);
  vi.advanceTimersByTime(ROUND_MS);
  expect(stale(queries, "flow")).toBe(true);
});

import { describe, expect, it } from "vitest";
import type { Transfer, TransferState } from "@/api/types";
import { lineFixture, transferFixture } from "./fixtures";
import { canDo, isExplained, lineFor, open, stepsOf, toCome, toPutAway, unexplained } from "./steps";

const at = (state: TransferState, change: Partial<Transfer> = {}) => transferFixture({ state, ...change });

describe("the steps of a transfer", () => {
  it("are those of the lifecycle", () => {
    const steps = (state: TransferState) => stepsOf(at(state));
    expect(steps("announced")).toEqual(["accept", "reject"]);
    expect(steps("accepted")).toEqual(["depart"]);
    expect(steps("in_transit")).toEqual(["end"]);
    expect(steps("partly_received")).toEqual(["end"]);
    expect(steps("received")).toEqual(["close"]);
    expect([...steps("closed"), ...steps("rejected"), ...steps("draft")]).toEqual([]);
  });

  it("units are counted in as soon as they are expected, and put away when they are there", () => {
    const [line, arrived] = [lineFixture(), lineFixture({ received: 3 })];
    expect(canDo(at("announced"), line, "receive")).toBe(false);
    expect(canDo(at("accepted"), line, "receive")).toBe(true);
    expect(canDo(at("closed"), line, "receive")).toBe(false);
    expect(canDo(at("in_transit"), line, "put_away")).toBe(false);
    expect(canDo(at("partly_received"), arrived, "put_away")).toBe(true);
  });

  it("a difference is explained once the goods have left, and only while there is one", () => {
    const line = lineFixture();
    expect(canDo(at("accepted"), line, "explain")).toBe(false);
    expect(canDo(at("in_transit"), line, "explain")).toBe(true);
    expect(canDo(at("received"), lineFixture({ received: 10, stocked: 10 }), "explain")).toBe(false);
    expect(canDo(at("closed"), line, "explain")).toBe(false);
  });

  it("a key means the first line that waits for it; more than announced can always come", () => {
    const full = lineFixture({ received: 10, stocked: 10 });
    const waits = lineFixture({ sku: "MUG", received: 4 });
    expect(lineFor(at("partly_received", { lines: [full, waits] }), "receive")).toBe(1);
    expect(lineFor(at("partly_received", { lines: [full, waits] }), "put_away")).toBe(1);
    expect(lineFor(at("received", { lines: [full] }), "receive")).toBe(0);
    expect(lineFor(at("received", { lines: [full] }), "put_away")).toBeUndefined();
    expect(lineFor(at("announced"), "receive")).toBeUndefined();
  });
});

describe("what is not accounted for", () => {
  const booking = (kind: "lost" | "damaged" | "surplus", units: number) => ({
    kind,
    units,
    by: { kind: "person", name: "Ada" } as const,
    at: "2026-11-22T11:00:00Z",
    note: "counted twice",
  });

  it("is missing, too many, or neither on the shelf nor set aside", () => {
    expect(open(lineFixture({ received: 7, stocked: 5, quarantined: 1 }))).toEqual({ lost: 3, surplus: 0, damaged: 1 });
    expect(open(lineFixture({ received: 12, stocked: 12 }))).toEqual({ lost: 0, surplus: 2, damaged: 0 });
  });

  it("is less by what has been explained, until nothing is left", () => {
    const line = lineFixture({ received: 7, stocked: 6, discrepancies: [booking("lost", 2)] });
    expect([toCome(line), toPutAway(line), isExplained(line)]).toEqual([1, 1, false]);
    const done = { ...line, discrepancies: [booking("lost", 2), booking("lost", 1), booking("damaged", 1)] };
    expect(isExplained(done)).toBe(true);
    expect(unexplained(at("received", { lines: [line, done] }))).toEqual([line]);
  });
});

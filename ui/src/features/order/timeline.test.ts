import { expect, it } from "vitest";
import type { Attempt, Recorded } from "@/api/types";
import { happenings } from "./timeline";

const entry = (seq: number, kind: string, actor: Recorded["actor"] = { kind: "service", name: "route" }): Recorded => ({
  seq,
  at: new Date(Date.UTC(2026, 10, 22, 12, 0, seq)).toISOString(),
  actor,
  kind,
  order: "ord_1",
  subject: "ord_1",
  reason: "",
  before: null,
  after: null,
  hash: "",
});
const attempt = (subject: string, number: number, second: number): Attempt => ({
  subject,
  order: "ord_1",
  number,
  started_at: new Date(Date.UTC(2026, 10, 22, 12, 0, second)).toISOString(),
  deadline: new Date(Date.UTC(2026, 10, 22, 12, 1)).toISOString(),
  ended_at: null,
  outcome: "",
  detail: "",
});

it("is newest first and folds repeats of the same happening", () => {
  const rows = happenings(
    [entry(1, "order.received"), entry(2, "order.short"), entry(3, "order.short"), entry(4, "order.planned")],
    [],
  );
  expect(rows.map((row) => (row.kind === "change" ? `${row.entries[0]?.kind} x${row.entries.length}` : ""))).toEqual([
    "order.planned x1",
    "order.short x2",
    "order.received x1",
  ]);
});

it("does not fold what two people did", () => {
  const mara = { kind: "person" as const, name: "mara" };
  const jo = { kind: "person" as const, name: "jo" };
  expect(happenings([entry(1, "order.edited", mara), entry(2, "order.edited", jo)], [])).toHaveLength(2);
});

it("gathers the tries of one hand-over into one row, at the time of the last", () => {
  const rows = happenings(
    [entry(5, "order.planned")],
    [attempt("han_1", 2, 9), attempt("han_1", 1, 3), attempt("wb_1", 1, 4)],
  );
  expect(rows.map((row) => (row.kind === "attempts" ? `${row.subject} x${row.attempts.length}` : "change"))).toEqual([
    "han_1 x2",
    "change",
    "wb_1 x1",
  ]);
});

import { describe, expect, it } from "vitest";
import { UnreachableError } from "@/api/problem";
import { endedAs, runBatch } from "./batch";

const members = ["1", "2", "3", "4"].map((id) => ({ id, number: `#${id}` }));
const ids = (outcomes: ReturnType<typeof endedAs>) => outcomes.map((outcome) => outcome.member.id);

describe("a batch", () => {
  it("does one after the other, and a refusal does not stop the rest", async () => {
    const log: string[] = [];
    const progress: number[] = [];
    const result = await runBatch(
      members,
      async ({ id }) => {
        log.push(`begin ${id}`);
        await Promise.resolve();
        log.push(`end ${id}`);
        if (id === "2") throw new Error("no");
      },
      (done) => progress.push(done),
      new AbortController().signal,
    );
    expect(log).toEqual(members.flatMap(({ id }) => [`begin ${id}`, `end ${id}`]));
    expect(progress).toEqual([1, 2, 3, 4]);
    expect(ids(endedAs(result, "done"))).toEqual(["1", "3", "4"]);
    expect(ids(endedAs(result, "refused"))).toEqual(["2"]);
  });

  it("ends when nobody answers any more: the rest is not tried", async () => {
    const result = await runBatch(
      members,
      ({ id }) => (id === "2" ? Promise.reject(new UnreachableError(null)) : Promise.resolve()),
      () => {},
      new AbortController().signal,
    );
    expect(result.offline).toBe(true);
    expect(ids(endedAs(result, "refused"))).toEqual(["2"]);
    expect(ids(endedAs(result, "untried"))).toEqual(["3", "4"]);
  });

  it("stops where it is told to, and finishes the one it is at", async () => {
    const control = new AbortController();
    const result = await runBatch(
      members,
      async ({ id }) => {
        if (id === "2") control.abort();
      },
      () => {},
      control.signal,
    );
    expect(ids(endedAs(result, "done"))).toEqual(["1", "2"]);
    expect(ids(endedAs(result, "untried"))).toEqual(["3", "4"]);
  });
});

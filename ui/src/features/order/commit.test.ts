import { describe, expect, it } from "vitest";
import { ApiError } from "@/api/problem";
import type { Edit, Order } from "@/api/types";
import { commit, type Send } from "./commit";
import { orderFixture } from "./fixtures";

function refusal(code: "SY-0006" | "SY-1101" | "SY-1102", order?: Order): ApiError {
  return new ApiError({
    type: `/docs/errors/${code}`,
    title: code,
    status: 409,
    code,
    detail: "",
    instance: "/problems/1",
    next_step: "",
    fields: [],
    ...(order === undefined ? {} : { order }),
  });
}

const seen = orderFixture();
const edits: Edit[] = [{ kind: "note", note: "Ring twice" }];

const same = () => Promise.resolve(true);

/** An engine with one order that refuses other revisions with the order as it is. */
function engine(current: () => Order) {
  const asked: number[] = [];
  const send: Send = async (revision) => {
    asked.push(revision);
    if (revision !== current().revision) throw refusal("SY-0006", current());
    return { order: current(), changes: [], verdicts: [], requests: [], attention: [], committed: true };
  };
  return { asked, send };
}

describe("sending edits", () => {
  it("goes on when only the engine has moved the order", async () => {
    const { send, asked } = engine(() =>
      orderFixture({ revision: 5, state: "accepted", updated_at: "2026-11-22T11:31:00Z" }),
    );
    expect((await commit(edits, seen, same, send)).kind).toBe("done");
    expect(asked).toEqual([3, 5]);
  });

  it("stops when somebody else has changed what a person sees, and does nothing", async () => {
    const theirs = orderFixture({ revision: 4, note: "Do not ring" });
    const { send, asked } = engine(() => theirs);
    expect(await commit(edits, seen, same, send)).toEqual({ kind: "stale", current: theirs });
    expect(asked).toEqual([3]);
  });

  it("stops when the edits would come to something else by now, although no field has changed", async () => {
    const released = orderFixture({ revision: 4 });
    const { send, asked } = engine(() => released);
    expect(await commit(edits, seen, () => Promise.resolve(false), send)).toEqual({ kind: "stale", current: released });
    expect(asked).toEqual([3]);
  });

  it("tells too late from refused, and gives up on an order that never rests", async () => {
    expect((await commit(edits, seen, same, () => Promise.reject(refusal("SY-1101")))).kind).toBe("late");
    expect((await commit(edits, seen, same, () => Promise.reject(refusal("SY-1102")))).kind).toBe("failed");
    let revision = 3;
    const restless = engine(() => {
      revision += 1;
      return orderFixture({ revision });
    });
    expect((await commit(edits, seen, same, restless.send)).kind).toBe("failed");
    expect(restless.asked.length).toBeLessThan(10);
  });
});

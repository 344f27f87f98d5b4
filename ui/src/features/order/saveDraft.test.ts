import { describe, expect, it } from "vitest";
import { ApiError } from "@/api/problem";
import type { EditResult, Order } from "@/api/types";
import { newDraft, type Step, withAddress, withQuantity } from "./draft";
import { orderFixture } from "./fixtures";
import { type SaveRequests, saveDraft } from "./saveDraft";

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

/** An engine that applies steps to one order and refuses stale revisions with the current order. */
function engine(start: Order) {
  let current = start;
  const sent: { step: Step; revision: number }[] = [];
  const requests: SaveRequests = {
    put: async (step, revision) => {
      sent.push({ step, revision });
      if (revision !== current.revision) throw refusal("SY-0006", current);
      const lines = current.lines.map((line) =>
        step.kind === "quantity" && line.id === step.line ? { ...line, cancelled: line.ordered - step.quantity } : line,
      );
      current = {
        ...current,
        lines,
        ship_to: step.kind === "address" ? step.ship_to : current.ship_to,
        revision: current.revision + 1,
      };
      const answer = current;
      // The engine plans anew at once, which is another revision.
      current = { ...current, revision: current.revision + 1 };
      return { order: answer, changes: [], verdicts: [], requests: [], attention: [], committed: true };
    },
    read: async () => current,
  };
  return {
    requests,
    sent,
    now: () => current,
    somebody: (change: (order: Order) => Order) => {
      current = { ...change(current), revision: current.revision + 1 };
    },
  };
}

const seen = orderFixture();
const edited = withQuantity(withAddress(newDraft(seen), "city", "York"), "lin_1", 1);

describe("saving a draft", () => {
  it("sends address and quantity, and goes on when the engine's own planning came in between", async () => {
    const shop = engine(seen);
    const outcome = await saveDraft(edited, seen, shop.requests);
    expect(outcome.kind).toBe("saved");
    expect(shop.now().ship_to.city).toBe("York");
    expect(shop.now().lines[0]).toMatchObject({ ordered: 3, cancelled: 2 });
    expect(shop.sent.map((request) => request.step.kind)).toEqual(["address", "quantity", "quantity"]);
  });

  it("asks a warehouse once for a step it cannot do itself, and goes on with the rest", async () => {
    const shop = engine(seen);
    const request = { id: "chr_1" } as EditResult["requests"][number];
    const requests: SaveRequests = {
      ...shop.requests,
      put: async (step, revision) => {
        const result = await shop.requests.put(step, revision);
        // Asked only: the address stays as it was.
        return step.kind === "address"
          ? { ...result, order: { ...result.order, ship_to: seen.ship_to }, requests: [request] }
          : result;
      },
    };
    const outcome = await saveDraft(edited, seen, requests);
    expect(outcome).toMatchObject({ kind: "saved", asked: true });
    expect(shop.sent.filter((sent) => sent.step.kind === "address")).toHaveLength(1);
  });

  it("keeps somebody else's change of another field", async () => {
    const shop = engine(seen);
    shop.somebody((order) => ({ ...order, ship_to: { ...order.ship_to, phone: "0113 4960000" } }));
    expect((await saveDraft(edited, seen, shop.requests)).kind).toBe("saved");
    expect(shop.now().ship_to).toMatchObject({ city: "York", phone: "0113 4960000" });
  });

  it("stops at a change of the same field with base, theirs and yours, and saves nothing", async () => {
    const shop = engine(seen);
    shop.somebody((order) => ({ ...order, ship_to: { ...order.ship_to, city: "Hull" } }));
    const outcome = await saveDraft(edited, seen, shop.requests);
    expect(outcome).toMatchObject({
      kind: "conflict",
      conflicts: [{ field: "ship_to.city", base: "Leeds", theirs: "Hull", yours: "York" }],
    });
    expect(shop.now().ship_to.city).toBe("Hull");
    expect(shop.now().lines[0]?.cancelled).toBe(0);
  });

  it("reports being late with what is left of the draft", async () => {
    const requests: SaveRequests = {
      put: () => Promise.reject(refusal("SY-1101")),
      read: () => Promise.reject(new Error("not asked")),
    };
    const outcome = await saveDraft(edited, seen, requests);
    expect(outcome).toMatchObject({ kind: "late", problem: { code: "SY-1101" }, draft: { yours: edited.yours } });
  });

  it("gives up on a refusal, and on an order that never rests", async () => {
    const refused: SaveRequests = { put: () => Promise.reject(refusal("SY-1102")), read: async () => seen };
    expect((await saveDraft(edited, seen, refused)).kind).toBe("failed");
    let revision = seen.revision;
    const restless: SaveRequests = {
      put: () => {
        revision += 1;
        return Promise.reject(refusal("SY-0006", { ...seen, revision }));
      },
      read: async () => seen,
    };
    expect((await saveDraft(edited, seen, restless)).kind).toBe("failed");
    expect(revision - seen.revision).toBeLessThan(10);
  });
});

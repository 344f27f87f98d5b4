import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Edit, Order, OrderDetail } from "@/api/types";
import { chooseLocale } from "@/i18n/locale";
import { setServerNow } from "@/lib/ticker";
import { connections, health } from "@/mocks/answers";
import { type Asked, problem } from "@/mocks/platform";
import { renderConsole } from "@/test/screen";
import { differences } from "./diff";
import { detailFixture, orderFixture, planFixture, previewFixture } from "./fixtures";

const NOW = "2026-11-22T12:00:00Z";
const LATE = {
  code: "SY-1101" as const,
  title: "It is too late for this change",
  detail: "fulfillment order SW-1001-1 was handed over",
  next_step: "Ask the warehouse to stop, or arrange a return.",
};

beforeEach(() => localStorage.clear());
afterEach(() => chooseLocale("en"));

interface EditsBody {
  readonly revision: number;
  readonly reason: string;
  readonly edits: readonly Edit[];
}

interface Answers {
  /** What the preview says; the order with the edits' address and units until a test says otherwise. */
  readonly preview?: (edits: readonly Edit[], current: OrderDetail) => Response;
  /** How the edits end; they are made until a test says otherwise. */
  readonly edit?: (body: EditsBody, current: OrderDetail) => Response | undefined;
}

/** The order with what these edits change of it at once. */
function edited(order: Order, edits: readonly Edit[]): Order {
  let now = order;
  for (const edit of edits) {
    if (edit.kind === "address") now = { ...now, ship_to: edit.ship_to };
    if (edit.kind === "note") now = { ...now, note: edit.note };
    if (edit.kind === "quantity" || edit.kind === "more_units") {
      now = {
        ...now,
        lines: now.lines.map((line) =>
          line.id !== edit.line
            ? line
            : edit.quantity > line.ordered
              ? { ...line, ordered: edit.quantity }
              : { ...line, cancelled: line.ordered - edit.quantity },
        ),
      };
    }
  }
  return now;
}

const previewed = (edits: readonly Edit[], { order }: OrderDetail) => {
  const after = edited(order, edits);
  const changes = differences(order, after).map(({ path, before, after: is }) => ({ field: path, before, after: is }));
  const [edit] = previewFixture().edits;
  return previewFixture({ order: after, changes, edits: edits.map(() => edit ?? { verdicts: [] }) });
};

/** A refusal of an old revision, with the order as it is. */
function stale(order: Order): Response {
  const body = {
    type: "/docs/errors/SY-0006",
    title: "changed",
    status: 409,
    code: "SY-0006",
    detail: "",
    instance: "1",
    next_step: "",
    fields: [],
    order,
  };
  return Response.json(body, { status: 409, headers: { "content-type": "application/problem+json" } });
}

/** A server with one order. */
function open(detail: OrderDetail = detailFixture(), { preview, edit }: Answers = {}) {
  let current = detail;
  const console = renderConsole(`/orders/${detail.order.id}`, {
    "GET /api/v1/health": { ...health, now: NOW },
    "GET /api/v1/connections": connections,
    "GET /api/v1/orders": { items: [], total: { value: 0, capped: false } },
    "GET /api/v1/orders/ord_1": () => Response.json(current),
    "GET /api/v1/orders/ord_1/timeline": { items: [] },
    "GET /api/v1/orders/ord_1/raw": { received_at: NOW, external_id: "5001", version: "1", text: '{"name":"#1001"}' },
    "POST /api/v1/orders/ord_1/preview": (asked: Asked) => {
      const { edits } = asked.body as { edits: readonly Edit[] };
      return preview?.(edits, current) ?? Response.json(previewed(edits, current));
    },
    "POST /api/v1/orders/ord_1/edits": (asked: Asked) => {
      const body = asked.body as EditsBody;
      const other = edit?.(body, current);
      if (other !== undefined) return other;
      const order = { ...edited(current.order, body.edits), revision: current.order.revision + 1 };
      current = { ...current, order };
      return Response.json({ order, changes: [], verdicts: [], requests: [], attention: [], committed: true });
    },
    "POST /api/v1/orders/ord_1/attention/0/settle": () => {
      current = { ...current, order: { ...current.order, attention: [], revision: current.order.revision + 1 } };
      return Response.json(current.order);
    },
  });
  return {
    ...console,
    set: (change: (detail: OrderDetail) => OrderDetail) => {
      current = change(current);
    },
    sent: (path: string) => console.platform.asked.filter((asked) => asked.path.endsWith(path)),
    saved: () =>
      console.platform.asked.filter((asked) => asked.path.endsWith("/edits")).map((asked) => asked.body as EditsBody),
  };
}

const user = () => userEvent.setup();
const field = (name: string) => screen.findByRole("textbox", { name });

async function typeCity(person: ReturnType<typeof user>, city: string) {
  await person.keyboard("e");
  const input = await field("City");
  await person.clear(input);
  await person.type(input, city);
}

/** Waits for the preview and saves. */
async function save(person: ReturnType<typeof user>) {
  await waitFor(() => expect(screen.getByRole("button", { name: /^Save changes/ })).toHaveProperty("disabled", false));
  await person.keyboard("{Control>}s{/Control}");
}

describe("editing an order", () => {
  it("E, a new city, review, a reason, save: what is sent names the revision and all edits as one", async () => {
    const { saved, sent } = open();
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    await person.click(screen.getByRole("button", { name: "One unit of TEA more" }));
    expect(screen.getByText("2 changes, not saved")).toBeDefined();
    await person.keyboard("{Control>}d{/Control}");
    const dialog = await screen.findByRole("dialog", { name: "Review changes of #1001" });
    expect(await within(dialog).findByText("Leeds")).toBeDefined();
    expect(within(dialog).getByText("York")).toBeDefined();
    await person.type(within(dialog).getByRole("textbox", { name: "Reason" }), "Customer called");
    await save(person);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.queryByText(/not saved/)).toBeNull();
    expect(saved()).toEqual([
      {
        revision: 3,
        reason: "Customer called",
        edits: [
          { kind: "address", ship_to: { ...orderFixture().ship_to, city: "York" } },
          { kind: "more_units", line: "lin_1", quantity: 4 },
        ],
      },
    ]);
    expect(sent("/preview").length).toBeGreaterThan(0);
  });

  it("nothing is saved without the review: Ctrl+S opens it first", async () => {
    const { saved } = open();
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    await person.keyboard("{Control>}s{/Control}");
    expect(await screen.findByRole("dialog", { name: "Review changes of #1001" })).toBeDefined();
    expect(saved()).toEqual([]);
  });

  it("the review tells parts, requests, plan, stock, cost and what needs a person", async () => {
    open(detailFixture(), {
      preview: () =>
        Response.json(
          previewFixture({
            order: orderFixture(),
            edits: [
              {
                verdicts: [
                  {
                    fulfillment: "ful_1",
                    stage: "accepted",
                    ruling: {
                      verdict: { kind: "change_request", what: "address", stop: false, elsewhere: false },
                      needs_approval: false,
                    },
                  },
                ],
              },
            ],
            requests: [
              {
                fulfillment: "ful_1",
                warehouse: "whs_2",
                asks: [{ kind: "address", ship_to: { ...orderFixture().ship_to, city: "York" } }],
              },
            ],
            stock: [{ warehouse: "whs_2", sku: "MUG", before: 0, after: 7 }],
            cost_before: 640,
            cost_after: 900,
            plan: planFixture().plan,
            cut_offs: [{ warehouse: "whs_1", at: "2026-11-22T15:30:00Z" }],
            attention: [
              {
                code: "SY-1101",
                what: "SW-1001-2 keeps what it has: it is too far along for this",
                detail: "",
                options: ["carrier_intercept"],
                owner: "back_office_agent",
                since: NOW,
                order: "ord_1",
              },
            ],
          }),
        ),
    });
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    await person.keyboard("{Control>}d{/Control}");
    const dialog = await screen.findByRole("dialog");
    const block = async (name: string) => within(await within(dialog).findByRole("region", { name }));
    expect((await block("Part by part")).getByText("Change request")).toBeDefined();
    expect((await block("Asked of warehouses")).getByText(/Ship to 1 High St, LS1 1AA York/)).toBeDefined();
    expect((await block("Only if the warehouse agrees")).getByText("York")).toBeDefined();
    const plan = await block("New plan");
    expect(plan.getByText("3 × TEA, 1 × MUG")).toBeDefined();
    expect(plan.getByText(/leaves .* at the earliest/)).toBeDefined();
    expect(plan.getByText("£9.00")).toBeDefined();
    expect(plan.getByText("(+£2.60)")).toBeDefined();
    expect(plan.getByRole("row", { name: /MUG/ })).toBeDefined();
    expect((await block("Would need a person")).getByText(/Ask the carrier to intercept/)).toBeDefined();
  });

  it("an edit that is refused says why and what is left, is not saved, and can be left out", async () => {
    const { saved } = open(detailFixture(), {
      preview: (edits, current) => {
        const preview = previewed(edits, current);
        const place = edits.findIndex((edit) => edit.kind === "address");
        const refused = {
          verdicts: [
            {
              fulfillment: "ful_1",
              stage: "shipped",
              ruling: {
                verdict: { kind: "refused", reason: "too_late", options: ["carrier_intercept", "announce_return"] },
                needs_approval: false,
              },
            },
          ],
          problem: { code: "SY-1101", title: "This cannot be done here", detail: "too far", next_step: "Choose." },
        };
        return Response.json({ ...preview, edits: preview.edits.map((edit, at) => (at === place ? refused : edit)) });
      },
    });
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    await person.type(screen.getByRole("textbox", { name: "Note" }), "Ring twice");
    await person.keyboard("{Control>}d{/Control}");
    const dialog = await screen.findByRole("dialog");
    const why = /too far along for this.*Ask the carrier to intercept · Announce a return/;
    expect(await within(dialog).findByText(why)).toBeDefined();
    expect(screen.getByRole("button", { name: /^Save changes/ })).toHaveProperty("disabled", true);
    await person.click(within(dialog).getByRole("button", { name: "Leave out: Ship to" }));
    await save(person);
    await waitFor(() => expect(saved()).toHaveLength(1));
    expect(saved()[0]?.edits).toEqual([{ kind: "note", note: "Ring twice" }]);
  });

  it("A adds a line; one without an article is not reviewed, an article nobody knows is told next to its field", async () => {
    open(detailFixture(), {
      preview: () =>
        Response.json(
          {
            type: "/docs/errors/SY-1102",
            title: "No order can have that",
            status: 422,
            code: "SY-1102",
            detail: "no warehouse has ever reported `NOPE`",
            instance: "1",
            next_step: "",
            fields: [],
          },
          { status: 422, headers: { "content-type": "application/problem+json" } },
        ),
    });
    const person = user();
    await screen.findByText("Title of TEA");
    await person.keyboard("a");
    const sku = await field("SKU");
    await waitFor(() => expect(document.activeElement).toBe(sku));
    await person.keyboard("{Control>}d{/Control}");
    expect(await screen.findByText("Say which article")).toBeDefined();
    expect(screen.queryByRole("dialog")).toBeNull();
    await person.type(sku, "NOPE");
    await person.keyboard("{Control>}d{/Control}");
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByText("No order can have that")).toBeDefined();
    await person.keyboard("{Escape}");
    expect(await screen.findByText("No warehouse has ever reported this SKU")).toBeDefined();
  });

  it("a draft survives a reload and is gone once discarded", async () => {
    const first = open();
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    first.unmount();
    open();
    expect(await field("City")).toHaveProperty("value", "York");
    await person.click(screen.getByRole("button", { name: "Discard changes" }));
    expect(screen.queryByRole("textbox", { name: "City" })).toBeNull();
    expect(localStorage.length).toBe(0);
  });

  it("somebody else's change of the same field shows base, theirs and yours; the choice is reviewed and saved", async () => {
    const theirs = orderFixture({ revision: 4, ship_to: { ...orderFixture().ship_to, city: "Hull" } });
    let refused = false;
    const { set, saved } = open(detailFixture(), {
      edit: () => {
        if (refused) return undefined;
        refused = true;
        set((detail) => ({ ...detail, order: theirs }));
        return stale(theirs);
      },
    });
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    await person.keyboard("{Control>}d{/Control}");
    await screen.findByRole("dialog");
    await save(person);
    const dialog = await screen.findByRole("dialog", { name: "#1001 was changed meanwhile" });
    const choice = within(await within(dialog).findByRole("group", { name: "City" }));
    for (const city of ["Leeds", "Hull", "York"]) expect(choice.getByText(city)).toBeDefined();
    await person.click(within(dialog).getByRole("button", { name: "Apply choice and review" }));
    await screen.findByRole("dialog", { name: "Review changes of #1001" });
    await save(person);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(saved().at(-1)).toMatchObject({
      revision: 4,
      edits: [{ kind: "address", ship_to: { city: "York" } }],
    });
  });

  it("somebody else's change of another field is shown before it is saved again", async () => {
    const theirs = orderFixture({ revision: 4, note: "Leave it with the neighbour" });
    let refused = false;
    const { set, saved } = open(detailFixture(), {
      edit: () => {
        if (refused) return undefined;
        refused = true;
        set((detail) => ({ ...detail, order: theirs }));
        return stale(theirs);
      },
      preview: (edits, current) =>
        Response.json({
          ...previewed(edits, current),
          ...(refused
            ? {
                conflict: {
                  base: orderFixture(),
                  theirs: [{ field: "note", before: "", after: theirs.note }],
                  yours: [],
                  both: [],
                },
              }
            : {}),
        }),
    });
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    await person.keyboard("{Control>}d{/Control}");
    const dialog = await screen.findByRole("dialog");
    await save(person);
    expect(await within(dialog).findByText("Changed by somebody else meanwhile")).toBeDefined();
    expect(within(dialog).getByText("Leave it with the neighbour")).toBeDefined();
    await save(person);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(saved().map((body) => body.revision)).toEqual([3, 4]);
  });

  it("an edit that comes too late tells what happened and offers only what works", async () => {
    const { set } = open(detailFixture(), {
      edit: () => {
        set((detail) => ({
          ...detail,
          stage: "releasing",
          fulfillments: detail.fulfillments.map((part) => ({ ...part, state: "sent" as const })),
        }));
        return problem(409, "SY-1101", LATE.title);
      },
    });
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    await person.keyboard("{Control>}d{/Control}");
    await screen.findByRole("dialog");
    await save(person);
    const dialog = await screen.findByRole("dialog", { name: "Too late to change #1001" });
    expect(within(dialog).getByText("Nothing was changed.")).toBeDefined();
    expect(
      await within(dialog).findByText(/^SW-1001-1 was handed over to .* and is “Sent, no answer yet” since /),
    ).toBeDefined();
    expect(within(dialog).getByText("Contact the warehouse")).toBeDefined();
  });
});

describe("the board", () => {
  it("the arrows pick part and warehouse with the reason why not, Enter shows what the move comes to", async () => {
    const { saved } = open(detailFixture({ plan: planFixture() }));
    const person = user();
    await screen.findByText("Title of TEA");
    await person.keyboard("w");
    expect(document.activeElement?.getAttribute("data-part")).toBe("ful_1");
    await person.keyboard("{ArrowRight}{ArrowRight}");
    expect(screen.getByText(/^Enter moves it to whs_3\. Not possible: it does not ship to GB/)).toBeDefined();
    await person.keyboard("{ArrowLeft}{Enter}");
    await screen.findByRole("dialog", { name: "Review changes of #1001" });
    await save(person);
    await waitFor(() => expect(saved()).toHaveLength(1));
    expect(saved()[0]?.edits).toEqual([{ kind: "warehouse", fulfillment: "ful_1", to: "whs_2" }]);
  });

  it("the plan names the rules that fit, what they did, and what would have to give", async () => {
    open(
      detailFixture({
        plan: planFixture({
          rules_version: 7,
          rules: [
            {
              rule: "keep-glass-near",
              matched: true,
              because: ["country GB"],
              effects: [
                { what: "exclude whs_3", in_force: true },
                { what: "shift the rank of whs_2 by +2", in_force: false, note: "rule `other` overrides it" },
              ],
            },
            { rule: "express", matched: false, because: ["no shipping option"], effects: [] },
          ],
          relaxation: [{ kind: "find_stock", sku: "TEA", units: 2 }],
        }),
      }),
    );
    const rules = within(await screen.findByRole("region", { name: "Routing rules, version 7" }));
    expect(rules.getByText("keep-glass-near")).toBeDefined();
    expect(rules.getByText("Exclude whs_3")).toBeDefined();
    expect(rules.getByText(/Not in force: Rank of whs_2 \+2/)).toBeDefined();
    expect(rules.getByText("1 rule does not fit")).toBeDefined();
    expect(screen.getByText("2 more of TEA are found")).toBeDefined();
  });
});

describe("the verbs of an order", () => {
  it("H asks why and until when, then holds", async () => {
    const { saved } = open();
    const person = user();
    await screen.findByText("Title of TEA");
    await person.keyboard("h");
    const dialog = await screen.findByRole("dialog", { name: "Hold #1001" });
    await person.type(within(dialog).getByRole("textbox", { name: "Note" }), "Away until Friday");
    expect(await within(dialog).findByRole("region", { name: "What it comes to" })).toBeDefined();
    await person.click(within(dialog).getByRole("button", { name: "Hold order" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(saved()).toEqual([
      {
        revision: 3,
        reason: "Away until Friday",
        edits: [
          {
            kind: "hold",
            id: expect.stringMatching(/^hld_[0-9a-f]{32}$/),
            reason: "customer",
            note: "Away until Friday",
            expires_at: null,
          },
        ],
      },
    ]);
  });

  it("cancelling confirms with its consequence, and coming too late explains itself", async () => {
    open(detailFixture(), { edit: () => problem(409, "SY-1101", LATE.title) });
    const person = user();
    await screen.findByText("Title of TEA");
    await person.keyboard("{Backspace}");
    await person.click(await screen.findByRole("button", { name: "Cancel #1001, ship nothing" }));
    expect(await screen.findByRole("dialog", { name: "Too late to change #1001" })).toBeDefined();
  });

  it("an order that has left names what is still possible; hold, release and cancel are not offered", async () => {
    const never = { allowed: false, asks: false, why: LATE };
    open(
      detailFixture({
        stage: "in_warehouse",
        editable: { address: never, quantity: never, hold: never, release: never, cancel: never },
        fulfillments: detailFixture().fulfillments.map((part) => ({ ...part, state: "in_work" as const })),
      }),
    );
    const person = user();
    await person.click(await screen.findByRole("button", { name: "Too late to change: what is possible" }));
    expect(await screen.findByRole("dialog", { name: "Too late to change #1001" })).toBeDefined();
    expect(screen.queryByRole("button", { name: /^Cancel order/ })).toBeNull();
  });

  it("a matter names its ways out, and one is chosen with a reason", async () => {
    const matter = {
      code: "SY-1205" as const,
      what: "The warehouse refused to change SW-1001-1; it ships as it is",
      detail: "Picking has begun",
      options: ["let_it_ship" as const, "try_again" as const],
      owner: "back_office_agent" as const,
      since: NOW,
      order: "ord_1",
    };
    const { sent } = open(detailFixture({ stage: "attention", order: orderFixture({ attention: [matter] }) }));
    const person = user();
    expect(await screen.findByText("Picking has begun")).toBeDefined();
    await person.click(screen.getByRole("button", { name: "Let it ship" }));
    const dialog = await screen.findByRole("dialog", { name: "Settle: Let it ship" });
    await person.type(within(dialog).getByRole("textbox"), "They agreed");
    await person.click(within(dialog).getByRole("button", { name: /^Let it ship/ }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const [settled] = sent("/settle");
    expect(settled?.body).toEqual({ revision: 3, choice: "let_it_ship", reason: "They agreed" });
  });

  it("settling on an order that somebody changed shows what changed; the same matter is then settled on that", async () => {
    const matter = {
      code: "SY-1205" as const,
      what: "The warehouse refused to change SW-1001-1; it ships as it is",
      detail: "Picking has begun",
      options: ["let_it_ship" as const],
      owner: "back_office_agent" as const,
      since: NOW,
      order: "ord_1",
    };
    const mine = orderFixture({ attention: [matter] });
    const theirs = orderFixture({ revision: 4, note: "Call first", attention: [matter] });
    let current = mine;
    const { platform } = renderConsole("/orders/ord_1", {
      "GET /api/v1/connections": connections,
      "GET /api/v1/orders": { items: [], total: { value: 1, capped: false } },
      "GET /api/v1/orders/ord_1": () => Response.json(detailFixture({ stage: "attention", order: current })),
      "GET /api/v1/orders/ord_1/timeline": { items: [] },
      "POST /api/v1/orders/ord_1/attention/0/settle": (asked: Asked) => {
        if ((asked.body as { revision: number }).revision === 4) return Response.json(theirs);
        current = theirs;
        return stale(theirs);
      },
    });
    const person = user();
    await person.click(await screen.findByRole("button", { name: "Let it ship" }));
    const dialog = await screen.findByRole("dialog", { name: "Settle: Let it ship" });
    await person.click(within(dialog).getByRole("button", { name: /^Let it ship/ }));
    expect(await within(dialog).findByText("Changed by somebody else meanwhile")).toBeDefined();
    expect(within(dialog).getByText("Call first")).toBeDefined();
    await person.click(within(dialog).getByRole("button", { name: /^Let it ship/ }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const revisions = platform.asked
      .filter((asked) => asked.path.endsWith("/settle"))
      .map((asked) => (asked.body as { revision: number }).revision);
    expect(revisions).toEqual([3, 4]);
  });

  it("a hold that a rule placed names the rule and what it found", async () => {
    const hold = {
      id: "hld_1",
      reason: "fraud" as const,
      note: "",
      placed_at: NOW,
      placed_by: { kind: "service" as const, name: "validate" },
      keeps_stock: true,
      cause: { rule: "new-and-dear", version: 2, finding: "new customer; value GBP 900.00" },
    };
    open(detailFixture({ order: orderFixture({ holds: [hold], paid: false, earlier_orders: 0 }) }));
    expect(await screen.findByText("By rule new-and-dear: First order; Value GBP 900.00")).toBeDefined();
    expect(screen.getAllByText("Not paid").length).toBeGreaterThan(0);
    expect(screen.getByText("First order")).toBeDefined();
  });

  it("a part that waits for a person's release says so", async () => {
    open(
      detailFixture({
        fulfillments: detailFixture().fulfillments.map((part) => ({ ...part, release_at: null })),
      }),
    );
    expect(await screen.findByText("Stays here until it is released by hand")).toBeDefined();
  });

  it("in German they are infinitives", async () => {
    act(() => chooseLocale("de"));
    open();
    expect(await screen.findByRole("button", { name: /^Auftrag anhalten/ })).toBeDefined();
    expect(screen.getByRole("button", { name: /^Auftrag ändern/ })).toBeDefined();
  });
});

describe("the edit window", () => {
  it("at zero the order is read again", async () => {
    vi.useFakeTimers({ now: Date.parse(NOW), shouldAdvanceTime: true });
    try {
      setServerNow(Date.parse(NOW), 0);
      const { set, sent } = open(detailFixture({ order: orderFixture({ editable_until: "2026-11-22T12:00:03Z" }) }));
      await screen.findByText("Title of TEA");
      set((detail) => ({ ...detail, stage: "releasing" }));
      const reads = () => sent("/api/v1/orders/ord_1").length;
      const before = reads();
      await act(() => vi.advanceTimersByTimeAsync(5_000));
      expect(reads()).toBeGreaterThan(before);
      expect(await screen.findByText("Releasing")).toBeDefined();
    } finally {
      vi.useRealTimers();
    }
  });
});

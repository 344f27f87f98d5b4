/** An order for tests: two lines of goods and postage, planned, in its edit window. */
import type { Order, OrderDetail, Preview, StoredPlan } from "@/api/types";

const AT = "2026-11-22T11:30:00Z";

export function orderFixture(change: Partial<Order> = {}): Order {
  const price = { minor: 1250, currency: "GBP" };
  const line = (id: string, sku: string, ordered: number) => ({
    id,
    shop_line_id: id,
    sku,
    title: `Title of ${sku}`,
    kind: "goods" as const,
    ordered,
    cancelled: 0,
    unit_price: price,
    unit_weight: 250,
  });
  return {
    id: "ord_1",
    shop: "con_1",
    shop_order_id: "5001",
    number: "#1001",
    revision: 3,
    shop_updated_at: AT,
    state: "planned",
    placed_at: AT,
    received_at: AT,
    updated_at: AT,
    editable_until: "2026-11-22T12:12:00Z",
    currency: "GBP",
    total: { minor: 5490, currency: "GBP" },
    customer: { name: "Ada Lane", email: "ada@example.com", phone: "" },
    ship_to: {
      name: "Ada Lane",
      company: "",
      line1: "1 High St",
      line2: "",
      city: "Leeds",
      province: "",
      postcode: "LS1 1AA",
      country: "GB",
      phone: "",
    },
    shipping_option: "Standard",
    note: "",
    tags: [],
    lines: [line("lin_1", "TEA", 3), line("lin_2", "MUG", 1), { ...line("lin_3", "SHIPPING", 1), kind: "fee" }],
    holds: [],
    problems: [],
    edited: false,
    ...change,
  };
}

export function detailFixture(change: Partial<OrderDetail> = {}): OrderDetail {
  const order = change.order ?? orderFixture();
  const allowed = { allowed: true, asks: false };
  return {
    order,
    stage: "editable",
    editable: { address: allowed, quantity: allowed, hold: allowed, release: allowed, cancel: allowed },
    accounts: order.lines.map((line) => ({
      line: line.id,
      ordered: line.ordered,
      cancelled: line.cancelled,
      billed: line.kind === "fee" ? line.ordered : 0,
      unplanned: 0,
      in_fulfillment: line.kind === "fee" ? 0 : line.ordered,
      shipped: 0,
    })),
    fulfillments: [
      {
        id: "ful_1",
        order: order.id,
        warehouse: "whs_1",
        reference: "SW-1001-1",
        revision: 1,
        state: "open",
        state_since: AT,
        release_at: "2026-11-22T12:12:00Z",
        lines: [
          { line: "lin_1", quantity: 3, shipped: 0 },
          { line: "lin_2", quantity: 1, shipped: 0 },
        ],
      },
    ],
    hand_overs: [],
    shipments: [],
    write_backs: [],
    change_requests: [],
    returns: [],
    returnable: [],
    attempts: [],
    ...change,
  };
}

/** The plan of that order: all of it from one of three warehouses. */
export function planFixture(change: Partial<StoredPlan> = {}): StoredPlan {
  const place = (id: string, rank: number) => ({ id, rank, eligible: true });
  const level = (warehouse: string, sku: string, available: number) => ({ warehouse, sku, available });
  return {
    at: AT,
    input: {
      id: "ord_1",
      lines: [
        { id: "lin_1", sku: "TEA", quantity: 3 },
        { id: "lin_2", sku: "MUG", quantity: 1 },
      ],
      warehouses: [place("whs_1", 0), place("whs_2", 1), place("whs_3", 2)],
      stock: [level("whs_1", "TEA", 12), level("whs_1", "MUG", 4), level("whs_2", "TEA", 40)],
    },
    rules_version: 0,
    rules: [],
    plan: {
      id: "ord_1",
      proven: true,
      allocation: [
        { line: "lin_1", warehouse: "whs_1", quantity: 3 },
        { line: "lin_2", warehouse: "whs_1", quantity: 1 },
      ],
      short: [],
      objective: { short_value: 0, late: 0, warehouses: 1, cost: 640, rank_sum: 0 },
      explain: {
        whs_1: { used: true },
        whs_2: { used: false, because: "level", level: "cost", by: 120 },
        whs_3: {
          used: false,
          because: "constraint",
          constraint: "ineligible",
          detail: "Elsewhere does not ship to GB",
        },
      },
      lower_bound: { warehouses: 1, why: "whatever ships needs a warehouse" },
    },
    ...change,
  };
}

/** What edits of that order come to: as it is, until a test says otherwise. */
export function previewFixture(change: Partial<Preview> = {}): Preview {
  return {
    order: orderFixture(),
    changes: [],
    edits: [
      {
        verdicts: [
          {
            fulfillment: "ful_1",
            stage: "open",
            ruling: { verdict: { kind: "direct", reroute: true }, needs_approval: false },
          },
        ],
      },
    ],
    requests: [],
    stock: [],
    cut_offs: [],
    attention: [],
    ...change,
  };
}

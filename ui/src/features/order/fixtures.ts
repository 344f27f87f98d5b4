/** An order for tests: two lines of goods and postage, planned, in its edit window. */
import type { Order, OrderDetail } from "@/api/types";

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
    attempts: [],
    ...change,
  };
}

import type { OrderDetail, OrderSummary } from "@/api/types";

/** The list row of an order, from its full record: what a row in a list is patched with when the order has changed. */
export function summaryOf(detail: OrderDetail): OrderSummary {
  const { order, stage, fulfillments, shipments } = detail;
  const goods = order.lines.filter((line) => line.kind === "goods");
  const problem = order.problems[0] ?? fulfillments.find((part) => part.problem)?.problem ?? undefined;
  return {
    id: order.id,
    number: order.number,
    shop: order.shop,
    state: order.state,
    stage,
    placed_at: order.placed_at,
    received_at: order.received_at,
    updated_at: order.updated_at,
    editable_until: order.editable_until,
    customer: order.customer.name,
    city: order.ship_to.city,
    country: order.ship_to.country,
    lines: goods.length,
    units: goods.reduce((sum, line) => sum + line.ordered - line.cancelled, 0),
    total: order.total.minor,
    currency: order.total.currency,
    warehouses: [...new Set(fulfillments.map((part) => part.warehouse))],
    carriers: [...new Set(shipments.flatMap((shipment) => shipment.parcels.map((parcel) => parcel.carrier)))],
    held: order.holds.length > 0,
    problem: problem?.title ?? null,
    edited: order.edited,
    tags: order.tags,
  };
}

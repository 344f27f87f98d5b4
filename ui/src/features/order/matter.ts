/** Matters that wait for a person, found again after the order has moved. */
import type { AttentionItem, Order } from "@/api/types";

/** Whether two items are the same matter; the ways out that are left may differ. */
function sameMatter(left: AttentionItem, right: AttentionItem): boolean {
  return (
    left.code === right.code &&
    left.what === right.what &&
    // Two proposals of one person are told apart by what they want.
    JSON.stringify(left.wanted ?? null) === JSON.stringify(right.wanted ?? null) &&
    (left.request ?? "") === (right.request ?? "") &&
    (left.fulfillment ?? "") === (right.fulfillment ?? "")
  );
}

/** The matter's place among the order's, or nothing when it is settled. */
export function placeOf(item: AttentionItem, order: Order): number | undefined {
  const place = (order.attention ?? []).findIndex((other) => sameMatter(other, item));
  return place === -1 ? undefined : place;
}

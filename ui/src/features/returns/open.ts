/** What can still be done with a return. */
import type { Return, ReturnItem } from "@/api/types";

/** Nobody decides about it any more. */
export function isOver(goods: Return): boolean {
  return goods.state === "closed" || goods.state === "expired" || goods.state === "cancelled";
}

/** It has not arrived: it can be called off. */
export function isExpected(goods: Return): boolean {
  return goods.state === "announced" || goods.state === "in_transit";
}

/** Goods of this item are there, so that somebody can look at them. */
export function isThere(item: ReturnItem): boolean {
  return item.received > 0;
}

/** The first item whose goods wait for a decision. */
export function firstUndecided(goods: Return, side: "stock" | "customer"): number | undefined {
  if (isOver(goods)) return undefined;
  const place = goods.items.findIndex((item) =>
    side === "stock" ? isThere(item) && item.stock === "undecided" : item.customer === "undecided",
  );
  return place === -1 ? undefined : place;
}

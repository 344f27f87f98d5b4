/** Where the units of a line are, in the console's language. */
import type { OrderDetail } from "@/api/types";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";

type Account = OrderDetail["accounts"][number];

/** The places that have units of the line, each with how many. */
export function placesText(account: Account): string {
  const backordered = account.backordered ?? 0;
  const parts = [
    account.unplanned > 0 && m.order_units_unplanned({ count: integer(account.unplanned) }),
    backordered > 0 && m.order_units_backordered({ count: integer(backordered) }),
    account.in_fulfillment > 0 && m.order_units_in_fulfillment({ count: integer(account.in_fulfillment) }),
    account.shipped > 0 && m.order_units_shipped({ count: integer(account.shipped) }),
    account.cancelled > 0 && m.order_units_cancelled({ count: integer(account.cancelled) }),
  ];
  return parts.filter((part) => part !== false).join(" · ");
}

/** What an edit would make of an order, in the console's language; its title is `editTitle`. */
import type { Edit, FulfillmentOrder, OrderLine } from "@/api/types";
import type { Names } from "@/features/orders/names";
import { formatMoney } from "@/lib/money";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { holdReasonText } from "./words";

interface Known {
  readonly lines: readonly OrderLine[];
  /** The order's parts, as far as they are known. */
  readonly parts: readonly Pick<FulfillmentOrder, "id" | "reference">[];
  readonly names: Names;
}

/** The value an edit wants; empty where its title says all. */
export function editValue(edit: Edit, { lines, parts, names }: Known): string {
  const sku = (id: string) => lines.find((line) => line.id === id)?.sku ?? id;
  switch (edit.kind) {
    case "address": {
      const { name, company, line1, line2, postcode, city, province, country } = edit.ship_to;
      return [name, company, line1, line2, `${postcode} ${city}`.trim(), province, country]
        .filter((part) => part !== "")
        .join(", ");
    }
    case "quantity":
    case "more_units":
      return m.order_wanted_units({ count: integer(edit.quantity), rows: edit.quantity });
    case "hold":
      return edit.note === ""
        ? holdReasonText(edit.reason)
        : m.order_wanted_hold({ reason: holdReasonText(edit.reason), note: edit.note });
    case "note":
      return edit.note === "" ? m.order_empty() : edit.note;
    case "tags":
      return edit.tags.length === 0 ? m.order_empty() : edit.tags.join(", ");
    case "priority":
      return integer(edit.priority);
    case "add_line": {
      const { ordered, unit_price } = edit.line;
      const price = formatMoney(unit_price.minor, unit_price.currency);
      return m.order_wanted_line({ count: integer(ordered), sku: edit.line.sku, price });
    }
    case "shipping_option":
      return edit.option === "" ? m.order_empty() : edit.option;
    case "warehouse": {
      const reference = parts.find((part) => part.id === edit.fulfillment)?.reference;
      const warehouse = names.warehouse(edit.to);
      return reference === undefined ? warehouse : m.order_wanted_move({ reference, warehouse });
    }
    case "billing":
      return [
        formatMoney(edit.total.minor, edit.total.currency),
        ...edit.unit_prices.map(({ line, unit_price }) =>
          m.order_wanted_price({ sku: sku(line), price: formatMoney(unit_price.minor, unit_price.currency) }),
        ),
      ].join(" · ");
    case "lot":
      return edit.lot === null || edit.lot === undefined || edit.lot === "" ? m.order_wanted_any_lot() : edit.lot;
    case "cancel":
    case "lift_hold":
    case "release_now":
      return "";
  }
}

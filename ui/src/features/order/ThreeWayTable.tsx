import type { OrderLine } from "@/api/types";
import type { Names } from "@/features/orders/names";
import { classes } from "@/lib/classes";
import { formatMoney } from "@/lib/money";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { shownValue } from "./DifferenceTable";
import { isMoney } from "./diff";
import { type ThreeWay, threeWayRows } from "./threeWay";
import { placesText } from "./unitWords";
import { fieldText } from "./words";

/** A line as the shop writes it, or any other value. */
function valueText(value: unknown, path: string, names: Names): string {
  if (typeof value === "object" && value !== null && "sku" in value && "quantity" in value) {
    const { sku, quantity } = value;
    const price = "unit_price" in value && isMoney(value.unit_price) ? value.unit_price : undefined;
    const count = integer(Number(quantity));
    return price === undefined
      ? `${count} × ${String(sku)}`
      : m.order_wanted_line({ count, sku: String(sku), price: formatMoney(price.minor, price.currency) });
  }
  return typeof value === "number" ? integer(value) : shownValue(value, path, names);
}

interface Properties {
  readonly difference: ThreeWay;
  readonly lines: readonly OrderLine[];
  readonly names: Names;
}

/** What the shop said, what it wants now and what is so here, side by side, and where the units of the line are. */
export function ThreeWayTable({ difference, lines, names }: Properties) {
  const rows = threeWayRows(difference);
  const places = difference.units === null || difference.units === undefined ? "" : placesText(difference.units);
  const counts = rows.every(({ was, wants, here }) => [was, wants, here].every((value) => typeof value === "number"));
  // Counts stand close together and below each other; words share the width.
  const [table, value] = counts ? ["w-auto", "text-right"] : ["w-full table-fixed", ""];
  if (rows.length === 0) return <p className="text-xs text-fg-2">{m.order_three_same()}</p>;
  return (
    <div className="flex flex-col gap-6">
      <div className="overflow-x-auto">
        <table aria-label={m.order_three_title()} className={classes("border-collapse text-xs", table)}>
          <thead className="text-left text-fg-2">
            <tr>
              <th className={classes("py-4 font-medium", counts ? "pr-24" : "w-160 pr-12")}>{m.order_diff_field()}</th>
              <th className={classes("py-4 pr-24 font-medium", value)}>{m.order_three_was()}</th>
              <th className={classes("py-4 pr-24 font-medium", value)}>{m.order_three_wants()}</th>
              <th className={classes("py-4 font-medium", value)}>{m.order_three_here()}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-border-strong/40 border-t border-border-strong/40">
            {rows.map(({ path, was, wants, here }) => (
              <tr key={path} className="align-top">
                <th scope="row" className="py-4 pr-24 text-left font-normal text-fg-2">
                  {fieldText(path, lines)}
                </th>
                <td className={classes("py-4 pr-24 wrap-anywhere text-fg-2", value)}>{valueText(was, path, names)}</td>
                <td className={classes("py-4 pr-24 font-medium wrap-anywhere text-fg", value)}>
                  {valueText(wants, path, names)}
                </td>
                <td className={classes("py-4 wrap-anywhere text-fg", value)}>{valueText(here, path, names)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {places !== "" && <p className="text-xs text-fg-2">{m.order_three_units({ places })}</p>}
    </div>
  );
}

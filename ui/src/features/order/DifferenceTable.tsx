import { Fragment } from "react";
import type { HoldReason, OrderLine } from "@/api/types";
import type { Names } from "@/features/orders/names";
import { formatMoney } from "@/lib/money";
import { integer } from "@/lib/number";
import { absoluteTime } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { type Difference, isMoney } from "./diff";
import { fieldText, HOLD_REASONS, holdReasonText } from "./words";

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** A whole line or a whole hold as one thing; another record as it is written. */
function recordText(value: object): string {
  if ("sku" in value && "ordered" in value && "unit_price" in value && isMoney(value.unit_price)) {
    const price = formatMoney(value.unit_price.minor, value.unit_price.currency);
    return `${integer(Number(value.ordered))} × ${String(value.sku)} (${price})`;
  }
  if ("reason" in value && "placed_at" in value) return shownValue(value.reason, "reason");
  return JSON.stringify(value);
}

/** A value as a person reads it; `path` says what it is a value of. */
export function shownValue(value: unknown, path = "", names?: Names): string {
  if (value === undefined || value === null || value === "") return m.order_empty();
  if (typeof value === "boolean") return value ? m.orders_value_yes() : m.orders_value_no();
  if (isMoney(value)) return formatMoney(value.minor, value.currency);
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value.join(", ");
  if (typeof value === "object") return recordText(value);
  const text = String(value);
  if (names !== undefined && (path.startsWith("moves.") || path.endsWith("warehouse"))) return names.warehouse(text);
  if (path.endsWith("reason"))
    return HOLD_REASONS.some((reason) => reason === text) ? holdReasonText(text as HoldReason) : text;
  return INSTANT.test(text) ? absoluteTime(Date.parse(text)) : text;
}

interface Properties {
  readonly differences: readonly Difference[];
  readonly lines: readonly OrderLine[];
  readonly names?: Names;
}

/** What was noted about something that happened: no field had another value before. */
export function FactTable({ differences, lines }: Properties) {
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-16 gap-y-4 text-xs">
      {differences.map((fact) => (
        <Fragment key={fact.path}>
          <dt className="text-fg-2">{fieldText(fact.path, lines)}</dt>
          <dd className="min-w-0 break-words">{shownValue(fact.after ?? fact.before, fact.path)}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** Before and after, field by field. */
export function DifferenceTable({ differences, lines, names }: Properties) {
  if (differences.length === 0) return <p className="text-xs text-fg-2">{m.order_diff_none()}</p>;
  return (
    <table className="w-full border-collapse text-xs">
      <thead className="text-left text-fg-2">
        <tr>
          <th className="py-4 pr-12 font-medium">{m.order_diff_field()}</th>
          <th className="py-4 pr-12 font-medium">{m.order_diff_before()}</th>
          <th className="py-4 font-medium">{m.order_diff_after()}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-border border-t border-border">
        {differences.map((difference) => (
          <tr key={difference.path} className="align-top">
            <th scope="row" className="py-4 pr-12 text-left font-normal text-fg-2">
              {fieldText(difference.path, lines)}
            </th>
            <td className="py-4 pr-12 break-words text-fg-2 line-through decoration-fg-3">
              {shownValue(difference.before, difference.path, names)}
            </td>
            <td className="py-4 break-words font-medium text-changed-text">
              {shownValue(difference.after, difference.path, names)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

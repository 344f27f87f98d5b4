import type { OrderLine } from "@/api/types";
import { m } from "@/paraglide/messages.js";
import type { Difference } from "./diff";
import { fieldText } from "./words";

/** A value as a person reads it. */
export function shownValue(value: unknown): string {
  if (value === undefined || value === null || value === "") return m.order_empty();
  if (typeof value === "boolean") return value ? m.orders_value_yes() : m.orders_value_no();
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

interface Properties {
  readonly differences: readonly Difference[];
  readonly lines: readonly OrderLine[];
}

/** Before and after, field by field. */
export function DifferenceTable({ differences, lines }: Properties) {
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
              {shownValue(difference.before)}
            </td>
            <td className="py-4 break-words font-medium text-changed-text">{shownValue(difference.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

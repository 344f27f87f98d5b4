import type { OrderLine } from "@/api/types";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";

/** The lines of an order at a glance. */
export function PeekLines({ lines }: { lines: readonly OrderLine[] }) {
  return (
    <ul className="flex flex-col divide-y divide-border border-y border-border">
      {lines.map((line) => (
        <li key={line.id} className="flex items-baseline gap-12 py-6 text-sm">
          <span className="w-32 shrink-0 text-right">{integer(line.ordered - line.cancelled)} ×</span>
          <span className="min-w-0 flex-1">
            <span className="block truncate">{line.title || line.sku}</span>
            <span className="block truncate font-mono text-2xs text-fg-3">
              {line.kind === "fee" ? m.order_line_fee() : line.sku}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

import { Minus, Plus } from "lucide-react";
import type { OrderDetail, OrderLine } from "@/api/types";
import { IconButton } from "@/components/Button";
import { classes } from "@/lib/classes";
import { formatMoney } from "@/lib/money";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { type Draft, withQuantity } from "./draft";
import { Section } from "./Section";

interface StepperProperties {
  readonly line: OrderLine;
  /** Units wanted before the draft: only fewer are possible. */
  readonly most: number;
  readonly quantity: number;
  readonly onQuantity: (quantity: number) => void;
}

function Stepper({ line, most, quantity, onQuantity }: StepperProperties) {
  const label = m.order_line_quantity({ sku: line.sku });
  return (
    <span className="inline-flex items-center gap-2">
      <IconButton
        icon={Minus}
        label={m.order_line_fewer({ sku: line.sku })}
        disabled={quantity <= 0}
        onClick={() => onQuantity(quantity - 1)}
      />
      <input
        type="text"
        inputMode="numeric"
        aria-label={label}
        value={String(quantity)}
        onChange={(event) => {
          const typed = Number(event.target.value.replaceAll(/\D/g, ""));
          onQuantity(Math.min(most, typed));
        }}
        className={classes(
          "h-28 w-48 rounded-4 border bg-surface text-center text-sm focus-visible:border-accent",
          quantity === most ? "border-border" : "border-changed-mark text-changed-text",
        )}
      />
      <IconButton
        icon={Plus}
        label={m.order_line_more({ sku: line.sku })}
        disabled={quantity >= most}
        onClick={() => onQuantity(quantity + 1)}
      />
    </span>
  );
}

/** Where the units of a line are, as words; fees are billed and stay where they are. */
function places(detail: OrderDetail, line: OrderLine): string {
  const account = detail.accounts.find((candidate) => candidate.line === line.id);
  if (account === undefined) return "";
  if (line.kind === "fee") return m.order_line_fee();
  const parts = [
    account.unplanned > 0 && m.order_units_unplanned({ count: integer(account.unplanned) }),
    account.in_fulfillment > 0 && m.order_units_in_fulfillment({ count: integer(account.in_fulfillment) }),
    account.shipped > 0 && m.order_units_shipped({ count: integer(account.shipped) }),
    account.cancelled > 0 && m.order_units_cancelled({ count: integer(account.cancelled) }),
  ];
  return parts.filter((part) => part !== false).join(" · ");
}

interface Properties {
  readonly detail: OrderDetail;
  readonly draft: Draft | undefined;
  readonly onDraft: (draft: Draft) => void;
}

const HEAD = "px-8 py-6 text-xs font-medium text-fg-2 whitespace-nowrap first:pl-16 last:pr-16";
const CELL = "px-8 py-8 align-top first:pl-16 last:pr-16";

/** What was bought, how much of it is still wanted, and where every unit is. */
export function OrderLines({ detail, draft, onDraft }: Properties) {
  const { order } = detail;
  return (
    <Section title={m.order_lines_title()}>
      <div className="overflow-x-auto">
        <table className="w-full border-collapse text-sm">
          <thead className="border-b border-border text-left">
            <tr>
              <th className={HEAD}>{m.order_lines_item()}</th>
              <th className={classes(HEAD, "text-right")}>{m.order_lines_ordered()}</th>
              <th className={classes(HEAD, "text-right")}>{m.order_lines_wanted()}</th>
              <th className={HEAD}>{m.order_lines_where()}</th>
              <th className={classes(HEAD, "text-right")}>{m.order_lines_price()}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-border">
            {order.lines.map((line) => {
              const wanted = line.ordered - line.cancelled;
              const fee = line.kind === "fee";
              return (
                <tr key={line.id} className={fee ? "text-fg-2" : undefined}>
                  <td className={CELL}>
                    <span className="block">{line.title || line.sku}</span>
                    <span className="block font-mono text-2xs text-fg-3">{line.sku}</span>
                  </td>
                  <td className={classes(CELL, "text-right")}>{integer(line.ordered)}</td>
                  <td className={classes(CELL, "text-right")}>
                    {draft !== undefined && !fee && detail.editable.quantity.allowed ? (
                      <Stepper
                        line={line}
                        most={draft.base.wanted[line.id] ?? wanted}
                        quantity={draft.yours.wanted[line.id] ?? wanted}
                        onQuantity={(quantity) => onDraft(withQuantity(draft, line.id, quantity))}
                      />
                    ) : (
                      integer(wanted)
                    )}
                  </td>
                  <td className={classes(CELL, "text-fg-2")}>{places(detail, line)}</td>
                  <td className={classes(CELL, "text-right whitespace-nowrap")}>
                    {formatMoney(line.unit_price.minor, line.unit_price.currency)}
                  </td>
                </tr>
              );
            })}
          </tbody>
          <tfoot className="border-t border-border-strong">
            <tr>
              <td colSpan={4} className={classes(CELL, "font-medium")}>
                {m.orders_column_total()}
              </td>
              <td className={classes(CELL, "text-right font-medium whitespace-nowrap")}>
                {formatMoney(order.total.minor, order.total.currency)}
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Section>
  );
}

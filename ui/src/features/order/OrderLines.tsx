import { Plus } from "lucide-react";
import { runAction } from "@/actions/useActions";
import type { OrderDetail, OrderLine } from "@/api/types";
import { Button } from "@/components/Button";
import { KeyCap } from "@/components/KeyCap";
import { problemWords } from "@/components/problemSentences";
import { classes } from "@/lib/classes";
import { formatMoney } from "@/lib/money";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { AddedLine } from "./AddedLine";
import { AmountField } from "./AmountField";
import { type Draft, editableOf, withLine, withLot, without, withPrice, withQuantity, withTotal } from "./draft";
import { LotField } from "./LotField";
import { mayTry } from "./proposal";
import { Section } from "./Section";
import { Stepper } from "./Stepper";
import { placesText } from "./unitWords";

/** Where the units of a line are, as words; fees are billed and stay where they are. */
function places(detail: OrderDetail, line: OrderLine): string {
  const account = detail.accounts.find((candidate) => candidate.line === line.id);
  if (account === undefined) return "";
  if (line.kind === "fee") return m.order_line_fee();
  return placesText(account);
}

interface Properties {
  readonly detail: OrderDetail;
  readonly draft: Draft | undefined;
  readonly onDraft: (draft: Draft) => void;
  /** What is wrong, by field of the draft. */
  readonly wrong: ReadonlyMap<string, string>;
  readonly insist: boolean;
}

const HEAD = "px-8 py-6 text-xs font-medium text-fg-2 whitespace-nowrap first:pl-16 last:pr-16";
const CELL = "px-8 py-8 align-top first:pl-16 last:pr-16";

/** What was bought, how much of it is still wanted, and where every unit is; while it is edited, also what comes to it. */
export function OrderLines({ detail, draft, onDraft, wrong, insist }: Properties) {
  const { order } = detail;
  const finished = order.state === "closed" || order.state === "cancelled";
  const editing = draft !== undefined && !finished;
  const before = draft === undefined ? undefined : editableOf(draft.base);
  const pricesAlone =
    editing &&
    draft.yours.total === before?.total &&
    Object.entries(draft.yours.prices).some(([line, price]) => before.prices[line] !== price);
  return (
    <Section
      title={m.order_lines_title()}
      aside={
        editing ? (
          <Button size="small" icon={Plus} onClick={() => runAction("order.add_line")}>
            {m.order_action_add_line()}
            <KeyCap binding="a" />
          </Button>
        ) : undefined
      }
    >
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
              const field = `lines.${line.id}.wanted`;
              return (
                <tr key={line.id} className={fee ? "text-fg-2" : undefined}>
                  <td className={CELL}>
                    <span className="block">{line.title || line.sku}</span>
                    <span className="block font-mono text-2xs text-fg-3">{line.sku}</span>
                    {draft !== undefined && editing && !fee ? (
                      <LotField
                        line={line}
                        lot={draft.yours.lots[line.id] ?? ""}
                        changed={draft.yours.lots[line.id] !== before?.lots[line.id]}
                        wrong={wrong.get(`lines.${line.id}.requested_lot`)}
                        onLot={(lot) => onDraft(withLot(draft, line.id, lot))}
                      />
                    ) : (
                      line.requested_lot && (
                        <span className="block text-xs text-fg-2">{m.order_lot({ lot: line.requested_lot })}</span>
                      )
                    )}
                  </td>
                  <td className={classes(CELL, "text-right")}>{integer(line.ordered)}</td>
                  <td className={classes(CELL, "text-right")}>
                    {draft !== undefined && editing && !fee ? (
                      <Stepper
                        line={line}
                        was={before?.wanted[line.id] ?? wanted}
                        least={mayTry(detail.editable.quantity) ? 0 : wanted}
                        quantity={draft.yours.wanted[line.id] ?? wanted}
                        wrong={wrong.get(field)}
                        onQuantity={(quantity) => onDraft(withQuantity(draft, line.id, quantity))}
                      />
                    ) : (
                      integer(wanted)
                    )}
                  </td>
                  <td className={classes(CELL, "text-fg-2")}>{places(detail, line)}</td>
                  <td className={classes(CELL, "text-right whitespace-nowrap")}>
                    {draft !== undefined && editing ? (
                      <AmountField
                        name={`lines.${line.id}.unit_price`}
                        label={m.order_field_price({ sku: line.sku })}
                        currency={order.currency}
                        amount={draft.yours.prices[line.id] ?? ""}
                        was={before?.prices[line.id]}
                        wrong={wrong.get(`lines.${line.id}.unit_price`)}
                        onAmount={(price) => onDraft(withPrice(draft, line.id, price))}
                      />
                    ) : (
                      formatMoney(line.unit_price.minor, line.unit_price.currency)
                    )}
                  </td>
                </tr>
              );
            })}
            {draft !== undefined &&
              editing &&
              draft.added.map((line) => (
                <tr key={line.id} className="bg-changed-tint">
                  <td colSpan={5} className={CELL}>
                    <AddedLine
                      line={line}
                      currency={order.currency}
                      wrong={wrong}
                      insist={insist}
                      onLine={(next) => onDraft(withLine(draft, next))}
                      onRemove={() => onDraft(without(draft, new Set([`added.${line.id}`])))}
                    />
                  </td>
                </tr>
              ))}
          </tbody>
          <tfoot className="border-t border-border-strong">
            <tr>
              <td colSpan={4} className={classes(CELL, "font-medium")}>
                {m.orders_column_total()}
                {editing && detail.editable.quantity.why && !mayTry(detail.editable.quantity) && (
                  <span className="block text-xs font-normal text-fg-2">
                    {m.order_fewer_not({ why: problemWords(detail.editable.quantity.why).title })}
                  </span>
                )}
                {pricesAlone && <span className="block text-xs font-normal text-fg-2">{m.order_prices_total()}</span>}
                {draft !== undefined && draft.added.length > 0 && (
                  <span className="block text-xs font-normal text-fg-2">{m.order_total_stays()}</span>
                )}
              </td>
              <td className={classes(CELL, "text-right font-medium whitespace-nowrap")}>
                {draft !== undefined && editing ? (
                  <AmountField
                    name="total"
                    label={m.orders_column_total()}
                    currency={order.currency}
                    amount={draft.yours.total}
                    was={before?.total}
                    wrong={wrong.get("total")}
                    onAmount={(total) => onDraft(withTotal(draft, total))}
                  />
                ) : (
                  formatMoney(order.total.minor, order.total.currency)
                )}
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Section>
  );
}

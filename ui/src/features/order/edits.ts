/** What a draft means for the engine: its edits, in an order in which each makes sense after the ones before it. */
import type { Edit, Order, OrderLine } from "@/api/types";
import { minorUnits } from "@/lib/money";
import { m } from "@/paraglide/messages.js";
import { changesOf, type Draft, editableOf, isAmount, type NewLine } from "./draft";

/** An edit, and the fields of the draft it carries out. */
export interface DraftEdit {
  readonly edit: Edit;
  readonly fields: readonly string[];
}

function orderLine({ id, sku, title, quantity, price }: NewLine, order: Order): OrderLine {
  return {
    id,
    // The shop does not know it.
    shop_line_id: "",
    sku: sku.trim(),
    title: title.trim(),
    kind: "goods",
    ordered: quantity,
    cancelled: 0,
    backordered: 0,
    requested_lot: null,
    unit_price: { minor: minorUnits(price, order.currency) ?? 0, currency: order.currency },
    unit_weight: 0,
  };
}

/**
 * The edits that carry the draft out. Parts are moved first, because fewer units may leave nothing of a part to move;
 * remarks come last.
 */
export function editsOf(draft: Draft): DraftEdit[] {
  const { base, yours } = draft;
  const before = editableOf(base);
  const changed = new Set(changesOf(draft).map((change) => change.field));
  const edits: DraftEdit[] = draft.moves.map(({ fulfillment, to }) => ({
    edit: { kind: "warehouse", fulfillment, to },
    fields: [`moves.${fulfillment}`],
  }));
  const address = [...changed].filter((field) => field.startsWith("ship_to."));
  if (address.length > 0) edits.push({ edit: { kind: "address", ship_to: yours.ship_to }, fields: address });
  if (changed.has("shipping_option")) {
    edits.push({ edit: { kind: "shipping_option", option: yours.shipping_option }, fields: ["shipping_option"] });
  }
  for (const [line, quantity] of Object.entries(yours.wanted)) {
    const was = before.wanted[line];
    if (was === undefined || was === quantity) continue;
    const kind = quantity > was ? "more_units" : "quantity";
    edits.push({ edit: { kind, line, quantity }, fields: [`lines.${line}.wanted`] });
  }
  for (const [line, lot] of Object.entries(yours.lots)) {
    const field = `lines.${line}.requested_lot`;
    if (changed.has(field)) {
      edits.push({ edit: { kind: "lot", line, lot: lot.trim() === "" ? null : lot.trim() }, fields: [field] });
    }
  }
  for (const line of draft.added) {
    edits.push({ edit: { kind: "add_line", line: orderLine(line, base) }, fields: [`added.${line.id}`] });
  }
  const prices = Object.keys(yours.prices).filter((line) => changed.has(`lines.${line}.unit_price`));
  if (changed.has("total") || prices.length > 0) {
    const money = (text: string) => ({ minor: minorUnits(text, base.currency) ?? 0, currency: base.currency });
    edits.push({
      edit: {
        kind: "billing",
        total: changed.has("total") ? money(yours.total) : base.total,
        unit_prices: prices.map((line) => ({ line, unit_price: money(yours.prices[line] ?? "") })),
      },
      fields: [...(changed.has("total") ? ["total"] : []), ...prices.map((line) => `lines.${line}.unit_price`)],
    });
  }
  if (changed.has("priority"))
    edits.push({ edit: { kind: "priority", priority: yours.priority }, fields: ["priority"] });
  if (changed.has("tags")) edits.push({ edit: { kind: "tags", tags: [...yours.tags] }, fields: ["tags"] });
  if (changed.has("note")) edits.push({ edit: { kind: "note", note: yours.note }, fields: ["note"] });
  return edits;
}

/** What can be seen to be wrong before anybody is asked, by field. */
export function faultsOf(draft: Draft): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  for (const { id, sku, quantity, price } of draft.added) {
    if (sku.trim() === "") faults.set(`added.${id}.sku`, m.order_add_sku_missing());
    if (!Number.isInteger(quantity) || quantity < 1) faults.set(`added.${id}.quantity`, m.order_add_quantity_wrong());
    if (price.trim() !== "" && minorUnits(price, draft.base.currency) === undefined) {
      faults.set(`added.${id}.price`, m.order_add_price_wrong());
    }
  }
  for (const { field, after } of changesOf(draft)) {
    if (!isAmount(field)) continue;
    if (minorUnits(String(after), draft.base.currency) === undefined) faults.set(field, m.order_amount_wrong());
  }
  return faults;
}

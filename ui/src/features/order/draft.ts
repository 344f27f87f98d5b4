/**
 * A draft: everything a person wants to change about one order before it is saved.
 *
 * It remembers the order it was decided on, so that somebody else's change in between is noticed field by field: a
 * conflict exists only where the same field was changed by both. Pure; storage and requests are elsewhere.
 */
import type { Address, Order } from "@/api/types";
import { amountText } from "@/features/rules/amount";
import { minorUnits } from "@/lib/money";
import { isMoney } from "./diff";

export const ADDRESS_FIELDS = [
  "name",
  "company",
  "line1",
  "line2",
  "postcode",
  "city",
  "province",
  "country",
  "phone",
] as const satisfies readonly (keyof Address)[];

/** The fields of an order that a draft changes in place. */
export interface Editable {
  readonly ship_to: Address;
  /** Units wanted, by line id. */
  readonly wanted: Readonly<Record<string, number>>;
  /** The lot a line shall come from, by line id; empty for any. */
  readonly lots: Readonly<Record<string, string>>;
  readonly shipping_option: string;
  /** The higher, the earlier it gets scarce stock. */
  readonly priority: number;
  readonly note: string;
  readonly tags: readonly string[];
  /** What the customer pays in all: with a point before the minor units, or what was typed where that is no amount. */
  readonly total: string;
  /** What one unit costs, by line id; written like the total. */
  readonly prices: Readonly<Record<string, string>>;
}

/** A line that shall be added. */
export interface NewLine {
  /** Made once, so that a repeated request adds it once. */
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  /** As typed; empty for a gift. */
  readonly price: string;
}

/** Units of a part that shall come from elsewhere. */
export interface Move {
  readonly fulfillment: string;
  readonly from: string;
  readonly to: string;
}

export interface Draft {
  /** The order the person saw when the draft began. */
  readonly base: Order;
  /** What the person wants. */
  readonly yours: Editable;
  readonly added: readonly NewLine[];
  readonly moves: readonly Move[];
  readonly reason: string;
}

type Value = string | number;

/** One changed field; `field` is a path such as `ship_to.city`, `lines.lin_1.wanted`, `added.lin_2` or `moves.ful_1`. */
export interface Change {
  readonly field: string;
  readonly before: Value;
  readonly after: Value;
}

/** A field that both sides changed. */
export interface Conflict {
  readonly field: string;
  readonly base: Value;
  readonly theirs: Value;
  readonly yours: Value;
}

export function editableOf(order: Order): Editable {
  return {
    ship_to: order.ship_to,
    wanted: Object.fromEntries(order.lines.map((line) => [line.id, line.ordered - line.cancelled])),
    lots: Object.fromEntries(order.lines.map((line) => [line.id, line.requested_lot ?? ""])),
    shipping_option: order.shipping_option,
    priority: order.priority ?? 0,
    note: order.note,
    tags: order.tags,
    total: amountOf(order.total),
    prices: Object.fromEntries(order.lines.map((line) => [line.id, amountOf(line.unit_price)])),
  };
}

/** The same amount is the same text in every language: a draft is not another one when the language changes. */
function amountOf({ minor, currency }: Order["total"]): string {
  return amountText(minor, currency, "en");
}

export function newDraft(order: Order): Draft {
  return { base: order, yours: editableOf(order), added: [], moves: [], reason: "" };
}

export function withFields(draft: Draft, change: Partial<Editable>): Draft {
  return { ...draft, yours: { ...draft.yours, ...change } };
}

export function withAddress(draft: Draft, field: keyof Address, value: string): Draft {
  return withFields(draft, { ship_to: { ...draft.yours.ship_to, [field]: value } });
}

export function withQuantity(draft: Draft, line: string, quantity: number): Draft {
  return withFields(draft, { wanted: { ...draft.yours.wanted, [line]: quantity } });
}

export function withLot(draft: Draft, line: string, lot: string): Draft {
  return withFields(draft, { lots: { ...draft.yours.lots, [line]: lot } });
}

export function withTotal(draft: Draft, total: string): Draft {
  return withFields(draft, { total });
}

export function withPrice(draft: Draft, line: string, price: string): Draft {
  return withFields(draft, { prices: { ...draft.yours.prices, [line]: price } });
}

/** With this line added, or in place of the one with its id. */
export function withLine(draft: Draft, line: NewLine): Draft {
  const known = draft.added.some((other) => other.id === line.id);
  const added = known ? draft.added.map((other) => (other.id === line.id ? line : other)) : [...draft.added, line];
  return { ...draft, added };
}

/** With a part moved; to where it is already, it stays. */
export function withMove(draft: Draft, move: Move): Draft {
  const others = draft.moves.filter((other) => other.fulfillment !== move.fulfillment);
  return { ...draft, moves: move.to === move.from ? others : [...others, move] };
}

/** Labels as typed, with commas between them: no empty one, none twice. */
export function tagsOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split(",")
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ""),
    ),
  ];
}

function fieldsOf(editable: Editable): ReadonlyMap<string, Value> {
  const fields = new Map<string, Value>();
  for (const name of ADDRESS_FIELDS) fields.set(`ship_to.${name}`, editable.ship_to[name]);
  for (const [line, quantity] of Object.entries(editable.wanted)) fields.set(`lines.${line}.wanted`, quantity);
  for (const [line, lot] of Object.entries(editable.lots)) fields.set(`lines.${line}.requested_lot`, lot);
  for (const [line, price] of Object.entries(editable.prices)) fields.set(`lines.${line}.unit_price`, price);
  fields.set("total", editable.total);
  fields.set("shipping_option", editable.shipping_option);
  fields.set("priority", editable.priority);
  fields.set("note", editable.note);
  fields.set("tags", editable.tags.join(", "));
  return fields;
}

/** Whether a field is an amount in the order's currency. */
export function isAmount(field: string): boolean {
  return field === "total" || field.endsWith(".unit_price");
}

/** A value of a draft as a person reads it: an amount with its currency, where it is one. */
export function readable(field: string, value: Value, currency: string): Value | Order["total"] {
  const minor = isAmount(field) ? minorUnits(String(value), currency) : undefined;
  return minor === undefined ? value : { minor, currency };
}

/** What differs between two states, in the order of the screen. */
export function changesBetween(before: Editable, after: Editable): Change[] {
  const old = fieldsOf(before);
  return [...fieldsOf(after)].flatMap(([field, value]) => {
    const was = old.get(field);
    return was === undefined || was === value ? [] : [{ field, before: was, after: value }];
  });
}

/** What the draft would change. */
export function changesOf(draft: Draft): Change[] {
  return [
    ...draft.moves.map(({ fulfillment, from, to }) => ({ field: `moves.${fulfillment}`, before: from, after: to })),
    ...changesBetween(editableOf(draft.base), draft.yours),
    ...draft.added.map((line) => ({ field: `added.${line.id}`, before: "", after: line.quantity })),
  ];
}

/** Fields that the draft changes and somebody else has changed to something else meanwhile. */
export function conflictsOf(draft: Draft, current: Order): Conflict[] {
  const theirs = fieldsOf(editableOf(current));
  return changesOf(draft).flatMap(({ field, before, after }) => {
    const now = theirs.get(field);
    return now === undefined || now === before || now === after
      ? []
      : [{ field, base: before, theirs: now, yours: after }];
  });
}

function withField(editable: Editable, field: string, value: Value): Editable {
  const address = /^ship_to\.(.+)$/.exec(field)?.[1] as keyof Address | undefined;
  if (address !== undefined) return { ...editable, ship_to: { ...editable.ship_to, [address]: String(value) } };
  const [, line, part] = /^lines\.(.+)\.(wanted|requested_lot|unit_price)$/.exec(field) ?? [];
  if (line !== undefined) {
    if (part === "unit_price") return { ...editable, prices: { ...editable.prices, [line]: String(value) } };
    return part === "wanted"
      ? { ...editable, wanted: { ...editable.wanted, [line]: Number(value) } }
      : { ...editable, lots: { ...editable.lots, [line]: String(value) } };
  }
  switch (field) {
    case "priority":
      return { ...editable, priority: Number(value) };
    case "tags":
      return { ...editable, tags: tagsOf(String(value)) };
    case "note":
    case "total":
    case "shipping_option":
      return { ...editable, [field]: String(value) };
    default:
      return editable;
  }
}

/**
 * The draft on top of what the order is now: fields the person did not touch follow the order, touched ones stay, and of
 * the conflicting ones those in `giveUp` follow the order too.
 */
export function rebased(draft: Draft, current: Order, giveUp: ReadonlySet<string> = new Set()): Draft {
  const theirs = editableOf(current);
  const known = fieldsOf(theirs);
  let yours = theirs;
  for (const { field, after } of changesOf(draft)) {
    if (!giveUp.has(field) && known.has(field)) yours = withField(yours, field, after);
  }
  const added = draft.added.filter((line) => !known.has(`lines.${line.id}.wanted`));
  return { ...draft, base: current, yours, added };
}

/** The draft without what it wants of these fields. */
export function without(draft: Draft, fields: ReadonlySet<string>): Draft {
  let { yours } = draft;
  for (const { field, before } of changesOf(draft)) if (fields.has(field)) yours = withField(yours, field, before);
  return {
    ...draft,
    yours,
    added: draft.added.filter((line) => !fields.has(`added.${line.id}`)),
    moves: draft.moves.filter((move) => !fields.has(`moves.${move.fulfillment}`)),
  };
}

/** The draft without moves of parts that are gone or elsewhere by now: every new plan makes new parts. */
export function pruned(draft: Draft, parts: readonly { readonly id: string; readonly warehouse: string }[]): Draft {
  const moves = draft.moves.filter((move) =>
    parts.some((part) => part.id === move.fulfillment && part.warehouse === move.from),
  );
  return moves.length === draft.moves.length ? draft : { ...draft, moves };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEditable(value: unknown): value is Editable {
  if (!isRecord(value)) return false;
  const { ship_to, wanted, lots, shipping_option, priority, note, tags, total, prices } = value;
  return (
    isRecord(ship_to) &&
    ADDRESS_FIELDS.every((field) => typeof ship_to[field] === "string") &&
    isRecord(wanted) &&
    Object.values(wanted).every((count) => typeof count === "number") &&
    isRecord(lots) &&
    Object.values(lots).every((lot) => typeof lot === "string") &&
    typeof shipping_option === "string" &&
    typeof priority === "number" &&
    typeof note === "string" &&
    Array.isArray(tags) &&
    typeof total === "string" &&
    isRecord(prices) &&
    Object.values(prices).every((price) => typeof price === "string")
  );
}

function isOrder(value: unknown): value is Order {
  return (
    isRecord(value) &&
    typeof value.id === "string" &&
    typeof value.revision === "number" &&
    typeof value.shipping_option === "string" &&
    typeof value.note === "string" &&
    isRecord(value.ship_to) &&
    isMoney(value.total) &&
    Array.isArray(value.tags) &&
    Array.isArray(value.lines) &&
    value.lines.every((line: unknown) => isRecord(line) && typeof line.id === "string" && isMoney(line.unit_price))
  );
}

const texts = (value: unknown, names: readonly string[]) =>
  isRecord(value) && names.every((name) => typeof value[name] === "string");

/** Whether a value read back from storage is a draft. */
export function isDraft(value: unknown): value is Draft {
  return (
    isRecord(value) &&
    typeof value.reason === "string" &&
    isOrder(value.base) &&
    isEditable(value.yours) &&
    Array.isArray(value.added) &&
    value.added.every(
      (line: unknown) =>
        texts(line, ["id", "sku", "title", "price"]) && isRecord(line) && Number.isInteger(line.quantity),
    ) &&
    Array.isArray(value.moves) &&
    value.moves.every((move: unknown) => texts(move, ["fulfillment", "from", "to"]))
  );
}

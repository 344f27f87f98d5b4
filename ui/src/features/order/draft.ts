/**
 * A draft: everything a person wants to change about one order before it is saved.
 *
 * It remembers what it was decided on, so that somebody else's change in between is noticed field by field: a conflict
 * exists only where the same field was changed by both. Pure; storage and requests are elsewhere.
 */
import type { Address, Order } from "@/api/types";

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

/** The editable part of an order. */
export interface Editable {
  readonly ship_to: Address;
  /** Units wanted, by line id. */
  readonly wanted: Readonly<Record<string, number>>;
}

export interface Draft {
  /** What the person saw when the draft began. */
  readonly base: Editable;
  /** What the person wants. */
  readonly yours: Editable;
  readonly reason: string;
}

/** One changed field; `field` is the API's path, such as `ship_to.city` or `lines.lin_1.wanted`. */
export interface Change {
  readonly field: string;
  readonly before: string | number;
  readonly after: string | number;
}

/** A field that both sides changed. */
export interface Conflict {
  readonly field: string;
  readonly base: string | number;
  readonly theirs: string | number;
  readonly yours: string | number;
}

/** One request of a save. */
export type Step =
  | { readonly kind: "address"; readonly ship_to: Address }
  | { readonly kind: "quantity"; readonly line: string; readonly quantity: number };

export function editableOf(order: Order): Editable {
  return {
    ship_to: order.ship_to,
    wanted: Object.fromEntries(order.lines.map((line) => [line.id, line.ordered - line.cancelled])),
  };
}

export function newDraft(order: Order): Draft {
  const base = editableOf(order);
  return { base, yours: base, reason: "" };
}

export function withAddress(draft: Draft, field: keyof Address, value: string): Draft {
  return { ...draft, yours: { ...draft.yours, ship_to: { ...draft.yours.ship_to, [field]: value } } };
}

export function withQuantity(draft: Draft, line: string, quantity: number): Draft {
  return { ...draft, yours: { ...draft.yours, wanted: { ...draft.yours.wanted, [line]: quantity } } };
}

/** The draft without what one of its steps wants. */
export function without(draft: Draft, step: Step): Draft {
  return step.kind === "address"
    ? { ...draft, yours: { ...draft.yours, ship_to: draft.base.ship_to } }
    : withQuantity(draft, step.line, draft.base.wanted[step.line] ?? step.quantity);
}

type Fields = ReadonlyMap<string, string | number>;

function fieldsOf(editable: Editable): Fields {
  const fields = new Map<string, string | number>();
  for (const name of ADDRESS_FIELDS) fields.set(`ship_to.${name}`, editable.ship_to[name]);
  for (const [line, quantity] of Object.entries(editable.wanted)) fields.set(`lines.${line}.wanted`, quantity);
  return fields;
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
  return changesBetween(draft.base, draft.yours);
}

/** Fields that the draft changes and somebody else has changed to something else meanwhile. */
export function conflictsOf(draft: Draft, current: Editable): Conflict[] {
  const theirs = fieldsOf(current);
  return changesOf(draft).flatMap(({ field, before, after }) => {
    const now = theirs.get(field);
    return now === undefined || now === before || now === after
      ? []
      : [{ field, base: before, theirs: now, yours: after }];
  });
}

function withField(editable: Editable, field: string, value: string | number): Editable {
  const address = /^ship_to\.(.+)$/.exec(field)?.[1] as keyof Address | undefined;
  if (address !== undefined) return { ...editable, ship_to: { ...editable.ship_to, [address]: String(value) } };
  const line = /^lines\.(.+)\.wanted$/.exec(field)?.[1];
  return line === undefined ? editable : { ...editable, wanted: { ...editable.wanted, [line]: Number(value) } };
}

/**
 * The draft on top of what the order is now: fields the person did not touch follow the order, touched ones stay, and of
 * the conflicting ones those in `giveUp` follow the order too.
 */
export function rebased(draft: Draft, current: Editable, giveUp: ReadonlySet<string> = new Set()): Draft {
  const known = fieldsOf(current);
  let yours = current;
  for (const { field, after } of changesOf(draft)) {
    if (!giveUp.has(field) && known.has(field)) yours = withField(yours, field, after);
  }
  return { ...draft, base: current, yours };
}

/** The requests that carry the draft out: one for the address, one per line. Fewer units last, so that they can cancel. */
export function stepsOf(draft: Draft): Step[] {
  const changes = changesOf(draft);
  const steps: Step[] = [];
  if (changes.some((change) => change.field.startsWith("ship_to."))) {
    steps.push({ kind: "address", ship_to: draft.yours.ship_to });
  }
  for (const change of changes) {
    const line = /^lines\.(.+)\.wanted$/.exec(change.field)?.[1];
    if (line !== undefined) steps.push({ kind: "quantity", line, quantity: Number(change.after) });
  }
  return steps;
}

/** Whether the draft leaves nothing to ship: the engine then cancels the order. */
export function cancelsAll(draft: Draft, goods: readonly string[]): boolean {
  return goods.length > 0 && goods.every((line) => (draft.yours.wanted[line] ?? 0) === 0);
}

function isEditable(value: unknown): value is Editable {
  if (typeof value !== "object" || value === null || !("ship_to" in value) || !("wanted" in value)) return false;
  const { ship_to, wanted } = value;
  return (
    typeof ship_to === "object" &&
    ship_to !== null &&
    ADDRESS_FIELDS.every((field) => typeof (ship_to as Record<string, unknown>)[field] === "string") &&
    typeof wanted === "object" &&
    wanted !== null &&
    Object.values(wanted).every((count) => typeof count === "number")
  );
}

/** Whether a value read back from storage is a draft. */
export function isDraft(value: unknown): value is Draft {
  return (
    typeof value === "object" &&
    value !== null &&
    "base" in value &&
    "yours" in value &&
    "reason" in value &&
    typeof value.reason === "string" &&
    isEditable(value.base) &&
    isEditable(value.yours)
  );
}

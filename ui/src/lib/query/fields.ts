/** What each field of the query language accepts. The server's parser is the authority; this table mirrors it. */

/** How the values of a field are read. */
export type FieldKind = "choice" | "text" | "country" | "amount" | "instant";

/** One field of the query language. */
export interface Field {
  /** Name as typed, the same in every language. */
  readonly name: string;
  readonly kind: FieldKind;
  /** The only valid values of a `choice`. */
  readonly choices?: readonly string[];
}

/** Stages first, in the order of an order's way, then the lifecycle words that no stage repeats. */
export const STATE_WORDS = [
  "received",
  "blocked",
  "routing",
  "editable",
  "held",
  "releasing",
  "unconfirmed",
  "in_warehouse",
  "shipped",
  "closed",
  "cancelled",
  "attention",
  "accepted",
  "planned",
] as const;

const YES_NO = ["yes", "no"] as const;

/** Every field, in the order they are suggested. */
export const FIELDS: readonly Field[] = [
  { name: "state", kind: "choice", choices: STATE_WORDS },
  { name: "shop", kind: "text" },
  { name: "warehouse", kind: "text" },
  { name: "country", kind: "country" },
  { name: "sku", kind: "text" },
  { name: "held", kind: "choice", choices: YES_NO },
  { name: "problem", kind: "choice", choices: YES_NO },
  { name: "edited", kind: "choice", choices: YES_NO },
  { name: "total", kind: "amount" },
  { name: "placed", kind: "instant" },
  { name: "received", kind: "instant" },
  { name: "cutoff", kind: "instant" },
];

const BY_NAME = new Map(FIELDS.map((field) => [field.name, field]));

/** The field with this name, in any letter case. */
export function fieldNamed(name: string): Field | undefined {
  return BY_NAME.get(name.toLowerCase());
}

const AMOUNT = /^-?\d+(\.\d{1,2})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/i;
const SIGNED = /^[+-]\d+[smhdw]$/;
const DURATION = /^\d+[smhdw]$/;
const MOMENTS = ["now", "today", "yesterday", "tomorrow"];

function isMoment(value: string): boolean {
  const dated = DAY.test(value) || INSTANT.test(value);
  return MOMENTS.includes(value) || SIGNED.test(value) || (dated && !Number.isNaN(Date.parse(value)));
}

/** Whether `value` can stand in `field`: by itself, behind `<` or `>`, or as an end of a range. */
export function isValidValue(field: Field, value: string, place: "alone" | "compared" | "end" = "alone"): boolean {
  switch (field.kind) {
    case "choice":
      return field.choices?.includes(value.toLowerCase()) ?? false;
    case "text":
      return value.trim() !== "";
    case "country":
      return /^[a-z]{2}$/i.test(value);
    case "amount":
      return AMOUNT.test(value);
    case "instant":
      return isMoment(value.toLowerCase()) || (place === "compared" && DURATION.test(value.toLowerCase()));
  }
}

/** Whether bounds such as `>=10` or `10..20` are read as such. */
export function takesBounds(field: Field): boolean {
  return field.kind === "amount" || field.kind === "instant";
}

/** Whether one term may list several values. */
export function takesList(field: Field): boolean {
  return field.kind === "text" || field.kind === "country" || field.name === "state";
}

/** Whether `-` may stand in front. */
export function takesNot(field: Field): boolean {
  return field.kind === "choice" || field.name === "shop";
}

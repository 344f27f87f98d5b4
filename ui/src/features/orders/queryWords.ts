/** The query language in words: chips, suggestions, faults. The language itself is the same everywhere. */
import type { Stage } from "@/api/types";
import { stageLook } from "@/components/stages";
import type { Fault, Term } from "@/lib/query";
import { m } from "@/paraglide/messages.js";

const FIELD_WORDS: Readonly<Record<string, () => string>> = {
  state: m.orders_field_state,
  shop: m.orders_field_shop,
  warehouse: m.orders_field_warehouse,
  country: m.orders_field_country,
  sku: m.orders_field_sku,
  held: m.orders_field_held,
  problem: m.orders_field_problem,
  edited: m.orders_field_edited,
  total: m.orders_field_total,
  placed: m.orders_field_placed,
  received: m.orders_field_received,
  cutoff: m.orders_field_cutoff,
};

const isStage = (value: string): value is Stage => value in stageLook;

/** What a field, or one of its values, is called. */
export function valueText(field: string, value: string): string {
  if (value === "") return FIELD_WORDS[field]?.() ?? field;
  if (field === "state" && isStage(value)) return stageLook[value].label();
  if (value === "yes") return m.orders_value_yes();
  if (value === "no") return m.orders_value_no();
  if (value === "tomorrow") return m.orders_value_tomorrow();
  if (value === "now") return m.orders_value_now();
  if (value === "today") return m.orders_value_today();
  if (value === "yesterday") return m.orders_value_yesterday();
  return "";
}

/** A term as its chip says it. */
export function termWords(term: Term): { name: string; value: string } {
  if (term.kind === "words") return { name: m.orders_field_words(), value: term.text };
  const label = valueText(term.field, "");
  const name = term.negated ? m.orders_chip_not({ field: label }) : label;
  const { condition } = term;
  const word = (value: string) => (value === "" ? "…" : valueText(term.field, value) || value);
  switch (condition.kind) {
    case "any":
      return { name, value: condition.values.map(word).join(", ") };
    case "compare":
      return { name, value: `${condition.op.replace("<=", "≤").replace(">=", "≥")} ${word(condition.value)}` };
    case "range":
      return { name, value: `${word(condition.from)} – ${word(condition.to)}` };
  }
}

/** What is wrong with a part of the text. */
export function faultText(fault: Fault): string {
  switch (fault.kind) {
    case "unknown_field":
      return m.orders_fault_unknown_field({ given: fault.given });
    case "bad_value":
      return m.orders_fault_bad_value({ given: fault.given, field: fault.field ?? "" });
    case "empty_value":
      return m.orders_fault_empty_value({ field: fault.field ?? "" });
    case "one_value":
      return m.orders_fault_one_value({ field: fault.field ?? "" });
    case "no_not":
      return m.orders_fault_no_not();
    case "unclosed_quote":
      return m.orders_fault_unclosed_quote();
  }
}

/** Rules in sentences, with the names of shops and warehouses. */
import type { HoldOwner, PlanLevel, RoutingEffect, RuleCondition, RuleFinding } from "@/api/types";
import { holdReasonText } from "@/features/order/words";
import type { Names } from "@/features/orders/names";
import type { Part } from "@/features/policy/differences";
import { locale } from "@/i18n/locale";
import { formatMoney } from "@/lib/money";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import type { ConditionKind } from "./condition";
import type { EffectKind } from "./effect";
import type { HoldForm } from "./holds";
import { holdRuleOf } from "./holds";
import { secondsOf, UNITS, type Unit } from "./length";
import type { RoutingForm } from "./routing";
import { routingRuleOf } from "./routing";

export const CONDITION_WORDS: Readonly<Record<ConditionKind, () => string>> = {
  all: m.rules_kind_all,
  any: m.rules_kind_any,
  not: m.rules_kind_not,
  channel: m.rules_kind_channel,
  country: m.rules_kind_country,
  postcode: m.rules_kind_postcode,
  sku: m.rules_kind_sku,
  only_skus: m.rules_kind_only_skus,
  tag: m.rules_kind_tag,
  shipping_option: m.rules_kind_shipping_option,
  value: m.rules_kind_value,
  weight: m.rules_kind_weight,
  unpaid: m.rules_kind_unpaid,
  address_incomplete: m.rules_kind_address_incomplete,
  new_customer: m.rules_kind_new_customer,
  always: m.rules_kind_always,
};

export const EFFECT_WORDS: Readonly<Record<EffectKind, () => string>> = {
  exclude: m.rules_effect_exclude,
  allow: m.rules_effect_allow,
  only: m.rules_effect_only,
  prefer: m.rules_effect_prefer,
  pin: m.rules_effect_pin,
  objective: m.rules_effect_objective,
  split: m.rules_effect_split,
};

export const LEVEL_WORDS: Readonly<Record<PlanLevel, () => string>> = {
  late: m.order_level_late,
  warehouses: m.order_level_warehouses,
  cost: m.order_level_cost,
};

export const OWNER_WORDS: Readonly<Record<HoldOwner, () => string>> = {
  warehouse_lead: m.rules_owner_warehouse_lead,
  back_office_agent: m.rules_owner_back_office_agent,
  back_office_lead: m.rules_owner_back_office_lead,
};

export const UNIT_WORDS: Readonly<Record<Unit, () => string>> = {
  seconds: m.rules_unit_seconds,
  minutes: m.rules_unit_minutes,
  hours: m.rules_unit_hours,
  days: m.rules_unit_days,
};

function joined(members: readonly string[], type: "conjunction" | "disjunction"): string {
  return members.length === 0 ? "…" : new Intl.ListFormat(locale(), { type }).format(members);
}

const either = (members: readonly string[]) => joined(members, "disjunction");
const both = (members: readonly string[]) => joined(members, "conjunction");

/** A length in whole units: `2 days`, `90 minutes`. */
export function lengthText(seconds: number): string {
  const sizes: readonly [Intl.NumberFormatOptions["unit"], number][] = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
    ["second", 1],
  ];
  const [unit, size] = sizes.find(([, one]) => seconds >= one && seconds % one === 0) ?? ["second", 1];
  const format = new Intl.NumberFormat(locale(), {
    style: "unit",
    unit,
    unitDisplay: "long",
  } as Intl.NumberFormatOptions);
  return format.format(seconds / size);
}

function range(
  at_least: number | null | undefined,
  below: number | null | undefined,
  shown: (value: number) => string,
): string {
  const [from, to] = [typeof at_least === "number", typeof below === "number"];
  if (from && to) return m.rules_text_between({ from: shown(at_least as number), to: shown(below as number) });
  if (from) return m.rules_text_at_least({ from: shown(at_least as number) });
  if (to) return m.rules_text_below({ to: shown(below as number) });
  return "…";
}

/** A group inside another one is set apart. */
function nested(condition: RuleCondition, names: Names): string {
  const text = conditionText(condition, names);
  return typeof condition === "object" && ("all" in condition || "any" in condition) ? `(${text})` : text;
}

export function conditionText(condition: RuleCondition, names: Names): string {
  if (typeof condition === "string") return CONDITION_WORDS[condition]();
  if ("all" in condition)
    return condition.all.map((part) => nested(part, names)).join(` ${m.rules_text_and()} `) || "…";
  if ("any" in condition) return condition.any.map((part) => nested(part, names)).join(` ${m.rules_text_or()} `) || "…";
  if ("not" in condition) return m.rules_text_not({ condition: nested(condition.not, names) });
  if ("channel" in condition) return m.rules_text_channel({ members: either(condition.channel.map(names.shop)) });
  if ("country" in condition) return m.rules_text_country({ members: either(condition.country) });
  if ("postcode" in condition) {
    const { prefixes = [], ranges = [] } = condition.postcode;
    const members = [...prefixes.map((prefix) => `${prefix}…`), ...ranges.map(({ from, to }) => `${from}–${to}`)];
    return m.rules_text_postcode({ members: either(members) });
  }
  if ("sku" in condition) return m.rules_text_sku({ members: either(condition.sku) });
  if ("only_skus" in condition) return m.rules_text_only_skus({ members: either(condition.only_skus) });
  if ("tag" in condition) return m.rules_text_tag({ members: either(condition.tag) });
  if ("shipping_option" in condition) {
    return m.rules_text_shipping_option({ members: either(condition.shipping_option) });
  }
  if ("value" in condition) {
    const { currency, at_least, below } = condition.value;
    return m.rules_text_value({ range: range(at_least, below, (minor) => formatMoney(minor, currency)) });
  }
  return m.rules_text_weight({
    range: range(condition.weight.at_least, condition.weight.below, (grams) => `${integer(grams)} g`),
  });
}

export function effectText(effect: RoutingEffect, names: Names): string {
  const places = (ids: readonly string[]) => both(ids.map(names.warehouse));
  const goods = (skus: readonly string[] | null | undefined) =>
    skus === null || skus === undefined ? "" : ` ${m.rules_text_goods({ skus: either(skus) })}`;
  const reason = (why: string | undefined) => (why === undefined || why === "" ? "" : ` (${why})`);
  if ("exclude" in effect) {
    const { warehouses, skus, why } = effect.exclude;
    return m.rules_text_exclude({ warehouses: places(warehouses) }) + goods(skus) + reason(why);
  }
  if ("allow" in effect) {
    return m.rules_text_allow({ warehouses: places(effect.allow.warehouses) }) + goods(effect.allow.skus);
  }
  if ("only" in effect) {
    return m.rules_text_only({ warehouses: places(effect.only.warehouses) }) + reason(effect.only.why);
  }
  if ("prefer" in effect) {
    const { warehouses, shift } = effect.prefer;
    const words = { warehouses: places(warehouses), shift: shift < 0 ? `−${integer(-shift)}` : `+${integer(shift)}` };
    return shift < 0 ? m.rules_text_prefer(words) : m.rules_text_avoid(words);
  }
  if ("pin" in effect) {
    return m.rules_text_pin({ warehouse: names.warehouse(effect.pin.warehouse) }) + goods(effect.pin.skus);
  }
  if ("objective" in effect) {
    return m.rules_text_objective({ levels: effect.objective.map((level) => LEVEL_WORDS[level]()).join(" → ") || "–" });
  }
  const { max_warehouses, min_part_value } = effect.split;
  return both([
    ...(typeof max_warehouses === "number"
      ? [m.rules_text_split_most({ count: integer(max_warehouses), rows: max_warehouses })]
      : []),
    ...(typeof min_part_value === "number" ? [m.rules_text_split_least({ value: integer(min_part_value) })] : []),
  ]);
}

export function holdText(form: HoldForm): string {
  const seconds = secondsOf(form.expires);
  return [
    holdReasonText(form.reason),
    ...(form.owner === null ? [] : [OWNER_WORDS[form.owner]()]),
    form.keepsStock ? m.rules_text_keeps_stock() : m.rules_text_frees_stock(),
    ...(seconds === undefined || Number.isNaN(seconds) ? [] : [m.rules_text_expires({ length: lengthText(seconds) })]),
    ...(form.liftsItself ? [m.rules_text_lifts_itself()] : []),
    ...(form.note.trim() === "" ? [] : [m.rules_text_note({ note: form.note.trim() })]),
  ].join(" · ");
}

const off = (enabled: boolean) => (enabled ? "" : ` · ${m.rules_disabled()}`);

/** A routing rule as a part of its set, for comparing two versions. */
export function routingPart(form: RoutingForm, names: Names): Part {
  const rule = routingRuleOf(form);
  const effects = rule.then.map((effect) => effectText(effect, names)).join("; ");
  const note = form.note.trim() === "" ? "" : ` · ${m.rules_text_note({ note: form.note.trim() })}`;
  return { name: form.id, text: `${conditionText(rule.when, names)} → ${effects}${note}${off(form.enabled)}` };
}

export function holdPart(form: HoldForm, names: Names): Part {
  return {
    name: form.id,
    text: `${conditionText(holdRuleOf(form).when, names)} → ${holdText(form)}${off(form.enabled)}`,
  };
}

/** What a finding means; the name is that of the other rule, or of what nobody knows. */
export function findingText({ kind, detail }: RuleFinding): string {
  const rule = /`([^`]+)`/.exec(detail)?.[1] ?? "";
  const id = detail.split(" ").at(-1) ?? "";
  switch (kind) {
    case "unknown_warehouse":
      return m.rules_finding_unknown_warehouse({ id });
    case "unknown_channel":
      return m.rules_finding_unknown_channel({ id });
    case "unknown_sku":
      return m.rules_finding_unknown_sku({ sku: rule });
    case "never_matches":
      return m.rules_finding_never_matches();
    case "shadowed":
      return m.rules_finding_shadowed({ rule });
    case "contradictory_pins":
      return m.rules_finding_contradictory_pins({ rule });
    case "pin_excluded":
      return m.rules_finding_pin_excluded({ rule });
  }
}

export const UNIT_OPTIONS = (units: readonly Unit[] = UNITS) =>
  units.map((value) => ({ value, label: UNIT_WORDS[value]() }));

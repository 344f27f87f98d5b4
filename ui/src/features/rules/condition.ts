/**
 * A condition as a person edits it: every field of every kind side by side, so that trying another kind loses nothing,
 * and numbers as they are typed. `docs/rules.md` says what the kinds mean.
 */
import type { RuleCondition } from "@/api/types";
import type { Fault } from "@/features/policy/faults";
import { freshKey } from "@/features/policy/key";
import { m } from "@/paraglide/messages.js";
import { amountText, minorUnits, wholeNumber } from "./amount";

export const GROUPS = ["all", "any", "not"] as const;
export const LISTS = ["channel", "country", "sku", "only_skus", "tag", "shipping_option"] as const;
export const FLAGS = ["always", "unpaid", "address_incomplete", "new_customer"] as const;
/** In the order in which they are offered. */
export const CONDITION_KINDS = [
  "all",
  "any",
  "not",
  "channel",
  "country",
  "postcode",
  "sku",
  "only_skus",
  "tag",
  "shipping_option",
  "value",
  "weight",
  "unpaid",
  "address_incomplete",
  "new_customer",
  "always",
] as const;

export type GroupKind = (typeof GROUPS)[number];
export type ListKind = (typeof LISTS)[number];
export type ConditionKind = (typeof CONDITION_KINDS)[number];

export interface RangeForm {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

export interface ConditionForm {
  readonly key: string;
  readonly kind: ConditionKind;
  /** Of a group. */
  readonly parts: readonly ConditionForm[];
  /** Of a list. */
  readonly members: readonly string[];
  readonly prefixes: readonly string[];
  readonly ranges: readonly RangeForm[];
  readonly currency: string;
  /** As typed: an amount of money, or grams. */
  readonly atLeast: string;
  readonly below: string;
}

export function isGroup(kind: ConditionKind): kind is GroupKind {
  return (GROUPS as readonly string[]).includes(kind);
}

export function isList(kind: ConditionKind): kind is ListKind {
  return (LISTS as readonly string[]).includes(kind);
}

export function newCondition(kind: ConditionKind = "country"): ConditionForm {
  const empty = { parts: [], members: [], prefixes: [], ranges: [], currency: "EUR", atLeast: "", below: "" };
  return { key: freshKey(), kind, ...empty };
}

/** Members that mean the same in two kinds of list. */
const ALIKE: readonly (readonly ConditionKind[])[] = [
  ["sku", "only_skus"],
  ["tag", "shipping_option"],
];

/** The same condition as another kind. Several parts under `not` stay together as one group. */
export function ofKind(form: ConditionForm, kind: ConditionKind): ConditionForm {
  if (kind === form.kind) return form;
  if (isGroup(kind)) {
    const parts = isGroup(form.kind) ? form.parts : [{ ...form, key: freshKey() }];
    if (kind === "not" && parts.length > 1) {
      const inner = { ...newCondition(form.kind === "any" ? "any" : "all"), parts };
      return { ...form, kind, parts: [inner] };
    }
    return { ...form, kind, parts };
  }
  const together = ALIKE.some((kinds) => kinds.includes(kind) && kinds.includes(form.kind));
  const numbers = { atLeast: "", below: "" };
  return { ...form, kind, ...(together ? {} : { members: [] }), ...numbers };
}

export function formOfCondition(condition: RuleCondition): ConditionForm {
  if (typeof condition === "string") return newCondition(condition);
  if ("all" in condition) return { ...newCondition("all"), parts: condition.all.map(formOfCondition) };
  if ("any" in condition) return { ...newCondition("any"), parts: condition.any.map(formOfCondition) };
  if ("not" in condition) return { ...newCondition("not"), parts: [formOfCondition(condition.not)] };
  if ("postcode" in condition) {
    const { prefixes = [], ranges = [] } = condition.postcode;
    return { ...newCondition("postcode"), prefixes, ranges: ranges.map((range) => ({ key: freshKey(), ...range })) };
  }
  if ("value" in condition) {
    const { currency, at_least, below } = condition.value;
    const text = (minor: number | null | undefined) => (typeof minor === "number" ? amountText(minor, currency) : "");
    return { ...newCondition("value"), currency, atLeast: text(at_least), below: text(below) };
  }
  if ("weight" in condition) {
    const { at_least, below } = condition.weight;
    return { ...newCondition("weight"), atLeast: String(at_least ?? ""), below: String(below ?? "") };
  }
  const [kind, members] = Object.entries(condition)[0] as [ListKind, string[]];
  return { ...newCondition(kind), members };
}

function ends(at_least: number | undefined, below: number | undefined) {
  return { ...(at_least === undefined ? {} : { at_least }), ...(below === undefined ? {} : { below }) };
}

export function conditionOf(form: ConditionForm): RuleCondition {
  switch (form.kind) {
    case "all":
      return { all: form.parts.map(conditionOf) };
    case "any":
      return { any: form.parts.map(conditionOf) };
    case "not": {
      const [part] = form.parts;
      return { not: part === undefined ? { all: [] } : conditionOf(part) };
    }
    case "channel":
      return { channel: [...form.members] };
    case "country":
      return { country: [...form.members] };
    case "sku":
      return { sku: [...form.members] };
    case "only_skus":
      return { only_skus: [...form.members] };
    case "tag":
      return { tag: [...form.members] };
    case "shipping_option":
      return { shipping_option: [...form.members] };
    case "postcode": {
      const ranges = form.ranges.map(({ from, to }) => ({ from, to }));
      return {
        postcode: {
          ...(form.prefixes.length === 0 ? {} : { prefixes: [...form.prefixes] }),
          ...(ranges.length === 0 ? {} : { ranges }),
        },
      };
    }
    case "value": {
      const { currency } = form;
      return { value: { currency, ...ends(minorUnits(form.atLeast, currency), minorUnits(form.below, currency)) } };
    }
    case "weight":
      return { weight: ends(wholeNumber(form.atLeast), wholeNumber(form.below)) };
    default:
      return form.kind;
  }
}

/** Where a group's part is found, in the paths that the server uses. */
export function partPath(path: string, kind: GroupKind, index: number): string {
  return kind === "not" ? `${path}.not` : `${path}.${kind}[${index}]`;
}

function rangeFaults(path: string, at_least: number | undefined, below: number | undefined, number: string): Fault[] {
  const unreadable = [at_least, below].some((end) => end !== undefined && (Number.isNaN(end) || end < 0));
  if (unreadable) return [{ path, text: number }];
  if (at_least === undefined && below === undefined) return [{ path, text: m.rules_fault_range_open() }];
  return at_least !== undefined && below !== undefined && at_least >= below
    ? [{ path, text: m.rules_fault_range_empty() }]
    : [];
}

/** Letters and digits alone, as postcodes are compared. */
const compact = (postcode: string) => postcode.replaceAll(/[^\p{L}\p{N}]/gu, "").toUpperCase();

function postcodeFaults(form: ConditionForm, path: string): Fault[] {
  if (form.prefixes.length === 0 && form.ranges.length === 0) return [{ path, text: m.rules_fault_postcode() }];
  return form.ranges.flatMap((range, index) => {
    const [from, to] = [compact(range.from), compact(range.to)];
    const right = from !== "" && from.length === to.length && from <= to;
    return right ? [] : [{ path: `${path}.ranges[${index}]`, text: m.rules_fault_postcode_range() }];
  });
}

/** What would be refused, at the places where the server would say so. */
export function conditionFaults(form: ConditionForm, path: string): readonly Fault[] {
  const { kind } = form;
  if (isGroup(kind)) {
    if (form.parts.length === 0) return [{ path: `${path}.${kind}`, text: m.rules_fault_group() }];
    return form.parts.flatMap((part, index) => conditionFaults(part, partPath(path, kind, index)));
  }
  if (isList(kind)) {
    if (form.members.length === 0) return [{ path: `${path}.${kind}`, text: m.rules_fault_list() }];
    return form.members.flatMap((member, index) =>
      kind === "country" && !/^[A-Z]{2}$/.test(member)
        ? [{ path: `${path}.country[${index}]`, text: m.rules_fault_country({ code: member }) }]
        : [],
    );
  }
  switch (kind) {
    case "postcode":
      return postcodeFaults(form, `${path}.postcode`);
    case "value": {
      const place = `${path}.value`;
      if (!/^[A-Z]{3}$/.test(form.currency)) return [{ path: `${place}.currency`, text: m.rules_fault_currency() }];
      const [least, below] = [minorUnits(form.atLeast, form.currency), minorUnits(form.below, form.currency)];
      return rangeFaults(place, least, below, m.rules_fault_amount());
    }
    case "weight":
      return rangeFaults(`${path}.weight`, wholeNumber(form.atLeast), wholeNumber(form.below), m.field_whole_number());
    default:
      return [];
  }
}

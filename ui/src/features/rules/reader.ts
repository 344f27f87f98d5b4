/** Strict reading of rules that somebody wrote as JSON: every field known, refused with the path of the first fault. */
import type { HoldReason, HoldRuleChange, RoutingEffect, RoutingRule, RuleCondition } from "@/api/types";
import type { Fault } from "@/features/policy/faults";
import { m } from "@/paraglide/messages.js";
import { FLAGS } from "./condition";
import { LEVELS } from "./effect";
import { OWNERS } from "./holds";

class Unreadable extends Error {
  constructor(readonly fault: Fault) {
    super(`${fault.path}: ${fault.text}`);
  }
}

type Read<T> = (value: unknown, path: string) => T;

function refuse(path: string, text: string): never {
  throw new Unreadable({ path, text });
}

const text: Read<string> = (value, path) => (typeof value === "string" ? value : refuse(path, m.rules_json_text()));
const flag: Read<boolean> = (value, path) => (typeof value === "boolean" ? value : refuse(path, m.rules_json_flag()));
const whole: Read<number> = (value, path) =>
  typeof value === "number" && Number.isSafeInteger(value) ? value : refuse(path, m.rules_json_number());
const nothingOr =
  <T>(read: Read<T>): Read<T | null> =>
  (value, path) =>
    value === null ? null : read(value, path);

function choice<T extends string>(values: readonly T[]): Read<T> {
  return (value, path) =>
    (values as readonly unknown[]).includes(value)
      ? (value as T)
      : refuse(path, m.rules_json_choice({ values: values.join(", ") }));
}

function list<T>(read: Read<T>, least = 0): Read<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) return refuse(path, m.rules_json_list());
    if (value.length < least) return refuse(path, m.rules_fault_list());
    return value.map((member, index) => read(member, `${path}[${index}]`));
  };
}

type Fields = Readonly<Record<string, Read<unknown>>>;
type Needed<F extends Fields> = { [K in keyof F]: ReturnType<F[K]> };

/** An object with these fields, all of the first and any of the second, and no others. */
function object<N extends Fields, O extends Fields>(needed: N, optional: O): Read<Needed<N> & Partial<Needed<O>>> {
  return (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return refuse(path, m.rules_json_object());
    }
    const found: Record<string, unknown> = {};
    for (const name of Object.keys(needed)) {
      if (!Object.hasOwn(value, name)) return refuse(path, m.rules_json_missing({ name }));
    }
    for (const [name, member] of Object.entries(value)) {
      const read = Object.hasOwn(needed, name)
        ? needed[name]
        : Object.hasOwn(optional, name)
          ? optional[name]
          : undefined;
      const place = path === "." ? name : `${path}.${name}`;
      found[name] = read === undefined ? refuse(place, m.rules_json_unknown()) : read(member, place);
    }
    return found as Needed<N> & Partial<Needed<O>>;
  };
}

/** An object with exactly one of these names. */
function oneOf<T>(readers: Readonly<Record<string, Read<unknown>>>): Read<T> {
  return (value, path) => {
    const names = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
    const [name] = names;
    const read = name !== undefined && Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (names.length !== 1 || name === undefined || read === undefined) {
      return refuse(path, m.rules_json_one_of({ values: Object.keys(readers).join(", ") }));
    }
    return { [name]: read((value as Record<string, unknown>)[name], `${path}.${name}`) } as T;
  };
}

const texts = list(text);
const amount = nothingOr(whole);

const condition: Read<RuleCondition> = (value, path) => {
  if (typeof value === "string") return choice(FLAGS)(value, path);
  return oneOf<RuleCondition>({
    all: list(condition),
    any: list(condition),
    not: condition,
    channel: texts,
    country: texts,
    postcode: object({}, { prefixes: texts, ranges: list(object({ from: text, to: text }, {})) }),
    sku: texts,
    only_skus: texts,
    tag: texts,
    shipping_option: texts,
    value: object({ currency: text }, { at_least: amount, below: amount }),
    weight: object({}, { at_least: amount, below: amount }),
  })(value, path);
};

// None of a list of SKUs would mean "for nothing" and look like "for everything".
const someGoods = nothingOr(list(text, 1));

const effect = oneOf<RoutingEffect>({
  exclude: object({ warehouses: texts }, { skus: someGoods, why: text }),
  allow: object({ warehouses: texts }, { skus: someGoods }),
  only: object({ warehouses: texts }, { why: text }),
  prefer: object({ warehouses: texts, shift: whole }, {}),
  pin: object({ warehouse: text }, { skus: someGoods }),
  objective: list(choice(LEVELS)),
  split: object({}, { max_warehouses: amount, min_part_value: amount }),
});

const routingRule: Read<RoutingRule> = object(
  // biome-ignore lint/suspicious/noThenProperty: the name of the API; a list is never awaited
  { id: text, when: condition, then: list(effect) },
  { note: text, enabled: flag },
);

const anything: Read<unknown> = (value) => value;

function holdRule(reasons: readonly HoldReason[]): Read<HoldRuleChange> {
  const hold = object(
    { reason: choice(reasons) },
    {
      note: text,
      owner: nothingOr(choice(OWNERS)),
      keeps_stock: flag,
      expires_after_seconds: amount,
      lifts_itself: flag,
    },
  );
  const read = object({ id: text, when: condition, hold }, { enabled: flag, revision: anything });
  return (value, path) => {
    // Who wrote a rule last is not for the writer to say.
    const { revision: _revision, ...rule } = read(value, path);
    return rule;
  };
}

export type Reading<Rule> = { readonly rules: readonly Rule[] } | { readonly fault: Fault };

function read<Rule>(json: string, rule: Read<Rule>): Reading<Rule> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (fault) {
    return { fault: { path: "", text: m.rules_json_syntax({ detail: fault instanceof Error ? fault.message : "" }) } };
  }
  try {
    // The list alone is taken too, and a whole document as `switchyardd dry-run` takes it.
    const document = Array.isArray(value) ? { rules: value } : value;
    return { rules: object({ rules: list(rule) }, { revision: anything })(document, ".").rules };
  } catch (fault) {
    if (fault instanceof Unreadable) return { fault: fault.fault };
    throw fault;
  }
}

export function readRoutingRules(json: string): Reading<RoutingRule> {
  return read(json, routingRule);
}

export function readHoldRules(json: string, reasons: readonly HoldReason[]): Reading<HoldRuleChange> {
  return read(json, holdRule(reasons));
}

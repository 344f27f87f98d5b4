/** What routing and hold rules have in common as people edit them: a place in a list and a name. */
import type { Fault } from "@/features/policy/faults";
import { m } from "@/paraglide/messages.js";
import type { ConditionForm } from "./condition";
import { conditionFaults } from "./condition";

export interface RuleForm {
  /** The rule itself, however it is called. */
  readonly key: string;
  readonly id: string;
  readonly enabled: boolean;
  readonly when: ConditionForm;
}

const ID = /^[a-z0-9._-]{1,64}$/;

/** What an id becomes while it is typed: letters small, spaces as hyphens. */
export function idTyped(text: string): string {
  return text.toLowerCase().replaceAll(/\s/g, "-");
}

/** `base`, or with the first number that nobody uses. */
export function freeId(base: string, rules: readonly RuleForm[]): string {
  const taken = new Set(rules.map((rule) => rule.id));
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base.slice(0, 58)}-${number}`;
    if (!taken.has(id)) return id;
  }
}

/** With the rule at another place; beyond an end is at the end. */
export function moved<Form extends RuleForm>(rules: readonly Form[], key: string, to: number): readonly Form[] {
  const rule = rules.find((one) => one.key === key);
  if (rule === undefined) return rules;
  const others = rules.filter((one) => one !== rule);
  return others.toSpliced(Math.max(0, Math.min(to, others.length)), 0, rule);
}

export function replaced<Form extends RuleForm>(rules: readonly Form[], rule: Form): readonly Form[] {
  return rules.map((one) => (one.key === rule.key ? rule : one));
}

export function without<Form extends RuleForm>(rules: readonly Form[], key: string): readonly Form[] {
  return rules.filter((one) => one.key !== key);
}

/** Faults of names and conditions; effects and holds have their own. */
export function commonFaults(rules: readonly RuleForm[]): readonly Fault[] {
  return rules.flatMap((rule, index) => {
    const path = `rules[${index}]`;
    const twice = rules.findIndex((other) => other.id === rule.id) < index;
    const id = !ID.test(rule.id) ? m.rules_fault_id() : twice ? m.rules_fault_id_twice() : undefined;
    return [
      ...(id === undefined ? [] : [{ path: `${path}.id`, text: id }]),
      ...conditionFaults(rule.when, `${path}.when`),
    ];
  });
}

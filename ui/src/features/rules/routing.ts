/** Routing rules as a person edits them. */
import type { RoutingRule } from "@/api/types";
import type { Fault } from "@/features/policy/faults";
import { freshKey } from "@/features/policy/key";
import type { PolicyKind } from "@/features/policy/usePolicyDraft";
import { m } from "@/paraglide/messages.js";
import { conditionOf, formOfCondition, newCondition } from "./condition";
import { type EffectForm, effectFaults, effectOf, formOfEffect, newEffect } from "./effect";
import { commonFaults, freeId, type RuleForm } from "./ruleForm";

export interface RoutingForm extends RuleForm {
  readonly note: string;
  readonly effects: readonly EffectForm[];
}

export type RoutingForms = readonly RoutingForm[];

export function newRoutingRule(rules: RoutingForms): RoutingForm {
  return {
    key: freshKey(),
    id: freeId("new-rule", rules),
    enabled: true,
    when: newCondition("country"),
    note: "",
    effects: [newEffect()],
  };
}

export function formOfRoutingRule({ id, note = "", enabled = true, when, then }: RoutingRule): RoutingForm {
  return { key: freshKey(), id, enabled, when: formOfCondition(when), note, effects: then.map(formOfEffect) };
}

export function routingRuleOf({ id, note, enabled, when, effects }: RoutingForm): RoutingRule {
  // biome-ignore lint/suspicious/noThenProperty: the name of the API; a list is never awaited
  return { id, note: note.trim(), enabled, when: conditionOf(when), then: effects.map(effectOf) };
}

export function duplicateRouting(rule: RoutingForm, rules: RoutingForms): RoutingForm {
  return { ...formOfRoutingRule(routingRuleOf(rule)), id: freeId(rule.id, rules) };
}

export const routingKind: PolicyKind<readonly RoutingRule[], RoutingForms> = {
  formOf: (rules) => rules.map(formOfRoutingRule),
  wireOf: (forms) => forms.map(routingRuleOf),
};

export function routingFaults(rules: RoutingForms): readonly Fault[] {
  const effects = rules.flatMap((rule, index) => {
    const path = `rules[${index}].then`;
    return rule.effects.length === 0
      ? [{ path, text: m.rules_fault_effects() }]
      : rule.effects.flatMap((effect, place) => effectFaults(effect, `${path}[${place}]`));
  });
  return [...commonFaults(rules), ...effects];
}

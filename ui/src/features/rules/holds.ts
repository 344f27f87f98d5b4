/** Hold rules as a person edits them. */
import type { HoldOwner, HoldReason, HoldRuleChange } from "@/api/types";
import type { Fault } from "@/features/policy/faults";
import { freshKey } from "@/features/policy/key";
import type { PolicyKind } from "@/features/policy/usePolicyDraft";
import { m } from "@/paraglide/messages.js";
import { conditionOf, formOfCondition, newCondition } from "./condition";
import { type LengthForm, lengthOf, secondsOf } from "./length";
import { commonFaults, freeId, type RuleForm } from "./ruleForm";

export const OWNERS = [
  "warehouse_lead",
  "back_office_agent",
  "back_office_lead",
] as const satisfies readonly HoldOwner[];

export interface HoldForm extends RuleForm {
  readonly reason: HoldReason;
  /** Null: whose the reason is. */
  readonly owner: HoldOwner | null;
  readonly note: string;
  readonly keepsStock: boolean;
  readonly liftsItself: boolean;
  /** Empty: never. */
  readonly expires: LengthForm;
}

export type HoldForms = readonly HoldForm[];

const NEVER: LengthForm = { count: "", unit: "hours" };

export function newHoldRule(rules: HoldForms): HoldForm {
  return {
    key: freshKey(),
    id: freeId("new-hold", rules),
    enabled: true,
    when: newCondition("value"),
    reason: "operator",
    owner: null,
    note: "",
    keepsStock: true,
    liftsItself: false,
    expires: NEVER,
  };
}

export function formOfHoldRule({ id, enabled = true, when, hold }: HoldRuleChange): HoldForm {
  const { reason, owner, note = "", keeps_stock = true, lifts_itself = false, expires_after_seconds } = hold;
  return {
    key: freshKey(),
    id,
    enabled,
    when: formOfCondition(when),
    reason,
    owner: owner ?? null,
    note,
    keepsStock: keeps_stock,
    liftsItself: lifts_itself,
    expires: typeof expires_after_seconds === "number" ? lengthOf(expires_after_seconds) : NEVER,
  };
}

export function holdRuleOf(form: HoldForm): HoldRuleChange {
  const expires = secondsOf(form.expires);
  return {
    id: form.id,
    enabled: form.enabled,
    when: conditionOf(form.when),
    hold: {
      reason: form.reason,
      note: form.note.trim(),
      ...(form.owner === null ? {} : { owner: form.owner }),
      keeps_stock: form.keepsStock,
      ...(expires === undefined ? {} : { expires_after_seconds: expires }),
      lifts_itself: form.liftsItself,
    },
  };
}

export function duplicateHold(rule: HoldForm, rules: HoldForms): HoldForm {
  return { ...formOfHoldRule(holdRuleOf(rule)), id: freeId(rule.id, rules) };
}

export const holdKind: PolicyKind<readonly HoldRuleChange[], HoldForms> = {
  formOf: (rules) => rules.map(formOfHoldRule),
  wireOf: (forms) => forms.map(holdRuleOf),
};

export function holdFaults(rules: HoldForms): readonly Fault[] {
  const lengths = rules.flatMap((rule, index) => {
    const seconds = secondsOf(rule.expires);
    return seconds === undefined || seconds >= 1
      ? []
      : [{ path: `rules[${index}].hold.expires_after_seconds`, text: m.rules_fault_length() }];
  });
  return [...commonFaults(rules), ...lengths];
}

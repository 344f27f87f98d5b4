/** What the board has to know about routing rules and about hold rules. */
import type { HoldReason, HoldRuleChange, RoutingRule } from "@/api/types";
import type { Names } from "@/features/orders/names";
import type { Part } from "@/features/policy/differences";
import type { Fault } from "@/features/policy/faults";
import type { PolicyKind } from "@/features/policy/usePolicyDraft";
import { m } from "@/paraglide/messages.js";
import { duplicateHold, type HoldForm, holdFaults, holdKind, holdRuleOf, newHoldRule } from "./holds";
import { type Reading, readHoldRules, readRoutingRules } from "./reader";
import {
  duplicateRouting,
  newRoutingRule,
  type RoutingForm,
  routingFaults,
  routingKind,
  routingRuleOf,
} from "./routing";
import type { RuleForm } from "./ruleForm";
import { conditionText, effectText, holdPart, holdText, routingPart } from "./words";

export interface Board<Wire, Form extends RuleForm> {
  readonly kind: PolicyKind<readonly Wire[], readonly Form[]>;
  readonly newRule: (rules: readonly Form[]) => Form;
  readonly duplicate: (rule: Form, rules: readonly Form[]) => Form;
  readonly faults: (rules: readonly Form[]) => readonly Fault[];
  readonly part: (rule: Form, names: Names) => Part;
  readonly row: (rule: Form, names: Names) => { readonly when: string; readonly does: string; readonly note: string };
  readonly read: (json: string) => Reading<Wire>;
  readonly words: {
    readonly title: () => string;
    readonly order: () => string;
    readonly add: () => string;
    readonly empty: () => string;
    readonly emptyHelp: () => string;
    readonly draft: () => string;
    readonly save: () => string;
    readonly saved: () => string;
  };
}

export const routingBoard: Board<RoutingRule, RoutingForm> = {
  kind: routingKind,
  newRule: newRoutingRule,
  duplicate: duplicateRouting,
  faults: routingFaults,
  part: routingPart,
  row: (form, names) => {
    const rule = routingRuleOf(form);
    return {
      when: conditionText(rule.when, names),
      does: rule.then.map((effect) => effectText(effect, names)).join("; "),
      note: form.note,
    };
  },
  read: readRoutingRules,
  words: {
    title: m.rules_routing_title,
    order: m.rules_routing_order,
    add: m.rules_routing_add,
    empty: m.rules_routing_empty,
    emptyHelp: m.rules_routing_empty_help,
    draft: m.rules_routing_draft,
    save: m.rules_routing_save,
    saved: m.rules_routing_saved,
  },
};

export function holdBoard(reasons: readonly HoldReason[]): Board<HoldRuleChange, HoldForm> {
  return {
    kind: holdKind,
    newRule: newHoldRule,
    duplicate: duplicateHold,
    faults: holdFaults,
    part: holdPart,
    row: (form, names) => ({
      when: conditionText(holdRuleOf(form).when, names),
      does: holdText(form),
      note: "",
    }),
    read: (json) => readHoldRules(json, reasons),
    words: {
      title: m.rules_holds_title,
      order: m.rules_holds_order,
      add: m.rules_holds_add,
      empty: m.rules_holds_empty,
      emptyHelp: m.rules_holds_empty_help,
      draft: m.rules_holds_draft,
      save: m.rules_holds_save,
      saved: m.rules_holds_saved,
    },
  };
}

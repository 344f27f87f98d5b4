import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RuleCondition } from "@/api/types";
import { amountText, minorUnits, wholeNumber } from "./amount";
import { conditionFaults, conditionOf, formOfCondition, newCondition, ofKind } from "./condition";
import { effectFaults, effectOf, formOfEffect, newEffect } from "./effect";
import { everyCondition, everyEffect, holdDetail, routingDetail, swiss, tea } from "./fixtures";
import { holdFaults, holdKind, newHoldRule } from "./holds";
import { lengthOf, secondsOf } from "./length";
import { barsOf } from "./measures";
import { readHoldRules, readRoutingRules } from "./reader";
import { duplicateRouting, newRoutingRule, routingFaults, routingKind } from "./routing";
import { freeId, idTyped, moved } from "./ruleForm";

const totals = {
  parcels: 10,
  cost: 400,
  late_orders: 0,
  late_hours: 6,
  short_orders: 1,
  short_units: 3,
  unproven_orders: 0,
  refused_orders: 0,
};

/** Conditions of any shape that the server takes. */
const condition = fc.letrec<{ any: RuleCondition }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...everyCondition),
    fc.array(tie("any"), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie("any"), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie("any").map((not) => ({ not })),
  ),
})).any;

describe("a condition", () => {
  it.each(everyCondition.map((one) => [JSON.stringify(one), one] as const))("%s comes back as it was", (_name, one) => {
    expect(conditionOf(formOfCondition(one))).toEqual(one);
    expect(conditionFaults(formOfCondition(one), "when")).toEqual([]);
  });

  it("of any nesting comes back as it was", () => {
    fc.assert(
      fc.property(condition, (one) => {
        expect(conditionOf(formOfCondition(one))).toEqual(one);
      }),
    );
  });

  it("keeps its parts while another kind of group is tried, several under `not` as one group", () => {
    const all = formOfCondition({ all: ["unpaid", { country: ["DE"] }] });
    expect(conditionOf(ofKind(all, "any"))).toEqual({ any: ["unpaid", { country: ["DE"] }] });
    expect(conditionOf(ofKind(all, "not"))).toEqual({ not: { all: ["unpaid", { country: ["DE"] }] } });
    expect(conditionOf(ofKind(ofKind(all, "country"), "all"))).toEqual({ all: [{ country: [] }] });
  });

  it("becomes a part when it turns into a group, and keeps members that mean the same", () => {
    expect(conditionOf(ofKind(formOfCondition({ tag: ["vip"] }), "not"))).toEqual({ not: { tag: ["vip"] } });
    expect(conditionOf(ofKind(formOfCondition({ sku: ["TEA-*"] }), "only_skus"))).toEqual({ only_skus: ["TEA-*"] });
    expect(conditionOf(ofKind(formOfCondition({ country: ["DE"] }), "sku"))).toEqual({ sku: [] });
  });

  it("says what would be refused, at the server's path", () => {
    const paths = (one: RuleCondition) =>
      conditionFaults(formOfCondition(one), "rules[0].when").map((fault) => fault.path);
    expect(paths({ all: [{ country: ["CH", "Schweiz"] }] })).toEqual(["rules[0].when.all[0].country[1]"]);
    expect(paths({ any: [] })).toEqual(["rules[0].when.any"]);
    expect(paths({ not: { sku: [] } })).toEqual(["rules[0].when.not.sku"]);
    expect(paths({ postcode: {} })).toEqual(["rules[0].when.postcode"]);
    expect(paths({ postcode: { ranges: [{ from: "10", to: "9" }] } })).toEqual(["rules[0].when.postcode.ranges[0]"]);
    expect(paths({ weight: { at_least: 5, below: 5 } })).toEqual(["rules[0].when.weight"]);
    expect(paths({ value: { currency: "EUR" } })).toEqual(["rules[0].when.value"]);
  });

  it("with a number nobody can read is a fault and never looks unchanged", () => {
    const form = { ...newCondition("weight"), atLeast: "12a" };
    expect(conditionFaults(form, "when")).toHaveLength(1);
    expect(JSON.stringify(conditionOf(form))).toBe('{"weight":{"at_least":null}}');
  });
});

describe("an amount", () => {
  it("comes back as the same minor units, in both languages", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), fc.constantFrom("EUR", "JPY", "KWD"), (minor, currency) => {
        for (const language of ["en", "de"]) {
          expect(minorUnits(amountText(minor, currency, language), currency)).toBe(minor);
        }
      }),
    );
  });

  it("takes either decimal sign, and no more digits than the currency has", () => {
    expect(minorUnits("12,5", "EUR")).toBe(1_250);
    expect(minorUnits("12.50", "EUR")).toBe(1_250);
    expect(minorUnits("12.505", "EUR")).toBeNaN();
    expect(minorUnits("12.5", "JPY")).toBeNaN();
    expect(minorUnits("", "EUR")).toBeUndefined();
    expect(wholeNumber("1.5")).toBeNaN();
  });
});

describe("an effect", () => {
  it.each(everyEffect.map((one) => [JSON.stringify(one), one] as const))("%s comes back as it was", (_name, one) => {
    expect(effectOf(formOfEffect(one))).toEqual(one);
    expect(effectFaults(formOfEffect(one), "then[0]")).toEqual([]);
  });

  it("says what would be refused", () => {
    const paths = (change: Partial<ReturnType<typeof newEffect>>) =>
      effectFaults({ ...newEffect(), ...change }, "then[0]").map((fault) => fault.path);
    expect(paths({ kind: "exclude" })).toEqual(["then[0].exclude.warehouses"]);
    expect(paths({ kind: "pin" })).toEqual(["then[0].pin.warehouse"]);
    expect(paths({ kind: "prefer", warehouses: ["w"], shift: "0" })).toEqual(["then[0].prefer.shift"]);
    expect(paths({ kind: "split" })).toEqual(["then[0].split"]);
    expect(paths({ kind: "split", maxWarehouses: "0" })).toEqual(["then[0].split.max_warehouses"]);
    expect(paths({ kind: "objective", levels: ["late", "late"] })).toEqual(["then[0].objective"]);
  });
});

describe("rules", () => {
  it("come back as they were, in their order", () => {
    expect(routingKind.wireOf(routingKind.formOf(routingDetail.rules))).toEqual(routingDetail.rules);
    const [{ revision: _revision, ...hold } = { revision: undefined }] = holdDetail.rules;
    expect(holdKind.wireOf(holdKind.formOf([hold as never]))).toEqual([hold]);
  });

  it("move to a place, and no further than the ends", () => {
    const forms = routingKind.formOf([swiss, tea]);
    const [first] = forms;
    if (first === undefined) throw new Error("no rule");
    const ids = (to: number) => moved(forms, first.key, to).map((rule) => rule.id);
    expect(ids(1)).toEqual(["tea-first", "switzerland-from-leipzig"]);
    expect(ids(9)).toEqual(["tea-first", "switzerland-from-leipzig"]);
    expect(ids(-3)).toEqual(["switzerland-from-leipzig", "tea-first"]);
  });

  it("get names that nobody has, and a copy has its own", () => {
    const forms = routingKind.formOf([swiss, tea]);
    expect(newRoutingRule([...forms, newRoutingRule(forms)]).id).toBe("new-rule-2");
    const copy = duplicateRouting(forms[1] ?? newRoutingRule(forms), forms);
    expect(copy.id).toBe("tea-first-2");
    expect(routingKind.wireOf([copy])).toEqual([{ ...tea, id: "tea-first-2" }]);
    expect(freeId("x", [])).toBe("x");
    expect(idTyped("Tea First")).toBe("tea-first");
  });

  it("with the same name twice, or without effects, are faults at their places", () => {
    const forms = routingKind.formOf([tea, { ...tea, when: "always" }]);
    expect(routingFaults(forms).map((fault) => fault.path)).toEqual(["rules[1].id"]);
    const idle = forms.map((form, index) => (index === 0 ? { ...form, id: "Ä", effects: [] } : form));
    expect(routingFaults(idle).map((fault) => fault.path)).toEqual(["rules[0].id", "rules[0].then"]);
    const never = { ...newHoldRule([]), when: newCondition("always"), expires: { count: "0", unit: "hours" as const } };
    expect(holdFaults([never]).map((fault) => fault.path)).toEqual(["rules[0].hold.expires_after_seconds"]);
  });
});

describe("a length", () => {
  it("is said in its largest unit and comes back exactly", () => {
    expect(lengthOf(172_800)).toEqual({ count: "2", unit: "days" });
    expect(lengthOf(5_400)).toEqual({ count: "90", unit: "minutes" });
    fc.assert(fc.property(fc.nat(4_294_967_295), (seconds) => secondsOf(lengthOf(seconds)) === seconds));
    expect(secondsOf({ count: "", unit: "days" })).toBeUndefined();
    expect(secondsOf({ count: "99999999", unit: "days" })).toBeNaN();
  });
});

describe("reading JSON", () => {
  const fault = (json: string) => {
    const reading = readRoutingRules(json);
    return "fault" in reading ? reading.fault.path : "read";
  };

  it("takes every condition and every effect, as a list or as a whole document", () => {
    // biome-ignore lint/suspicious/noThenProperty: the name of the API; a list is never awaited
    const rules = everyCondition.map((when, index) => ({ id: `r${index}`, when, then: everyEffect }));
    expect(readRoutingRules(JSON.stringify(rules))).toEqual({ rules });
    expect(readRoutingRules(JSON.stringify({ rules, revision: { version: 1 } }))).toEqual({ rules });
  });

  it("names the place of the first fault", () => {
    expect(fault("{")).toBe("");
    expect(fault('[{"id":"a","when":"never","then":[]}]')).toBe("rules[0].when");
    expect(fault('[{"id":"a","when":{"country":["CH",1]},"then":[]}]')).toBe("rules[0].when.country[1]");
    expect(fault('[{"id":"a","when":{"tag":["a"],"country":["CH"]},"then":[]}]')).toBe("rules[0].when");
    expect(fault('[{"id":"a","when":"always","then":[],"who":1}]')).toBe("rules[0].who");
    expect(fault('[{"id":"a","when":"always","then":[{"pin":{"warehouse":"w","skus":[]}}]}]')).toBe(
      "rules[0].then[0].pin.skus",
    );
    expect(fault('[{"when":"always","then":[]}]')).toBe("rules[0]");
    expect(fault('{"rules":[],"constructor":1}')).toBe("constructor");
  });

  it("takes hold rules with the reasons there are, and leaves out who wrote them", () => {
    const json = JSON.stringify({ rules: holdDetail.rules });
    const reading = readHoldRules(json, holdDetail.reasons);
    expect("rules" in reading && reading.rules.map((rule) => Object.keys(rule).includes("revision"))).toEqual([false]);
    expect("fault" in readHoldRules(json, ["fraud"])).toBe(true);
  });
});

describe("the chart of a dry run", () => {
  it("draws both numbers of a measure on the scale of the larger one, and says what is better", () => {
    const bars = barsOf(totals, { ...totals, parcels: 5, cost: 500, short_orders: 0 });
    const of = (measure: string) => bars.find((bar) => bar.measure === measure);
    expect(of("parcels")).toMatchObject({ difference: -5, lengths: { before: 1, after: 0.5 }, verdict: "better" });
    expect(of("cost")).toMatchObject({ difference: 100, lengths: { before: 0.8, after: 1 }, verdict: "worse" });
    expect(of("late_orders")).toMatchObject({ difference: 0, lengths: { before: 0, after: 0 }, verdict: "same" });
    expect(of("short_orders")).toMatchObject({ difference: -1, lengths: { before: 1, after: 0 }, verdict: "better" });
    expect(bars).toHaveLength(6);
  });
});

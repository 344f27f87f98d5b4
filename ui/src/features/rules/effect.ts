/** An effect of a routing rule as a person edits it. */
import type { PlanLevel, RoutingEffect } from "@/api/types";
import type { Fault } from "@/features/policy/faults";
import { freshKey } from "@/features/policy/key";
import { m } from "@/paraglide/messages.js";
import { wholeNumber } from "./amount";

/** In the order in which they are offered. */
export const EFFECT_KINDS = ["exclude", "allow", "only", "prefer", "pin", "objective", "split"] as const;
export type EffectKind = (typeof EFFECT_KINDS)[number];

export const LEVELS = ["late", "warehouses", "cost"] as const satisfies readonly PlanLevel[];

/** The most a rank may be shifted; `MOST_RANK_SHIFT` in `crates/core/src/rule/routing.rs`. */
const MOST_RANK_SHIFT = 1_000_000;

export interface EffectForm {
  readonly key: string;
  readonly kind: EffectKind;
  /** Of a pin, the first. */
  readonly warehouses: readonly string[];
  /** None means all goods. */
  readonly skus: readonly string[];
  readonly why: string;
  readonly shift: string;
  readonly levels: readonly PlanLevel[];
  readonly maxWarehouses: string;
  readonly minPartValue: string;
}

export function newEffect(kind: EffectKind = "prefer"): EffectForm {
  return {
    key: freshKey(),
    kind,
    warehouses: [],
    skus: [],
    why: "",
    shift: "-1",
    levels: LEVELS,
    maxWarehouses: "",
    minPartValue: "",
  };
}

const typed = (value: number | null | undefined) => (typeof value === "number" ? String(value) : "");

export function formOfEffect(effect: RoutingEffect): EffectForm {
  if ("exclude" in effect) {
    const { warehouses, skus, why } = effect.exclude;
    return { ...newEffect("exclude"), warehouses, skus: skus ?? [], why: why ?? "" };
  }
  if ("allow" in effect) {
    return { ...newEffect("allow"), warehouses: effect.allow.warehouses, skus: effect.allow.skus ?? [] };
  }
  if ("only" in effect) {
    return { ...newEffect("only"), warehouses: effect.only.warehouses, why: effect.only.why ?? "" };
  }
  if ("prefer" in effect) {
    return { ...newEffect("prefer"), warehouses: effect.prefer.warehouses, shift: typed(effect.prefer.shift) };
  }
  if ("pin" in effect) {
    return { ...newEffect("pin"), warehouses: [effect.pin.warehouse], skus: effect.pin.skus ?? [] };
  }
  if ("objective" in effect) return { ...newEffect("objective"), levels: effect.objective };
  const { max_warehouses, min_part_value } = effect.split;
  return { ...newEffect("split"), maxWarehouses: typed(max_warehouses), minPartValue: typed(min_part_value) };
}

export function effectOf(form: EffectForm): RoutingEffect {
  const warehouses = [...form.warehouses];
  const skus = form.skus.length === 0 ? {} : { skus: [...form.skus] };
  const why = form.why.trim();
  switch (form.kind) {
    case "exclude":
      return { exclude: { warehouses, ...skus, why } };
    case "allow":
      return { allow: { warehouses, ...skus } };
    case "only":
      return { only: { warehouses, why } };
    case "prefer":
      return { prefer: { warehouses, shift: wholeNumber(form.shift) ?? Number.NaN } };
    case "pin":
      return { pin: { warehouse: warehouses[0] ?? "", ...skus } };
    case "objective":
      return { objective: [...form.levels] };
    case "split": {
      const [most, least] = [wholeNumber(form.maxWarehouses), wholeNumber(form.minPartValue)];
      return {
        split: {
          ...(most === undefined ? {} : { max_warehouses: most }),
          ...(least === undefined ? {} : { min_part_value: least }),
        },
      };
    }
  }
}

/** What would be refused, at the places where the server would say so. */
export function effectFaults(form: EffectForm, path: string): readonly Fault[] {
  const place = `${path}.${form.kind}`;
  const needsWarehouse =
    form.warehouses.length === 0
      ? [{ path: form.kind === "pin" ? `${place}.warehouse` : `${place}.warehouses`, text: m.rules_fault_warehouse() }]
      : [];
  switch (form.kind) {
    case "exclude":
    case "allow":
    case "only":
    case "pin":
      return needsWarehouse;
    case "prefer": {
      const shift = wholeNumber(form.shift) ?? 0;
      const wrong = !Number.isInteger(shift) || shift === 0 || Math.abs(shift) > MOST_RANK_SHIFT;
      return wrong ? [...needsWarehouse, { path: `${place}.shift`, text: m.rules_fault_shift() }] : needsWarehouse;
    }
    case "objective":
      return new Set(form.levels).size < form.levels.length ? [{ path: place, text: m.rules_fault_level_twice() }] : [];
    case "split": {
      const [most, least] = [wholeNumber(form.maxWarehouses), wholeNumber(form.minPartValue)];
      if (most === undefined && least === undefined) return [{ path: place, text: m.rules_fault_split() }];
      return [
        ...(most === undefined || most >= 1
          ? []
          : [{ path: `${place}.max_warehouses`, text: m.rules_fault_at_least_one() }]),
        ...(least === undefined || least >= 0
          ? []
          : [{ path: `${place}.min_part_value`, text: m.field_whole_number() }]),
      ];
    }
  }
}

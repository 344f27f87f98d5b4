/** Rules and answers of a small installation, typed by the API document. For tests. */
import type { HoldRulesDetail, PolicyVersion, RoutingRule, RoutingRulesDetail, RuleCondition } from "@/api/types";
import { connections } from "@/mocks/answers";

export const shop = connections.items[0]?.connection.id ?? "";
const places = connections.items.flatMap((item) => item.warehouses);
/** Hoofddorp and Leipzig. */
export const warehouse = places[0]?.id ?? "";
export const otherWarehouse = places[1]?.id ?? "";

/** One of every kind, with its optional parts and without. */
export const everyCondition: readonly RuleCondition[] = [
  "always",
  "unpaid",
  "address_incomplete",
  "new_customer",
  { channel: [shop] },
  { country: ["CH", "LI"] },
  { postcode: { prefixes: ["80"], ranges: [{ from: "01", to: "09" }] } },
  { postcode: { ranges: [{ from: "20095", to: "20539" }] } },
  { sku: ["TEA-*", "CUP"] },
  { only_skus: ["TEA-*"] },
  { tag: ["vip"] },
  { shipping_option: ["express", "next day, before noon"] },
  { value: { currency: "EUR", at_least: 5_000, below: 10_050 } },
  { value: { currency: "JPY", at_least: 5_000 } },
  { value: { currency: "KWD", below: 1_005 } },
  { weight: { at_least: 500, below: 31_500 } },
  { weight: { below: 31_500 } },
  { all: [{ country: ["DE"] }, { any: ["unpaid", { not: { tag: ["b2b"] } }] }] },
  { not: { all: ["new_customer", { weight: { at_least: 1 } }] } },
];

export const everyEffect: RoutingRule["then"] = [
  { exclude: { warehouses: [warehouse], skus: ["POT-*"], why: "fragile" } },
  { exclude: { warehouses: [warehouse], why: "" } },
  { allow: { warehouses: [warehouse, otherWarehouse] } },
  { allow: { warehouses: [warehouse], skus: ["TEA-1"] } },
  { only: { warehouses: [otherWarehouse], why: "customs papers" } },
  { prefer: { warehouses: [warehouse], shift: -10 } },
  { pin: { warehouse, skus: ["TEA-1"] } },
  { pin: { warehouse } },
  { objective: ["warehouses", "late", "cost"] },
  { objective: [] },
  { split: { max_warehouses: 2 } },
  { split: { max_warehouses: 2, min_part_value: 1_500 } },
];

export function version(number: number, author = "mara", reason = "Zurich has opened"): PolicyVersion {
  return { version: number, at: "2026-11-22T09:00:00Z", author, reason };
}

export const swiss: RoutingRule = {
  id: "switzerland-from-leipzig",
  note: "Customs papers exist there alone.",
  enabled: true,
  when: { country: ["CH", "LI"] },
  // biome-ignore lint/suspicious/noThenProperty: the name of the API; a list is never awaited
  then: [{ only: { warehouses: [otherWarehouse], why: "customs papers" } }],
};

export const tea: RoutingRule = {
  id: "tea-first",
  note: "",
  enabled: true,
  when: { sku: ["TEA-*"] },
  // biome-ignore lint/suspicious/noThenProperty: the name of the API; a list is never awaited
  then: [{ prefer: { warehouses: [warehouse], shift: -10 } }],
};

export const routingDetail: RoutingRulesDetail = {
  version: version(3),
  rules: [swiss, tea],
  findings: [
    {
      rule: "switzerland-from-leipzig",
      path: "rules[0].then[0]",
      kind: "shadowed",
      detail: "rule `tea-first` always matches with it, comes later and decides the same",
    },
  ],
  versions: [version(3), version(2, "jo", "Tea moved"), version(1, "jo", "Begin")],
};

export const holdDetail: HoldRulesDetail = {
  version: version(1),
  rules: [
    {
      id: "unpaid",
      enabled: true,
      revision: { version: 1, author: "mara", reason: "no money, no goods", created_at: "2026-11-22T09:00:00Z" },
      when: "unpaid",
      hold: { reason: "awaiting_payment", note: "", keeps_stock: false, lifts_itself: true },
    },
  ],
  versions: [version(1)],
  reasons: ["awaiting_payment", "fraud", "operator"],
};

const before = {
  parcels: 120,
  cost: 48_000,
  late_orders: 4,
  late_hours: 30,
  short_orders: 2,
  short_units: 9,
  unproven_orders: 0,
  refused_orders: 0,
};

export const dryRun = {
  report: {
    orders: 100,
    before,
    after: { ...before, parcels: 110, cost: 60_000, short_orders: 0, short_units: 0 },
    moved_count: 700,
    moved: [
      {
        order: "ord_1",
        before: { warehouses: [warehouse], cost: 400, late_hours: 0, short_units: 0, rules: [] },
        after: { warehouses: [otherWarehouse], cost: 650, late_hours: 0, short_units: 0, rules: ["tea-first"] },
        lines: [{ line: "l1", before: { [warehouse]: 1 }, after: { [otherWarehouse]: 1 } }],
      },
    ],
  },
  findings: [],
  millis: 42,
};

export const ANSWERS = {
  "GET /api/v1/connections": connections,
  "GET /api/v1/rules/routing": routingDetail,
  "GET /api/v1/rules/holds": holdDetail,
  "GET /api/v1/session": { caller: { kind: "session", name: "mara", role: "admin" } },
  "POST /api/v1/rules/routing/dry-run": dryRun,
};

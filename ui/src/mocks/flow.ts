/** A flow of any number of partners, with the long names, the large numbers and the faults that real ones have. */
import type { Flow, HealthLevel } from "@/api/types";

const SHOPS = [
  "Nordlicht Living",
  "Harbour & Thread",
  "Bergmann & Söhne Werkzeuge seit 1887",
  "Maison Lumière",
  "Fern & Co",
  "Kaffeerösterei Süderelbe",
];
const WAREHOUSES = [
  "Rotterdam Waalhaven",
  "Leipzig Nord",
  "Daventry Park",
  "Hoofddorp Fulfillment Center West",
  "Moreno Valley",
  "Cicero",
  "Brampton",
  "Kecskemét",
];
const LEVELS: readonly HealthLevel[] = ["healthy", "healthy", "degraded", "healthy", "warning", "healthy", "unknown"];
const RATES = [12, 48, 3, 120, 0, 7];
const BACKLOGS = [22, 1_480, 3, 99, 0, 12];

const pick = <T>(all: readonly [T, ...T[]] | readonly T[], index: number): T => {
  const found = all[index % all.length];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
};

export function flowOf(shops: number, warehouses: number): Flow {
  const shopIds = Array.from({ length: shops }, (_, index) => `con_${index}`);
  const warehouseIds = Array.from({ length: warehouses }, (_, index) => `whs_${index}`);
  const edge = (from: string, to: string, index = 0, errors = 0) => ({
    from,
    to,
    per_minute: pick(RATES, index),
    backlog: pick(BACKLOGS, index),
    errors,
  });
  const stage = (name: Flow["stages"][number]["stage"], orders: number, errors = 0) => ({
    stage: name,
    orders,
    oldest_at: orders === 0 ? null : "2026-11-22T09:12:00Z",
    per_minute: 28,
    errors,
  });
  return {
    at: "2026-11-22T09:30:00Z",
    shops: shopIds.map((connection, index) => ({
      connection,
      name: pick(SHOPS, index),
      connector: "shopify",
      health: pick(LEVELS, index),
      orders_per_minute: pick(RATES, index),
      waiting: pick(BACKLOGS, index),
    })),
    stages: [
      stage("received", 3),
      stage("blocked", 2),
      stage("routing", 1),
      stage("editable", 1_643),
      stage("held", 12),
      stage("releasing", 4, 2),
      stage("unconfirmed", 1),
      stage("attention", 5, 5),
      stage("in_warehouse", 1_340),
      stage("shipped", 0),
    ],
    warehouses: warehouseIds.map((warehouse, index) => ({
      warehouse,
      connection: `con_w${index}`,
      name: pick(WAREHOUSES, index),
      health: pick(LEVELS, index + 1),
      waiting: pick(BACKLOGS, index),
      in_work: pick(BACKLOGS, index + 1),
      handed_over_per_minute: pick(RATES, index),
      shipped_per_minute: pick(RATES, index + 1),
    })),
    edges: [
      ...shopIds.map((id, index) => edge(id, "received", index)),
      edge("received", "routing"),
      edge("routing", "editable"),
      edge("editable", "releasing"),
      ...warehouseIds.map((id, index) => edge("releasing", id, index, index === 1 ? 14 : 0)),
      ...warehouseIds.map((id, index) => edge(id, "shipped", index + 1)),
      ...shopIds.map((id, index) => edge("shipped", id, index)),
      edge("nowhere", "received"),
    ],
  };
}

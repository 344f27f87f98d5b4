import { m } from "@/paraglide/messages.js";
import type { Measure } from "./measures";

export const MEASURE_WORDS: Readonly<Record<Measure, () => string>> = {
  parcels: m.rules_measure_parcels,
  cost: m.rules_measure_cost,
  late_orders: m.rules_measure_late_orders,
  late_hours: m.rules_measure_late_hours,
  short_orders: m.rules_measure_short_orders,
  short_units: m.rules_measure_short_units,
};

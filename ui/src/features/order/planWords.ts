/** What the router says about its plan, in the console's language, with names in place of ids. */
import type { OrderDetail, PlanRelaxation } from "@/api/types";
import { formatMoney } from "@/lib/money";
import { integer } from "@/lib/number";
import { type Sentence, sayAgain, sentence } from "@/lib/sentences";
import { duration } from "@/lib/time";
import { m } from "@/paraglide/messages.js";

type Plan = NonNullable<OrderDetail["plan"]>["plan"];
export type Explanation = Plan["explain"][string];

/** The line an allocation is for. The router's is ours, or a piece of it that is pinned somewhere: `lin_1/whs_2`. */
export const ownLine = (line: string) => line.split("/")[0] ?? line;

/** How ids are called, and which currency amounts are in. */
export interface PlanNames {
  readonly sku: (line: string) => string;
  readonly warehouse: (id: string) => string;
  readonly currency: string;
}

export function levelText(level: string | null | undefined): string {
  switch (level) {
    case "short_value":
      return m.order_level_short_value();
    case "late":
      return m.order_level_late();
    case "warehouses":
      return m.order_level_warehouses();
    case "cost":
      return m.order_level_cost();
    case "rank_sum":
      return m.order_level_rank_sum();
    default:
      return level ?? "";
  }
}

export const WHY_NOT: readonly Sentence<PlanNames>[] = [
  sentence("it is not eligible for this order", () => m.order_why_ineligible()),
  sentence("the order wants no units", () => m.order_why_no_units()),
  sentence("it has none of the SKUs of this order", () => m.order_why_no_stock()),
  sentence("it can take no more units", () => m.order_why_capacity()),
  sentence("it must not ship SKU `{sku}`", ({ sku = "" }) => m.order_why_excluded({ sku })),
  sentence("line `{line}` is pinned to `{pin}`", ({ line = "", pin = "" }, { sku, warehouse }) =>
    m.order_why_pinned({ sku: sku(line), warehouse: warehouse(pin) }),
  ),
  sentence("none of its parcels carries any weight", () => m.order_why_parcels()),
  sentence("no warehouse may be used", () => m.order_why_none_allowed()),
  sentence("with it, shipping complete takes more warehouses than allowed", () => m.order_why_too_many()),
  sentence("with it, shipping complete leaves a part below the smallest value", () => m.order_why_small_part()),
  sentence("with it, something of the order would stay short", () => m.order_why_short()),
  sentence("it could ship only lines of a ship group, and not the whole group", () => m.order_why_group()),
  sentence("{name} does not ship to {country}", ({ country = "" }) => m.order_why_country({ country })),
  sentence("{name} is paused", () => m.order_why_paused()),
  sentence("rule `{rule}` excludes it", ({ rule = "" }) => m.order_why_rule({ rule })),
  sentence("rule `{rule}`: {why}", ({ rule = "", why = "" }) => m.order_why_rule_saying({ rule, why })),
];

const CONSTRAINTS: Readonly<Record<string, () => string>> = {
  stock: m.order_why_no_stock,
  ineligible: m.order_why_ineligible,
  capacity_units: m.order_why_capacity,
};

/** By how much a warehouse loses, in the unit of the level. */
function byWords({ level, by }: Explanation, currency: string): string {
  const amount = by ?? 0;
  if (level === "cost" || level === "short_value") return formatMoney(amount, currency);
  return level === "late" ? duration(amount * 3_600_000) : integer(amount);
}

/** Why a warehouse ships nothing. */
export function whyNot(explained: Explanation, names: PlanNames): string {
  const detail = explained.detail ?? "";
  if (explained.because === "constraint") {
    const known = detail === "" ? CONSTRAINTS[explained.constraint ?? ""]?.() : sayAgain(WHY_NOT, detail, names);
    return m.order_plan_constraint({ detail: known ?? explained.constraint ?? "" });
  }
  if (explained.level === "allocation") return m.order_plan_tie();
  if (explained.level === null || explained.level === undefined) return detail === "" ? "" : m.order_plan_step_limit();
  return m.order_plan_level({ level: levelText(explained.level), by: byWords(explained, names.currency) });
}

const SHORT: readonly Sentence<PlanNames>[] = [
  sentence("pinned to `{pin}`, which is not among the warehouses", ({ pin = "" }, { warehouse }) =>
    m.order_short_pin_unknown({ warehouse: warehouse(pin) }),
  ),
  sentence("pinned to `{pin}`, which cannot ship this order: {why}", ({ pin = "", why = "" }, names) =>
    m.order_short_pin_ineligible({ warehouse: names.warehouse(pin), why: sayAgain(WHY_NOT, why, names) }),
  ),
  sentence("pinned to `{pin}`, which must not ship SKU `{sku}`", ({ pin = "", sku = "" }, { warehouse }) =>
    m.order_short_pin_excluded({ warehouse: warehouse(pin), sku }),
  ),
  sentence(
    "pinned to `{pin}`, which can ship {some} of {all} units",
    ({ pin = "", some = "", all = "" }, { warehouse }) =>
      m.order_short_pin_stock({ warehouse: warehouse(pin), some, all }),
  ),
  sentence("no warehouse that may ship SKU `{sku}` has any", ({ sku = "" }) => m.order_short_none({ sku })),
  sentence(
    "{wanted} units of SKU `{sku}` are wanted and {stock} are available",
    ({ wanted = "", sku = "", stock = "" }) => m.order_short_stock({ wanted, sku, stock }),
  ),
  sentence(
    "ships with group `{group}` from one warehouse or not at all, and none can take it whole",
    ({ group = "" }) => m.order_short_group({ group }),
  ),
  sentence("must not be split, and no warehouse can ship more than {most} of {all} units", ({ most = "", all = "" }) =>
    m.order_short_unsplit({ most, all }),
  ),
  sentence("the order ships complete or not at all, and it cannot ship complete", () => m.order_short_complete()),
  sentence("at most {count} warehouses may be used", ({ count = "" }) => m.order_short_warehouses({ count })),
  sentence("a part worth less than {value} would be needed", ({ value = "" }, { currency }) =>
    m.order_short_value({ value: formatMoney(Number(value), currency) }),
  ),
  sentence("the warehouses that have it cannot take more units", () => m.order_short_capacity()),
  sentence("its stock is needed for other lines, or the rules for splitting leave no other way", () =>
    m.order_short_other(),
  ),
];

/** Why units stay short. */
export function shortWords(reason: string, names: PlanNames): string {
  return sayAgain(SHORT, reason, names);
}

/** One thing that would have to give for the whole order to ship. */
export function relaxationWords(change: PlanRelaxation, { sku, warehouse, currency }: PlanNames): string {
  switch (change.kind) {
    case "allow_warehouses":
      return m.order_relax_warehouses({ count: integer(change.warehouses) });
    case "lower_part_value":
      return m.order_relax_value({ value: formatMoney(change.min_part_value, currency) });
    case "unpin":
      return m.order_relax_unpin({ sku: sku(change.line) });
    case "split":
      return m.order_relax_split({ sku: sku(change.line) });
    case "ungroup":
      return m.order_relax_ungroup({ group: change.ship_group });
    case "lift_exclusion":
      return m.order_relax_exclusion({ sku: change.sku, warehouse: warehouse(change.warehouse) });
    case "raise_capacity":
      return m.order_relax_capacity({ warehouse: warehouse(change.warehouse), units: integer(change.units) });
    case "admit":
      return m.order_relax_admit({ warehouse: warehouse(change.warehouse) });
    case "find_stock":
      return m.order_relax_stock({ sku: change.sku, units: integer(change.units) });
  }
}

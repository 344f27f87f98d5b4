/** What rules found and did, in the console's language, with names in place of ids. */

import { addressFieldText } from "@/components/problemSentences";
import { formatMoney } from "@/lib/money";
import { type Sentence, sayAgain, sentence } from "@/lib/sentences";
import { m } from "@/paraglide/messages.js";
import { levelText, type PlanNames, shortWords, WHY_NOT } from "./planWords";

const listed = (ids: string, name: (id: string) => string) => ids.split(", ").map(name).join(", ");

const EFFECTS: readonly Sentence<PlanNames>[] = [
  sentence("shift the rank of {place} by {shift}", ({ place = "", shift = "" }, { warehouse }) =>
    m.order_rule_rank({ warehouse: warehouse(place), shift }),
  ),
  sentence("shift the rank of {places}", ({ places = "" }, { warehouse }) =>
    m.order_rule_rank_some({ warehouses: listed(places, warehouse) }),
  ),
  sentence("allow only {places}", ({ places = "" }, { warehouse }) =>
    m.order_rule_only({ warehouses: listed(places, warehouse) }),
  ),
  sentence("allow {goods} in {places}", ({ goods = "", places = "" }, { warehouse }) =>
    m.order_rule_allow_goods({ goods, warehouses: listed(places, warehouse) }),
  ),
  sentence("exclude {goods} in {places}", ({ goods = "", places = "" }, { warehouse }) =>
    m.order_rule_exclude_goods({ goods, warehouses: listed(places, warehouse) }),
  ),
  sentence("allow {place}", ({ place = "" }, { warehouse }) => m.order_rule_allow({ warehouse: warehouse(place) })),
  sentence("exclude {place}", ({ place = "" }, { warehouse }) => m.order_rule_exclude({ warehouse: warehouse(place) })),
  sentence("pin line {line} to {place}", ({ line = "", place = "" }, { sku, warehouse }) =>
    m.order_rule_pin({ goods: sku(line), warehouse: warehouse(place) }),
  ),
  sentence("pin {goods} to {place}", ({ goods = "", place = "" }, { warehouse }) =>
    m.order_rule_pin({ goods, warehouse: warehouse(place) }),
  ),
  sentence("order the objective {levels}", ({ levels = "" }) =>
    m.order_rule_objective({ levels: listed(levels, levelText) }),
  ),
  sentence("at most {count} warehouses", ({ count = "" }) => m.order_rule_most({ count })),
  sentence("parts worth at least {value}", ({ value = "" }, { currency }) =>
    m.order_rule_part_value({ value: formatMoney(Number(value), currency) }),
  ),
  sentence("limit splitting", () => m.order_rule_split()),
];

/** What a routing rule does. */
export function effectWords(what: string, names: PlanNames): string {
  return sayAgain(EFFECTS, what, names);
}

const NOTES: readonly Sentence<PlanNames>[] = [
  sentence("rule `{rule}` overrides it", ({ rule = "" }) => m.order_rule_overridden({ rule })),
  sentence("the order wants none of these goods", () => m.order_rule_no_goods()),
  sentence("it is not among the candidates", () => m.order_rule_no_candidate()),
  sentence("it is out anyway: {why}", ({ why = "" }, names) =>
    m.order_rule_out_anyway({ why: sayAgain(WHY_NOT, why, names) }),
  ),
  sentence("the order itself pins it to {place}", ({ place = "" }, { warehouse }) =>
    m.order_rule_own_pin({ warehouse: warehouse(place) }),
  ),
  sentence("the order itself allows fewer", () => m.order_rule_own_fewer()),
  sentence("the order itself asks for more", () => m.order_rule_own_more()),
  sentence("the line stays short: {why}", ({ why = "" }, names) =>
    m.order_rule_stays_short({ why: shortWords(why, names) }),
  ),
];

/** Why an effect of a rule is not in force, or what is to know about it. */
export function noteWords(note: string, names: PlanNames): string {
  return sayAgain(NOTES, note, names);
}

/** What a condition saw. Values stay as they are. */
const FACTS: readonly Sentence<undefined>[] = [
  sentence("unpaid", () => m.order_unpaid()),
  sentence("paid", () => m.order_paid()),
  sentence("payment unknown", () => m.order_paid_unknown()),
  sentence("new customer", () => m.order_first_order()),
  sentence("{count} earlier orders", ({ count = "" }) => m.order_earlier_orders({ count, rows: Number(count) })),
  sentence("customer's past unknown", () => m.order_fact_past_unknown()),
  sentence("address complete", () => m.order_fact_address_complete()),
  sentence("address lacks {fields}", ({ fields = "" }) =>
    m.order_fact_address_lacks({ fields: listed(fields, addressFieldText) }),
  ),
  sentence("every order", () => m.order_fact_every()),
  sentence("no {what}", ({ what = "" }) => m.order_fact_none({ what: nounText(what) })),
  sentence("value {value}", ({ value = "" }) => m.order_fact_value({ value })),
  sentence("weight {grams} g", ({ grams = "" }) => m.order_fact_weight({ grams })),
  ...(["channel", "country", "postcode", "SKU", "tag", "shipping option"] as const).map((noun) =>
    sentence<undefined>(`${noun} {value}`, ({ value = "" }) => `${nounText(noun)} ${value}`),
  ),
];

const NOUNS: Readonly<Record<string, () => string>> = {
  channel: m.orders_column_shop,
  country: m.orders_field_country,
  postcode: m.order_field_postcode,
  tag: m.order_fact_tag,
  "shipping option": m.order_shipping_option,
};

const nounText = (noun: string) => NOUNS[noun.replace(/^such /, "")]?.() ?? noun.replace(/^such /, "");

/** Why a rule fits an order or does not; several facts are parted by semicolons. */
export function findingWords(finding: string): string {
  return finding
    .split("; ")
    .map((fact) => sayAgain(FACTS, fact, undefined))
    .join("; ");
}

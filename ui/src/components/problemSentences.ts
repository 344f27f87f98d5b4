/**
 * What the server says about a problem, in the console's language.
 *
 * The server writes English. Its own sentences are few: each is found by its code and its shape, and said again from the
 * message catalog with the same names in it. A sentence of a newer server is replaced by what its code means, and stays
 * beside it as it was written. What a partner said is quoted and never translated.
 */
import type { Message } from "@/actions/definition";
import { locale } from "@/i18n/locale";
import { absoluteTime, instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";

export interface ProblemWords {
  readonly title: string;
  readonly detail: string;
  readonly next_step: string;
}

interface Sentence {
  readonly shape: RegExp;
  readonly title: (found: Readonly<Record<string, string>>) => string;
  readonly next: () => string;
}

const SERVER_LANGUAGE = "en";

/** A name the server puts into a sentence. */
const gap = (name: string) => `(?<${name}>.+)`;

/** `text` with `{name}` for what the server fills in; `title` takes the same names. */
function says(text: string, title: (found: never) => string, next: () => string): Sentence {
  const parts = text
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 1 ? gap(part) : part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  return { shape: new RegExp(`^${parts.join("")}$`), title: title as Sentence["title"], next };
}

interface CodeWords {
  readonly sentences: readonly Sentence[];
  /** What the code means, for a sentence that is not among these. */
  readonly title: Message;
  readonly next: Message;
  /** Whether the detail is what a partner said. */
  readonly partner?: true;
}

/** A code with one sentence that names nothing. */
function plain(text: string, title: Message, next: Message, partner?: true): CodeWords {
  return { sentences: [says(text, title, next)], title, next, ...(partner === undefined ? {} : { partner }) };
}

const CODES: Readonly<Record<string, CodeWords>> = {
  "SY-0001": plain("Switchyard made a mistake", m.problem_of_defect, m.problem_of_defect_next),
  "SY-0002": plain("The request cannot be read", m.problem_of_request, m.problem_of_request_next),
  "SY-0003": {
    sentences: [
      says("There is no order {id}", m.problem_of_missing_order, m.problem_of_missing_next),
      says("There is no connection {id}", m.problem_of_missing_connection, m.problem_of_missing_next),
      says("There is no transfer {id}", m.problem_of_missing_transfer, m.problem_of_missing_next),
    ],
    title: m.problem_of_path,
    next: m.problem_of_path_next,
  },
  "SY-0004": plain("You are not signed in", m.problem_of_sign_in, m.problem_of_sign_in_next),
  "SY-0005": plain("You may not do this", m.problem_of_role, m.problem_of_role_next),
  "SY-0006": {
    sentences: [
      says("Order {order} was changed meanwhile", m.problem_of_revision, m.problem_of_revision_next),
      says("The matter is settled already", m.order_matter_gone, m.problem_of_reread_next),
      says("Somebody else changed it first", m.problem_of_race, m.problem_of_race_next),
      says("Somebody else changed the transfer first", m.problem_of_transfer_race, m.problem_of_race_next),
      says("The stock went to another order", m.problem_of_stock_race, m.problem_of_stock_race_next),
    ],
    title: m.problem_of_race,
    next: m.problem_of_race_next,
  },
  "SY-0007": plain("The query cannot be understood", m.problem_of_query, m.problem_of_query_next),
  "SY-0008": plain("The database cannot be used", m.problem_of_store, m.problem_of_store_next),
  "SY-0009": { sentences: [], title: m.problem_of_key, next: m.problem_of_key_next },
  "SY-1001": { sentences: [], title: m.problem_of_payload, next: m.problem_of_payload_next },
  "SY-1002": {
    sentences: [says("{order} names {count} unknown SKU(s)", m.problem_of_sku, m.problem_of_sku_next)],
    title: m.problem_of_sku_code,
    next: m.problem_of_sku_next,
  },
  "SY-1003": {
    sentences: [says("The address of {order} is incomplete", m.problem_of_address, m.problem_of_address_next)],
    title: m.problem_of_address_edit,
    next: m.problem_of_address_edit_next,
  },
  "SY-1004": {
    sentences: [
      says("{order} waits for stock", m.problem_of_stock, m.problem_of_stock_next),
      says("Not so many units are free", m.problem_of_keep, m.problem_of_keep_next),
      says("Not so many units are free to leave", m.problem_of_leave, m.problem_of_leave_next),
    ],
    title: m.problem_of_stock_code,
    next: m.problem_of_stock_next,
  },
  "SY-1005": {
    sentences: [
      says("The shop changed {order} too late", m.problem_of_shop_change, m.problem_of_shop_change_next),
      says("The shop changed {field} of {order}: {why}", m.matter_shop_change, m.problem_of_shop_change_next),
    ],
    title: m.problem_of_shop_change_code,
    next: m.problem_of_shop_change_next,
  },
  "SY-1101": {
    sentences: [
      says("The order is finished", m.problem_of_finished, m.problem_of_finished_next),
      says("This cannot be done here", m.problem_of_nowhere, m.problem_of_ways_next),
      says("{reference} keeps what it has: {why}", m.matter_keeps, m.problem_of_ways_next),
    ],
    title: m.problem_of_late,
    next: m.problem_of_late_next,
  },
  "SY-1102": {
    sentences: [
      says("The order cannot be changed like that", m.problem_of_wish, m.problem_of_reread_next),
      says("The order has no such line", m.problem_of_line, m.problem_of_reread_next),
      says("The order has no such hold", m.problem_of_hold, m.problem_of_reread_next),
      says("No order can have that", m.problem_of_range, m.problem_of_range_next),
      says("Only more units are possible here", m.problem_of_more, m.problem_of_more_next),
      says("The order has no such fulfillment order", m.problem_of_part, m.problem_of_reread_next),
      says("Only fewer units are possible here", m.problem_of_fewer, m.problem_of_fewer_next),
      says("The order is held", m.problem_of_held, m.problem_of_held_next),
      says("The order is not planned yet", m.problem_of_unplanned, m.problem_of_unplanned_next),
      says("That way is not open now", m.problem_of_no_way, m.problem_of_no_way_next),
      says("Nothing would change", m.problem_of_nothing, m.problem_of_nothing_next),
    ],
    title: m.problem_of_edit_code,
    next: m.problem_of_reread_next,
  },
  "SY-1103": {
    sentences: [says("This cannot be done here", m.problem_of_nowhere, m.problem_of_approval_next)],
    title: m.problem_of_edit_role,
    next: m.problem_of_approval_next,
  },
  "SY-1104": {
    sentences: [says("A second person has to agree", m.problem_of_second, m.problem_of_approval_next)],
    title: m.problem_of_approval,
    next: m.problem_of_approval_next,
  },
  "SY-1111": { sentences: [], title: m.problem_of_owner, next: m.problem_of_owner_next },
  "SY-1201": {
    sentences: [
      says("{warehouse} refused the fulfillment order", m.problem_of_refusal, m.problem_of_refusal_next),
      says("No warehouse is left for {order}", m.problem_of_no_warehouse, m.problem_of_no_warehouse_next),
      says("{warehouse} ended {reference} without shipping all of it", m.problem_of_short, m.problem_of_short_next),
      says("{reference} is stuck at {warehouse}", m.problem_of_stuck, m.problem_of_stuck_next),
    ],
    title: m.problem_of_refusal_code,
    next: m.problem_of_refusal_next,
    partner: true,
  },
  "SY-1202": {
    sentences: [
      says("The warehouse's answer was lost", m.problem_of_doubt, m.problem_of_doubt_next),
      says("Nobody knows yet whether the warehouse has {reference}", m.matter_in_doubt, m.problem_of_doubt_next),
      says("This cannot be done here", m.problem_of_nowhere, m.problem_of_ways_next),
    ],
    title: m.problem_of_doubt,
    next: m.problem_of_doubt_next,
    partner: true,
  },
  "SY-1203": {
    sentences: [says("{name} refused the tracking information", m.problem_of_write_back, m.problem_of_write_back_next)],
    title: m.problem_of_write_back_code,
    next: m.problem_of_write_back_next,
    partner: true,
  },
  "SY-1204": {
    sentences: [
      says(
        "{surplus} more units left on account of {reference} than the order has",
        m.matter_surplus,
        m.problem_of_surplus_next,
      ),
      says("The warehouse shipped more than {reference} asks for", m.problem_of_surplus, m.problem_of_surplus_next),
    ],
    title: m.problem_of_surplus_code,
    next: m.problem_of_surplus_next,
  },
  "SY-1205": {
    sentences: [
      says(
        "The warehouse refused to change {reference}; it ships as it is",
        m.matter_refused,
        m.problem_of_change_next,
      ),
      says(
        "{given} of {all} units of {reference} were given up; {rest} ship",
        m.matter_partly,
        m.problem_of_change_next,
      ),
    ],
    title: m.problem_of_change_refused,
    next: m.problem_of_change_next,
    partner: true,
  },
  "SY-1105": {
    sentences: [
      says("{name} proposes an edit of {order}", m.matter_proposal, m.problem_of_proposal_next),
      says("{name} proposes {count} edits of {order}", m.matter_proposals, m.problem_of_proposal_next),
    ],
    title: m.problem_of_proposal,
    next: m.problem_of_proposal_next,
  },
  "SY-1206": {
    sentences: [
      says(
        "The warehouse has not answered the request about {reference}; nothing has changed",
        m.matter_silence,
        m.problem_of_change_next,
      ),
    ],
    title: m.problem_of_change_unanswered,
    next: m.problem_of_change_next,
  },
  "SY-1207": {
    sentences: [
      says(
        "{reference} left before the warehouse answered the request about it",
        m.matter_overtaken,
        m.problem_of_return_next,
      ),
    ],
    title: m.problem_of_change_overtaken,
    next: m.problem_of_return_next,
  },
  "SY-1208": {
    sentences: [
      says(
        "{units} units of {number} left although they had been cancelled",
        m.matter_after_cancel,
        m.problem_of_return_next,
      ),
    ],
    title: m.problem_of_after_cancel,
    next: m.problem_of_return_next,
  },
  "SY-1209": { sentences: [], title: m.problem_of_no_warehouse_code, next: m.problem_of_no_warehouse_next },
  "SY-1301": { sentences: [], title: m.problem_of_rules, next: m.problem_of_place_next },
  "SY-1302": { sentences: [], title: m.problem_of_calendar, next: m.problem_of_place_next },
  "SY-1401": { sentences: [], title: m.problem_of_movement, next: m.problem_of_count_next },
  "SY-1402": {
    sentences: [says("The transfer was not changed", m.problem_of_transfer_kept, m.problem_of_transfer_next)],
    title: m.problem_of_transfer,
    next: m.problem_of_transfer_next,
  },
  "SY-1501": {
    sentences: [
      says(
        "{units} units of return {reference} are here and nobody has decided what becomes of them and what the customer gets",
        m.matter_return_both,
        m.problem_of_decision_next,
      ),
      says(
        "{units} units of return {reference} are here and nobody has decided what becomes of them",
        m.matter_return_stock,
        m.problem_of_decision_next,
      ),
      says(
        "{units} units of return {reference} are here and nobody has decided what the customer gets",
        m.matter_return_customer,
        m.problem_of_decision_next,
      ),
    ],
    title: m.problem_of_return,
    next: m.problem_of_decision_next,
  },
  "SY-1502": {
    sentences: [
      says("The warehouse did not take the notice of {reference}", m.problem_of_notice, m.problem_of_notice_next),
      says("The warehouse expects {reference} no longer", m.problem_of_notice_gone, m.problem_of_notice_gone_next),
    ],
    title: m.problem_of_notice_code,
    next: m.problem_of_notice_next,
    partner: true,
  },
  "SY-1601": {
    sentences: [
      says("What is stored about {order} does not fit together", m.matter_records, m.problem_of_records_next),
    ],
    title: m.problem_of_records,
    next: m.problem_of_records_next,
  },
  "SY-1602": {
    sentences: [
      says("{order} is neither planned nor stopped by anything", m.matter_late_order, m.problem_of_late_service),
      says("{reference} should have gone to its warehouse", m.matter_late_open, m.problem_of_late_service),
      says("{reference} waits for its warehouse's system", m.matter_late_queued, m.problem_of_late_warehouse),
      says(
        "{reference} is on its way to the warehouse and does not arrive",
        m.matter_late_sent,
        m.problem_of_late_warehouse,
      ),
      says("The warehouse says nothing about {reference}", m.matter_late_warehouse, m.problem_of_late_warehouse),
      says("The shop has not been told what left for {order}", m.matter_late_shop, m.problem_of_late_shop),
    ],
    title: m.problem_of_late,
    next: m.problem_of_late_service,
  },
  "SY-2001": {
    sentences: [says("{name} cannot be reached", m.problem_of_unreachable, m.problem_of_unreachable_next)],
    title: m.problem_of_unreachable_code,
    next: m.problem_of_unreachable_next,
    partner: true,
  },
  "SY-2002": {
    sentences: [says("{name} refuses our credentials", m.problem_of_credentials, m.problem_of_credentials_next)],
    title: m.problem_of_credentials_code,
    next: m.problem_of_credentials_next,
    partner: true,
  },
  "SY-2003": {
    sentences: [says("{name} asks us to slow down", m.problem_of_throttle, m.problem_of_throttle_next)],
    title: m.problem_of_throttle_code,
    next: m.problem_of_throttle_next,
    partner: true,
  },
  "SY-2004": {
    sentences: [says("{name} gave an answer we cannot use", m.problem_of_protocol, m.problem_of_protocol_next)],
    title: m.problem_of_protocol_code,
    next: m.problem_of_protocol_next,
    partner: true,
  },
  "SY-2005": {
    sentences: [says("{name} is not set up correctly", m.problem_of_settings, m.problem_of_settings_next)],
    title: m.problem_of_settings_code,
    next: m.problem_of_settings_next,
    partner: true,
  },
};

/** Our own words in details that are more than a name. */
const DETAILS: readonly {
  readonly shape: RegExp;
  readonly text: (found: Readonly<Record<string, string>>) => string;
}[] = [
  {
    shape: /^(?:missing: |the address lacks )(?<fields>.+)$/,
    text: ({ fields = "" }) =>
      m.problem_of_address_detail({ fields: fields.split(", ").map(addressFieldText).join(", ") }),
  },
  {
    shape: /^no warehouse has ever reported: (?<skus>.+)$/,
    text: ({ skus = "" }) => m.problem_of_sku_detail({ skus }),
  },
  {
    shape: /^fulfillment order (?<reference>\S+) was handed over at (?<at>\S+) and is \w+$/,
    text: ({ reference = "", at = "" }) => {
      const time = instant(at);
      return m.problem_of_late_detail({ reference, time: time === undefined ? at : absoluteTime(time) });
    },
  },
  {
    shape: /^(?<quantity>\d+) is not fewer than the (?<wanted>\d+) units wanted now$/,
    text: ({ quantity = "", wanted = "" }) => m.problem_of_not_fewer_detail({ quantity, wanted }),
  },
  {
    shape: /^(?<quantity>\d+) is not more than the (?<wanted>\d+) units wanted now$/,
    text: ({ quantity = "", wanted = "" }) => m.problem_of_not_more_detail({ quantity, wanted }),
  },
  {
    shape: /^(?<quantity>\d+) units of one line cannot be counted$/,
    text: ({ quantity = "" }) => m.problem_of_uncountable_detail({ quantity }),
  },
  {
    shape: /^You decided on revision (?<asked>\d+); it is at revision (?<current>\d+)\.$/,
    text: ({ asked = "", current = "" }) => m.problem_of_revision_detail({ asked, current }),
  },
  {
    shape: /^(?<wanted>\d+) units of (?<sku>.+) would leave, (?<free>\d+) are free$/,
    text: ({ wanted = "", sku = "", free = "" }) => m.problem_of_leave_detail({ wanted, sku, free }),
  },
  { shape: /^nothing would change$/, text: () => m.problem_of_nothing_detail() },
  { shape: /^the order has no fulfillment order \S+ that can be moved$/, text: () => m.problem_of_part_detail() },
  {
    shape: /^a new line has nothing cancelled and nothing on backorder$/,
    text: () => m.problem_of_backorder_detail(),
  },
  { shape: /^a second person who may approve edits/, text: () => m.problem_of_second_detail() },
];

const ADDRESS_FIELDS: Readonly<Record<string, () => string>> = {
  name: m.order_field_name,
  line1: m.order_field_line1,
  city: m.order_field_city,
  postcode: m.order_field_postcode,
  province: m.order_field_province,
  country: m.order_field_country,
};

/** A field of an address by its name in the API. */
export const addressFieldText = (field: string) => ADDRESS_FIELDS[field]?.() ?? field;

function detailWords(detail: string, partner: boolean): string {
  if (detail === "") return "";
  if (partner) return m.problem_quoted({ words: detail });
  for (const { shape, text } of DETAILS) {
    const found = shape.exec(detail)?.groups;
    if (found !== undefined) return text(found);
  }
  return detail;
}

const foreign = () => locale() !== SERVER_LANGUAGE;

/** The problem in the console's language; as the server wrote it where that is the same, or where the code is unknown. */
export function problemWords({ code, title, detail, next_step }: ProblemWords & { code: string | null }): ProblemWords {
  const words = code === null ? undefined : CODES[code];
  if (!foreign() || words === undefined) return { title, detail, next_step };
  const told = detailWords(detail, words.partner === true);
  for (const sentence of words.sentences) {
    const found = sentence.shape.exec(title);
    if (found !== null) return { title: sentence.title(found.groups ?? {}), detail: told, next_step: sentence.next() };
  }
  const own = words.title();
  const known = title === "" || title === words.title({}, { locale: SERVER_LANGUAGE });
  // A sentence we do not know names what failed: it is kept, as it was written.
  return {
    title: own,
    detail: known ? told : [m.problem_quoted({ words: title }), told].filter((part) => part !== "").join(" "),
    next_step: words.next(),
  };
}

/** A problem's title alone, where only that is known. */
export function titleWords(title: string): string {
  if (!foreign()) return title;
  for (const { sentences } of Object.values(CODES)) {
    for (const sentence of sentences) {
      const found = sentence.shape.exec(title);
      if (found !== null) return sentence.title(found.groups ?? {});
    }
  }
  return title;
}

/** What is wrong with a field of a form. */
export function fieldWords(detail: string): string {
  return foreign() && detail === m.problem_of_address_field({}, { locale: SERVER_LANGUAGE })
    ? m.problem_of_address_field()
    : detail;
}

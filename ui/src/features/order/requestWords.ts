/** Change requests and matters in the console's language. */
import type { ChangeRequest, Choice, OrderLine } from "@/api/types";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";

type Ask = ChangeRequest["asks"][number];

/** What a warehouse is asked for; `lines` are the order's. */
export function askText(ask: Ask, lines: readonly OrderLine[]): string {
  const sku = (id: string) => lines.find((line) => line.id === id)?.sku ?? id;
  switch (ask.kind) {
    case "address":
      return m.order_request_address({ place: `${ask.ship_to.line1}, ${ask.ship_to.postcode} ${ask.ship_to.city}` });
    case "quantity":
      return m.order_request_quantity({ count: integer(ask.fewer), sku: sku(ask.line) });
    case "cancel":
      return m.order_request_cancel();
    case "hold":
      return m.order_request_hold();
    case "resume":
      return m.order_request_resume();
    case "shipping_option":
      return m.order_request_shipping({ option: ask.option });
    case "billing":
      return m.order_request_billing();
    case "lot":
      return m.order_request_lot({ lot: ask.lot, sku: sku(ask.line) });
  }
}

const STATES: Readonly<Record<ChangeRequest["state"], () => string>> = {
  draft: m.order_request_state_draft,
  sent: m.order_request_state_sent,
  accepted: m.order_request_state_accepted,
  refused: m.order_request_state_refused,
  expired: m.order_request_state_expired,
  superseded: m.order_request_state_superseded,
  withdrawn: m.order_request_state_withdrawn,
};

export function requestStateText(state: ChangeRequest["state"]): string {
  return STATES[state]();
}

const CHOICES: Readonly<Record<Choice, () => string>> = {
  let_it_ship: m.order_choice_let_it_ship,
  announce_return: m.order_choice_announce_return,
  try_again: m.order_choice_try_again,
  carrier_intercept: m.order_choice_carrier_intercept,
  ask_for_unpicked: m.order_choice_ask_for_unpicked,
  call_warehouse: m.order_choice_call_warehouse,
  cancel_and_plan_elsewhere: m.order_choice_cancel_and_plan_elsewhere,
  credit_note: m.order_choice_credit_note,
  new_order: m.order_choice_new_order,
  propose: m.order_choice_propose,
  ask_for_approval: m.order_choice_ask_for_approval,
  wait_for_answer: m.order_choice_wait_for_answer,
  take_shop_version: m.order_choice_take_shop_version,
  keep_our_version: m.order_choice_keep_our_version,
  correct: m.order_choice_correct,
  wait: m.order_choice_wait,
  cancel: m.order_choice_cancel,
  let_customer_keep: m.order_choice_let_customer_keep,
  waive: m.order_choice_waive,
  approve: m.order_choice_approve,
  decline: m.order_choice_decline,
};

export function choiceText(choice: Choice): string {
  return CHOICES[choice]();
}

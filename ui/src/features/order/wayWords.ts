/** What choosing a way out does, as it is: `crates/engine/src/flow/attention_settle/way.rs` is the authority. */
import type { Choice } from "@/api/types";
import { m } from "@/paraglide/messages.js";

const CONSEQUENCES: Readonly<Record<Choice, () => string>> = {
  // These act.
  approve: m.order_settle_approve,
  take_shop_version: m.order_settle_take_shop_version,
  ask_for_unpicked: m.order_settle_ask_for_unpicked,
  cancel: m.order_settle_cancel,
  cancel_and_plan_elsewhere: m.order_settle_cancel_and_plan_elsewhere,
  try_again: m.order_matter_settle_again,
  announce_return: m.order_matter_settle_return,
  // These are written down.
  decline: m.order_settle_decline,
  keep_our_version: m.order_settle_keep_our_version,
  let_it_ship: m.order_settle_let_it_ship,
  carrier_intercept: m.order_settle_carrier_intercept,
  call_warehouse: m.order_settle_call_warehouse,
  credit_note: m.order_settle_credit_note,
  new_order: m.order_settle_new_order,
  propose: m.order_settle_propose,
  ask_for_approval: m.order_settle_propose,
  correct: m.order_settle_correct,
  wait: m.order_settle_wait,
  wait_for_answer: m.order_settle_wait,
  let_customer_keep: m.order_settle_let_customer_keep,
  waive: m.order_settle_waive,
};

/** What is true once this way out is taken. */
export function consequenceText(choice: Choice): string {
  return CONSEQUENCES[choice]();
}

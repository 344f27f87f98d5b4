/** What the journal's kinds are called. One that nobody translated yet is shown as it is written. */
import type { Family } from "@/components/family";
import { m } from "@/paraglide/messages.js";

const KINDS: Readonly<Record<string, readonly [Family, () => string]>> = {
  "order.received": ["neutral", m.order_kind_received],
  "order.accepted": ["info", m.order_kind_accepted],
  "order.blocked": ["danger", m.order_kind_blocked],
  "order.planned": ["info", m.order_kind_planned],
  "order.short": ["attention", m.order_kind_short],
  "order.address_changed": ["changed", m.order_kind_address_changed],
  "order.quantity_reduced": ["changed", m.order_kind_quantity_reduced],
  "order.held": ["attention", m.order_kind_held],
  "order.hold_lifted": ["info", m.order_kind_hold_lifted],
  "order.hold_expired": ["info", m.order_kind_hold_expired],
  "order.released_by_hand": ["changed", m.order_kind_released_by_hand],
  "order.cancelled": ["neutral", m.order_kind_cancelled],
  "order.closed": ["success", m.order_kind_closed],
  "order.changed_by_shop": ["changed", m.order_kind_changed_by_shop],
  "order.edited": ["changed", m.order_kind_edited],
  "order.note_changed": ["changed", m.order_kind_note_changed],
  "order.tags_changed": ["changed", m.order_kind_tags_changed],
  "order.priority_changed": ["changed", m.order_kind_priority_changed],
  "order.quantity_raised": ["changed", m.order_kind_quantity_raised],
  "order.line_added": ["changed", m.order_kind_line_added],
  "order.shipping_changed": ["changed", m.order_kind_shipping_changed],
  "order.warehouse_chosen": ["changed", m.order_kind_warehouse_chosen],
  "order.amounts_changed": ["changed", m.order_kind_amounts_changed],
  "order.lot_chosen": ["changed", m.order_kind_lot_chosen],
  "order.set_aside": ["attention", m.order_kind_set_aside],
  "order.shop_change_unmet": ["attention", m.order_kind_shop_change_unmet],
  "policy.changed": ["changed", m.order_kind_policy_changed],
  "change_request.sent": ["info", m.order_kind_request_sent],
  "change_request.accepted": ["success", m.order_kind_request_accepted],
  "change_request.refused": ["danger", m.order_kind_request_refused],
  "change_request.expired": ["attention", m.order_kind_request_expired],
  "change_request.superseded": ["attention", m.order_kind_request_superseded],
  "change_request.withdrawn": ["neutral", m.order_kind_request_withdrawn],
  "attention.settled": ["changed", m.order_kind_settled],
  "message.unreadable": ["danger", m.order_kind_unreadable],
  "fulfillment.queued": ["info", m.order_kind_ful_queued],
  "fulfillment.sent": ["info", m.order_kind_ful_sent],
  "fulfillment.not_sent": ["attention", m.order_kind_ful_not_sent],
  "fulfillment.accepted": ["success", m.order_kind_ful_accepted],
  "fulfillment.unconfirmed": ["attention", m.order_kind_ful_unconfirmed],
  "fulfillment.adopted": ["success", m.order_kind_ful_adopted],
  "fulfillment.not_found": ["attention", m.order_kind_ful_not_found],
  "fulfillment.in_work": ["info", m.order_kind_ful_in_work],
  "fulfillment.rejected": ["danger", m.order_kind_ful_rejected],
  "fulfillment.ended_short": ["attention", m.order_kind_ful_ended_short],
  "shipment.booked": ["success", m.order_kind_shipment_booked],
  "return.announced": ["info", m.returns_kind_announced],
  "return.told": ["info", m.returns_kind_told],
  "return.not_told": ["neutral", m.returns_kind_not_told],
  "return.notice_refused": ["danger", m.returns_kind_notice_refused],
  "return.withdrawn": ["neutral", m.returns_kind_withdrawn],
  "return.came_unannounced": ["attention", m.returns_kind_came_unannounced],
  "return.received": ["info", m.returns_kind_received],
  "return.reported": ["info", m.returns_kind_reported],
  "return.stock_decided": ["changed", m.returns_kind_stock_decided],
  "return.customer_decided": ["changed", m.returns_kind_customer_decided],
  "return.split": ["changed", m.returns_kind_split],
  "return.cancelled": ["neutral", m.returns_kind_cancelled],
  "return.expired": ["attention", m.returns_kind_expired],
  "return.stuck": ["attention", m.returns_kind_stuck],
  "return.closed": ["success", m.returns_kind_closed],
  "write_back.confirmed": ["success", m.order_kind_wb_confirmed],
  "write_back.in_doubt": ["attention", m.order_kind_wb_in_doubt],
  "write_back.not_sent": ["attention", m.order_kind_wb_not_sent],
  "write_back.again": ["changed", m.order_kind_wb_again],
  "write_back.waived": ["changed", m.order_kind_wb_waived],
  "order.edit_proposed": ["changed", m.order_kind_edit_proposed],
  "write_back.refused": ["danger", m.order_kind_wb_refused],
};

export function kindText(kind: string): string {
  return KINDS[kind]?.[1]() ?? kind;
}

export function kindFamily(kind: string): Family {
  return KINDS[kind]?.[0] ?? "neutral";
}

const OUTCOMES: Readonly<Record<string, () => string>> = {
  accepted: m.order_request_state_accepted,
  expired: m.order_request_state_expired,
  superseded: m.order_request_state_superseded,
  withdrawn: m.order_request_state_withdrawn,
  done: m.order_outcome_done,
  refused: m.order_outcome_refused,
  doubtful: m.order_outcome_doubtful,
  not_sent: m.order_outcome_not_sent,
};

/** How a try ended. */
export function outcomeText(outcome: string): string {
  return outcome === "" ? m.order_attempt_running() : (OUTCOMES[outcome]?.() ?? outcome);
}

/** Words of stock in the console's language. */
import type { BlockReason, LedgerRow, StockCause } from "@/api/types";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import type { Verb } from "./effect";

export const BLOCK_REASONS = ["quarantine", "damaged", "expired", "counting", "kept", "other"] as const;

const REASONS: Readonly<Record<BlockReason, () => string>> = {
  quarantine: m.stock_reason_quarantine,
  damaged: m.stock_reason_damaged,
  expired: m.stock_reason_expired,
  counting: m.stock_reason_counting,
  kept: m.stock_reason_kept,
  other: m.stock_reason_other,
};

export const reasonText = (reason: BlockReason): string => REASONS[reason]();

const CAUSES: Readonly<Record<StockCause, () => string>> = {
  reserved: m.stock_cause_reserved,
  freed: m.stock_cause_freed,
  departed: m.stock_cause_departed,
  received: m.stock_cause_received,
  returned: m.stock_cause_returned,
  blocked: m.stock_cause_blocked,
  unblocked: m.stock_cause_unblocked,
  counted: m.stock_cause_counted,
  corrected: m.stock_cause_corrected,
  announced: m.stock_cause_announced,
  earmarked: m.stock_cause_earmarked,
};

export const causeText = (cause: StockCause): string => CAUSES[cause]();

const VERBS: Readonly<Record<Verb, () => string>> = {
  keep_back: m.stock_action_keep_back,
  block: m.stock_action_block,
  unblock: m.stock_action_unblock,
  earmark: m.stock_action_earmark,
  correct: m.stock_action_correct,
};

export const verbText = (verb: Verb): string => VERBS[verb]();

/** `+3`, `−3`. */
export function signed(units: number): string {
  return units < 0 ? `−${integer(-units)}` : `+${integer(units)}`;
}

/** By how much each bucket changed, in words; the names of shops come from `shop`. */
export function movementText(row: LedgerRow, shop: (id: string) => string): string {
  const parts: string[] = [];
  const say = (units: number | undefined, text: (input: { units: string }) => string) => {
    if (units) parts.push(text({ units: signed(units) }));
  };
  say(row.on_hand, m.stock_moved_on_hand);
  say(row.reserved, m.stock_moved_reserved);
  for (const [reason, units] of Object.entries(row.blocked ?? {})) {
    if (units) parts.push(m.stock_moved_blocked({ units: signed(units), reason: reasonText(reason as BlockReason) }));
  }
  say(row.incoming, m.stock_moved_incoming);
  for (const [id, units] of Object.entries(row.earmarks ?? {})) {
    if (units) parts.push(m.stock_moved_earmarked({ units: signed(units), shop: shop(id) }));
  }
  return parts.join(", ");
}

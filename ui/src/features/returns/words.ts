/** How returns look and read. */
import {
  Ban,
  CircleCheck,
  CircleHelp,
  ClipboardCheck,
  Clock,
  Hourglass,
  OctagonX,
  PackageCheck,
  Send,
  Truck,
  Undo2,
} from "lucide-react";
import type { CustomerDecision, Return, ReturnCause, ReturnState, StockDecision } from "@/api/types";
import type { Look } from "@/components/stages";
import { m } from "@/paraglide/messages.js";

export const RETURN_STATES: Readonly<Record<ReturnState, Look>> = {
  announced: { family: "info", icon: Undo2, label: m.returns_state_announced },
  in_transit: { family: "info", icon: Truck, label: m.returns_state_in_transit },
  received: { family: "attention", icon: PackageCheck, label: m.returns_state_received },
  inspected: { family: "attention", icon: ClipboardCheck, label: m.returns_state_inspected },
  closed: { family: "success", icon: CircleCheck, label: m.returns_state_closed },
  expired: { family: "neutral", icon: Hourglass, label: m.returns_state_expired },
  cancelled: { family: "neutral", icon: Ban, label: m.returns_state_cancelled },
};

/** What the warehouse knows of it; nothing where there is nobody to tell. */
export const NOTICES: Readonly<Record<Return["notice"], Look | undefined>> = {
  none: undefined,
  due: { family: "info", icon: Clock, label: m.returns_notice_due },
  known: { family: "success", icon: Send, label: m.returns_notice_known },
  refused: { family: "danger", icon: OctagonX, label: m.returns_notice_refused },
  withdrawal_due: { family: "info", icon: Clock, label: m.returns_notice_withdrawal_due },
  withdrawn: { family: "neutral", icon: CircleHelp, label: m.returns_notice_withdrawn },
};

const STOCK: Readonly<Record<StockDecision, () => string>> = {
  undecided: m.returns_undecided,
  restock: m.returns_stock_restock,
  quarantine: m.returns_stock_quarantine,
  dispose: m.returns_stock_dispose,
  send_back: m.returns_stock_send_back,
};

export function stockText(decision: StockDecision): string {
  return STOCK[decision]();
}

const CUSTOMER: Readonly<Record<CustomerDecision, () => string>> = {
  undecided: m.returns_undecided,
  refund: m.returns_customer_refund,
  no_refund: m.returns_customer_no_refund,
  replace: m.returns_customer_replace,
};

export function customerText(decision: CustomerDecision): string {
  return CUSTOMER[decision]();
}

const CAUSES: Readonly<Record<ReturnCause, () => string>> = {
  customer: m.returns_cause_customer,
  shipped_after_cancel: m.returns_cause_shipped_after_cancel,
  undeliverable: m.returns_cause_undeliverable,
  mistake: m.returns_cause_mistake,
  unannounced: m.returns_cause_unannounced,
};

export function causeText(cause: ReturnCause): string {
  return CAUSES[cause]();
}

/** What a person may announce a return for; the others are found out by themselves. */
export const ANNOUNCED_CAUSES: readonly ReturnCause[] = [
  "customer",
  "mistake",
  "undeliverable",
  "shipped_after_cancel",
];
export const STOCK_DECISIONS: readonly StockDecision[] = ["restock", "quarantine", "dispose", "send_back"];
export const CUSTOMER_DECISIONS: readonly CustomerDecision[] = ["refund", "no_refund", "replace"];

/** How the states of an order's parts look and read. Stages of the order itself are in `components/stages`. */
import { Ban, Check, CircleHelp, OctagonX, Send, SquarePen, TriangleAlert, Truck, Warehouse } from "lucide-react";
import type { FulfillmentState, HandOver, WriteBack } from "@/api/types";
import type { Look } from "@/components/stages";
import { m } from "@/paraglide/messages.js";

export const FULFILLMENT_STATES: Readonly<Record<FulfillmentState, Look>> = {
  open: { family: "info", icon: SquarePen, label: m.order_ful_open },
  queued: { family: "info", icon: Send, label: m.order_ful_queued },
  sent: { family: "info", icon: Send, label: m.order_ful_sent },
  unconfirmed: { family: "attention", icon: CircleHelp, label: m.order_ful_unconfirmed },
  accepted: { family: "info", icon: Warehouse, label: m.order_ful_accepted },
  in_work: { family: "info", icon: Warehouse, label: m.order_ful_in_work },
  partly_shipped: { family: "info", icon: Truck, label: m.order_ful_partly_shipped },
  shipped: { family: "success", icon: Truck, label: m.order_ful_shipped },
  closed_short: { family: "attention", icon: TriangleAlert, label: m.order_ful_closed_short },
  rejected: { family: "danger", icon: OctagonX, label: m.order_ful_rejected },
  cancelled: { family: "neutral", icon: Ban, label: m.order_ful_cancelled },
};

export const WRITE_BACK_STATES: Readonly<Record<WriteBack["state"], Look>> = {
  due: { family: "info", icon: Send, label: m.order_wb_due },
  sending: { family: "info", icon: Send, label: m.order_wb_sending },
  in_doubt: { family: "attention", icon: CircleHelp, label: m.order_wb_in_doubt },
  confirmed: { family: "success", icon: Check, label: m.order_wb_confirmed },
  failed: { family: "danger", icon: OctagonX, label: m.order_wb_failed },
  waived: { family: "neutral", icon: Ban, label: m.order_wb_waived },
};

export const HAND_OVER_STATES: Readonly<Record<HandOver["state"], Look>> = {
  ready: { family: "info", icon: Send, label: m.order_ho_ready },
  sending: { family: "info", icon: Send, label: m.order_ho_sending },
  in_doubt: { family: "attention", icon: CircleHelp, label: m.order_ho_in_doubt },
  acknowledged: { family: "success", icon: Check, label: m.order_ho_acknowledged },
  refused: { family: "danger", icon: OctagonX, label: m.order_ho_refused },
  withdrawn: { family: "neutral", icon: Ban, label: m.order_ho_withdrawn },
};

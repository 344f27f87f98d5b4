/** What an edit means for a part, in the console's language. */
import {
  Ban,
  Check,
  CornerDownLeft,
  type LucideIcon,
  MessageCircleQuestion,
  PackagePlus,
  UserCheck,
} from "lucide-react";
import type { Choice, Edit, OrderLine, PartVerdict } from "@/api/types";
import type { Family } from "@/components/family";
import { m } from "@/paraglide/messages.js";
import { choiceText } from "./requestWords";
import { fieldText } from "./words";

type Ruling = PartVerdict["ruling"];
type Refused = Extract<Ruling["verdict"], { kind: "refused" }>;

const REASONS: Readonly<Record<Refused["reason"], () => string>> = {
  too_late: m.order_refused_too_late,
  cannot_ask: m.order_refused_cannot_ask,
  label_printed: m.order_refused_label_printed,
  in_doubt: m.order_refused_in_doubt,
  not_yours: m.order_refused_not_yours,
};

export interface VerdictLook {
  readonly family: Family;
  readonly icon: LucideIcon;
  readonly label: string;
  /** More than the label says, if there is more. */
  readonly detail: string;
}

/** Ways out, in the order of the engine: the usual one first. */
export function waysOut(options: readonly Choice[]): string {
  return options.length === 0 ? "" : m.order_ways_out({ ways: options.map(choiceText).join(" · ") });
}

export function verdictLook({ verdict, needs_approval }: Ruling): VerdictLook {
  switch (verdict.kind) {
    case "direct":
      return {
        family: "success",
        icon: Check,
        label: m.order_verdict_direct(),
        detail: verdict.reroute ? m.order_verdict_direct_reroute() : "",
      };
    case "pull_back":
      return {
        family: "success",
        icon: CornerDownLeft,
        label: m.order_verdict_pull_back(),
        detail: m.order_verdict_pull_back_detail(),
      };
    case "change_request": {
      const details = [
        verdict.elsewhere ? m.order_verdict_ask_elsewhere() : m.order_verdict_ask_detail(),
        verdict.stop && m.order_verdict_ask_stop(),
        needs_approval && m.order_verdict_approval(),
      ];
      return {
        family: "attention",
        icon: needs_approval ? UserCheck : MessageCircleQuestion,
        label: m.order_verdict_ask(),
        detail: details.filter((part) => part !== false).join(" "),
      };
    }
    case "new_fulfillment":
      return {
        family: "info",
        icon: PackagePlus,
        label: m.order_verdict_new_part(),
        detail: m.order_verdict_new_part_detail(),
      };
    case "refused":
      return {
        family: "danger",
        icon: Ban,
        label: m.order_verdict_refused(),
        detail: [REASONS[verdict.reason](), waysOut(verdict.options)].filter((part) => part !== "").join(" "),
      };
  }
}

/** What an edit is about, as a title; `after` is the order with its edits. */
export function editTitle(edit: Edit, before: { readonly lines: readonly OrderLine[] }): string {
  const { lines } = before;
  const sku = (line: string) => lines.find((known) => known.id === line)?.sku ?? line;
  switch (edit.kind) {
    case "address":
      return m.order_ship_to();
    case "quantity":
    case "more_units":
      return fieldText(`lines.${edit.line}.wanted`, lines);
    case "hold":
      return m.order_field_hold();
    case "lift_hold":
      return m.order_action_lift();
    case "release_now":
      return m.order_action_release();
    case "cancel":
      return m.order_action_cancel();
    case "note":
      return m.order_note();
    case "tags":
      return m.order_tags();
    case "priority":
      return m.order_priority();
    case "add_line":
      return m.order_field_added({ sku: edit.line.sku });
    case "shipping_option":
      return m.order_shipping_option();
    case "warehouse":
      return m.order_field_moved();
    case "billing":
      return m.orders_column_total();
    case "lot":
      return m.order_field_lot({ sku: sku(edit.line) });
  }
}

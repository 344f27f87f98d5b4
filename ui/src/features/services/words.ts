/** What the engine's services are called here, what they do and what helps; the server's own words for unknown ones. */
import { CirclePlay, CircleStop, type LucideIcon, Play, RotateCw, TriangleAlert } from "lucide-react";
import type { ServiceState, ServiceStatus } from "@/api/types";
import type { Family } from "@/components/family";
import { m } from "@/paraglide/messages.js";

interface Words {
  readonly title: () => string;
  readonly purpose: () => string;
  readonly remedy: () => string;
}

const WORDS: Readonly<Record<string, Words>> = {
  connection_check: {
    title: m.services_connection_check_title,
    purpose: m.services_connection_check_purpose,
    remedy: m.services_connection_check_remedy,
  },
  intake: { title: m.services_intake_title, purpose: m.services_intake_purpose, remedy: m.services_intake_remedy },
  parse: { title: m.services_parse_title, purpose: m.services_parse_purpose, remedy: m.services_parse_remedy },
  validate: {
    title: m.services_validate_title,
    purpose: m.services_validate_purpose,
    remedy: m.services_validate_remedy,
  },
  route: { title: m.services_route_title, purpose: m.services_route_purpose, remedy: m.services_route_remedy },
  edit_window: {
    title: m.services_edit_window_title,
    purpose: m.services_edit_window_purpose,
    remedy: m.services_edit_window_remedy,
  },
  release: { title: m.services_release_title, purpose: m.services_release_purpose, remedy: m.services_release_remedy },
  hand_over: {
    title: m.services_hand_over_title,
    purpose: m.services_hand_over_purpose,
    remedy: m.services_hand_over_remedy,
  },
  confirm: { title: m.services_confirm_title, purpose: m.services_confirm_purpose, remedy: m.services_confirm_remedy },
  shipment_intake: {
    title: m.services_shipment_intake_title,
    purpose: m.services_shipment_intake_purpose,
    remedy: m.services_shipment_intake_remedy,
  },
  shipment_booking: {
    title: m.services_shipment_booking_title,
    purpose: m.services_shipment_booking_purpose,
    remedy: m.services_shipment_booking_remedy,
  },
  write_back: {
    title: m.services_write_back_title,
    purpose: m.services_write_back_purpose,
    remedy: m.services_write_back_remedy,
  },
  return_notice: {
    title: m.services_return_notice_title,
    purpose: m.services_return_notice_purpose,
    remedy: m.services_return_notice_remedy,
  },
  return_intake: {
    title: m.services_return_intake_title,
    purpose: m.services_return_intake_purpose,
    remedy: m.services_return_intake_remedy,
  },
  return_booking: {
    title: m.services_return_booking_title,
    purpose: m.services_return_booking_purpose,
    remedy: m.services_return_booking_remedy,
  },
  watchdog: {
    title: m.services_watchdog_title,
    purpose: m.services_watchdog_purpose,
    remedy: m.services_watchdog_remedy,
  },
  return_watch: {
    title: m.services_return_watch_title,
    purpose: m.services_return_watch_purpose,
    remedy: m.services_return_watch_remedy,
  },
  stock_intake: {
    title: m.services_stock_intake_title,
    purpose: m.services_stock_intake_purpose,
    remedy: m.services_stock_intake_remedy,
  },
};

/** What a service is called. */
export function serviceTitle(name: string): string {
  return WORDS[name]?.title() ?? name.replaceAll("_", " ");
}

export function wordsOf(service: ServiceStatus): { title: string; purpose: string; remedy: string } {
  const words = WORDS[service.name];
  return words === undefined
    ? { title: service.name.replaceAll("_", " "), purpose: service.purpose, remedy: service.remedy }
    : { title: words.title(), purpose: words.purpose(), remedy: words.remedy() };
}

export const stateLook: Record<ServiceState, { family: Family; icon: LucideIcon; label: () => string }> = {
  starting: { family: "neutral", icon: CirclePlay, label: m.services_state_starting },
  running: { family: "success", icon: Play, label: m.services_state_running },
  stalled: { family: "danger", icon: TriangleAlert, label: m.services_state_stalled },
  restarting: { family: "attention", icon: RotateCw, label: m.services_state_restarting },
  stopped: { family: "neutral", icon: CircleStop, label: m.services_state_stopped },
};

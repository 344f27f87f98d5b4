/** How transfers look and read. */
import { Ban, CircleCheck, ClipboardCheck, Megaphone, PackageCheck, PackageOpen, Pencil, Truck } from "lucide-react";
import type { DiscrepancyKind, Transfer, TransferLine, TransferState } from "@/api/types";
import type { Look } from "@/components/stages";
import type { Names } from "@/features/orders/names";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { KINDS, open, type Step } from "./steps";

export const TRANSFER_STATES: Readonly<Record<TransferState, Look>> = {
  draft: { family: "neutral", icon: Pencil, label: m.transfers_state_draft },
  announced: { family: "attention", icon: Megaphone, label: m.transfers_state_announced },
  accepted: { family: "info", icon: ClipboardCheck, label: m.transfers_state_accepted },
  rejected: { family: "danger", icon: Ban, label: m.transfers_state_rejected },
  in_transit: { family: "info", icon: Truck, label: m.transfers_state_in_transit },
  partly_received: { family: "attention", icon: PackageOpen, label: m.transfers_state_partly_received },
  received: { family: "attention", icon: PackageCheck, label: m.transfers_state_received },
  closed: { family: "success", icon: CircleCheck, label: m.transfers_state_closed },
};

interface StepWords {
  readonly button: () => string;
  readonly title: (of: { reference: string }) => string;
  readonly text: () => string;
}

export const STEP_WORDS: Readonly<Record<Step, StepWords>> = {
  accept: { button: m.transfers_accept, title: m.transfers_accept_title, text: m.transfers_accept_text },
  reject: { button: m.transfers_reject, title: m.transfers_reject_title, text: m.transfers_reject_text },
  depart: { button: m.transfers_depart, title: m.transfers_depart_title, text: m.transfers_depart_text },
  end: { button: m.transfers_end, title: m.transfers_end_title, text: m.transfers_end_text },
  close: { button: m.transfers_close, title: m.transfers_close_title, text: m.transfers_close_text },
};

const KIND_WORDS: Readonly<Record<DiscrepancyKind, () => string>> = {
  lost: m.transfers_kind_lost,
  surplus: m.transfers_kind_surplus,
  damaged: m.transfers_kind_damaged,
};

export const kindText = (kind: DiscrepancyKind): string => KIND_WORDS[kind]();

const BOOKED: Readonly<Record<DiscrepancyKind, (of: { units: string }) => string>> = {
  lost: m.transfers_booked_lost,
  surplus: m.transfers_booked_surplus,
  damaged: m.transfers_booked_damaged,
};

export const bookedText = (kind: DiscrepancyKind, units: number): string => BOOKED[kind]({ units: integer(units) });

const OPEN: Readonly<Record<DiscrepancyKind, (of: { units: string }) => string>> = {
  lost: m.transfers_open_lost,
  surplus: m.transfers_open_surplus,
  damaged: m.transfers_open_damaged,
};

/** What is not accounted for, in words; what may still come is not missing yet. */
export function openTexts(line: TransferLine): readonly string[] {
  const left = open(line);
  return KINDS.filter((kind) => left[kind] > 0).map((kind) => OPEN[kind]({ units: integer(left[kind]) }));
}

/** The warehouse goods leave, or that a supplier sends them. */
export function fromText(transfer: Transfer, names: Names): string {
  const { from } = transfer;
  return from === null || from === undefined ? m.transfers_supplier() : names.warehouse(from);
}

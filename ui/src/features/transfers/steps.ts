/** What can still be done with a transfer: the lifecycle of `docs/lifecycles.md`, as far as people take its steps. */
import type { DiscrepancyKind, Transfer, TransferLine, TransferState } from "@/api/types";

/** A step of the whole transfer. */
export type Step = "accept" | "reject" | "depart" | "end" | "close";
/** What is recorded about one line. */
export type LineStep = "receive" | "put_away" | "explain";

/** Where a step leads. */
export const LEADS_TO: Readonly<Record<Step, TransferState>> = {
  accept: "accepted",
  reject: "rejected",
  depart: "in_transit",
  end: "received",
  close: "closed",
};

const STEPS: Readonly<Record<TransferState, readonly Step[]>> = {
  draft: [],
  announced: ["accept", "reject"],
  accepted: ["depart"],
  rejected: [],
  in_transit: ["end"],
  partly_received: ["end"],
  received: ["close"],
  closed: [],
};

/** The steps the lifecycle has from here. */
export const stepsOf = (transfer: Transfer): readonly Step[] => STEPS[transfer.state];

export const KINDS = ["lost", "surplus", "damaged"] as const satisfies readonly DiscrepancyKind[];

/** Units in bookings of one kind. */
export function booked(line: TransferLine, kind: DiscrepancyKind): number {
  return line.discrepancies.reduce((sum, booking) => sum + (booking.kind === kind ? booking.units : 0), 0);
}

/** Units of each kind that nobody has explained: not there, not announced, neither on the shelf nor set aside. */
export function open(line: TransferLine): Readonly<Record<DiscrepancyKind, number>> {
  return {
    lost: Math.max(0, line.announced - line.received) - booked(line, "lost"),
    surplus: Math.max(0, line.received - line.announced) - booked(line, "surplus"),
    damaged: line.received - line.stocked - line.quarantined - booked(line, "damaged"),
  };
}

/** Units that are there and not put away. */
export const toPutAway = (line: TransferLine): number => open(line).damaged;

/** Units that are still to come: none once somebody said that nothing more comes. */
export const toCome = (line: TransferLine): number => open(line).lost;

/** Every unit is accounted for. */
export function isExplained(line: TransferLine): boolean {
  const left = open(line);
  return KINDS.every((kind) => left[kind] === 0);
}

/** The transfer can be closed; otherwise the lines in the way. */
export const unexplained = (transfer: Transfer): readonly TransferLine[] =>
  transfer.lines.filter((line) => !isExplained(line));

/** Units can be counted in: the warehouse expects them, or some have come. */
const COUNTABLE: readonly TransferState[] = ["accepted", "in_transit", "partly_received", "received"];
/** Differences can be explained: the goods have left, so that what is not there is missing. */
const EXPLAINABLE: readonly TransferState[] = ["in_transit", "partly_received", "received"];

export function canDo(transfer: Transfer, line: TransferLine, step: LineStep): boolean {
  switch (step) {
    case "receive":
      return COUNTABLE.includes(transfer.state);
    case "put_away":
      return COUNTABLE.includes(transfer.state) && toPutAway(line) > 0;
    case "explain":
      return EXPLAINABLE.includes(transfer.state) && !isExplained(line);
  }
}

/** The line that a key means: the first that waits for the step. */
export function lineFor(transfer: Transfer, step: LineStep): number | undefined {
  const possible = (line: TransferLine) => canDo(transfer, line, step);
  const wanted = (line: TransferLine) => step !== "receive" || toCome(line) > 0;
  const first = transfer.lines.findIndex((line) => possible(line) && wanted(line));
  const place = first === -1 ? transfer.lines.findIndex(possible) : first;
  return place === -1 ? undefined : place;
}

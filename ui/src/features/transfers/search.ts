import type { TransferState } from "@/api/types";

/** Which transfers the page shows: those that are not over, or one part of them, or all. */
export const TRANSFER_VIEWS = ["open", "expected", "in_transit", "arrived", "closed", "rejected", "all"] as const;
export type TransferView = (typeof TRANSFER_VIEWS)[number];

export const VIEW_STATES: Readonly<Record<TransferView, readonly TransferState[]>> = {
  open: ["announced", "accepted", "in_transit", "partly_received", "received"],
  expected: ["announced", "accepted"],
  in_transit: ["in_transit"],
  arrived: ["partly_received", "received"],
  closed: ["closed"],
  rejected: ["rejected"],
  all: [],
};

/** What the address of the transfers says. */
export interface TransfersSearch {
  readonly view?: TransferView;
  /** The transfer to open. */
  readonly id?: string;
}

/** Reads the address; parts that make no sense are left out. */
export function transfersSearch(raw: Record<string, unknown>): TransfersSearch {
  const view = TRANSFER_VIEWS.find((one) => one === raw.view);
  return {
    ...(view === undefined || view === "open" ? {} : { view }),
    ...(typeof raw.id === "string" && raw.id !== "" ? { id: raw.id } : {}),
  };
}

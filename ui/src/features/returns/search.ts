import type { ReturnState } from "@/api/types";

/** Which returns the page shows: those that somebody has something to do with, or one state, or all. */
export const RETURN_VIEWS = ["open", "announced", "received", "inspected", "closed", "given_up", "all"] as const;
export type ReturnView = (typeof RETURN_VIEWS)[number];

export const VIEW_STATES: Readonly<Record<ReturnView, readonly ReturnState[]>> = {
  open: ["announced", "in_transit", "received", "inspected"],
  announced: ["announced", "in_transit"],
  received: ["received"],
  inspected: ["inspected"],
  closed: ["closed"],
  given_up: ["expired", "cancelled"],
  all: [],
};

/** What the address of the returns says. */
export interface ReturnsSearch {
  readonly view?: ReturnView;
  /** The return to open. */
  readonly id?: string;
}

/** Reads the address; parts that make no sense are left out. */
export function returnsSearch(raw: Record<string, unknown>): ReturnsSearch {
  const view = RETURN_VIEWS.find((one) => one === raw.view);
  return {
    ...(view === undefined || view === "open" ? {} : { view }),
    ...(typeof raw.id === "string" && raw.id !== "" ? { id: raw.id } : {}),
  };
}

/** What the address of an order says beyond its id. */
export interface OrderSearch {
  /** Open with this panel beside the canonical record. */
  readonly show?: "raw";
}

/** Reads the address; parts that make no sense are left out. */
export function orderSearch(raw: Record<string, unknown>): OrderSearch {
  return raw.show === "raw" ? { show: "raw" } : {};
}

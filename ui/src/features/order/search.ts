/** What the address of an order says beyond its id. */
export interface OrderSearch {
  /** Open with this panel beside the canonical record. */
  readonly show?: "raw";
  /** The matter to begin with, by its place among the order's. */
  readonly matter?: number;
  /** Begin at the report that the shop refused. */
  readonly at?: "report";
}

/** Reads the address; parts that make no sense are left out. */
export function orderSearch(raw: Record<string, unknown>): OrderSearch {
  const { show, matter, at } = raw;
  return {
    ...(show === "raw" ? { show } : {}),
    ...(at === "report" ? { at } : {}),
    ...(typeof matter === "number" && Number.isInteger(matter) && matter >= 0 ? { matter } : {}),
  };
}

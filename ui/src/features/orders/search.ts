/** What the address of the order list says: enough to draw the same screen again. */
export interface OrdersSearch {
  /** Query text. */
  readonly q?: string;
  /** Sort such as `-received`. */
  readonly sort?: string;
  /** The order shown in the side panel. */
  readonly peek?: string;
}

const text = (value: unknown): string | undefined => {
  // The router reads `q=1001` as a number and `q=true` as a boolean; here all of them are words.
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
};

/** Reads the address; parts that make no sense are left out. */
export function ordersSearch(raw: Record<string, unknown>): OrdersSearch {
  const q = text(raw.q);
  const sort = text(raw.sort);
  const peek = text(raw.peek);
  return {
    ...(q === undefined ? {} : { q }),
    ...(sort !== undefined && /^-?[a-z_]+$/.test(sort) ? { sort } : {}),
    ...(peek === undefined ? {} : { peek }),
  };
}

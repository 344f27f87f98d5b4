/** What the address of the stock list says: enough to draw the same screen again. */
import type { StockPlace } from "@/api/stock";

export interface StockSearch {
  /** A part of the SKU. */
  readonly sku?: string;
  readonly warehouse?: string;
  /** Only levels of which nothing is left. */
  readonly exhausted?: true;
  /** The level in the side panel: its warehouse, a stroke, its SKU. */
  readonly at?: string;
}

const text = (value: unknown): string | undefined => {
  // The router reads `sku=1001` as a number and `sku=true` as a boolean; here all of them are words.
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
};

/** Reads the address; parts that make no sense are left out. */
export function stockSearch(raw: Record<string, unknown>): StockSearch {
  const sku = text(raw.sku);
  const warehouse = text(raw.warehouse);
  const at = text(raw.at);
  return {
    ...(sku === undefined ? {} : { sku }),
    ...(warehouse === undefined ? {} : { warehouse }),
    ...(raw.exhausted === true ? { exhausted: true } : {}),
    ...(at !== undefined && placeOf(at) !== undefined ? { at } : {}),
  };
}

/** A level as the address names it. The warehouse comes first, because a SKU may have any character in it. */
export const placeText = ({ warehouse, sku }: StockPlace): string => `${warehouse}/${sku}`;

export function placeOf(at: string | undefined): StockPlace | undefined {
  const found = /^([^/]+)\/(.+)$/.exec(at ?? "");
  return found?.[1] === undefined || found[2] === undefined ? undefined : { warehouse: found[1], sku: found[2] };
}

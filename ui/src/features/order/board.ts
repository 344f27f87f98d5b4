/** The split and reroute board: which warehouse has which parts of an order, and what could be elsewhere. Pure. */
import type { FulfillmentOrder, OrderDetail } from "@/api/types";
import type { Move } from "./draft";
import type { Explanation } from "./planWords";

/** Units of one article that a warehouse could give. */
export interface Shelf {
  readonly sku: string;
  /** Free when the order was planned. */
  readonly available: number;
  /** Units this order wants of it in all. */
  readonly wanted: number;
}

export interface Card {
  readonly part: FulfillmentOrder;
  /** Where the draft takes it from; `undefined` where it is as it was. */
  readonly movedFrom: string | undefined;
  /** A part that has left or ended is nobody's to move. */
  readonly movable: boolean;
}

export interface Column {
  readonly warehouse: string;
  readonly cards: readonly Card[];
  /** The router's word about this warehouse; `undefined` without a plan, and for one it was not asked about. */
  readonly explained: Explanation | undefined;
  readonly shelves: readonly Shelf[];
}

const GONE: readonly FulfillmentOrder["state"][] = ["cancelled", "rejected"];
const ENDED: readonly FulfillmentOrder["state"][] = ["shipped", "closed_short"];

/**
 * Columns: warehouses that have a part first, then those the router would use, then the other candidates as the router
 * names them. `moves` are the draft's.
 */
export function columnsOf(detail: OrderDetail, moves: readonly Move[]): Column[] {
  const parts = detail.fulfillments.filter((part) => !GONE.includes(part.state));
  const explain = detail.plan?.plan.explain ?? {};
  const stock = detail.plan?.input.stock ?? [];
  const wanted = new Map<string, number>();
  for (const line of detail.order.lines) {
    if (line.kind !== "goods") continue;
    const units = line.ordered - line.cancelled;
    if (units > 0) wanted.set(line.sku, (wanted.get(line.sku) ?? 0) + units);
  }
  const placeOf = (part: FulfillmentOrder) => moves.find((move) => move.fulfillment === part.id)?.to ?? part.warehouse;
  const candidates = Object.keys(explain).toSorted(
    (left, right) => Number(explain[right]?.used ?? false) - Number(explain[left]?.used ?? false),
  );
  const places = new Set([...parts.map((part) => part.warehouse), ...candidates, ...parts.map(placeOf)]);
  return [...places].map((warehouse) => ({
    warehouse,
    cards: parts
      .filter((part) => placeOf(part) === warehouse)
      .map((part) => ({
        part,
        movedFrom: part.warehouse === warehouse ? undefined : part.warehouse,
        movable: !ENDED.includes(part.state),
      })),
    explained: explain[warehouse],
    shelves: [...wanted].map(([sku, units]) => ({
      sku,
      wanted: units,
      available: stock.find((level) => level.warehouse === warehouse && level.sku === sku)?.available ?? 0,
    })),
  }));
}

/** The next column in a direction, or the same one at the edge. */
export function neighbour(columns: readonly Column[], warehouse: string, step: 1 | -1): string {
  const place = columns.findIndex((column) => column.warehouse === warehouse);
  return columns[place + step]?.warehouse ?? warehouse;
}

/** Units of an order that no part has, by article. */
export function looseUnits(detail: OrderDetail): { readonly sku: string; readonly units: number }[] {
  return detail.accounts.flatMap((account) => {
    const line = detail.order.lines.find((known) => known.id === account.line);
    return line === undefined || line.kind === "fee" || account.unplanned === 0
      ? []
      : [{ sku: line.sku, units: account.unplanned }];
  });
}

/** What a place or a way of the map is called, and which orders are behind it. */
import type { Flow, Stage } from "@/api/types";
import { stageLook } from "@/components/stages";
import { queryText } from "@/lib/query";
import { m } from "@/paraglide/messages.js";
import { FOLDED } from "./layout";

export interface Place {
  readonly title: string;
  /** Query of the orders behind it. */
  readonly q: string;
}

const any = (field: string, ...values: string[]) =>
  ({ kind: "field", field, negated: false, condition: { kind: "any", values } }) as const;

const isStage = (id: string): id is Stage => id in stageLook;

/** Stages in which a shop's order waits for a warehouse. */
const WAITING = ["received", "blocked", "routing", "editable", "held", "releasing", "unconfirmed", "attention"];

/** Name of a shop, stage or warehouse on the map. */
export function nameOf(flow: Flow, id: string): string {
  if (id === FOLDED.shop) return m.flow_shops({ count: flow.shops.length });
  if (id === FOLDED.warehouse) return m.flow_warehouses({ count: flow.warehouses.length });
  if (isStage(id)) return stageLook[id].label();
  return (
    flow.shops.find((shop) => shop.connection === id)?.name ??
    flow.warehouses.find((warehouse) => warehouse.warehouse === id)?.name ??
    id
  );
}

function shopTerm(flow: Flow, id: string) {
  return flow.shops.some((shop) => shop.connection === id) ? [any("shop", id)] : [];
}

function warehouseTerm(flow: Flow, id: string) {
  return flow.warehouses.some((warehouse) => warehouse.warehouse === id) ? [any("warehouse", id)] : [];
}

/** The orders at a place or on a way (`from>to`); `undefined` when the map has no such thing. */
export function placeOf(flow: Flow, id: string): Place | undefined {
  const [from = "", to] = id.split(">");
  const known = (end: string) => nameOf(flow, end) !== end;
  if (!known(from) || (to !== undefined && !known(to))) return undefined;
  if (to === undefined) {
    const title = nameOf(flow, from);
    if (isStage(from)) return { title, q: queryText([any("state", from)]) };
    const isShop = from === FOLDED.shop || shopTerm(flow, from).length > 0;
    return isShop
      ? { title, q: queryText([...shopTerm(flow, from), any("state", ...WAITING)]) }
      : {
          title,
          q: queryText([...warehouseTerm(flow, from), any("state", "releasing", "unconfirmed", "in_warehouse")]),
        };
  }
  const title = m.flow_way({ from: nameOf(flow, from), to: nameOf(flow, to) });
  const ends = [
    ...shopTerm(flow, from),
    ...shopTerm(flow, to),
    ...warehouseTerm(flow, from),
    ...warehouseTerm(flow, to),
  ];
  // What waits on a way stands in the stage before it.
  const state =
    to === "received"
      ? ["received"]
      : isStage(from)
        ? from === "releasing"
          ? ["releasing", "unconfirmed"]
          : [from]
        : ["in_warehouse"];
  return { title, q: queryText([...ends, any("state", ...state)]) };
}

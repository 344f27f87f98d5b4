/** What the card of a shop or warehouse says. Pure but for the words. */
import type { Flow, HealthLevel } from "@/api/types";
import { integer, rate } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { FOLDED, type Layout, type Placed } from "./layout";
import type { Port } from "./PlaceCard";
import { nameOf } from "./selection";

export interface PartnerFacts {
  readonly id: string;
  readonly kind: "shop" | "warehouse";
  readonly name: string;
  /** The system it runs on; nothing where that is unknown or more than one. */
  readonly system: string;
  readonly health: HealthLevel;
  readonly ports: readonly Port[];
}

const WORST: readonly HealthLevel[] = ["degraded", "warning", "unknown", "healthy"];

/** The health of several: as bad as the worst of them. */
function worst(levels: readonly HealthLevel[]): HealthLevel {
  return WORST.find((level) => levels.includes(level)) ?? "unknown";
}

/** Names of the systems behind connections, by connection. */
export type Systems = ReadonlyMap<string, string>;

/** What all have in common. */
function one(names: readonly string[]): string {
  const [first = "", ...others] = new Set(names);
  return others.length === 0 ? first : "";
}

const sum = <T>(all: readonly T[], of: (each: T) => number) => all.reduce((total, each) => total + of(each), 0);

interface Direction {
  readonly way: string;
  readonly direction: Port["direction"];
  readonly waiting: number;
  readonly words: (count: { count: string }) => string;
}

/** What stands in the card at `placed`; `undefined` when the flow no longer has it. */
export function partnerFacts(flow: Flow, drawn: Layout, placed: Placed, systems: Systems): PartnerFacts | undefined {
  const port = ({ way: id, direction, waiting, words }: Direction): Port => {
    const way = drawn.ways.find((candidate) => candidate.id === id);
    const [from = "", to = ""] = id.split(">");
    const backlog = words({ count: integer(waiting) });
    const errors = way?.errors ?? 0;
    const per_minute = way?.per_minute ?? 0;
    const numbers = [
      m.flow_per_minute({ rate: rate(per_minute) }),
      backlog,
      ...(errors > 0 ? [m.flow_errors({ count: integer(errors), rows: errors })] : []),
    ];
    const title = `${m.flow_way({ from: nameOf(flow, from), to: nameOf(flow, to) })}: ${numbers.join(", ")}`;
    return { way: way?.id, direction, per_minute, errors, backlog, waiting, title };
  };
  const { id } = placed;
  if (placed.kind === "shop") {
    const shops = id === FOLDED.shop ? flow.shops : flow.shops.filter((shop) => shop.connection === id);
    if (shops.length === 0) return undefined;
    const unreported = drawn.ways.find((way) => way.id === `shipped>${id}`)?.backlog ?? 0;
    return {
      id,
      kind: "shop",
      name: nameOf(flow, id),
      system: one(shops.map((shop) => systems.get(shop.connection) ?? "")),
      health: worst(shops.map((shop) => shop.health)),
      ports: [
        port({
          way: `${id}>received`,
          direction: "right",
          waiting: sum(shops, (shop) => shop.waiting),
          words: m.flow_waiting,
        }),
        port({ way: `shipped>${id}`, direction: "left", waiting: unreported, words: m.flow_to_report }),
      ],
    };
  }
  const warehouses =
    id === FOLDED.warehouse ? flow.warehouses : flow.warehouses.filter((warehouse) => warehouse.warehouse === id);
  if (warehouses.length === 0) return undefined;
  return {
    id,
    kind: "warehouse",
    name: nameOf(flow, id),
    system: one(warehouses.map((warehouse) => systems.get(warehouse.connection) ?? "")),
    health: worst(warehouses.map((warehouse) => warehouse.health)),
    ports: [
      port({
        way: `releasing>${id}`,
        direction: "right",
        waiting: sum(warehouses, (warehouse) => warehouse.waiting),
        words: m.flow_on_their_way,
      }),
      port({
        way: `${id}>shipped`,
        direction: "left",
        waiting: sum(warehouses, (warehouse) => warehouse.in_work),
        words: m.flow_in_work,
      }),
    ],
  };
}

/**
 * Where everything stands on the flow map: shops left, the stages of the way in the middle, warehouses right. Pure.
 *
 * Exceptional stages are rows inside the card of the stage they interrupt, so that the way itself stays one line.
 */
import type { Flow, Stage } from "@/api/types";

/**
 * Stages with a card of their own, and the exceptional ones that are listed inside. Orders in a warehouse are shown by the
 * warehouses themselves.
 */
export const WAY: readonly { readonly stage: Stage; readonly exceptions: readonly Stage[] }[] = [
  { stage: "received", exceptions: ["blocked"] },
  { stage: "routing", exceptions: [] },
  { stage: "editable", exceptions: ["held"] },
  { stage: "releasing", exceptions: ["unconfirmed", "attention"] },
  { stage: "shipped", exceptions: [] },
];

/** More shops or warehouses than this fold into one card. */
export const MOST_PER_COLUMN = 12;

export const CARD = { width: 232, head: 60, row: 22, gap: 44 } as const;
const COLUMN_GAP = 288;
const COLUMN_X = [0, CARD.width + COLUMN_GAP, 2 * (CARD.width + COLUMN_GAP)] as const;

export interface Placed {
  readonly id: string;
  readonly kind: "shop" | "stage" | "warehouse";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A way between two cards, with the measures of all its edges together. */
export interface Way {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly source: Side;
  readonly target: Side;
  readonly per_minute: number;
  readonly backlog: number;
  readonly errors: number;
}

/** The side of a card a way starts or ends at. */
export type Side = "left" | "right" | "top" | "bottom";

export interface Layout {
  readonly nodes: readonly Placed[];
  readonly ways: readonly Way[];
  readonly width: number;
  readonly height: number;
}

/** The id of a folded column. */
export const FOLDED = { shop: "shops", warehouse: "warehouses" } as const;

function column(kind: Placed["kind"], x: number, cards: readonly { id: string; height: number }[]): Placed[] {
  let y = 0;
  return cards.map(({ id, height }) => {
    const placed = { id, kind, x, y, width: CARD.width, height };
    y += height + CARD.gap;
    return placed;
  });
}

const bottom = (cards: readonly Placed[]) => cards.reduce((low, card) => Math.max(low, card.y + card.height), 0);

/** Ids of the shop or warehouse cards: each one, or the folded card when there are too many. */
function ids(all: readonly string[], folded: string): string[] {
  return all.length > MOST_PER_COLUMN ? [folded] : [...all];
}

function sides(from: Placed, to: Placed): { source: Side; target: Side } {
  if (from.x < to.x) return { source: "right", target: "left" };
  if (from.x > to.x) return { source: "left", target: "right" };
  return from.y < to.y ? { source: "bottom", target: "top" } : { source: "top", target: "bottom" };
}

/** Places every card; columns are centred on the tallest one. Ways between cards that do not exist are left out. */
export function layout(flow: Pick<Flow, "shops" | "warehouses" | "edges">): Layout {
  const shops = ids(
    flow.shops.map((shop) => shop.connection),
    FOLDED.shop,
  );
  const warehouses = ids(
    flow.warehouses.map((warehouse) => warehouse.warehouse),
    FOLDED.warehouse,
  );
  const card = (id: string) => ({ id, height: CARD.head });
  const columns = [
    column("shop", COLUMN_X[0], shops.map(card)),
    column(
      "stage",
      COLUMN_X[1],
      WAY.map(({ stage, exceptions }) => ({ id: stage, height: CARD.head + exceptions.length * CARD.row })),
    ),
    column("warehouse", COLUMN_X[2], warehouses.map(card)),
  ];
  const height = Math.max(...columns.map(bottom));
  const nodes = columns.flatMap((cards) => {
    const shift = Math.round((height - bottom(cards)) / 2);
    return cards.map((placed) => ({ ...placed, y: placed.y + shift }));
  });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const foldedShops = new Set(shops.includes(FOLDED.shop) ? flow.shops.map((shop) => shop.connection) : []);
  const foldedWarehouses = new Set(
    warehouses.includes(FOLDED.warehouse) ? flow.warehouses.map((warehouse) => warehouse.warehouse) : [],
  );
  const shown = (id: string) => (foldedShops.has(id) ? FOLDED.shop : foldedWarehouses.has(id) ? FOLDED.warehouse : id);
  const ways = new Map<string, Way>();
  for (const edge of flow.edges) {
    const from = byId.get(shown(edge.from));
    const to = byId.get(shown(edge.to));
    if (from === undefined || to === undefined || from === to) continue;
    const id = `${from.id}>${to.id}`;
    const before = ways.get(id);
    ways.set(id, {
      id,
      from: from.id,
      to: to.id,
      ...sides(from, to),
      per_minute: (before?.per_minute ?? 0) + edge.per_minute,
      backlog: (before?.backlog ?? 0) + edge.backlog,
      errors: (before?.errors ?? 0) + edge.errors,
    });
  }
  return { nodes, ways: [...ways.values()], width: COLUMN_X[2] + CARD.width, height };
}

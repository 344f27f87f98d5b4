/**
 * Where everything stands on the flow map: shops left, the stages of the way in the middle, warehouses right. Pure.
 *
 * Every number stands in a card, in the row its line ends at, and lines run between the columns only: along two lanes,
 * one for each direction, so that nothing is ever drawn over a text. Exceptional stages are rows inside the card of the
 * stage they interrupt, so that the way itself stays one line.
 */
import type { Flow, Stage } from "@/api/types";
import { type Line, lineOf } from "./line";

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

/** Heights in pixels. */
export const CARD = {
  /** The head of a stage's card. */
  head: 60,
  /** An exceptional stage inside it. */
  row: 24,
  /** Above and below what a partner's card says. */
  padding: 8,
  /** One line of a partner's name. */
  name: 20,
  /** Health and connector under the name. */
  health: 18,
  /** One direction of a partner's traffic. */
  port: 26,
  /** What the numbers of a compact column mean, above it. */
  caption: 20,
} as const;

/** What the map adapts itself to. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

const MARGIN = 24;
const WIDTH = { least: 208, most: 268 } as const;
const COLUMN_GAP = { least: 88, most: 340 } as const;
const STAGE_GAP = { least: 28, most: 56 } as const;
const PARTNER_GAP = { full: 20, compact: 12 } as const;
/** How far from the partner the lanes run, as a part of the gap between the columns. */
const LANE = { back: 0.36, forth: 0.64 } as const;
/** A line that goes up or down by less than this does so without a corner. */
const LEAST_STEP = 16;
/** In a compact card both directions share a row; their lines end this far from its middle. */
const SHARED_PORT = 6;
/** Average width of a letter of a partner's name, and what stands beside the name. */
const LETTER = 7.4;
const BESIDE_NAME = 56;
/** In a compact card an unhealthy partner says so on the same line. */
const BESIDE_UNHEALTHY = 120;

export interface Placed {
  readonly id: string;
  readonly kind: "shop" | "stage" | "warehouse";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Lines the name takes, 1 or 2; 1 for stages. */
  readonly nameLines: number;
}

/** A way between two cards, with the measures of all its edges together. */
export interface Way {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly line: Line;
  readonly per_minute: number;
  readonly backlog: number;
  readonly errors: number;
}

export interface Layout {
  readonly nodes: readonly Placed[];
  /** Places for the words above the columns of partners; only where their cards have no room for them. */
  readonly captions: readonly Omit<Placed, "id" | "nameLines">[];
  readonly ways: readonly Way[];
  readonly width: number;
  readonly height: number;
  /** Whether partners are drawn with both directions in one row. */
  readonly compact: boolean;
}

/** The id of a folded column. */
export const FOLDED = { shop: "shops", warehouse: "warehouses" } as const;

const clamp = (value: number, { least, most }: { least: number; most: number }) =>
  Math.min(most, Math.max(least, value));

interface Card {
  readonly id: string;
  readonly height: number;
  readonly nameLines: number;
}

const tall = (cards: readonly Card[], gap: number) =>
  cards.reduce((sum, card) => sum + card.height, 0) + gap * Math.max(0, cards.length - 1);

interface Partner {
  readonly id: string;
  readonly name: string;
  readonly healthy: boolean;
}

function partnerCard({ id, name, healthy }: Partner, width: number, compact: boolean): Card {
  const beside = compact && !healthy ? BESIDE_UNHEALTHY : BESIDE_NAME;
  const nameLines = name.length * LETTER > width - beside ? 2 : 1;
  const head = CARD.padding + nameLines * CARD.name + (compact ? 4 : CARD.health + 6);
  return { id, nameLines, height: head + (compact ? CARD.port : 2 * CARD.port) + 2 };
}

/** Where a partner's line ends: the middle of its row. */
function portOf(card: Placed, first: boolean, compact: boolean): number {
  const bottom = card.y + card.height - 1;
  if (compact) return bottom - CARD.port / 2 + (first ? -SHARED_PORT : SHARED_PORT);
  return bottom - CARD.port * (first ? 1.5 : 0.5);
}

/** The line from card to card. */
function route(from: Placed, to: Placed, compact: boolean): Line {
  if (from.x === to.x) {
    const x = from.x + from.width / 2;
    return from.y < to.y
      ? lineOf({ x, y: from.y + from.height }, { x, y: to.y })
      : lineOf({ x, y: from.y }, { x, y: to.y + to.height });
  }
  const rightward = from.x < to.x;
  // What goes rightward is the first row of a shop, which sends it, and of a warehouse, which takes it.
  const port = (card: Placed) => (card.kind === "stage" ? card.y + CARD.head / 2 : portOf(card, rightward, compact));
  const start = { x: rightward ? from.x + from.width : from.x, y: port(from) };
  const end = { x: rightward ? to.x : to.x + to.width, y: port(to) };
  const [partner, stage] = from.kind === "stage" ? [end, start] : [start, end];
  const x = Math.round(partner.x + (stage.x - partner.x) * (rightward ? LANE.forth : LANE.back));
  // A step too low for two corners becomes a slope.
  const slope = Math.abs(end.y - start.y) < LEAST_STEP ? Math.sign(end.x - start.x) * LEAST_STEP : 0;
  return lineOf(start, { x: x - slope, y: start.y }, { x: x + slope, y: end.y }, end);
}

/** Places every card in the room there is. Ways between cards that do not exist are left out. */
export function layout(flow: Pick<Flow, "shops" | "warehouses" | "edges">, room: Room): Layout {
  const inner = { width: room.width - 2 * MARGIN, height: room.height - 2 * MARGIN };
  const width = Math.floor(clamp((inner.width - 2 * COLUMN_GAP.least) / 3, WIDTH));
  const gap = Math.floor(clamp((inner.width - 3 * width) / 2, COLUMN_GAP));
  const columnX = [0, width + gap, 2 * (width + gap)] as const;

  const partners = (all: readonly Partner[], folded: string) =>
    all.length > MOST_PER_COLUMN ? [{ id: folded, name: "", healthy: true }] : all;
  const shops = partners(
    flow.shops.map((shop) => ({ id: shop.connection, name: shop.name, healthy: shop.health === "healthy" })),
    FOLDED.shop,
  );
  const warehouses = partners(
    flow.warehouses.map((warehouse) => ({
      id: warehouse.warehouse,
      name: warehouse.name,
      healthy: warehouse.health === "healthy",
    })),
    FOLDED.warehouse,
  );
  const cards = (all: readonly Partner[], compact: boolean) => all.map((one) => partnerCard(one, width, compact));
  const fits = (all: readonly Partner[]) => tall(cards(all, false), PARTNER_GAP.full) <= inner.height;
  const compact = !fits(shops) || !fits(warehouses);
  const partnerGap = compact ? PARTNER_GAP.compact : PARTNER_GAP.full;

  const stages = WAY.map(({ stage, exceptions }) => ({
    id: stage,
    height: CARD.head + exceptions.length * CARD.row,
    nameLines: 1,
  }));
  const stageGap = Math.floor(clamp((inner.height - tall(stages, 0)) / (stages.length - 1), STAGE_GAP));
  const columns = [
    { kind: "shop", x: columnX[0], gap: partnerGap, cards: cards(shops, compact) },
    { kind: "stage", x: columnX[1], gap: stageGap, cards: stages },
    { kind: "warehouse", x: columnX[2], gap: partnerGap, cards: cards(warehouses, compact) },
  ] as const;
  const caption = compact ? CARD.caption : 0;
  const height = Math.max(...columns.map((column) => tall(column.cards, column.gap))) + 2 * caption;
  const top = (column: (typeof columns)[number]) => Math.round((height - tall(column.cards, column.gap)) / 2);
  const captions = columns
    .filter((column) => compact && column.kind !== "stage" && column.cards.length > 0)
    .map((column) => ({ kind: column.kind, x: column.x, y: top(column) - caption, width, height: caption }));
  const nodes = columns.flatMap((column) => {
    let y = top(column);
    return column.cards.map((card): Placed => {
      const placed = { ...card, kind: column.kind, x: column.x, y, width };
      y += card.height + column.gap;
      return placed;
    });
  });

  const byId = new Map(nodes.map((node) => [node.id, node]));
  const foldedShops = new Set(byId.has(FOLDED.shop) ? flow.shops.map((shop) => shop.connection) : []);
  const foldedWarehouses = new Set(
    byId.has(FOLDED.warehouse) ? flow.warehouses.map((warehouse) => warehouse.warehouse) : [],
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
      line: before?.line ?? route(from, to, compact),
      per_minute: (before?.per_minute ?? 0) + edge.per_minute,
      backlog: (before?.backlog ?? 0) + edge.backlog,
      errors: (before?.errors ?? 0) + edge.errors,
    });
  }
  return { nodes, captions, ways: [...ways.values()], width: columnX[2] + width, height, compact };
}

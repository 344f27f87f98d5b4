/** Answers of a small demo installation, typed by the API document. For tests and for looking at screens. */
import type {
  ConnectionList,
  ConnectionView,
  Connector,
  HealthReport,
  ServiceList,
  ServiceStatus,
  Session,
} from "@/api/types";

/** When all of this is true. */
export const NOW = Date.parse("2026-11-22T09:30:00Z");

function before(seconds: number): string {
  return new Date(NOW - seconds * 1_000).toISOString();
}

export const health: HealthReport = {
  status: "ok",
  version: "0.1.0",
  started_at: before(5_400),
  now: before(0),
  demo: true,
  store: {},
};

export const session: Session = { caller: { kind: "session", name: "operator", role: "operator" } };

export const connectors: { items: Connector[] } = {
  items: [
    {
      name: "shipbob",
      title: "ShipBob",
      side: "warehouse",
      api_version: "2026-07",
      streams: ["shipments", "stock"],
      cancel: true,
      change_address: false,
      returns: true,
      repeat: "b",
      settle_seconds: 120,
    },
    {
      name: "shopify",
      title: "Shopify",
      side: "shop",
      api_version: "2026-10",
      streams: ["orders"],
      cancel: false,
      change_address: false,
      returns: false,
      repeat: "b",
      settle_seconds: 60,
    },
  ],
};

const [shipbob, shopify] = connectors.items;

interface Draft {
  readonly index: number;
  readonly name: string;
  readonly side: "shop" | "warehouse";
  readonly level: ConnectionView["health"]["level"];
  readonly paused?: boolean;
  readonly problem?: ConnectionView["connection"]["problem"];
  readonly warehouses?: readonly [string, string][];
}

function connection({ index, name, side, level, paused = false, problem, warehouses = [] }: Draft): ConnectionView {
  const id = `con_${index.toString(16).padStart(32, "0")}`;
  const shop = side === "shop";
  const late = level === "degraded" ? 940 : 8;
  return {
    connection: {
      id,
      side,
      connector: shop ? "shopify" : "shipbob",
      name,
      config: shop ? { shop_domain: "northwind.myshopify.com" } : { channel_id: 433_611 },
      poll_seconds: 15,
      edit_window_seconds: 900,
      paused,
      created_at: before(86_400 * 12),
      last_success_at: before(late),
      problem: problem ?? null,
    },
    descriptor: (shop ? shopify : shipbob) ?? null,
    health: {
      level,
      parts: [
        { name: "calls", level, detail: problem === undefined ? "answers" : "does not answer" },
        ...(level === "degraded"
          ? [{ name: shop ? "orders" : "stock", level: "warning" as const, detail: "not read for 940 s" }]
          : []),
      ],
    },
    rates: {
      received_per_minute: level === "healthy" ? 24 + index * 7 : 0,
      sent_per_minute: level === "healthy" ? 18 : 0,
      errors_per_minute: level === "healthy" ? 0 : 4,
    },
    streams: (shop ? ["orders"] : ["shipments", "stock"]).map((stream) => ({
      stream,
      last_page_at: before(late),
      lag_seconds: late,
      items: 18_421 * index,
    })),
    warehouses: warehouses.map(([city, country], rank) => ({
      id: `whs_${(index * 10 + rank).toString(16).padStart(32, "0")}`,
      connection: id,
      remote_id: String(100 + rank),
      name: city,
      country,
      rank,
      ships_to: [],
      handling: 250,
      unit_handling: 40,
      late_hours: 0,
    })),
  };
}

export const connections: ConnectionList = {
  items: [
    connection({ index: 1, name: "Northwind Tea", side: "shop", level: "healthy" }),
    connection({
      index: 2,
      name: "Harbor & Pine",
      side: "shop",
      level: "degraded",
      problem: {
        code: "SY-2002",
        title: "Harbor & Pine refuses our credentials",
        detail: "401: [API] Invalid API key or access token (unrecognized login or wrong password)",
        next_step: "Enter a new access token for this connection; it needs the permissions its page lists.",
      },
    }),
    connection({ index: 3, name: "Lindqvist Cycles", side: "shop", level: "healthy", paused: true }),
    connection({
      index: 4,
      name: "ShipBob Europe",
      side: "warehouse",
      level: "healthy",
      warehouses: [
        ["Hoofddorp", "NL"],
        ["Leipzig", "DE"],
      ],
    }),
    connection({
      index: 5,
      name: "ShipBob North America",
      side: "warehouse",
      level: "warning",
      problem: {
        code: "SY-2003",
        title: "ShipBob North America asks us to slow down",
        detail: "429: 150 requests per minute",
        next_step: "Nothing to do: Switchyard waits as long as asked and goes on by itself.",
      },
      warehouses: [
        ["Cicero", "US"],
        ["Moreno Valley", "US"],
        ["Brampton", "CA"],
      ],
    }),
  ],
  secret_place: "a sealed file in the data directory",
};

/** A rate that rises and falls, the same every time. */
function recent(seed: number, height: number): number[] {
  return Array.from({ length: 30 }, (_, bucket) =>
    Math.max(0, Math.round(height * (0.6 + 0.4 * Math.sin(bucket / (3 + (seed % 4)) + seed)))),
  );
}

function service(name: string, index: number, change: Partial<ServiceStatus> = {}): ServiceStatus {
  const height = 12 - index * 0.6;
  return {
    name,
    purpose: `${name} does its part.`,
    remedy: `Look at ${name}.`,
    state: "running",
    heartbeat_at: before((index % 4) + 1),
    due: index % 3,
    later: index * 13,
    dead: 0,
    oldest_due: index % 3 === 0 ? null : before(index),
    done: 18_000 - index * 911,
    failed: 0,
    per_minute: Math.round(height * 6),
    recent: recent(index, height),
    restarts: 0,
    last_error: null,
    ...change,
  };
}

export const services: ServiceList = {
  items: [
    service("connection_check", 0, { recent: recent(0, 1), per_minute: 4 }),
    service("intake", 1),
    service("parse", 2),
    service("validate", 3),
    service("route", 4, { due: 14, oldest_due: before(42) }),
    service("edit_window", 5),
    service("release", 6),
    service("hand_over", 7, {
      failed: 3,
      last_error: "ShipBob North America: 429 150 requests per minute, retry after 12 s",
    }),
    service("confirm", 8, { done: 3, per_minute: 0, recent: recent(8, 0) }),
    service("shipment_intake", 9),
    service("shipment_booking", 10, { dead: 2, failed: 16, last_error: "report 88213 names an unknown reference" }),
    service("write_back", 11, { state: "restarting", restarts: 1, last_error: "panicked: connection reset" }),
    service("stock_intake", 12),
  ],
};

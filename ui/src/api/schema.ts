// GENERATED from openapi/switchyard.json by `npm run gen:api`. Do not edit.

export interface paths {
  "/api/v1/health": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** get_health */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Health"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/session": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** get_session */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Session"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    /** open_session */
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": { ticket: string } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Session"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    put?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/orders": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** list_orders */
    get: {
      parameters: { query?: { q?: string; sort?: string; after?: string; offset?: number; limit?: number }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["OrderList"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/orders/{id}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** get_order */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["OrderDetail"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/orders/{id}/raw": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** get_order_raw */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["RawOrder"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/orders/{id}/timeline": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** get_order_timeline */
    get: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Timeline"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/orders/{id}/address": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** edit_order_address */
    put: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { id: string }; cookie?: never };
      requestBody: { content: { "application/json": { revision: number; reason: string; ship_to: components["schemas"]["Address"]; dry_run?: boolean } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["EditResult"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    get?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/orders/{id}/lines/{line}/quantity": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** edit_line_quantity */
    put: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { id: string; line: string }; cookie?: never };
      requestBody: { content: { "application/json": { revision: number; reason: string; quantity: number; dry_run?: boolean } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["EditResult"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    get?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/orders/{id}/holds": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** place_hold */
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { id: string }; cookie?: never };
      requestBody: { content: { "application/json": { revision: number; reason: components["schemas"]["HoldReason"]; note: string; expires_at?: string | null } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["EditResult"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    get?: never;
    put?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/orders/{id}/holds/{hold}/lift": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** lift_hold */
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { id: string; hold: string }; cookie?: never };
      requestBody: { content: { "application/json": { revision: number; reason: string } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["EditResult"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    get?: never;
    put?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/orders/{id}/release": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** release_order */
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { id: string }; cookie?: never };
      requestBody: { content: { "application/json": { revision: number; reason: string } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["EditResult"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    get?: never;
    put?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/orders/{id}/cancel": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** cancel_order */
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { id: string }; cookie?: never };
      requestBody: { content: { "application/json": { revision: number; reason: string; dry_run?: boolean } } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["EditResult"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    get?: never;
    put?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/flow": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** get_flow */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Flow"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/connections": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** list_connections */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["ConnectionList"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    /** add_connection */
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path?: never; cookie?: never };
      requestBody: { content: { "application/json": components["schemas"]["ConnectionSetup"] } };
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Connection"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    put?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/connections/{id}/check": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** check_connection */
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["CheckResult"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    get?: never;
    put?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/connections/{id}/pause": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** pause_connection */
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Connection"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    get?: never;
    put?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/connections/{id}/resume": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** resume_connection */
    post: {
      parameters: { query?: never; header: { "Idempotency-Key": string }; path: { id: string }; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Connection"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    get?: never;
    put?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/connectors": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** list_connectors */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["ConnectorList"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/services": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** list_services */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["ServiceList"] } }; 400: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["ProblemDetails"] } } };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export interface components {
  schemas: {
    Code: string;
    Problem: { code: components["schemas"]["Code"]; title: string; detail: string; next_step: string };
    FieldProblem: { path: string; detail: string; start?: number | null; end?: number | null; suggestion?: string | null };
    ProblemDetails: { type: string; title: string; status: number; code: components["schemas"]["Code"]; detail: string; instance: string; next_step: string; fields: components["schemas"]["FieldProblem"][]; order?: components["schemas"]["Order"] | null };
    Health: { status: "ok" | "degraded"; version: string; started_at: string; now: string; demo: boolean; store: { problem?: components["schemas"]["Problem"] | null } };
    Caller: { kind: string; name: string; role: string };
    Session: { caller: components["schemas"]["Caller"] };
    OrderState: "received" | "blocked" | "accepted" | "planned" | "closed" | "cancelled";
    Stage: "received" | "blocked" | "routing" | "editable" | "held" | "releasing" | "unconfirmed" | "in_warehouse" | "shipped" | "closed" | "cancelled" | "attention";
    Count: { value: number; capped: boolean };
    OrderSummary: {
      id: string; number: string; shop: string; state: components["schemas"]["OrderState"]; stage: components["schemas"]["Stage"]; placed_at: string; received_at: string; updated_at: string;
      editable_until?: string | null; customer: string; city: string; country: string; lines: number; units: number; total: number; currency: string;
      warehouses: string[]; carriers: string[]; held: boolean; problem?: string | null; edited: boolean; tags: string[];
    };
    OrderList: { items: components["schemas"]["OrderSummary"][]; next?: string | null; total: components["schemas"]["Count"] };
    Money: { minor: number; currency: string };
    Address: { name: string; company: string; line1: string; line2: string; city: string; province: string; postcode: string; country: string; phone: string };
    Customer: { name: string; email: string; phone: string };
    Actor: { kind: "person"; name: string } | { kind: "service"; name: string } | { kind: "partner"; name: string };
    HoldReason: "awaiting_payment" | "fraud" | "address" | "stock" | "customer" | "operator" | "other";
    Hold: { id: string; reason: components["schemas"]["HoldReason"]; note: string; placed_by: components["schemas"]["Actor"]; placed_at: string; expires_at?: string | null; keeps_stock: boolean };
    OrderLine: {
      id: string; shop_line_id: string; sku: string; title: string; kind: "goods" | "fee"; ordered: number; cancelled: number;
      unit_price: components["schemas"]["Money"]; unit_weight: number;
    };
    Order: {
      id: string; shop: string; shop_order_id: string; number: string; revision: number; shop_updated_at: string; state: components["schemas"]["OrderState"];
      placed_at: string; received_at: string; updated_at: string; editable_until?: string | null; currency: string; total: components["schemas"]["Money"];
      customer: components["schemas"]["Customer"]; ship_to: components["schemas"]["Address"]; shipping_option: string; note: string; tags: string[]; lines: components["schemas"]["OrderLine"][];
      holds: components["schemas"]["Hold"][]; problems: components["schemas"]["Problem"][]; edited: boolean;
    };
    Permission: { allowed: boolean; why?: components["schemas"]["Problem"] | null };
    LineAccount: { line: string; ordered: number; cancelled: number; billed: number; unplanned: number; in_fulfillment: number; shipped: number };
    FulfillmentState: "open" | "queued" | "sent" | "unconfirmed" | "accepted" | "in_work" | "partly_shipped" | "shipped" | "closed_short" | "rejected" | "cancelled";
    FulfillmentLine: { line: string; quantity: number; shipped: number };
    FulfillmentOrder: {
      id: string; order: string; warehouse: string; reference: string; revision: number; state: components["schemas"]["FulfillmentState"]; state_since: string;
      release_at: string; lines: components["schemas"]["FulfillmentLine"][]; remote_id?: string | null; problem?: components["schemas"]["Problem"] | null;
    };
    HandOver: {
      id: string; fulfillment: string; order: string; revision: number; idempotency_key: string;
      state: "ready" | "sending" | "in_doubt" | "acknowledged" | "refused" | "withdrawn"; payload: unknown; attempts: number; last_error?: components["schemas"]["Problem"] | null;
    };
    Parcel: { carrier: string; tracking_code: string; tracking_url: string };
    ShippedLine: { line: string; quantity: number };
    Shipment: {
      id: string; order: string; fulfillment: string; remote_id: string; shipped_at: string; booked_at: string; lines: components["schemas"]["ShippedLine"][]; parcels: components["schemas"]["Parcel"][];
    };
    WriteBack: {
      id: string; order: string; shop: string; shipment: string; revision: number; state: "due" | "sending" | "in_doubt" | "confirmed" | "failed" | "waived";
      attempts: number; due_at: string; last_error?: components["schemas"]["Problem"] | null; remote_id?: string | null;
    };
    Attempt: {
      subject: string; order: string; number: number; started_at: string; deadline: string; ended_at?: string | null; outcome: string; detail: string;
    };
    Explanation: { used: boolean; because?: string | null; constraint?: string | null; detail?: string | null; level?: string | null; by?: number | null };
    Plan: {
      id: string; proven: boolean; allocation: { line: string; warehouse: string; quantity: number }[]; short: { line: string; quantity: number; reason: string }[];
      objective: { short_value: number; late: number; warehouses: number; cost: number; rank_sum: number }; explain: { [warehouse: string]: components["schemas"]["Explanation"] };
      lower_bound: { warehouses: number; why: string }; gap?: { level: string; by: number } | null;
    };
    OrderDetail: {
      order: components["schemas"]["Order"]; stage: components["schemas"]["Stage"];
      editable: { address: components["schemas"]["Permission"]; quantity: components["schemas"]["Permission"]; hold: components["schemas"]["Permission"]; release: components["schemas"]["Permission"]; cancel: components["schemas"]["Permission"] };
      accounts: components["schemas"]["LineAccount"][]; fulfillments: components["schemas"]["FulfillmentOrder"][]; hand_overs: components["schemas"]["HandOver"][]; shipments: components["schemas"]["Shipment"][];
      write_backs: components["schemas"]["WriteBack"][]; attempts: components["schemas"]["Attempt"][]; plan?: { at: string; plan: components["schemas"]["Plan"] } | null; imbalance?: string | null;
    };
    RawOrder: { received_at: string; external_id: string; version: string; text: string };
    Recorded: { seq: number; at: string; actor: components["schemas"]["Actor"]; kind: string; order?: string | null; subject: string; reason: string; before: unknown; after: unknown; hash: string };
    Timeline: { items: components["schemas"]["Recorded"][] };
    FieldChange: { field: string; before: unknown; after: unknown };
    EditResult: { order: components["schemas"]["Order"]; changes: components["schemas"]["FieldChange"][]; committed: boolean };
    HealthLevel: "healthy" | "warning" | "degraded" | "unknown";
    FlowShop: { connection: string; name: string; connector: string; health: components["schemas"]["HealthLevel"]; orders_per_minute: number; waiting: number };
    FlowStage: { stage: components["schemas"]["Stage"]; orders: number; oldest_at?: string | null; per_minute: number; errors: number };
    FlowWarehouse: { warehouse: string; connection: string; name: string; health: components["schemas"]["HealthLevel"]; waiting: number; in_work: number; handed_over_per_minute: number; shipped_per_minute: number };
    FlowEdge: { from: string; to: string; per_minute: number; backlog: number; errors: number };
    Flow: { at: string; shops: components["schemas"]["FlowShop"][]; stages: components["schemas"]["FlowStage"][]; warehouses: components["schemas"]["FlowWarehouse"][]; edges: components["schemas"]["FlowEdge"][] };
    Side: "shop" | "warehouse";
    Connection: {
      id: string; side: components["schemas"]["Side"]; connector: string; name: string; config: { [key: string]: unknown }; poll_seconds: number; edit_window_seconds: number;
      paused: boolean; created_at: string; last_success_at?: string | null; problem?: components["schemas"]["Problem"] | null;
    };
    Warehouse: {
      id: string; connection: string; remote_id: string; name: string; country: string; rank: number; ships_to: string[]; handling: number; unit_handling: number; late_hours: number;
    };
    ConnectorView: { name: string; title: string; side: components["schemas"]["Side"]; api_version: string; streams: string[]; cancel: boolean; change_address: boolean; repeat: string; settle_seconds: number };
    ConnectorList: { items: components["schemas"]["ConnectorView"][] };
    Rates: { received_per_minute: number; sent_per_minute: number; errors_per_minute: number };
    ConnectionHealth: { level: components["schemas"]["HealthLevel"]; parts: { name: string; level: components["schemas"]["HealthLevel"]; detail: string }[] };
    StreamView: { stream: string; last_page_at?: string | null; lag_seconds?: number | null; items: number };
    ConnectionView: { connection: components["schemas"]["Connection"]; descriptor?: components["schemas"]["ConnectorView"] | null; health: components["schemas"]["ConnectionHealth"]; rates: components["schemas"]["Rates"]; streams: components["schemas"]["StreamView"][]; warehouses: components["schemas"]["Warehouse"][] };
    ConnectionList: { items: components["schemas"]["ConnectionView"][]; secret_place: string };
    ConnectionSetup: {
      side: components["schemas"]["Side"]; connector: string; name: string; config: { [key: string]: unknown }; secret: string; poll_seconds?: number; edit_window_seconds?: number;
    };
    OfferedWarehouse: { remote_id: string; name: string; country: string; warehouse?: string | null };
    CheckReportView: { account: string; warehouses: components["schemas"]["OfferedWarehouse"][]; warnings: string[] };
    CheckResult: { ok: boolean; report?: components["schemas"]["CheckReportView"] | null; problem?: components["schemas"]["Problem"] | null };
    ServiceState: "starting" | "running" | "stalled" | "restarting" | "stopped";
    ServiceStatus: {
      name: string; purpose: string; remedy: string; state: components["schemas"]["ServiceState"]; heartbeat_at?: string | null; due: number; later: number; dead: number; oldest_due?: string | null;
      done: number; failed: number; per_minute: number; recent: number[]; restarts: number; last_error?: string | null;
    };
    ServiceList: { items: components["schemas"]["ServiceStatus"][] };
    Envelope: { seq: number; at: string; kind: string; tags: string[]; data: unknown };

  };
}

/** The order page for tests, on a server with one order. */
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect } from "vitest";
import type { Edit, Order, OrderDetail } from "@/api/types";
import { connections, health } from "@/mocks/answers";
import type { Asked } from "@/mocks/platform";
import { renderConsole } from "@/test/screen";
import { differences } from "./diff";
import { detailFixture, previewFixture } from "./fixtures";

export const NOW = "2026-11-22T12:00:00Z";
export const LATE = {
  code: "SY-1101" as const,
  title: "It is too late for this change",
  detail: "fulfillment order SW-1001-1 was handed over",
  next_step: "Ask the warehouse to stop, or arrange a return.",
};

interface EditsBody {
  readonly revision: number;
  readonly reason: string;
  readonly edits: readonly Edit[];
}

interface Answers {
  /** What the preview says; the order with the edits' address and units until a test says otherwise. */
  readonly preview?: (edits: readonly Edit[], current: OrderDetail) => Response;
  /** How the edits end; they are made until a test says otherwise. */
  readonly edit?: (body: EditsBody, current: OrderDetail) => Response | undefined;
  /** How proposing ends; it waits until a test says otherwise. */
  readonly propose?: () => Response;
  /** How settling a matter ends; it is settled until a test says otherwise. */
  readonly settle?: () => Response;
}

/** The order with what these edits change of it at once. */
function edited(order: Order, edits: readonly Edit[]): Order {
  let now = order;
  for (const edit of edits) {
    if (edit.kind === "address") now = { ...now, ship_to: edit.ship_to };
    if (edit.kind === "note") now = { ...now, note: edit.note };
    if (edit.kind === "quantity" || edit.kind === "more_units") {
      now = {
        ...now,
        lines: now.lines.map((line) =>
          line.id !== edit.line
            ? line
            : edit.quantity > line.ordered
              ? { ...line, ordered: edit.quantity }
              : { ...line, cancelled: line.ordered - edit.quantity },
        ),
      };
    }
  }
  return now;
}

export const previewed = (edits: readonly Edit[], { order }: OrderDetail) => {
  const after = edited(order, edits);
  const changes = differences(order, after).map(({ path, before, after: is }) => ({ field: path, before, after: is }));
  const [edit] = previewFixture().edits;
  return previewFixture({ order: after, changes, edits: edits.map(() => edit ?? { verdicts: [] }) });
};

/** A refusal of an old revision, with the order as it is. */
export function stale(order: Order): Response {
  const body = {
    type: "/docs/errors/SY-0006",
    title: "changed",
    status: 409,
    code: "SY-0006",
    detail: "",
    instance: "1",
    next_step: "",
    fields: [],
    order,
  };
  return Response.json(body, { status: 409, headers: { "content-type": "application/problem+json" } });
}

/** A server with one order. */
export function open(detail: OrderDetail = detailFixture(), answers: Answers = {}, search = "") {
  const { preview, edit, propose, settle } = answers;
  let current = detail;
  const decided = (state: "due" | "waived") => {
    const order = { ...current.order, problems: [], revision: current.order.revision + 1 };
    current = { ...current, order, write_backs: current.write_backs.map((report) => ({ ...report, state })) };
    return Response.json(order);
  };
  const console = renderConsole(`/orders/${detail.order.id}${search}`, {
    "GET /api/v1/health": { ...health, now: NOW },
    "GET /api/v1/connections": connections,
    "GET /api/v1/orders": { items: [], total: { value: 0, capped: false } },
    "GET /api/v1/orders/ord_1": () => Response.json(current),
    "GET /api/v1/orders/ord_1/timeline": { items: [] },
    "GET /api/v1/orders/ord_1/raw": { received_at: NOW, external_id: "5001", version: "1", text: '{"name":"#1001"}' },
    "POST /api/v1/orders/ord_1/preview": (asked: Asked) => {
      const { edits } = asked.body as { edits: readonly Edit[] };
      return preview?.(edits, current) ?? Response.json(previewed(edits, current));
    },
    "POST /api/v1/orders/ord_1/edits": (asked: Asked) => {
      const body = asked.body as EditsBody;
      const other = edit?.(body, current);
      if (other !== undefined) return other;
      const order = { ...edited(current.order, body.edits), revision: current.order.revision + 1 };
      current = { ...current, order };
      return Response.json({ order, changes: [], verdicts: [], requests: [], attention: [], committed: true });
    },
    "POST /api/v1/orders/ord_1/proposals": () => {
      if (propose !== undefined) return propose();
      current = { ...current, order: { ...current.order, revision: current.order.revision + 1 } };
      return Response.json(current.order);
    },
    "POST /api/v1/orders/ord_1/write-backs/wbk_1/retry": () => decided("due"),
    "POST /api/v1/orders/ord_1/write-backs/wbk_1/waive": () => decided("waived"),
    "POST /api/v1/orders/ord_1/attention/0/settle": () => {
      if (settle !== undefined) return settle();
      current = { ...current, order: { ...current.order, attention: [], revision: current.order.revision + 1 } };
      return Response.json(current.order);
    },
  });
  return {
    ...console,
    set: (change: (detail: OrderDetail) => OrderDetail) => {
      current = change(current);
    },
    sent: (path: string) => console.platform.asked.filter((asked) => asked.path.endsWith(path)),
    saved: () =>
      console.platform.asked.filter((asked) => asked.path.endsWith("/edits")).map((asked) => asked.body as EditsBody),
  };
}

export const user = () => userEvent.setup();
export const field = (name: string) => screen.findByRole("textbox", { name });

export async function typeCity(person: ReturnType<typeof user>, city: string) {
  await person.keyboard("e");
  const input = await field("City");
  await person.clear(input);
  await person.type(input, city);
}

/** Waits for the preview and saves. */
export async function save(person: ReturnType<typeof user>) {
  await waitFor(() => expect(screen.getByRole("button", { name: /^Save changes/ })).toHaveProperty("disabled", false));
  await person.keyboard("{Control>}s{/Control}");
}

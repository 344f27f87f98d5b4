import type { ChangeRequest, OrderLine } from "@/api/types";
import type { Names } from "@/features/orders/names";
import { absoluteTime, dayTime, instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { askText, requestStateText } from "./requestWords";
import { Section } from "./Section";
import { actorText } from "./words";

interface Properties {
  readonly requests: readonly ChangeRequest[];
  readonly lines: readonly OrderLine[];
  readonly names: Names;
}

/** What warehouses were asked to change, newest first, with what they answered in their own words. */
export function ChangeRequests({ requests, lines, names }: Properties) {
  if (requests.length === 0) return null;
  return (
    <Section title={m.order_requests_title()}>
      <ul className="divide-y divide-border">
        {requests.toReversed().map((request) => {
          const asked = instant(request.asked_at);
          const deadline = instant(request.deadline);
          return (
            <li key={request.id} className="flex flex-wrap items-baseline gap-x-12 gap-y-2 px-16 py-8 text-sm">
              <span className="font-medium">{request.asks.map((ask) => askText(ask, lines)).join(", ")}</span>
              <span className="text-fg-2">{names.warehouse(request.warehouse)}</span>
              <span className="flex-1" />
              <span>{requestStateText(request.state)}</span>
              {request.answer !== null && request.answer !== undefined && request.answer.reason !== "" && (
                <q className="w-full wrap-anywhere text-fg-2">{request.answer.reason}</q>
              )}
              <span className="w-full text-xs text-fg-2">
                {m.order_request_by({
                  actor: actorText(request.asked_by),
                  time: asked === undefined ? "" : absoluteTime(asked),
                })}
                {request.afterwards?.kind === "planned_at" &&
                  ` · ${m.order_request_elsewhere({ warehouse: names.warehouse(request.afterwards.warehouse) })}`}
                {request.state === "sent" && deadline !== undefined && (
                  <> · {m.order_request_deadline({ time: dayTime(deadline) })}</>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

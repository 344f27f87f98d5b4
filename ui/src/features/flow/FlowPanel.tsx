import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight, Inbox, X } from "lucide-react";
import type { Flow } from "@/api/types";
import { IconButton } from "@/components/Button";
import { EmptyState } from "@/components/EmptyState";
import { ReadError, useFailure } from "@/components/ReadError";
import { Skeleton } from "@/components/Skeleton";
import { StageChip } from "@/components/StateChip";
import { CountdownText } from "@/features/order/CountdownText";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { recentOrders } from "./queries";
import { placeOf } from "./selection";

interface Properties {
  readonly flow: Flow;
  readonly at: string;
  readonly onClose: () => void;
}

/** The orders behind a place or a way: the newest, and the way to all of them. */
export function FlowPanel({ flow, at, onClose }: Properties) {
  const place = placeOf(flow, at);
  const query = useQuery({ ...recentOrders(place?.q ?? ""), enabled: place !== undefined });
  const { data, refetch, isFetching } = query;
  const error = useFailure(query, at);
  if (place === undefined) return null;
  return (
    <aside aria-label={place.title} className="flex w-360 shrink-0 flex-col border-l border-border bg-surface">
      <header className="flex h-44 shrink-0 items-center gap-8 border-b border-border pr-8 pl-16">
        <h2 className="min-w-0 flex-1 truncate text-md font-semibold">{place.title}</h2>
        <IconButton icon={X} label={m.close()} binding="Escape" onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-16 text-sm">
        <ReadError error={error} hasData={data !== undefined} busy={isFetching} onRetry={() => void refetch()} />
        {data === undefined && error === null && <Skeleton className="h-240" />}
        {data?.items.length === 0 && <EmptyState icon={Inbox} title={m.flow_panel_empty()} />}
        {data !== undefined && data.items.length > 0 && (
          <>
            <Link
              to="/orders"
              search={{ q: place.q }}
              className="flex min-h-28 items-center gap-6 font-medium text-accent hover:underline"
            >
              {m.flow_open_orders({
                count: data.total.capped ? `${integer(data.total.value)}+` : integer(data.total.value),
                rows: data.total.value,
              })}
              <ArrowRight aria-hidden size={14} />
            </Link>
            <p className="pb-8 font-mono text-2xs break-words text-fg-3">{place.q}</p>
            <ul className="divide-y divide-border border-t border-border">
              {data.items.map((order) => (
                <li key={order.id}>
                  <Link
                    to="/orders/$id"
                    params={{ id: order.id }}
                    preload={false}
                    className="flex flex-col gap-4 py-8 focus-visible:-outline-offset-2 hover:bg-surface-2"
                  >
                    <span className="flex items-center gap-8">
                      <span className="min-w-0 flex-1 truncate">
                        <span className="font-mono text-xs font-medium">{order.number}</span> {order.customer}
                      </span>
                      <StageChip stage={order.stage} />
                    </span>
                    <span className="flex justify-between gap-8 text-xs text-fg-2">
                      {[order.city, order.country].filter((part) => part !== "").join(", ")}
                      <CountdownText
                        stage={order.stage}
                        received={order.received_at}
                        editableUntil={order.editable_until}
                      />
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </aside>
  );
}

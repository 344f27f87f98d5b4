import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ExternalLink, X } from "lucide-react";
import { orderQuery } from "@/api/queries";
import { IconButton } from "@/components/Button";
import { ProblemBanner } from "@/components/Problem";
import { ReadError, useFailure } from "@/components/ReadError";
import { Skeleton, useSlow } from "@/components/Skeleton";
import { StageChip } from "@/components/StateChip";
import { AddressText } from "@/features/order/AddressText";
import { CountdownText } from "@/features/order/CountdownText";
import { HoldList } from "@/features/order/HoldList";
import { PeekLines } from "@/features/order/PeekLines";
import { formatMoney } from "@/lib/money";
import { m } from "@/paraglide/messages.js";
import type { Names } from "./names";

interface Properties {
  readonly id: string;
  readonly names: Names;
  readonly onClose: () => void;
}

/** The order under the keyboard beside the list: enough to decide whether to open it. */
export function OrderPeek({ id, names, onClose }: Properties) {
  const query = useQuery(orderQuery(id));
  const { data, isPending, refetch, isFetching } = query;
  const error = useFailure(query, id);
  const slow = useSlow(isPending);
  return (
    <aside
      aria-label={m.orders_peek_label()}
      aria-busy={isPending}
      className="flex w-420 shrink-0 flex-col border-l border-border bg-surface"
    >
      <header className="flex h-44 shrink-0 items-center gap-8 border-b border-border pr-8 pl-16">
        <h2 className="min-w-0 flex-1 truncate font-mono text-md text-fg">{data?.order.number ?? (slow ? "…" : "")}</h2>
        <Link
          to="/orders/$id"
          params={{ id }}
          className="flex h-28 items-center gap-6 rounded-4 px-8 text-xs font-medium text-accent hover:bg-surface-2"
        >
          <ExternalLink aria-hidden size={14} strokeWidth={1.75} />
          {m.orders_peek_open()}
        </Link>
        <IconButton icon={X} label={m.close()} binding="Escape" onClick={onClose} />
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-16 overflow-y-auto p-16">
        <ReadError error={error} hasData={data !== undefined} busy={isFetching} onRetry={() => void refetch()} />
        {isPending && error === null && <Skeleton className="h-240" />}
        {data !== undefined && (
          <>
            <div className="flex items-center gap-12">
              <StageChip stage={data.stage} />
              <CountdownText
                stage={data.stage}
                received={data.order.received_at}
                editableUntil={data.order.editable_until}
              />
            </div>
            {data.order.problems.map((problem) => (
              <ProblemBanner key={problem.code + problem.title} problem={problem} family="attention" />
            ))}
            <HoldList holds={data.order.holds} />
            <PeekLines lines={data.order.lines} />
            <dl className="grid grid-cols-[max-content_1fr] gap-x-16 gap-y-6 text-sm">
              <dt className="text-fg-2">{m.orders_column_total()}</dt>
              <dd>{formatMoney(data.order.total.minor, data.order.total.currency)}</dd>
              <dt className="text-fg-2">{m.orders_column_shop()}</dt>
              <dd>{names.shop(data.order.shop)}</dd>
              <dt className="text-fg-2">{m.orders_column_warehouses()}</dt>
              <dd>
                {[...new Set(data.fulfillments.map((part) => names.warehouse(part.warehouse)))].join(", ") || "–"}
              </dd>
              <dt className="text-fg-2">{m.order_ship_to()}</dt>
              <dd>
                <AddressText address={data.order.ship_to} />
              </dd>
            </dl>
          </>
        )}
      </div>
    </aside>
  );
}

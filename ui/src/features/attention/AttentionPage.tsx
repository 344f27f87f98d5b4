import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useActions } from "@/actions/useActions";
import { attentionQuery, orderQuery, queryKeys } from "@/api/queries";
import type { AttentionEntry, Choice } from "@/api/types";
import { Button } from "@/components/Button";
import { EmptyState } from "@/components/EmptyState";
import { ReadError, useFailure } from "@/components/ReadError";
import { Skeleton } from "@/components/Skeleton";
import { useToaster } from "@/components/Toast";
import { hasDetails } from "@/features/order/MatterDetails";
import { placeOf } from "@/features/order/matter";
import { SettleDialog, type Settling } from "@/features/order/SettleDialog";
import { useNames } from "@/features/orders/names";
import { PageBar } from "@/frame/PageBar";
import { integer } from "@/lib/number";
import { shortTime } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { AttentionRow } from "./AttentionRow";

const route = getRouteApi("/framed/attention");

/** The same matter keeps its name while the list around it moves. */
const keyOf = ({ order, item, matter }: AttentionEntry) =>
  `${order} ${item.code} ${item.request ?? item.fulfillment ?? ""} ${item.what} ${item.since} ${matter === null ? "own" : ""}`;

/** What waits for a person, over all orders: the order that has waited longest first. */
export function AttentionPage() {
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const toaster = useToaster();
  const names = useNames();
  const query = useInfiniteQuery(attentionQuery());
  const { data, refetch, isFetching, dataUpdatedAt, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const error = useFailure(query);
  const [active, setActive] = useState<string | undefined>(undefined);
  const [settling, setSettling] = useState<Settling | undefined>(undefined);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const rows = useRef(new Map<string, HTMLDivElement>());
  const place = useRef(0);

  const entries = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const known = entries.findIndex((entry) => keyOf(entry) === active);
  // After a matter is settled its place is the next one's.
  const at = known === -1 ? Math.min(place.current, entries.length - 1) : known;
  const current = entries[at];
  place.current = Math.max(0, at);
  const currentKey = current === undefined ? undefined : keyOf(current);

  const focus = useCallback((key: string | undefined) => {
    if (key !== undefined) rows.current.get(key)?.focus();
  }, []);
  const first = useRef(true);
  useEffect(() => {
    // The list is what this page is for: the keyboard starts in it.
    if (!first.current || currentKey === undefined) return;
    first.current = false;
    if (document.activeElement === null || document.activeElement === document.body) focus(currentKey);
  }, [currentKey, focus]);

  const move = (step: 1 | -1) => {
    const next = entries[at + step];
    if (next === undefined) {
      focus(currentKey);
      return;
    }
    setActive(keyOf(next));
    focus(keyOf(next));
  };
  const open = (entry: AttentionEntry) =>
    void navigate({
      to: "/orders/$id",
      params: { id: entry.order },
      search:
        entry.item.code === "SY-1203"
          ? { at: "report" }
          : entry.matter === null || entry.matter === undefined
            ? {}
            : { matter: entry.matter },
    });
  /** The decision is made on the order as it is: read first, so that a later change can be shown against it. */
  const choose = async (entry: AttentionEntry, choice: Choice) => {
    setActive(keyOf(entry));
    try {
      const { order } = await queries.fetchQuery({ ...orderQuery(entry.order), staleTime: 0 });
      if (placeOf(entry.item, order) === undefined) {
        toaster.done(m.order_matter_gone());
        await queries.invalidateQueries({ queryKey: queryKeys.attention() });
        return;
      }
      setSettling({ order, item: entry.item, choice });
    } catch (fault) {
      toaster.failed(fault);
    }
  };
  // The settled row takes the keyboard with it when it goes; the one in its place gets it.
  const orphaned = useRef(false);
  useEffect(() => {
    if (!orphaned.current || settling !== undefined || document.activeElement !== document.body) return;
    orphaned.current = false;
    focus(currentKey);
  });
  const done = () => {
    orphaned.current = true;
    setSettling(undefined);
  };

  const expand = (key: string) =>
    setExpanded((before) =>
      before.has(key) ? new Set([...before].filter((one) => one !== key)) : new Set([...before, key]),
    );

  const settles = current !== undefined && current.matter !== null && current.matter !== undefined;
  const way = (number: number) => {
    const choice = settles ? current.item.options[number - 1] : undefined;
    return settling !== undefined || choice === undefined || current === undefined
      ? undefined
      : () => void choose(current, choice);
  };
  useActions({
    "attention.next": settling === undefined && entries.length > 0 ? () => move(1) : undefined,
    "attention.previous": settling === undefined && entries.length > 0 ? () => move(-1) : undefined,
    "attention.way_1": way(1),
    "attention.way_2": way(2),
    "attention.way_3": way(3),
    "attention.way_4": way(4),
    "attention.way_5": way(5),
    "attention.open": current === undefined ? undefined : () => open(current),
    "attention.details":
      settling === undefined && current !== undefined && hasDetails(current.item)
        ? () => expand(keyOf(current))
        : undefined,
    "attention.refresh": () => void refetch(),
  });

  const orders = data?.pages[0]?.orders;
  const count = orders === undefined ? "" : `${integer(orders.value)}${orders.capped ? "+" : ""}`;
  return (
    <>
      <PageBar title={m.nav_attention()}>
        {orders !== undefined && (
          <span className="text-sm text-fg-2">{m.attention_count({ count, rows: orders.value })}</span>
        )}
      </PageBar>
      <div className="mx-auto flex w-full max-w-1280 flex-col gap-16 p-24">
        <ReadError
          error={error}
          hasData={data !== undefined}
          busy={isFetching}
          onRetry={() => {
            void refetch();
          }}
        />
        {data === undefined && error === null && <Skeleton className="h-480" />}
        {data !== undefined && entries.length === 0 && (
          <EmptyState icon={CircleCheck} title={m.attention_empty()}>
            {m.attention_empty_text({ time: shortTime(dataUpdatedAt) })}
          </EmptyState>
        )}
        {entries.length > 0 && (
          <ul aria-label={m.nav_attention()} className="rounded-6 border border-border bg-surface">
            {entries.map((entry) => {
              const key = keyOf(entry);
              return (
                <AttentionRow
                  key={key}
                  ref={(element) => {
                    if (element === null) rows.current.delete(key);
                    else rows.current.set(key, element);
                  }}
                  entry={entry}
                  names={names}
                  active={key === currentKey}
                  expanded={expanded.has(key)}
                  onExpand={() => expand(key)}
                  onActive={() => setActive(key)}
                  onOpen={() => open(entry)}
                  onChoose={(choice) => void choose(entry, choice)}
                />
              );
            })}
          </ul>
        )}
        {hasNextPage && (
          <span>
            <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {m.attention_more()}
            </Button>
          </span>
        )}
      </div>
      {settling !== undefined && (
        <SettleDialog settling={settling} names={names} onSettled={done} onClose={() => setSettling(undefined)} />
      )}
    </>
  );
}

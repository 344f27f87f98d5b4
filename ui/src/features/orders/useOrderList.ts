import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { answered, client } from "@/api/client";
import { useLive } from "@/api/LiveContext";
import { orderQuery } from "@/api/queries";
import type { OrderSummary } from "@/api/types";
import { summaryOf } from "@/features/order/summary";
import { findLength } from "@/grid/edge";
import { type Load, RowWindows, WINDOW_ROWS } from "@/grid/windows";
import { compareWindow } from "./freshness";

/** Shortest time between two looks at what is on screen, in milliseconds. */
const LOOK_MS = 1_000;
/** Orders that left the screen's part of the list are read one by one, at most this many per look. */
const SINGLE_READS = 12;

const idOf = (row: OrderSummary) => row.id;
const changed = (before: OrderSummary, after: OrderSummary) => JSON.stringify(before) !== JSON.stringify(after);

function orderLoad(q: string, sort: string): Load<OrderSummary> {
  return async (request, signal) => {
    const query = { ...request, sort, ...(q === "" ? {} : { q }) };
    const page = await answered(client.GET("/api/v1/orders", { params: { query }, signal }));
    return { items: page.items, next: page.next ?? null, total: page.total };
  };
}

/** A list of orders as the grid reads it, kept fresh without a row ever jumping. */
export interface OrderList {
  /** The last list that could be loaded. */
  readonly windows: RowWindows<OrderSummary>;
  /** Why the wanted list could not be loaded; the last valid one stays. */
  readonly fault: unknown;
  /** New or moved orders since the list was drawn. */
  readonly changes: number;
  /** Rows that no longer belong where they stand. */
  readonly moved: ReadonlySet<string>;
  readonly refresh: () => void;
  readonly retry: () => void;
  /** Tells which rows are on screen. */
  readonly onRange: (first: number, end: number) => void;
}

interface Changes {
  readonly moved: ReadonlySet<string>;
  readonly added: ReadonlySet<string>;
}

const NOTHING: Changes = { moved: new Set(), added: new Set() };

/**
 * The orders matching `q` sorted by `sort`. `calm` says whether somebody is at work in the list: while not, new rows come
 * in by themselves; else they are counted and wait for a refresh.
 */
export function useOrderList(q: string, sort: string, calm: () => boolean): OrderList {
  const live = useLive();
  const queries = useQueryClient();
  const [epoch, setEpoch] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new epoch is the same list, loaded anew.
  const wanted = useMemo(() => new RowWindows(orderLoad(q, sort), idOf), [q, sort, epoch]);
  const [shown, setShown] = useState(wanted);
  const [changes, setChanges] = useState(NOTHING);
  useSyncExternalStore(wanted.subscribe, wanted.version);

  const load = useMemo(() => orderLoad(q, sort), [q, sort]);
  useEffect(() => {
    const search = new AbortController();
    let settled = false;
    const take = () => {
      if (settled || wanted.length === undefined) return;
      settled = true;
      setShown(wanted);
      setChanges(NOTHING);
      if (!wanted.length.open) return;
      findLength(load, wanted.length.rows, search.signal).then(
        (length) => wanted.setLength(length),
        () => {
          // The capped count stays on screen; the next refresh looks again.
        },
      );
    };
    const stop = wanted.subscribe(take);
    wanted.want(0, 1, 0);
    take();
    return () => {
      stop();
      search.abort();
      wanted.abandon();
    };
  }, [wanted, load]);

  const refresh = useCallback(() => setEpoch((before) => before + 1), []);
  const range = useRef({ first: 0, end: 0 });
  const look = useRef(() => {});
  const calmNow = useRef(calm);
  calmNow.current = calm;

  useEffect(() => {
    const stop = new AbortController();
    let dirtyAt = Number.NEGATIVE_INFINITY;
    let lookedAt = Number.NEGATIVE_INFINITY;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const seen = new Map<number, number>();

    const onScreen = () => {
      const from = Math.floor(range.current.first / WINDOW_ROWS);
      const to = Math.floor(Math.max(range.current.first, range.current.end - 1) / WINDOW_ROWS);
      return from === to ? [from] : [from, to];
    };
    const stale = () => onScreen().filter((index) => (seen.get(index) ?? Number.NEGATIVE_INFINITY) < dirtyAt);

    const round = async () => {
      timer = undefined;
      lookedAt = performance.now();
      const moved: string[] = [];
      const added: string[] = [];
      for (const index of stale()) {
        const rows = shown.rowsOf(index);
        if (rows.length === 0 && shown.length?.rows !== 0) continue;
        const began = performance.now();
        const fresh = await shown.peek(index, stop.signal);
        seen.set(index, began);
        const found = compareWindow(rows, fresh, idOf, changed);
        shown.patch(found.patches);
        moved.push(...found.left);
        added.push(...found.added.filter((id) => shown.rankOf(id) === undefined));
      }
      if (stop.signal.aborted || (moved.length === 0 && added.length === 0)) return;
      if (calmNow.current()) {
        setEpoch((before) => before + 1);
        return;
      }
      setChanges((before) => ({
        moved: new Set([...before.moved, ...moved]),
        added: new Set([...before.added, ...added]),
      }));
      for (const id of moved.slice(0, SINGLE_READS)) {
        const detail = await queries.fetchQuery({ ...orderQuery(id), staleTime: 0 });
        if (!stop.signal.aborted) shown.patch([summaryOf(detail)]);
      }
    };
    look.current = () => {
      if (timer !== undefined || stale().length === 0) return;
      const wait = Math.max(0, lookedAt + LOOK_MS - performance.now());
      timer = setTimeout(() => {
        round().catch(() => {
          // Unreachable or superseded: the event stream's own notice says so, and the next event looks again.
        });
      }, wait);
    };
    const stopTap = live.tap((events) => {
      const touched = events.some((event) => event.tags.some((tag) => tag === "orders" || tag.startsWith("order:")));
      if (!touched) return;
      dirtyAt = performance.now();
      look.current();
    });
    return () => {
      stopTap();
      stop.abort();
      clearTimeout(timer);
      look.current = () => {};
    };
  }, [live, queries, shown]);

  const onRange = useCallback((first: number, end: number) => {
    range.current = { first, end };
    look.current();
  }, []);
  const retry = useCallback(() => {
    wanted.retry();
    shown.retry();
    wanted.want(0, 1, 0);
  }, [wanted, shown]);

  return {
    windows: shown,
    fault: wanted.fault ?? shown.fault,
    changes: changes.added.size + changes.moved.size,
    moved: changes.moved,
    refresh,
    retry,
    onRange,
  };
}

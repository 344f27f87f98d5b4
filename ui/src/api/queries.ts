/** One `queryOptions` per read: typed key, request, and the tags that make it stale. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { setServerNow } from "@/lib/ticker";
import { instant } from "@/lib/time";
import { answered, client } from "./client";
import type { Edit, Order, ReturnState, TransferState } from "./types";

export const queryKeys = {
  health: () => ["health"] as const,
  session: () => ["session"] as const,
  orders: (list: OrderListQuery) => ["orders", "list", list] as const,
  order: (id: string) => ["orders", "detail", id] as const,
  orderRaw: (id: string) => ["orders", "raw", id] as const,
  orderTimeline: (id: string) => ["orders", "timeline", id] as const,
  preview: (id: string, base: number, revision: number, edits: readonly Edit[]) =>
    ["orders", "preview", id, base, revision, edits] as const,
  attention: () => ["attention"] as const,
  attentionList: () => ["attention", "list"] as const,
  attentionCount: () => ["attention", "count"] as const,
  returns: () => ["returns"] as const,
  returnList: (states: readonly ReturnState[]) => ["returns", "list", states] as const,
  transfers: () => ["transfers"] as const,
  transferList: (states: readonly TransferState[]) => ["transfers", "list", states] as const,
  transfer: (id: string) => ["transfers", "detail", id] as const,
  flow: () => ["flow"] as const,
  connections: () => ["connections"] as const,
  connectors: () => ["connectors"] as const,
  services: () => ["services"] as const,
};

/** Which orders: the query language, the sort, and where to start. */
export interface OrderListQuery {
  readonly q?: string;
  readonly sort?: string;
  readonly after?: string;
  readonly offset?: number;
  readonly limit?: number;
}

export const healthQuery = () =>
  queryOptions({
    queryKey: queryKeys.health(),
    queryFn: async ({ signal }) => {
      const asked = performance.now();
      const health = await answered(client.GET("/api/v1/health", { signal }));
      const now = instant(health.now);
      if (now !== undefined) setServerNow(now, performance.now() - asked);
      return health;
    },
    meta: { tags: ["services"] },
    refetchInterval: 15_000,
  });

export const sessionQuery = () =>
  queryOptions({
    queryKey: queryKeys.session(),
    queryFn: ({ signal }) => answered(client.GET("/api/v1/session", { signal })),
    meta: { tags: [] },
    staleTime: Number.POSITIVE_INFINITY,
  });

export const ordersQuery = (list: OrderListQuery) =>
  queryOptions({
    queryKey: queryKeys.orders(list),
    queryFn: ({ signal }) => answered(client.GET("/api/v1/orders", { params: { query: list }, signal })),
    meta: { tags: ["orders"] },
    placeholderData: keepPreviousData,
  });

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.order(id),
    queryFn: ({ signal }) => answered(client.GET("/api/v1/orders/{id}", { params: { path: { id } }, signal })),
    meta: { tags: [`order:${id}`] },
  });

/** What `edits`, decided on `base`, would come to; `revision` is the order's own, so that it is asked again when it moves. */
export const previewQuery = (base: Order, edits: readonly Edit[], revision: number) =>
  queryOptions({
    queryKey: queryKeys.preview(base.id, base.revision, revision, edits),
    queryFn: ({ signal }) =>
      answered(
        client.POST("/api/v1/orders/{id}/preview", {
          params: { path: { id: base.id } },
          body: { base, edits: [...edits] },
          signal,
        }),
      ),
    meta: { tags: [] },
    staleTime: 0,
    gcTime: 60_000,
    retry: false,
  });

export const orderRawQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.orderRaw(id),
    queryFn: ({ signal }) => answered(client.GET("/api/v1/orders/{id}/raw", { params: { path: { id } }, signal })),
    meta: { tags: [`order:${id}`] },
  });

export const orderTimelineQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.orderTimeline(id),
    queryFn: ({ signal }) => answered(client.GET("/api/v1/orders/{id}/timeline", { params: { path: { id } }, signal })),
    meta: { tags: [`order:${id}`] },
  });

/**
 * What waits for a person, page after page: the order that has waited longest first. Every order is read whole for it, so
 * that `useAttentionCount` says when it is stale, and not every event.
 */
export const attentionQuery = () =>
  infiniteQueryOptions({
    queryKey: queryKeys.attentionList(),
    queryFn: ({ pageParam, signal }) =>
      answered(
        client.GET("/api/v1/attention", {
          params: { query: pageParam === "" ? {} : { after: pageParam } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    meta: { tags: [] },
  });

/** How many orders wait for a person. */
export const attentionCountQuery = () =>
  queryOptions({
    queryKey: queryKeys.attentionCount(),
    queryFn: async ({ signal }) => {
      const query = { q: "state:attention,blocked", limit: 1 };
      return (await answered(client.GET("/api/v1/orders", { params: { query }, signal }))).total;
    },
    meta: { tags: [] },
  });

/** What comes back in these states, newest first, page after page; all of it when none is named. */
export const returnsQuery = (states: readonly ReturnState[]) =>
  infiniteQueryOptions({
    queryKey: queryKeys.returnList(states),
    queryFn: ({ pageParam, signal }) =>
      answered(
        client.GET("/api/v1/returns", {
          params: {
            query: {
              ...(states.length === 0 ? {} : { state: states.join(",") }),
              ...(pageParam === "" ? {} : { after: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    meta: { tags: ["returns"] },
  });

/** Goods on their way to warehouses in these states, newest first, page after page; all of them when none is named. */
export const transfersQuery = (states: readonly TransferState[]) =>
  infiniteQueryOptions({
    queryKey: queryKeys.transferList(states),
    queryFn: ({ pageParam, signal }) =>
      answered(
        client.GET("/api/v1/transfers", {
          params: {
            query: {
              ...(states.length === 0 ? {} : { state: states.join(",") }),
              ...(pageParam === "" ? {} : { after: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    meta: { tags: ["transfers"] },
  });

export const transferQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.transfer(id),
    queryFn: ({ signal }) => answered(client.GET("/api/v1/transfers/{id}", { params: { path: { id } }, signal })),
    meta: { tags: ["transfers"] },
  });

export const flowQuery = () =>
  queryOptions({
    queryKey: queryKeys.flow(),
    queryFn: ({ signal }) => answered(client.GET("/api/v1/flow", { signal })),
    meta: { tags: ["flow"] },
    // Rates per minute fall without an event.
    refetchInterval: 10_000,
  });

export const connectionsQuery = () =>
  queryOptions({
    queryKey: queryKeys.connections(),
    queryFn: ({ signal }) => answered(client.GET("/api/v1/connections", { signal })),
    meta: { tags: ["connections"] },
    // Lag grows without an event.
    refetchInterval: 15_000,
  });

export const connectorsQuery = () =>
  queryOptions({
    queryKey: queryKeys.connectors(),
    queryFn: ({ signal }) => answered(client.GET("/api/v1/connectors", { signal })),
    meta: { tags: [] },
    // Compiled in.
    staleTime: Number.POSITIVE_INFINITY,
  });

export const servicesQuery = () =>
  queryOptions({
    queryKey: queryKeys.services(),
    queryFn: ({ signal }) => answered(client.GET("/api/v1/services", { signal })),
    meta: { tags: ["services"] },
    // Heartbeats and rates move without an event.
    refetchInterval: 5_000,
  });

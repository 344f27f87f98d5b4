import { queryOptions } from "@tanstack/react-query";
import { answered, client } from "@/api/client";

/** Orders the side panel lists. */
const SHOWN = 12;

/**
 * The newest orders matching `q`. Read on a timer rather than by event tags: a busy map would read it with every event.
 */
export const recentOrders = (q: string, limit = SHOWN) =>
  queryOptions({
    queryKey: ["flow", "orders", q, limit],
    queryFn: ({ signal }) =>
      answered(client.GET("/api/v1/orders", { params: { query: { q, sort: "-received", limit } }, signal })),
    meta: { tags: [] },
    refetchInterval: 4_000,
  });

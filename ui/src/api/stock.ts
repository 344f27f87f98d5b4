/** Reads and changes of stock levels. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answered, client } from "./client";
import { type Body, header, retrying } from "./mutations";
import type { StockDetail } from "./types";

/** A SKU in a warehouse. */
export interface StockPlace {
  readonly warehouse: string;
  readonly sku: string;
}

/** Which levels. */
export interface StockFilter {
  /** A part of the SKU, in either case. */
  readonly sku?: string | undefined;
  readonly warehouse?: string | undefined;
  /** Only levels of which nothing may be promised any more. */
  readonly exhausted?: boolean | undefined;
}

export const stockKeys = {
  all: () => ["stock"] as const,
  list: (filter: StockFilter) => ["stock", "list", filter] as const,
  level: (place: StockPlace) => ["stock", "level", place.warehouse, place.sku] as const,
};

const PAGE = 200;
/** Warehouses report, and orders reserve, without an event about stock. */
const LEVELS_EVERY_MS = 15_000;

export const stockQuery = (filter: StockFilter) =>
  infiniteQueryOptions({
    queryKey: stockKeys.list(filter),
    queryFn: ({ pageParam, signal }) =>
      answered(
        client.GET("/api/v1/stock", {
          params: {
            query: {
              limit: PAGE,
              ...(filter.sku === undefined ? {} : { sku: filter.sku }),
              ...(filter.warehouse === undefined ? {} : { warehouse: filter.warehouse }),
              ...(filter.exhausted ? { exhausted: true } : {}),
              ...(pageParam === "" ? {} : { after: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    meta: { tags: ["stock"] },
    refetchInterval: LEVELS_EVERY_MS,
  });

export const stockLevelQuery = (place: StockPlace) =>
  queryOptions({
    queryKey: stockKeys.level(place),
    queryFn: ({ signal }) =>
      answered(client.GET("/api/v1/stock/{warehouse}/{sku}", { params: { path: { ...place } }, signal })),
    meta: { tags: ["stock"] },
    refetchInterval: LEVELS_EVERY_MS,
  });

/** What a person does to a level, as the server takes it. */
export type StockChange =
  | { readonly verb: "keep_back"; readonly body: Body<"/api/v1/stock/{warehouse}/{sku}/safety", "put"> }
  | { readonly verb: "block"; readonly body: Body<"/api/v1/stock/{warehouse}/{sku}/block", "post"> }
  | { readonly verb: "unblock"; readonly body: Body<"/api/v1/stock/{warehouse}/{sku}/unblock", "post"> }
  | { readonly verb: "earmark"; readonly body: Body<"/api/v1/stock/{warehouse}/{sku}/earmark", "post"> }
  | { readonly verb: "correct"; readonly body: Body<"/api/v1/stock/{warehouse}/{sku}/count", "post"> };

export interface ChangeStock {
  readonly place: StockPlace;
  readonly change: StockChange;
}

function asked(intent: ChangeStock): Promise<StockDetail> {
  const params = { path: { ...intent.place }, header: header(intent) };
  const { change } = intent;
  switch (change.verb) {
    case "keep_back":
      return answered(client.PUT("/api/v1/stock/{warehouse}/{sku}/safety", { params, body: change.body }));
    case "block":
      return answered(client.POST("/api/v1/stock/{warehouse}/{sku}/block", { params, body: change.body }));
    case "unblock":
      return answered(client.POST("/api/v1/stock/{warehouse}/{sku}/unblock", { params, body: change.body }));
    case "earmark":
      return answered(client.POST("/api/v1/stock/{warehouse}/{sku}/earmark", { params, body: change.body }));
    case "correct":
      return answered(client.POST("/api/v1/stock/{warehouse}/{sku}/count", { params, body: change.body }));
  }
}

export function useChangeStock() {
  const queries = useQueryClient();
  return useMutation({
    ...retrying,
    mutationFn: asked,
    onSuccess: (detail, intent) => queries.setQueryData(stockKeys.level(intent.place), detail),
    onSettled: () => queries.invalidateQueries({ queryKey: stockKeys.all() }),
  });
}

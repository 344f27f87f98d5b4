/** Reads and changes of what is known of articles. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answered, client } from "./client";
import { type Body, header, retrying } from "./mutations";
import { stockKeys } from "./stock";

export const articleKeys = { all: () => ["articles"] as const };

/** Sets follow the stock, which moves without an event about articles. */
const SETS_EVERY_MS = 15_000;

export const articlesQuery = () =>
  queryOptions({
    queryKey: articleKeys.all(),
    queryFn: ({ signal }) => answered(client.GET("/api/v1/articles", { signal })),
    meta: { tags: ["policies", "stock"] },
    refetchInterval: SETS_EVERY_MS,
  });

export interface ChangeArticle {
  readonly sku: string;
  readonly body: Body<"/api/v1/articles/{sku}", "put">;
}

export function useChangeArticle() {
  const queries = useQueryClient();
  return useMutation({
    ...retrying,
    mutationFn: (intent: ChangeArticle) =>
      answered(
        client.PUT("/api/v1/articles/{sku}", {
          params: { path: { sku: intent.sku }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: articleKeys.all() }),
        queries.invalidateQueries({ queryKey: stockKeys.all() }),
      ]),
  });
}

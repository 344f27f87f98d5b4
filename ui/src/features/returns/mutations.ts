/** One hook per wish about a return. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answered, client } from "@/api/client";
import { type Body, header, retrying } from "@/api/mutations";
import { queryKeys } from "@/api/queries";

/** Reads what is on screen of returns and their orders again, for the case that the event is late. */
function useSettled() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: queryKeys.returns() }),
      queries.invalidateQueries({ predicate: (query) => query.meta?.tags.includes("orders") ?? false }),
      queries.invalidateQueries({ predicate: (query) => query.queryKey[0] === "orders" }),
    ]);
}

export interface AnnounceReturn {
  readonly body: Body<"/api/v1/returns", "post">;
}

export function useAnnounceReturn() {
  const onSettled = useSettled();
  return useMutation({
    ...retrying,
    mutationFn: (intent: AnnounceReturn) =>
      answered(client.POST("/api/v1/returns", { params: { header: header(intent) }, body: intent.body })),
    onSettled,
  });
}

/** What a person does with a return. */
export type ReturnWish =
  | { readonly verb: "receive"; readonly sku: string; readonly units: number }
  | {
      readonly verb: "stock";
      readonly item: number;
      readonly decision: Body<"/api/v1/returns/{id}/items/{item}/stock", "put">["decision"];
      readonly condition: string;
    }
  | {
      readonly verb: "customer";
      readonly item: number;
      readonly decision: Body<"/api/v1/returns/{id}/items/{item}/customer", "put">["decision"];
    }
  | { readonly verb: "split"; readonly item: number; readonly units: number }
  | { readonly verb: "cancel" };

export interface ChangeReturn {
  readonly id: string;
  readonly revision: number;
  readonly reason: string;
  readonly wish: ReturnWish;
}

function send(intent: ChangeReturn) {
  const { id, revision, reason, wish } = intent;
  const path = { id };
  const keyed = header(intent);
  switch (wish.verb) {
    case "receive":
      return client.POST("/api/v1/returns/{id}/receive", {
        params: { path, header: keyed },
        body: { revision, reason, sku: wish.sku, units: wish.units },
      });
    case "stock":
      return client.PUT("/api/v1/returns/{id}/items/{item}/stock", {
        params: { path: { id, item: wish.item }, header: keyed },
        body: { revision, reason, decision: wish.decision, condition: wish.condition },
      });
    case "customer":
      return client.PUT("/api/v1/returns/{id}/items/{item}/customer", {
        params: { path: { id, item: wish.item }, header: keyed },
        body: { revision, reason, decision: wish.decision },
      });
    case "split":
      return client.POST("/api/v1/returns/{id}/items/{item}/split", {
        params: { path: { id, item: wish.item }, header: keyed },
        body: { revision, reason, units: wish.units },
      });
    case "cancel":
      return client.POST("/api/v1/returns/{id}/cancel", {
        params: { path, header: keyed },
        body: { revision, reason },
      });
  }
}

export function useChangeReturn() {
  const onSettled = useSettled();
  return useMutation({ ...retrying, mutationFn: (intent: ChangeReturn) => answered(send(intent)), onSettled });
}

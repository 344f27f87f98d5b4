/** One hook per mutation. Each adds its `Idempotency-Key`; what it changed comes back through the event tags. */
import { type UseMutationOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { accepted, answered, client } from "./client";
import { idempotencyKey } from "./idempotency";
import { UnreachableError } from "./problem";
import { queryKeys } from "./queries";
import type { paths } from "./schema";

export type Body<Path extends keyof paths, Method extends "post" | "put"> = paths[Path] extends {
  [M in Method]: { requestBody: { content: { "application/json": infer B } } };
}
  ? B
  : never;

export const header = (intent: object) => ({ "Idempotency-Key": idempotencyKey(intent) });

/** An unanswered request is repeated under its key; a refusal never is. */
export const retrying = {
  retry: (count: number, error: Error) => error instanceof UnreachableError && count < 3,
} satisfies UseMutationOptions;

/** Refetches an order that is on screen, for the case that its event is late. */
function useOrderSettled() {
  const queries = useQueryClient();
  return (id: string) =>
    queries.invalidateQueries({ predicate: (query) => query.meta?.tags.includes(`order:${id}`) ?? false });
}

export interface EditOrder {
  readonly id: string;
  readonly body: Body<"/api/v1/orders/{id}/edits", "post">;
}

/** One change of an order or several, as a whole or not at all. */
export function useEditOrder() {
  const settled = useOrderSettled();
  return useMutation({
    ...retrying,
    mutationFn: (intent: EditOrder) =>
      answered(
        client.POST("/api/v1/orders/{id}/edits", {
          params: { path: { id: intent.id }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled: (_result, _error, intent) => settled(intent.id),
  });
}

export interface ProposeEdits {
  readonly id: string;
  readonly body: Body<"/api/v1/orders/{id}/proposals", "post">;
}

/** Leaves edits for somebody who may make them. */
export function useProposeEdits() {
  const settled = useOrderSettled();
  const queries = useQueryClient();
  return useMutation({
    ...retrying,
    mutationFn: (intent: ProposeEdits) =>
      answered(
        client.POST("/api/v1/orders/{id}/proposals", {
          params: { path: { id: intent.id }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled: (_result, _error, intent) =>
      Promise.all([settled(intent.id), queries.invalidateQueries({ queryKey: queryKeys.attention() })]),
  });
}

export interface PlaceHold {
  readonly id: string;
  readonly body: Body<"/api/v1/orders/{id}/holds", "post">;
}

export function usePlaceHold() {
  const settled = useOrderSettled();
  return useMutation({
    ...retrying,
    mutationFn: (intent: PlaceHold) =>
      answered(
        client.POST("/api/v1/orders/{id}/holds", {
          params: { path: { id: intent.id }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled: (_result, _error, intent) => settled(intent.id),
  });
}

export interface LiftHold {
  readonly id: string;
  readonly hold: string;
  readonly body: Body<"/api/v1/orders/{id}/holds/{hold}/lift", "post">;
}

export function useLiftHold() {
  const settled = useOrderSettled();
  return useMutation({
    ...retrying,
    mutationFn: (intent: LiftHold) =>
      answered(
        client.POST("/api/v1/orders/{id}/holds/{hold}/lift", {
          params: { path: { id: intent.id, hold: intent.hold }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled: (_result, _error, intent) => settled(intent.id),
  });
}

export interface ReleaseOrder {
  readonly id: string;
  readonly body: Body<"/api/v1/orders/{id}/release", "post">;
}

export function useReleaseOrder() {
  const settled = useOrderSettled();
  return useMutation({
    ...retrying,
    mutationFn: (intent: ReleaseOrder) =>
      answered(
        client.POST("/api/v1/orders/{id}/release", {
          params: { path: { id: intent.id }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled: (_result, _error, intent) => settled(intent.id),
  });
}

export interface CancelOrder {
  readonly id: string;
  readonly body: Body<"/api/v1/orders/{id}/cancel", "post">;
}

export function useCancelOrder() {
  const settled = useOrderSettled();
  return useMutation({
    ...retrying,
    mutationFn: (intent: CancelOrder) =>
      answered(
        client.POST("/api/v1/orders/{id}/cancel", {
          params: { path: { id: intent.id }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled: (_result, _error, intent) => settled(intent.id),
  });
}

export interface DecideReport {
  readonly id: string;
  readonly report: string;
  readonly body: Body<"/api/v1/orders/{id}/write-backs/{write_back}/retry", "post">;
}

/** Reports to the shop again what it had refused. */
export function useRetryReport() {
  const settled = useOrderSettled();
  const queries = useQueryClient();
  return useMutation({
    ...retrying,
    mutationFn: (intent: DecideReport) =>
      answered(
        client.POST("/api/v1/orders/{id}/write-backs/{write_back}/retry", {
          params: { path: { id: intent.id, write_back: intent.report }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled: (_result, _error, intent) =>
      Promise.all([settled(intent.id), queries.invalidateQueries({ queryKey: queryKeys.attention() })]),
  });
}

/** Declares that the shop need not be told. */
export function useWaiveReport() {
  const settled = useOrderSettled();
  const queries = useQueryClient();
  return useMutation({
    ...retrying,
    mutationFn: (intent: DecideReport) =>
      answered(
        client.POST("/api/v1/orders/{id}/write-backs/{write_back}/waive", {
          params: { path: { id: intent.id, write_back: intent.report }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled: (_result, _error, intent) =>
      Promise.all([settled(intent.id), queries.invalidateQueries({ queryKey: queryKeys.attention() })]),
  });
}

export interface AddConnection {
  readonly body: Body<"/api/v1/connections", "post">;
}

export function useAddConnection() {
  const queries = useQueryClient();
  return useMutation({
    ...retrying,
    mutationFn: (intent: AddConnection) =>
      answered(client.POST("/api/v1/connections", { params: { header: header(intent) }, body: intent.body })),
    onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.connections() }),
  });
}

export interface ConnectionIntent {
  readonly id: string;
}

export function useCheckConnection() {
  const queries = useQueryClient();
  return useMutation({
    ...retrying,
    mutationFn: (intent: ConnectionIntent) =>
      answered(
        client.POST("/api/v1/connections/{id}/check", { params: { path: { id: intent.id }, header: header(intent) } }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.connections() }),
  });
}

export function usePauseConnection() {
  const queries = useQueryClient();
  return useMutation({
    ...retrying,
    mutationFn: (intent: ConnectionIntent) =>
      answered(
        client.POST("/api/v1/connections/{id}/pause", { params: { path: { id: intent.id }, header: header(intent) } }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.connections() }),
  });
}

export function useResumeConnection() {
  const queries = useQueryClient();
  return useMutation({
    ...retrying,
    mutationFn: (intent: ConnectionIntent) =>
      answered(
        client.POST("/api/v1/connections/{id}/resume", { params: { path: { id: intent.id }, header: header(intent) } }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.connections() }),
  });
}

export interface OpenSession {
  readonly ticket: string;
}

export function useEndSession() {
  return useMutation({
    ...retrying,
    mutationFn: (intent: object) => accepted(client.DELETE("/api/v1/session", { params: { header: header(intent) } })),
  });
}

export function useOpenSession() {
  const queries = useQueryClient();
  return useMutation({
    ...retrying,
    mutationFn: (intent: OpenSession) => answered(client.POST("/api/v1/session", { body: { ticket: intent.ticket } })),
    onSuccess: () => queries.invalidateQueries(),
  });
}

export interface SettleMatter {
  readonly id: string;
  readonly matter: number;
  readonly body: Body<"/api/v1/orders/{id}/attention/{matter}/settle", "post">;
}

export function useSettleMatter() {
  const settled = useOrderSettled();
  const queries = useQueryClient();
  return useMutation({
    ...retrying,
    mutationFn: (intent: SettleMatter) =>
      answered(
        client.POST("/api/v1/orders/{id}/attention/{matter}/settle", {
          params: { path: { id: intent.id, matter: intent.matter }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled: (_result, _error, intent) =>
      Promise.all([settled(intent.id), queries.invalidateQueries({ queryKey: queryKeys.attention() })]),
  });
}

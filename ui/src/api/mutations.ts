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

/** What is done to one order. */
interface OrderIntent {
  readonly id: string;
}

/** Refetches an order that is on screen, for the case that its event is late. */
function useOrderSettled() {
  const queries = useQueryClient();
  return (_result: unknown, _error: unknown, { id }: OrderIntent): Promise<unknown> =>
    queries.invalidateQueries({ predicate: (query) => query.meta?.tags.includes(`order:${id}`) ?? false });
}

/** The same for what adds to the list of what waits for a person, or takes from it. */
function useMatterSettled() {
  const settled = useOrderSettled();
  const queries = useQueryClient();
  return (result: unknown, error: unknown, intent: OrderIntent): Promise<unknown> =>
    Promise.all([settled(result, error, intent), queries.invalidateQueries({ queryKey: queryKeys.attention() })]);
}

export interface EditOrder {
  readonly id: string;
  readonly body: Body<"/api/v1/orders/{id}/edits", "post">;
}

/** One change of an order or several, as a whole or not at all. */
export function useEditOrder() {
  const onSettled = useOrderSettled();
  return useMutation({
    ...retrying,
    mutationFn: (intent: EditOrder) =>
      answered(
        client.POST("/api/v1/orders/{id}/edits", {
          params: { path: { id: intent.id }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled,
  });
}

export interface ProposeEdits {
  readonly id: string;
  readonly body: Body<"/api/v1/orders/{id}/proposals", "post">;
}

/** Leaves edits for somebody who may make them. */
export function useProposeEdits() {
  const onSettled = useMatterSettled();
  return useMutation({
    ...retrying,
    mutationFn: (intent: ProposeEdits) =>
      answered(
        client.POST("/api/v1/orders/{id}/proposals", {
          params: { path: { id: intent.id }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled,
  });
}

export interface PlaceHold {
  readonly id: string;
  readonly body: Body<"/api/v1/orders/{id}/holds", "post">;
}

export function usePlaceHold() {
  const onSettled = useOrderSettled();
  return useMutation({
    ...retrying,
    mutationFn: (intent: PlaceHold) =>
      answered(
        client.POST("/api/v1/orders/{id}/holds", {
          params: { path: { id: intent.id }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled,
  });
}

export interface LiftHold {
  readonly id: string;
  readonly hold: string;
  readonly body: Body<"/api/v1/orders/{id}/holds/{hold}/lift", "post">;
}

export function useLiftHold() {
  const onSettled = useOrderSettled();
  return useMutation({
    ...retrying,
    mutationFn: (intent: LiftHold) =>
      answered(
        client.POST("/api/v1/orders/{id}/holds/{hold}/lift", {
          params: { path: { id: intent.id, hold: intent.hold }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled,
  });
}

export interface ReleaseOrder {
  readonly id: string;
  readonly body: Body<"/api/v1/orders/{id}/release", "post">;
}

export function useReleaseOrder() {
  const onSettled = useOrderSettled();
  return useMutation({
    ...retrying,
    mutationFn: (intent: ReleaseOrder) =>
      answered(
        client.POST("/api/v1/orders/{id}/release", {
          params: { path: { id: intent.id }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled,
  });
}

export interface CancelOrder {
  readonly id: string;
  readonly body: Body<"/api/v1/orders/{id}/cancel", "post">;
}

export function useCancelOrder() {
  const onSettled = useOrderSettled();
  return useMutation({
    ...retrying,
    mutationFn: (intent: CancelOrder) =>
      answered(
        client.POST("/api/v1/orders/{id}/cancel", {
          params: { path: { id: intent.id }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled,
  });
}

export interface DecideReport {
  readonly id: string;
  readonly report: string;
  readonly body: Body<"/api/v1/orders/{id}/write-backs/{write_back}/retry", "post">;
}

/** What a person decides about a report that the shop refused: it is made again, or the shop need not be told. */
type ReportPath = `/api/v1/orders/{id}/write-backs/{write_back}/${"retry" | "waive"}`;

function useDecideReport(path: ReportPath) {
  const onSettled = useMatterSettled();
  return useMutation({
    ...retrying,
    mutationFn: (intent: DecideReport) =>
      answered(
        client.POST(path, {
          params: { path: { id: intent.id, write_back: intent.report }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled,
  });
}

export const useRetryReport = () => useDecideReport("/api/v1/orders/{id}/write-backs/{write_back}/retry");
export const useWaiveReport = () => useDecideReport("/api/v1/orders/{id}/write-backs/{write_back}/waive");

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
  const onSettled = useMatterSettled();
  return useMutation({
    ...retrying,
    mutationFn: (intent: SettleMatter) =>
      answered(
        client.POST("/api/v1/orders/{id}/attention/{matter}/settle", {
          params: { path: { id: intent.id, matter: intent.matter }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSettled,
  });
}

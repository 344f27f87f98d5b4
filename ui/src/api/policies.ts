/** Reads and writes of what people decide in advance: routing rules, hold rules, calendars, edit windows, the second person. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answered, client } from "./client";
import { type Body, header, retrying } from "./mutations";
import type { CalendarList, HoldDryRunResult } from "./types";

export const policyKeys = {
  routingRules: () => ["policies", "routing"] as const,
  holdRules: () => ["policies", "holds"] as const,
  calendars: () => ["policies", "calendars"] as const,
  editWindows: () => ["policies", "windows"] as const,
  approval: () => ["policies", "approval"] as const,
  rulesVersion: (of: string, version: number) => ["policies", "version", of, version] as const,
};

/** How often policies are read again: the server's events about them carry no tag yet, and cut-offs pass without one. */
const POLICIES_EVERY_MS = 30_000;

export const routingRulesQuery = () =>
  queryOptions({
    queryKey: policyKeys.routingRules(),
    queryFn: ({ signal }) => answered(client.GET("/api/v1/rules/routing", { signal })),
    meta: { tags: ["policies"] },
    refetchInterval: POLICIES_EVERY_MS,
  });

export const holdRulesQuery = () =>
  queryOptions({
    queryKey: policyKeys.holdRules(),
    queryFn: ({ signal }) => answered(client.GET("/api/v1/rules/holds", { signal })),
    meta: { tags: ["policies"] },
    refetchInterval: POLICIES_EVERY_MS,
  });

export const calendarsQuery = () =>
  queryOptions({
    queryKey: policyKeys.calendars(),
    queryFn: ({ signal }) => answered(client.GET("/api/v1/calendars", { signal })),
    meta: { tags: ["policies", "connections"] },
    refetchInterval: POLICIES_EVERY_MS,
  });

export const editWindowsQuery = () =>
  queryOptions({
    queryKey: policyKeys.editWindows(),
    queryFn: ({ signal }) => answered(client.GET("/api/v1/edit-windows", { signal })),
    meta: { tags: ["policies", "connections"] },
    refetchInterval: POLICIES_EVERY_MS,
  });

export const approvalQuery = () =>
  queryOptions({
    queryKey: policyKeys.approval(),
    queryFn: ({ signal }) => answered(client.GET("/api/v1/approval", { signal })),
    meta: { tags: ["policies"] },
    refetchInterval: POLICIES_EVERY_MS,
  });

/** One version of the routing rules, whole. */
export const routingRulesOf = (version: number) =>
  answered(client.GET("/api/v1/rules/routing/versions/{version}", { params: { path: { version } } }));

/** One version of the hold rules, whole. */
export const holdRulesOf = (version: number) =>
  answered(client.GET("/api/v1/rules/holds/versions/{version}", { params: { path: { version } } }));

export interface ChangeRoutingRules {
  readonly body: Body<"/api/v1/rules/routing", "put">;
}

export function useChangeRoutingRules() {
  const queries = useQueryClient();
  return useMutation({
    ...retrying,
    mutationFn: (intent: ChangeRoutingRules) =>
      answered(client.PUT("/api/v1/rules/routing", { params: { header: header(intent) }, body: intent.body })),
    onSuccess: (detail) => queries.setQueryData(policyKeys.routingRules(), detail),
  });
}

export interface ChangeHoldRules {
  readonly body: Body<"/api/v1/rules/holds", "put">;
}

export function useChangeHoldRules() {
  const queries = useQueryClient();
  return useMutation({
    ...retrying,
    mutationFn: (intent: ChangeHoldRules) =>
      answered(client.PUT("/api/v1/rules/holds", { params: { header: header(intent) }, body: intent.body })),
    onSuccess: (detail) => queries.setQueryData(policyKeys.holdRules(), detail),
  });
}

export interface TryRoutingRules {
  readonly body: Body<"/api/v1/rules/routing/dry-run", "post">;
}

/** Changes nothing, so it needs no key. */
export function useTryRoutingRules() {
  return useMutation({
    ...retrying,
    mutationFn: (intent: TryRoutingRules) =>
      answered(client.POST("/api/v1/rules/routing/dry-run", { body: intent.body })),
  });
}

export interface TryHoldRules {
  readonly body: Body<"/api/v1/rules/holds/dry-run", "post">;
}

/** Changes nothing, so it needs no key. */
export function useTryHoldRules() {
  return useMutation({
    ...retrying,
    mutationFn: async (intent: TryHoldRules) => {
      const result = await answered(client.POST("/api/v1/rules/holds/dry-run", { body: intent.body }));
      // The client's types forget that a rule and its reason are a pair.
      return result as HoldDryRunResult;
    },
  });
}

export interface ChangeCalendar {
  readonly warehouse: string;
  readonly body: Body<"/api/v1/calendars/{warehouse}", "put">;
}

export function useChangeCalendar() {
  const queries = useQueryClient();
  return useMutation({
    ...retrying,
    mutationFn: (intent: ChangeCalendar) =>
      answered(
        client.PUT("/api/v1/calendars/{warehouse}", {
          params: { path: { warehouse: intent.warehouse }, header: header(intent) },
          body: intent.body,
        }),
      ),
    onSuccess: (changed) =>
      queries.setQueryData<CalendarList>(policyKeys.calendars(), (list) =>
        list === undefined
          ? list
          : { items: list.items.map((item) => (item.warehouse === changed.warehouse ? changed : item)) },
      ),
  });
}

export interface ChangeApproval {
  readonly body: Body<"/api/v1/approval", "put">;
}

export function useChangeApproval() {
  const queries = useQueryClient();
  return useMutation({
    ...retrying,
    mutationFn: (intent: ChangeApproval) =>
      answered(client.PUT("/api/v1/approval", { params: { header: header(intent) }, body: intent.body })),
    onSuccess: (detail) => queries.setQueryData(policyKeys.approval(), detail),
  });
}

export interface ChangeEditWindows {
  readonly body: Body<"/api/v1/edit-windows", "put">;
}

export function useChangeEditWindows() {
  const queries = useQueryClient();
  return useMutation({
    ...retrying,
    mutationFn: (intent: ChangeEditWindows) =>
      answered(client.PUT("/api/v1/edit-windows", { params: { header: header(intent) }, body: intent.body })),
    onSuccess: (detail) => queries.setQueryData(policyKeys.editWindows(), detail),
  });
}

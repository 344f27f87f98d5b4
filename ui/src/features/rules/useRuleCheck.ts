/** What the server says about a draft before anybody saves it: its linter, and whether it would be refused. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { answered, client } from "@/api/client";
import { ApiError } from "@/api/problem";
import type { HoldRuleChange, RoutingRule, RuleFinding } from "@/api/types";
import { type Fault, refusedPlaces } from "@/features/policy/faults";

/** No order is received so late, so a dry run since then plans nothing and only checks the rules. */
const NEVER = "2200-01-01T00:00:00Z";
/** How long a draft rests before it is checked, in milliseconds. */
const REST_MS = 400;

export interface RuleCheck {
  readonly faults: readonly Fault[];
  readonly findings: readonly RuleFinding[] | undefined;
}

const NOTHING: RuleCheck = { faults: [], findings: undefined };

/** The value as it was when it last rested. */
function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

const shared = { meta: { tags: [] }, retry: false, gcTime: 0, staleTime: Number.POSITIVE_INFINITY } as const;

const routingCheckQuery = (json: string) =>
  queryOptions({
    ...shared,
    queryKey: ["policies", "check", "routing", json] as const,
    queryFn: async ({ signal }) => {
      const rules = JSON.parse(json) as RoutingRule[];
      const body = { rules, since: NEVER };
      const result = await answered(client.POST("/api/v1/rules/routing/dry-run", { body, signal }));
      return result.findings;
    },
  });

const holdCheckQuery = (json: string) =>
  queryOptions({
    ...shared,
    queryKey: ["policies", "check", "holds", json] as const,
    queryFn: async ({ signal }) => {
      const rules = JSON.parse(json) as HoldRuleChange[];
      const body = { rules, since: NEVER };
      await answered(client.POST("/api/v1/rules/holds/dry-run", { body, signal }));
      return [] as readonly RuleFinding[];
    },
  });

/** Whether a refusal is about the rules; any other failure says nothing about them. */
function refused(error: Error | null): readonly Fault[] {
  return error instanceof ApiError && error.problem.status < 500 ? refusedPlaces(error) : [];
}

export function useRoutingCheck(rules: readonly RoutingRule[], enabled: boolean): RuleCheck {
  const json = JSON.stringify(rules);
  const rested = useRested(json);
  const ready = enabled && rested === json;
  const { data, error } = useQuery({ ...routingCheckQuery(rested), enabled: ready });
  return ready ? { faults: refused(error), findings: data } : NOTHING;
}

export function useHoldCheck(rules: readonly HoldRuleChange[], enabled: boolean): RuleCheck {
  const json = JSON.stringify(rules);
  const rested = useRested(json);
  const ready = enabled && rested === json;
  const { data, error } = useQuery({ ...holdCheckQuery(rested), enabled: ready });
  return ready ? { faults: refused(error), findings: data } : NOTHING;
}

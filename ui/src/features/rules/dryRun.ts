/** A dry run that was asked for, and what came of it. */
import { useState } from "react";
import { useTryHoldRules, useTryRoutingRules } from "@/api/policies";
import type { HoldDryRunResult, HoldRuleChange, RoutingDryRunResult, RoutingRule } from "@/api/types";
import { serverNow } from "@/lib/ticker";

export const SPANS = ["7", "30", "90", "all"] as const;
export type Span = (typeof SPANS)[number];

const DAY_MS = 86_400_000;

/** Where a span of days begins, as the API writes it; undefined for all there is. */
export function sinceOf(span: Span, now: number): string | undefined {
  return span === "all" ? undefined : new Date(now - Number(span) * DAY_MS).toISOString();
}

export interface Outcome<Wire, Result> {
  /** The rules that were tried. */
  readonly rules: readonly Wire[];
  readonly span: Span;
  readonly result: Result;
}

export interface DryRunState<Wire, Result> {
  readonly outcome: Outcome<Wire, Result> | undefined;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly run: (rules: readonly Wire[], span: Span) => void;
}

interface Asking<Wire, Result> {
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly mutate: (
    intent: { body: { rules: Wire[]; since?: string } },
    options: { onSuccess: (result: Result) => void },
  ) => void;
}

function useDryRun<Wire, Result>(asking: Asking<Wire, Result>): DryRunState<Wire, Result> {
  const [outcome, setOutcome] = useState<Outcome<Wire, Result>>();
  return {
    outcome,
    busy: asking.isPending,
    error: asking.error,
    run: (rules, span) => {
      const since = sinceOf(span, serverNow());
      const body = { rules: [...rules], ...(since === undefined ? {} : { since }) };
      asking.mutate({ body }, { onSuccess: (result) => setOutcome({ rules, span, result }) });
    },
  };
}

export function useRoutingDryRun(): DryRunState<RoutingRule, RoutingDryRunResult> {
  return useDryRun<RoutingRule, RoutingDryRunResult>(useTryRoutingRules());
}

export function useHoldDryRun(): DryRunState<HoldRuleChange, HoldDryRunResult> {
  return useDryRun<HoldRuleChange, HoldDryRunResult>(useTryHoldRules());
}

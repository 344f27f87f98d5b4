/** What the drafts would have done to stored orders. */
import { FlaskConical, Play } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useActions } from "@/actions/useActions";
import type { HoldDryRunResult, HoldRuleChange, RoutingDryRunResult, RoutingRule } from "@/api/types";
import { Button } from "@/components/Button";
import { EmptyState } from "@/components/EmptyState";
import { KeyCap } from "@/components/KeyCap";
import { Banner, ErrorBanner } from "@/components/Problem";
import { Select } from "@/components/Select";
import { useSlow } from "@/components/Skeleton";
import { saysTheSame } from "@/features/policy/usePolicyDraft";
import { m } from "@/paraglide/messages.js";
import { type DryRunState, SPANS, type Span } from "./dryRun";
import { HoldResult } from "./HoldResult";
import { RoutingResult } from "./RoutingResult";

export type DryRunKind = "routing" | "holds";

/** The rules to try, and whether they can be. */
export interface Tried<Wire> {
  readonly rules: readonly Wire[];
  readonly changed: boolean;
  readonly faults: number;
}

interface Properties {
  readonly kind: DryRunKind;
  readonly onKind: (kind: DryRunKind) => void;
  readonly routing: Tried<RoutingRule>;
  readonly holds: Tried<HoldRuleChange>;
  readonly routingRun: DryRunState<RoutingRule, RoutingDryRunResult>;
  readonly holdRun: DryRunState<HoldRuleChange, HoldDryRunResult>;
  readonly mayTry: boolean;
}

const SPAN_WORDS: Readonly<Record<Span, () => string>> = {
  "7": m.rules_span_7,
  "30": m.rules_span_30,
  "90": m.rules_span_90,
  all: m.rules_span_all,
};

export function DryRunTab({ kind, onKind, routing, holds, routingRun, holdRun, mayTry }: Properties) {
  const [span, setSpan] = useState<Span>("30");
  const shared = { span, onSpan: setSpan, kind, onKind, mayTry };
  return kind === "holds" ? (
    <Run {...shared} tried={holds} state={holdRun} draw={(result) => <HoldResult result={result} />} />
  ) : (
    <Run {...shared} tried={routing} state={routingRun} draw={(result) => <RoutingResult result={result} />} />
  );
}

interface RunProperties<Wire, Result> {
  readonly kind: DryRunKind;
  readonly onKind: (kind: DryRunKind) => void;
  readonly span: Span;
  readonly onSpan: (span: Span) => void;
  readonly tried: Tried<Wire>;
  readonly state: DryRunState<Wire, Result>;
  readonly mayTry: boolean;
  readonly draw: (result: Result) => ReactNode;
}

function Run<Wire, Result>(properties: RunProperties<Wire, Result>) {
  const { kind, onKind, span, onSpan, tried, state, mayTry, draw } = properties;
  const { outcome, busy, error } = state;
  const slow = useSlow(busy);
  const ready = mayTry && tried.faults === 0 && !busy;
  const run = () => state.run(tried.rules, span);
  useActions({ "rule.try": ready ? run : undefined });
  const stale = outcome !== undefined && !saysTheSame(outcome.rules, tried.rules);
  return (
    <div className="flex flex-col gap-16 px-24 pb-24">
      <section
        aria-label={m.rules_try()}
        className="flex flex-wrap items-end gap-12 rounded-6 border border-border bg-surface p-16"
      >
        <div className="flex w-240 flex-col gap-4">
          <span className="text-xs font-medium text-fg-2">{m.rules_try_kind()}</span>
          <Select
            label={m.rules_try_kind()}
            value={kind}
            onValueChange={onKind}
            options={[
              { value: "routing", label: m.rules_routing_title() },
              { value: "holds", label: m.rules_holds_title() },
            ]}
          />
        </div>
        <div className="flex w-240 flex-col gap-4">
          <span className="text-xs font-medium text-fg-2">{m.rules_try_span()}</span>
          <Select
            label={m.rules_try_span()}
            value={span}
            onValueChange={onSpan}
            options={SPANS.map((value) => ({ value, label: SPAN_WORDS[value]() }))}
          />
        </div>
        <Button variant="primary" icon={Play} busy={busy} disabled={!ready} onClick={run}>
          {slow ? m.rules_try_running() : m.rules_try_run()}
          <KeyCap binding="r" />
        </Button>
        <p className="min-w-0 basis-full text-xs text-fg-2" aria-live="polite">
          {!mayTry
            ? m.rules_try_role()
            : tried.faults > 0
              ? m.rules_try_faults()
              : tried.changed
                ? m.rules_try_draft()
                : m.rules_try_same()}
        </p>
      </section>
      {error === null ? null : <ErrorBanner error={error} />}
      {stale && !busy ? <Banner family="attention" title={m.rules_try_stale()} /> : null}
      {outcome === undefined ? (
        error === null && (
          <EmptyState icon={FlaskConical} title={m.rules_try_empty()}>
            {m.rules_try_empty_help()}
          </EmptyState>
        )
      ) : (
        <div className={stale || busy ? "opacity-60" : undefined} aria-busy={busy}>
          {draw(outcome.result)}
        </div>
      )}
    </div>
  );
}

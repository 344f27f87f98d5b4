/** What is decided in advance: routing rules, hold rules, what they would have done, calendars and edit windows. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Eye } from "lucide-react";
import { useMemo } from "react";
import {
  holdRulesOf,
  holdRulesQuery,
  routingRulesOf,
  routingRulesQuery,
  useChangeHoldRules,
  useChangeRoutingRules,
} from "@/api/policies";
import type { HoldRule, HoldRuleChange, HoldRulesDetail, RoutingRulesDetail } from "@/api/types";
import { Banner } from "@/components/Problem";
import { ReadError, useFailure } from "@/components/ReadError";
import { Skeleton } from "@/components/Skeleton";
import { Tabs } from "@/components/Tabs";
import { CalendarsTab } from "@/features/calendars/CalendarsTab";
import { usePolicyAccess } from "@/features/policy/access";
import { usePolicyDraft } from "@/features/policy/usePolicyDraft";
import { PageBar } from "@/frame/PageBar";
import { m } from "@/paraglide/messages.js";
import { holdBoard, routingBoard } from "./board";
import { DryRunTab } from "./DryRunTab";
import { useHoldDryRun, useRoutingDryRun } from "./dryRun";
import { HoldPanel } from "./HoldPanel";
import { holdKind } from "./holds";
import { RoutingPanel } from "./RoutingPanel";
import { RuleBoard } from "./RuleBoard";
import { routingKind } from "./routing";
import { type RuleTab, rulesSearch } from "./search";
import { useHoldCheck, useRoutingCheck } from "./useRuleCheck";
import { findingText } from "./words";

const route = getRouteApi("/framed/rules");

export function RulesPage() {
  const routing = useQuery(routingRulesQuery());
  const holds = useQuery(holdRulesQuery());
  const routingError = useFailure(routing);
  const holdError = useFailure(holds);
  const { mayWrite } = usePolicyAccess();
  const error = routingError ?? holdError;
  const hasData = routing.data !== undefined && holds.data !== undefined;
  const retry = () => void Promise.all([routing.refetch(), holds.refetch()]);
  return (
    <>
      <PageBar title={m.nav_rules()} />
      <div className="flex min-h-full flex-col pt-12">
        {mayWrite ? null : (
          <div className="px-24 pb-12">
            <Banner family="info" icon={Eye} title={m.policy_read_only()} />
          </div>
        )}
        {error === null ? null : (
          <div className="px-24 pb-12">
            <ReadError error={error} hasData={hasData} busy={routing.isFetching || holds.isFetching} onRetry={retry} />
          </div>
        )}
        {routing.data !== undefined && holds.data !== undefined ? (
          <RuleTabs routing={routing.data} holds={holds.data} />
        ) : error === null ? (
          <div className="px-24">
            <Skeleton className="h-480" />
          </div>
        ) : null}
      </div>
    </>
  );
}

function unwritten({ revision: _revision, ...rule }: HoldRule): HoldRuleChange {
  return rule;
}

function RuleTabs({ routing, holds }: { routing: RoutingRulesDetail; holds: HoldRulesDetail }) {
  // Of an address that nobody wrote, what makes no sense is still in there.
  const { tab = "routing", rule, kind = "routing" } = rulesSearch({ ...route.useSearch() });
  const navigate = route.useNavigate();
  const { mayWrite, mayTry } = usePolicyAccess();
  const { refetch: rereadRouting } = useQuery(routingRulesQuery());
  const { refetch: rereadHolds } = useQuery(holdRulesQuery());
  const { mutateAsync: changeRouting } = useChangeRoutingRules();
  const { mutateAsync: changeHolds } = useChangeHoldRules();
  const routingRun = useRoutingDryRun();
  const holdRun = useHoldDryRun();

  const written = useMemo(() => holds.rules.map(unwritten), [holds.rules]);
  const board = useMemo(() => holdBoard(holds.reasons), [holds.reasons]);
  const routingDraft = usePolicyDraft("routing", routingKind, {
    version: routing.version.version,
    value: routing.rules,
  });
  const holdDraft = usePolicyDraft("holds", holdKind, { version: holds.version.version, value: written });
  const routingWire = useMemo(() => routingKind.wireOf(routingDraft.form), [routingDraft.form]);
  const holdWire = useMemo(() => holdKind.wireOf(holdDraft.form), [holdDraft.form]);
  const routingFaults = routingBoard.faults(routingDraft.form).length;
  const holdFaults = board.faults(holdDraft.form).length;
  const routingCheck = useRoutingCheck(routingWire, routingDraft.changed && mayTry && routingFaults === 0);
  const holdCheck = useHoldCheck(holdWire, holdDraft.changed && mayTry && holdFaults === 0);
  const findings = routingCheck.findings ?? (routingDraft.changed ? [] : routing.findings);

  const go = (to: RuleTab) => void navigate({ search: to === "routing" ? {} : { tab: to }, replace: true });
  const tryDraft = (of: "routing" | "holds") =>
    void navigate({ search: { tab: "dry-run", ...(of === "holds" ? { kind: "holds" as const } : {}) } });

  return (
    <Tabs
      wide
      label={m.nav_rules()}
      value={tab}
      onValueChange={go}
      tabs={[
        {
          value: "routing",
          label: <TabLabel text={m.rules_routing_tab()} changed={routingDraft.changed} />,
          panel: (
            <RuleBoard
              board={routingBoard}
              draft={routingDraft}
              current={routing}
              versions={routing.versions}
              checked={{
                faults: routingCheck.faults,
                findings: findings.map((finding) => ({ path: finding.path, text: findingText(finding) })),
              }}
              readOnly={!mayWrite}
              open={tab === "routing" ? rule : undefined}
              onTry={mayTry ? () => tryDraft("routing") : undefined}
              save={({ base, reason, rules }) => changeRouting({ body: { base, reason, rules: [...rules] } })}
              reread={rereadRouting}
              readVersion={async (version) => (await routingRulesOf(version)).rules}
              panel={(properties) => (
                <RoutingPanel
                  {...properties}
                  findings={findings.map((finding) => ({ path: finding.path, text: findingText(finding) }))}
                />
              )}
            />
          ),
        },
        {
          value: "holds",
          label: <TabLabel text={m.rules_holds_tab()} changed={holdDraft.changed} />,
          panel: (
            <RuleBoard
              board={board}
              draft={holdDraft}
              current={{ version: holds.version, rules: written }}
              versions={holds.versions}
              checked={{ faults: holdCheck.faults, findings: [] }}
              readOnly={!mayWrite}
              open={tab === "holds" ? rule : undefined}
              onTry={mayTry ? () => tryDraft("holds") : undefined}
              save={({ base, reason, rules }) => changeHolds({ body: { base, reason, rules: [...rules] } })}
              reread={rereadHolds}
              readVersion={async (version) => (await holdRulesOf(version)).rules.map(unwritten)}
              panel={(properties) => <HoldPanel {...properties} reasons={holds.reasons} />}
            />
          ),
        },
        {
          value: "dry-run",
          label: m.rules_try(),
          panel: (
            <DryRunTab
              kind={kind}
              onKind={(next) =>
                void navigate({
                  search: { tab: "dry-run", ...(next === "holds" ? { kind: "holds" as const } : {}) },
                  replace: true,
                })
              }
              routing={{ rules: routingWire, changed: routingDraft.changed, faults: routingFaults }}
              holds={{ rules: holdWire, changed: holdDraft.changed, faults: holdFaults }}
              routingRun={routingRun}
              holdRun={holdRun}
              mayTry={mayTry}
            />
          ),
        },
        { value: "calendars", label: m.calendars_tab(), panel: <CalendarsTab readOnly={!mayWrite} /> },
      ]}
    />
  );
}

/** A tab with a draft behind it says so. */
function TabLabel({ text, changed }: { text: string; changed: boolean }) {
  return (
    <>
      {text}
      {changed ? (
        <span role="img" aria-label={m.policy_draft_waits()} className="size-8 rounded-pill bg-changed-mark" />
      ) : null}
    </>
  );
}

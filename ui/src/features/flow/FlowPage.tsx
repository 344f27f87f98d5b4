import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Map as MapIcon, Plug, Table2, Waypoints } from "lucide-react";
import { useCallback, useMemo } from "react";
import { useActions } from "@/actions/useActions";
import { connectionsQuery, flowQuery } from "@/api/queries";
import { Button, IconButton } from "@/components/Button";
import { EmptyState } from "@/components/EmptyState";
import { ReadError, useFailure } from "@/components/ReadError";
import { Skeleton } from "@/components/Skeleton";
import { PageBar } from "@/frame/PageBar";
import { m } from "@/paraglide/messages.js";
import { FlowMap } from "./FlowMap";
import { FlowPanel } from "./FlowPanel";
import { FlowTable } from "./FlowTable";
import { KpiStrip } from "./KpiStrip";
import { MEASURES, type Measure, measureOf, measureText } from "./measure";
import { useMotion } from "./useMotion";

const route = getRouteApi("/framed/flow");

/** The shape of the map before the first answer: three columns. */
function FlowSkeleton() {
  return (
    <div role="status" aria-label={m.order_loading()} className="flex min-h-0 flex-1 justify-between gap-80 p-24">
      {[2, 5, 3].map((cards) => (
        <div key={cards} className="flex w-240 flex-col justify-center gap-24">
          {Array.from({ length: cards }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no other identity.
            <Skeleton key={index} className="h-80 w-full" />
          ))}
        </div>
      ))}
    </div>
  );
}

export function FlowPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(flowQuery());
  const { data, refetch, isFetching } = query;
  const error = useFailure(query);
  const { data: connected } = useQuery(connectionsQuery());
  const systems = useMemo(
    () =>
      new Map(
        connected?.items.map((item) => [item.connection.id, item.descriptor?.title ?? item.connection.connector]),
      ),
    [connected],
  );
  const motion = useMotion();
  const measure = measureOf(search);
  const asTable = search.as === "table";

  const select = useCallback(
    (id: string | undefined) => {
      void navigate({ search: (before) => ({ ...before, at: id === before.at ? undefined : id }), replace: true });
    },
    [navigate],
  );
  const show = (next: Measure) =>
    void navigate({ search: (before) => ({ ...before, by: next === "throughput" ? undefined : next }), replace: true });
  const toggleTable = () =>
    void navigate({ search: (before) => ({ ...before, as: asTable ? undefined : "table" }), replace: true });

  useActions({
    "flow.table": toggleTable,
    "flow.measure": () => show(MEASURES[(MEASURES.indexOf(measure) + 1) % MEASURES.length] ?? "throughput"),
    "flow.close": search.at === undefined ? undefined : () => select(undefined),
    "flow.motion": asTable ? undefined : motion.toggle,
  });

  const empty = data !== undefined && data.shops.length === 0 && data.warehouses.length === 0;
  return (
    <div className="flex h-full flex-col">
      <PageBar title={m.nav_flow()}>
        <span className="flex-1" />
        <fieldset aria-label={m.flow_measure_label()} className="flex overflow-hidden rounded-4 border border-border">
          {MEASURES.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === measure}
              onClick={() => show(one)}
              className="h-28 border-r border-border px-12 text-xs font-medium text-fg-2 last:border-r-0 hover:text-fg focus-visible:-outline-offset-2 aria-pressed:bg-surface-3 aria-pressed:text-fg"
            >
              {measureText(one)}
            </button>
          ))}
        </fieldset>
        {!asTable && (
          <IconButton
            icon={Waypoints}
            label={motion.on ? m.flow_motion_pause() : m.flow_motion_resume()}
            binding="p"
            aria-pressed={motion.on}
            onClick={motion.toggle}
          />
        )}
        <Button size="small" icon={asTable ? MapIcon : Table2} onClick={toggleTable}>
          {asTable ? m.flow_show_map() : m.flow_show_table()}
        </Button>
      </PageBar>
      <div className="empty:hidden p-16">
        <ReadError error={error} hasData={data !== undefined} busy={isFetching} onRetry={() => void refetch()} />
      </div>
      {data === undefined && error === null && <FlowSkeleton />}
      {data !== undefined && (
        <>
          <KpiStrip flow={data} />
          <div className="flex min-h-0 flex-1">
            <div className="relative min-w-0 flex-1 overflow-auto">
              {empty ? (
                <EmptyState
                  icon={Plug}
                  title={m.flow_empty()}
                  action={
                    <Button onClick={() => void navigate({ to: "/connections" })}>{m.flow_empty_action()}</Button>
                  }
                >
                  {m.flow_empty_text()}
                </EmptyState>
              ) : asTable ? (
                <FlowTable flow={data} selected={search.at} onSelect={select} />
              ) : (
                <FlowMap
                  flow={data}
                  systems={systems}
                  measure={measure}
                  selected={search.at}
                  onSelect={select}
                  moving={motion.on}
                  onTooSlow={motion.tooSlow}
                />
              )}
              {motion.paused === "slow" && !asTable && (
                <p role="status" className="absolute bottom-8 left-12 rounded-4 bg-surface px-8 py-4 text-xs text-fg-2">
                  {m.flow_motion_slow()}
                </p>
              )}
            </div>
            {search.at !== undefined && <FlowPanel flow={data} at={search.at} onClose={() => select(undefined)} />}
          </div>
        </>
      )}
    </div>
  );
}

/** What an operator reads in the corner of the eye: connection, event lag, backlog, version, clock. */
import { useQuery } from "@tanstack/react-query";
import { useLive } from "@/api/LiveContext";
import { type LiveState, useLiveState } from "@/api/live";
import { healthQuery, servicesQuery } from "@/api/queries";
import { Dot } from "@/components/Dot";
import type { Family } from "@/components/family";
import { integer } from "@/lib/number";
import { useNow } from "@/lib/ticker";
import { absoluteTime, clockTime, duration } from "@/lib/time";
import { m } from "@/paraglide/messages.js";

const CONNECTION: Record<LiveState["status"], { family: Family; label: () => string }> = {
  connecting: { family: "neutral", label: m.status_connecting },
  live: { family: "success", label: m.status_live },
  offline: { family: "danger", label: m.status_offline },
};

function Clock() {
  const now = useNow();
  return (
    <time dateTime={new Date(now).toISOString()} title={absoluteTime(now)}>
      {clockTime(now)}
    </time>
  );
}

function Backlog() {
  const { data } = useQuery(servicesQuery());
  if (data === undefined) {
    return null;
  }
  const due = data.items.reduce((sum, service) => sum + service.due, 0);
  const dead = data.items.reduce((sum, service) => sum + service.dead, 0);
  return (
    <>
      <span>{m.status_backlog({ count: integer(due) })}</span>
      {dead === 0 ? null : (
        <span className="flex items-center gap-4 text-danger-text">
          <Dot family="danger" />
          {m.status_dead({ value: dead, count: integer(dead) })}
        </span>
      )}
    </>
  );
}

export function StatusBar() {
  const state = useLiveState(useLive());
  const { data: health } = useQuery(healthQuery());
  const connection = CONNECTION[state.status];
  return (
    <footer className="flex h-24 shrink-0 select-none items-center gap-16 overflow-hidden border-t border-border bg-surface px-12 text-2xs whitespace-nowrap text-fg-2 tabular-nums">
      <span className="flex items-center gap-6" role="status">
        <Dot family={connection.family} />
        {connection.label()}
      </span>
      {state.lagMs === null ? null : <span>{m.status_lag({ lag: duration(state.lagMs) })}</span>}
      <Backlog />
      <span className="flex-1" />
      {health === undefined ? null : <span className="text-fg-3">{m.status_version({ version: health.version })}</span>}
      <Clock />
    </footer>
  );
}

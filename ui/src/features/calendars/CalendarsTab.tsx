/** When warehouses work and until when they take orders, until when orders can be changed, and when that takes two. */
import { useQuery } from "@tanstack/react-query";
import { CalendarOff, Warehouse as WarehouseIcon } from "lucide-react";
import { useState } from "react";
import { approvalQuery, calendarsQuery, editWindowsQuery } from "@/api/policies";
import type { WarehouseCalendar } from "@/api/types";
import { EmptyState } from "@/components/EmptyState";
import { ReadError, useFailure } from "@/components/ReadError";
import { Skeleton } from "@/components/Skeleton";
import { ApprovalEditor } from "@/features/approval/ApprovalEditor";
import { Section } from "@/features/order/Section";
import { classes } from "@/lib/classes";
import { useTick } from "@/lib/ticker";
import { absoluteTime, instant, relativeTime } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { CalendarEditor } from "./CalendarEditor";
import { zonedTime } from "./localTime";
import { WindowsEditor } from "./WindowsEditor";

export function CalendarsTab({ readOnly }: { readOnly: boolean }) {
  const calendars = useQuery(calendarsQuery());
  const windows = useQuery(editWindowsQuery());
  const approval = useQuery(approvalQuery());
  const approvalError = useFailure(approval);
  const calendarError = useFailure(calendars);
  const windowError = useFailure(windows);
  const [chosen, setChosen] = useState<string | null>(null);
  const items = calendars.data?.items ?? [];
  const shown = items.find((item) => item.warehouse === chosen) ?? items[0];
  return (
    <div className="flex flex-col gap-16 px-24 pb-24">
      <ReadError
        error={calendarError}
        hasData={calendars.data !== undefined}
        busy={calendars.isFetching}
        onRetry={() => void calendars.refetch()}
      />
      {calendars.data === undefined && calendarError === null ? <Skeleton className="h-480" /> : null}
      {calendars.data === undefined ? null : shown === undefined ? (
        <Section title={m.calendars_title()}>
          <EmptyState icon={WarehouseIcon} title={m.calendars_no_warehouse()}>
            {m.calendars_no_warehouse_help()}
          </EmptyState>
        </Section>
      ) : (
        <div className="grid items-start gap-16 lg:grid-cols-[280px_minmax(0,1fr)]">
          <Section title={m.calendars_warehouses()}>
            <ul className="flex flex-col">
              {items.map((item) => (
                <li key={item.warehouse} className="border-b border-border last:border-b-0">
                  <button
                    type="button"
                    aria-current={item === shown ? "true" : undefined}
                    onClick={() => setChosen(item.warehouse)}
                    className={classes(
                      "flex w-full flex-col gap-2 px-16 py-10 text-left focus-visible:-outline-offset-2",
                      item === shown ? "bg-surface-3" : "hover:bg-surface-2",
                    )}
                  >
                    <span className="text-sm font-medium wrap-anywhere text-fg">{item.name}</span>
                    <NextCutOff item={item} />
                  </button>
                </li>
              ))}
            </ul>
          </Section>
          <CalendarEditor key={shown.warehouse} item={shown} readOnly={readOnly} reread={() => calendars.refetch()} />
        </div>
      )}
      <ReadError
        error={windowError}
        hasData={windows.data !== undefined}
        busy={windows.isFetching}
        onRetry={() => void windows.refetch()}
      />
      {windows.data === undefined ? null : (
        <WindowsEditor detail={windows.data} calendars={items} readOnly={readOnly} reread={() => windows.refetch()} />
      )}
      <ReadError
        error={approvalError}
        hasData={approval.data !== undefined}
        busy={approval.isFetching}
        onRetry={() => void approval.refetch()}
      />
      {approval.data === undefined ? null : (
        <ApprovalEditor detail={approval.data} readOnly={readOnly} reread={() => approval.refetch()} />
      )}
    </div>
  );
}

/** The next default cut-off by the warehouse's own clocks, and how far away it is. */
function NextCutOff({ item }: { item: WarehouseCalendar }) {
  const at = instant(item.next_cut_off);
  const distance = useTick((now) => (at === undefined ? "" : relativeTime(at, now)));
  if (item.calendar === null || item.calendar === undefined) {
    return (
      <span className="flex items-center gap-6 text-xs text-fg-3">
        <CalendarOff aria-hidden size={12} strokeWidth={1.75} />
        {m.calendars_none()}
      </span>
    );
  }
  if (at === undefined) return <span className="text-xs text-attention-text">{m.calendars_never()}</span>;
  return (
    <span className="text-xs text-fg-2" title={absoluteTime(at)}>
      {m.calendars_next({ time: zonedTime(at, item.calendar.zone) })} · {distance}
    </span>
  );
}

/** Every business function of the engine: how it is, what waits for it, what a person can do. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { servicesQuery } from "@/api/queries";
import { ReadError, useFailure } from "@/components/ReadError";
import { Skeleton } from "@/components/Skeleton";
import { PageBar } from "@/frame/PageBar";
import { classes } from "@/lib/classes";
import { integer } from "@/lib/number";
import { useTick } from "@/lib/ticker";
import { age } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { ServiceRow } from "./ServiceRow";
import { type Summary, summarize } from "./summary";

const HEAD = "h-32 px-12 text-2xs font-medium whitespace-nowrap text-fg-3";
const NUMBER_HEAD = `${HEAD} text-right`;

function Figure({ label, children, loud = false }: { label: string; children: ReactNode; loud?: boolean }) {
  return (
    <div className="min-w-120 flex-1 px-16 py-12">
      <dt className="text-2xs text-fg-3">{label}</dt>
      <dd className={classes("text-xl", loud ? "text-danger-text" : "text-fg")}>{children}</dd>
    </div>
  );
}

function Figures({ summary }: { summary: Summary }) {
  const waiting = useTick((now) => (summary.oldestDue === undefined ? "–" : age(summary.oldestDue, now)));
  return (
    <dl className="flex flex-wrap divide-x divide-border rounded-6 border border-border bg-surface">
      <Figure label={m.services_figure_running()} loud={summary.running < summary.all}>
        {m.services_figure_of({ running: integer(summary.running), all: integer(summary.all) })}
      </Figure>
      <Figure label={m.services_figure_rate()}>{integer(summary.perMinute)}</Figure>
      <Figure label={m.services_figure_due()}>{integer(summary.due)}</Figure>
      <Figure label={m.services_figure_oldest()}>{waiting}</Figure>
      <Figure label={m.services_figure_dead()} loud={summary.dead > 0}>
        {integer(summary.dead)}
      </Figure>
    </dl>
  );
}

export function ServicesPage() {
  const query = useQuery(servicesQuery());
  const { data, refetch, isFetching } = query;
  const error = useFailure(query);
  return (
    <>
      <PageBar title={m.nav_services()} />
      <div className="flex flex-col gap-16 p-24">
        <ReadError error={error} hasData={data !== undefined} busy={isFetching} onRetry={() => void refetch()} />
        {data === undefined && error === null ? <Skeleton className="h-480" /> : null}
        {data === undefined ? null : (
          <>
            <Figures summary={summarize(data.items)} />
            {/* Scrolls sideways on narrow windows, so the keyboard has to reach it. */}
            <section
              aria-label={m.nav_services()}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is a tab stop
              tabIndex={0}
              className="overflow-x-auto rounded-6 border border-border bg-surface"
            >
              <table className="w-full text-sm">
                <thead className="bg-surface-2">
                  <tr>
                    <th className={classes(HEAD, "pl-16 text-left")}>{m.services_column_service()}</th>
                    <th className={classes(HEAD, "text-left")}>{m.services_column_state()}</th>
                    <th className={NUMBER_HEAD}>{m.services_column_heartbeat()}</th>
                    <th className={NUMBER_HEAD}>{m.services_column_due()}</th>
                    <th className={NUMBER_HEAD}>{m.services_column_later()}</th>
                    <th className={NUMBER_HEAD}>{m.services_column_dead()}</th>
                    <th className={NUMBER_HEAD}>{m.services_column_lag()}</th>
                    <th className={NUMBER_HEAD}>{m.services_column_rate()}</th>
                    <th className={NUMBER_HEAD}>{m.services_column_done()}</th>
                    <th className={NUMBER_HEAD}>{m.services_column_failed()}</th>
                    <th className={classes(NUMBER_HEAD, "pr-16")}>{m.services_column_restarts()}</th>
                  </tr>
                </thead>
                <tbody>
                  {data.items.map((service) => (
                    <ServiceRow key={service.name} service={service} />
                  ))}
                </tbody>
              </table>
            </section>
          </>
        )}
      </div>
    </>
  );
}

/** One partner: how it is and why, how far it has been read, what a person can do. */
import { CirclePause, Pause, Play, Stethoscope, Store, Warehouse as WarehouseIcon } from "lucide-react";
import { useState } from "react";
import { useCheckConnection, usePauseConnection, useResumeConnection } from "@/api/mutations";
import type { CheckResult, ConnectionView } from "@/api/types";
import { Button } from "@/components/Button";
import { Chip } from "@/components/Chip";
import { Dot } from "@/components/Dot";
import { Banner, ProblemBanner } from "@/components/Problem";
import { HealthChip } from "@/components/StateChip";
import { healthLook } from "@/components/stages";
import { useToaster } from "@/components/Toast";
import { integer } from "@/lib/number";
import { useTick } from "@/lib/ticker";
import { absoluteTime, age, duration, instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { streamTitle } from "./streams";
import { lastSuccess } from "./success";

function Since({ at }: { at: string | null | undefined }) {
  const moment = instant(at);
  const text = useTick((now) => (moment === undefined ? m.never() : m.connections_lag({ lag: age(moment, now) })));
  return <span title={moment === undefined ? undefined : absoluteTime(moment)}>{text}</span>;
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-2xs whitespace-nowrap text-fg-3">{label}</dt>
      <dd className="truncate text-sm text-fg">{children}</dd>
    </div>
  );
}

function CheckOutcome({ result }: { result: CheckResult }) {
  if (result.problem) {
    return <ProblemBanner problem={result.problem} />;
  }
  const report = result.report;
  return (
    <div role="status">
      <Banner family="success" icon={Stethoscope} title={m.connections_check_ok({ account: report?.account ?? "" })}>
        {report === null || report === undefined || report.warehouses.length === 0 ? null : (
          <p className="text-fg-2">{report.warehouses.map((warehouse) => warehouse.name).join(" · ")}</p>
        )}
        {report?.warnings.map((warning) => (
          <p key={warning} className="text-attention-text">
            {warning}
          </p>
        ))}
      </Banner>
    </div>
  );
}

export function ConnectionCard({ view }: { view: ConnectionView }) {
  const { connection, descriptor, health, rates, streams, warehouses } = view;
  const check = useCheckConnection();
  const pause = usePauseConnection();
  const resume = useResumeConnection();
  const toaster = useToaster();
  const [outcome, setOutcome] = useState<CheckResult | null>(null);
  const SideIcon = connection.side === "shop" ? Store : WarehouseIcon;
  const intent = { id: connection.id };
  // The problem of the connection is told once: a failed check has the newer one.
  const shown = outcome?.problem ? null : connection.problem;

  return (
    <article
      aria-label={connection.name}
      className="flex flex-col gap-12 rounded-6 border border-border bg-surface p-16"
    >
      <header className="flex items-start gap-12">
        <SideIcon aria-hidden size={18} strokeWidth={1.75} className="mt-2 shrink-0 text-fg-3" />
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-md font-semibold text-fg">{connection.name}</h2>
          <p className="text-xs text-fg-3">
            {descriptor === null || descriptor === undefined
              ? m.connections_unknown_connector({ name: connection.connector })
              : `${descriptor.title} · API ${descriptor.api_version} · ${m.connections_every({ interval: duration(connection.poll_seconds * 1_000) }).replaceAll(" ", "\u00a0")}`}
          </p>
        </div>
        {connection.paused ? (
          <Chip family="neutral" icon={CirclePause}>
            {m.connections_paused()}
          </Chip>
        ) : (
          <HealthChip level={health.level} />
        )}
      </header>

      {shown === null || shown === undefined ? null : (
        <ProblemBanner problem={shown} family={health.level === "degraded" ? "danger" : "attention"} />
      )}
      {outcome === null ? null : <CheckOutcome result={outcome} />}

      <dl className="flex flex-wrap justify-between gap-x-12 gap-y-6">
        <Fact label={m.connections_last_success()}>
          <Since at={lastSuccess(view)} />
        </Fact>
        <Fact label={m.connections_received()}>{integer(rates.received_per_minute)}</Fact>
        <Fact label={m.connections_sent()}>{integer(rates.sent_per_minute)}</Fact>
        <Fact label={m.connections_errors()}>
          <span className={rates.errors_per_minute > 0 ? "text-danger-text" : "text-fg-3"}>
            {integer(rates.errors_per_minute)}
          </span>
        </Fact>
      </dl>

      {streams.length === 0 ? null : (
        <table className="w-full text-xs">
          <thead>
            <tr className="text-left text-2xs text-fg-3">
              <th className="pb-4 font-medium">{m.connections_stream()}</th>
              <th className="pb-4 text-right font-medium">{m.connections_caught_up()}</th>
              <th className="pb-4 text-right font-medium">{m.connections_items()}</th>
            </tr>
          </thead>
          <tbody>
            {streams.map((stream) => (
              <tr key={stream.stream} className="border-t border-border text-fg-2">
                <td className="h-28 text-fg">{streamTitle(stream.stream)}</td>
                <td className="text-right">
                  <Since at={stream.last_page_at} />
                </td>
                <td className="text-right">{integer(stream.items)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}

      {warehouses.length === 0 ? null : (
        <ul className="flex flex-wrap gap-6" aria-label={m.connections_warehouses()}>
          {warehouses.map((warehouse) => (
            <li
              key={warehouse.id}
              className="flex h-20 items-center gap-4 rounded-pill border border-border px-8 text-xs text-fg-2"
            >
              {warehouse.name}
              <span className="text-fg-3">{warehouse.country}</span>
            </li>
          ))}
        </ul>
      )}

      {connection.paused || health.level === "healthy" ? null : (
        <ul className="flex flex-col gap-2 text-xs text-fg-2">
          {health.parts
            .filter((part) => part.level !== "healthy" && !(part.name === "calls" && connection.problem))
            .map((part) => (
              <li key={part.name} className="flex items-center gap-6">
                <Dot family={healthLook[part.level].family} label={healthLook[part.level].label()} />
                <span className="font-medium">{streamTitle(part.name)}</span>
                <span className="truncate">{part.detail}</span>
              </li>
            ))}
        </ul>
      )}

      <footer className="flex items-center gap-8">
        <Button
          size="small"
          icon={Stethoscope}
          busy={check.isPending}
          onClick={() =>
            check.mutate(intent, {
              onSuccess: setOutcome,
              onError: (error) => toaster.failed(error),
            })
          }
        >
          {check.isPending ? m.connections_checking() : m.connections_check()}
        </Button>
        {connection.paused ? (
          <Button
            size="small"
            icon={Play}
            busy={resume.isPending}
            onClick={() =>
              resume.mutate(intent, {
                onSuccess: () => toaster.done(m.connections_resumed({ name: connection.name })),
                onError: (error) => toaster.failed(error),
              })
            }
          >
            {m.connections_resume()}
          </Button>
        ) : (
          <Button
            size="small"
            variant="quiet"
            icon={Pause}
            busy={pause.isPending}
            onClick={() =>
              pause.mutate(intent, {
                onSuccess: () =>
                  toaster.done(m.connections_paused_done({ name: connection.name }), () =>
                    resume.mutate({ id: connection.id }, { onError: (error) => toaster.failed(error) }),
                  ),
                onError: (error) => toaster.failed(error),
              })
            }
          >
            {m.connections_pause()}
          </Button>
        )}
      </footer>
    </article>
  );
}

import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { orderTimelineQuery } from "@/api/queries";
import type { Attempt, OrderDetail, Recorded } from "@/api/types";
import { Dot } from "@/components/Dot";
import type { Family } from "@/components/family";
import { ErrorBanner } from "@/components/Problem";
import { useSlow } from "@/components/Skeleton";
import { type Names, useNames } from "@/features/orders/names";
import { classes } from "@/lib/classes";
import { integer } from "@/lib/number";
import { absoluteTime, clockTime, duration, instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { DifferenceTable, FactTable } from "./DifferenceTable";
import { differences } from "./diff";
import { kindFamily, kindText, outcomeText } from "./kinds";
import { Section } from "./Section";
import { type Happening, happenings } from "./timeline";
import { actorText } from "./words";

function lasted(attempt: Attempt): string {
  const ended = instant(attempt.ended_at);
  const started = instant(attempt.started_at);
  return ended === undefined || started === undefined ? m.order_attempt_running() : duration(ended - started);
}

function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  return (
    <ol className="mt-6 flex flex-col gap-4 text-xs">
      {attempts.map((attempt) => (
        <li key={attempt.number} className="flex flex-wrap gap-x-12">
          <span className="w-24 text-right text-fg-3">{attempt.number}.</span>
          <span className="text-fg-2">{clockTime(instant(attempt.started_at) ?? 0)}</span>
          <span className="text-fg-2">{lasted(attempt)}</span>
          <span className="text-fg">{outcomeText(attempt.outcome)}</span>
          {attempt.detail !== "" && <span className="min-w-0 break-words text-fg-2">{attempt.detail}</span>}
        </li>
      ))}
    </ol>
  );
}

/** Parts of a hold that the row itself says already. */
const UNSAID = /(^|\.)(id|keeps_stock|placed_at|placed_by\.\w+)$/;

function Change({ entries, detail }: { entries: readonly Recorded[]; detail: OrderDetail }) {
  const last = entries.at(-1);
  const found = (last === undefined ? [] : differences(last.before, last.after)).filter(
    (one) => !UNSAID.test(one.path),
  );
  const noted = found.every((one) => one.before === undefined) || found.every((one) => one.after === undefined);
  return (
    <div className="mt-6 flex flex-col gap-6">
      {found.length > 0 && noted ? (
        <FactTable differences={found} lines={detail.order.lines} />
      ) : (
        <DifferenceTable differences={found} lines={detail.order.lines} />
      )}
      {last !== undefined && (
        <p className="font-mono text-2xs break-all text-fg-3">
          {m.order_journal_entry({ seq: last.seq, hash: last.hash.slice(0, 12) })}
        </p>
      )}
    </div>
  );
}

function familyOf(row: Happening): Family {
  if (row.kind === "change") {
    const entry = row.entries[0];
    return entry?.actor.kind === "person" ? "changed" : kindFamily(entry?.kind ?? "");
  }
  const last = row.attempts.at(-1);
  if (last === undefined || !last.ended_at) return "info";
  return last.outcome === "done" ? "success" : last.outcome === "refused" ? "danger" : "attention";
}

function titleOf(row: Happening, detail: OrderDetail): string {
  if (row.kind === "change") {
    const text = kindText(row.entries[0]?.kind ?? "");
    return row.entries.length > 1 ? m.order_repeated({ text, count: integer(row.entries.length) }) : text;
  }
  const hand = detail.hand_overs.find((candidate) => candidate.id === row.subject);
  const part = detail.fulfillments.find((candidate) => candidate.id === hand?.fulfillment);
  const tries = m.order_attempts({ count: integer(row.attempts.length), rows: row.attempts.length });
  const last = outcomeText(row.attempts.at(-1)?.outcome ?? "");
  return part === undefined
    ? m.order_attempts_write_back({ tries, last })
    : m.order_attempts_hand_over({ reference: part.reference, tries, last });
}

function Row({ row, detail, names }: { row: Happening; detail: OrderDetail; names: Names }) {
  const [open, setOpen] = useState(false);
  const entry = row.kind === "change" ? row.entries.at(-1) : undefined;
  return (
    <li className="group relative flex gap-12 pb-12 pl-4">
      <span aria-hidden className="absolute top-16 bottom-0 left-8 w-1 bg-border group-last:hidden" />
      <span className="relative z-1 mt-6 bg-surface">
        <Dot family={familyOf(row)} />
      </span>
      <div className="min-w-0 flex-1">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex w-full items-baseline gap-8 text-left hover:text-accent"
        >
          <ChevronRight
            aria-hidden
            size={14}
            className={classes(
              "shrink-0 translate-y-2 text-fg-3 transition-transform duration-[80ms]",
              open && "rotate-90",
            )}
          />
          <span className="min-w-0 flex-1">{titleOf(row, detail)}</span>
          {entry !== undefined && <span className="shrink-0 text-xs text-fg-2">{actorText(entry.actor, names)}</span>}
          <time
            dateTime={new Date(row.at).toISOString()}
            title={absoluteTime(row.at)}
            className="w-80 shrink-0 text-right text-xs text-fg-2"
          >
            {clockTime(row.at)}
          </time>
        </button>
        {entry !== undefined && entry.reason !== "" && <p className="mt-2 pl-24 text-fg-2">“{entry.reason}”</p>}
        {open && (
          <div className="pl-24">
            {row.kind === "change" ? (
              <Change entries={row.entries} detail={detail} />
            ) : (
              <Attempts attempts={row.attempts} />
            )}
          </div>
        )}
      </div>
    </li>
  );
}

/** Everything that happened to the order, newest first: who, what, why, before and after. */
export function Timeline({ detail }: { detail: OrderDetail }) {
  const names = useNames();
  const { data, error, isPending } = useQuery(orderTimelineQuery(detail.order.id));
  const slow = useSlow(isPending);
  const rows = useMemo(() => happenings(data?.items ?? [], detail.attempts), [data, detail.attempts]);
  return (
    <Section title={m.order_timeline_title()}>
      <div className="px-16 pt-12 text-sm" aria-busy={isPending}>
        {error !== null && (
          <div className="pb-12">
            <ErrorBanner error={error} />
          </div>
        )}
        {slow && <p className="pb-12 text-fg-2">{m.order_loading()}</p>}
        <ol>
          {rows.map((row) => (
            <Row key={row.key} row={row} detail={detail} names={names} />
          ))}
        </ol>
      </div>
    </Section>
  );
}

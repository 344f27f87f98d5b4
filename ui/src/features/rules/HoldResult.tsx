import { useState } from "react";
import type { HoldDryRunChange, HoldDryRunResult } from "@/api/types";
import { Button } from "@/components/Button";
import { Section } from "@/features/order/Section";
import { holdReasonText } from "@/features/order/words";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { OrderLink, useOrderFacts } from "./OrderLink";
import { ScrollTable } from "./ScrollTable";

/** Orders that are shown at first, and that each further step adds. */
const PAGE = 20;

export interface HeldByRule {
  readonly rule: string;
  readonly before: number;
  readonly after: number;
}

/** How many orders each rule holds, the most first; a rule of one side alone counts 0 on the other. */
export function heldByRule({ before, after }: HoldDryRunResult["report"]): readonly HeldByRule[] {
  const rules = new Set([...Object.keys(after.by_rule), ...Object.keys(before.by_rule)]);
  return [...rules]
    .map((rule) => ({ rule, before: before.by_rule[rule] ?? 0, after: after.by_rule[rule] ?? 0 }))
    .sort((a, b) => Math.max(b.after, b.before) - Math.max(a.after, a.before) || (a.rule < b.rule ? -1 : 1));
}

function difference(before: number, after: number): string {
  const value = after - before;
  return value > 0 ? `+${integer(value)}` : value < 0 ? `−${integer(-value)}` : "0";
}

export function HoldResult({ result }: { result: HoldDryRunResult }) {
  const { report, millis } = result;
  const rows = heldByRule(report);
  const most = Math.max(1, ...rows.flatMap((row) => [row.before, row.after]));
  const all = { rule: m.rules_held_orders(), before: report.before.held_orders, after: report.after.held_orders };
  return (
    <div className="flex flex-col gap-16">
      <p role="status" className="text-sm text-fg-2">
        {m.rules_looked_at({ count: integer(report.orders), rows: report.orders, time: integer(millis) })}{" "}
        <span className="font-medium text-fg">
          {m.rules_would_differ({ count: integer(report.changed_count), rows: report.changed_count })}
        </span>
      </p>
      <Section title={m.rules_held_by()}>
        <ScrollTable label={m.rules_held_by()}>
          <thead>
            <tr className="text-2xs text-fg-3">
              <th className="h-32 px-16 text-left font-medium">{m.rules_rule()}</th>
              <th className="px-12 text-right font-medium">{m.rules_before()}</th>
              <th className="px-12 text-right font-medium">{m.rules_after()}</th>
              <th className="px-12 text-right font-medium">{m.rules_difference()}</th>
              <th className="w-320 px-16 text-left font-medium">{m.rules_chart()}</th>
            </tr>
          </thead>
          <tbody>
            {[all, ...rows].map((row, index) => (
              <tr key={index === 0 ? "" : row.rule} className="border-t border-border">
                <th
                  scope="row"
                  className={
                    index === 0
                      ? "h-44 px-16 text-left font-medium text-fg"
                      : "h-44 px-16 text-left font-mono text-xs font-normal wrap-anywhere text-fg"
                  }
                >
                  {row.rule}
                </th>
                <td className="px-12 text-right text-fg-2">{integer(row.before)}</td>
                <td className="px-12 text-right text-fg">{integer(row.after)}</td>
                <td className="px-12 text-right text-fg-2">{difference(row.before, row.after)}</td>
                <td className="px-16">
                  <HeldBars row={row} most={index === 0 ? Math.max(1, row.before, row.after) : most} />
                </td>
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      </Section>
      <Changed changed={report.changed} count={report.changed_count} />
    </div>
  );
}

const LONGEST = 280;

/** The same two numbers as lengths; the row says them in words. */
function HeldBars({ row, most }: { row: HeldByRule; most: number }) {
  const length = (value: number) => (value === 0 ? 0 : Math.max(2, (value / most) * LONGEST));
  const [before, after] = [length(row.before), length(row.after)];
  return (
    <svg aria-hidden="true" viewBox={`0 0 ${LONGEST} 26`} className="h-[26px] w-280">
      {before === 0 ? null : (
        <rect
          x="0.75"
          y="1.75"
          width={Math.max(0.5, before - 1.5)}
          height="8.5"
          rx="2"
          strokeWidth="1.5"
          className="fill-transparent stroke-neutral-mark"
        />
      )}
      {after === 0 ? null : <rect y="14" width={after} height="10" rx="2" className="fill-info-mark" />}
    </svg>
  );
}

function Changed({ changed, count }: { changed: readonly HoldDryRunChange[]; count: number }) {
  const [most, setMost] = useState(PAGE);
  if (count === 0) return null;
  const shown = changed.slice(0, most);
  return (
    <Section title={m.rules_changed_orders()}>
      {changed.length < count ? (
        <p className="border-b border-border px-16 py-8 text-xs text-fg-2">
          {m.rules_listed({ count: integer(changed.length), all: integer(count) })}
        </p>
      ) : null}
      <ScrollTable label={m.rules_changed_orders()}>
        <thead>
          <tr className="text-2xs text-fg-3">
            <th className="h-32 px-16 text-left font-medium">{m.orders_column_number()}</th>
            <th className="px-12 text-left font-medium">{m.rules_held_before()}</th>
            <th className="px-16 text-left font-medium">{m.rules_held_after()}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((change) => (
            <ChangedRow key={change.order} change={change} />
          ))}
        </tbody>
      </ScrollTable>
      {shown.length < changed.length ? (
        <div className="border-t border-border p-12">
          <Button size="small" onClick={() => setMost(most + PAGE)}>
            {m.rules_show_more({ count: integer(Math.min(PAGE, changed.length - shown.length)) })}
          </Button>
        </div>
      ) : null}
    </Section>
  );
}

function ChangedRow({ change }: { change: HoldDryRunChange }) {
  const facts = useOrderFacts(change.order);
  const held = (holds: HoldDryRunChange["before"]) =>
    holds.length === 0
      ? m.rules_not_held()
      : holds.map(([rule, reason]) => `${rule} (${holdReasonText(reason)})`).join(", ");
  return (
    <tr className="border-t border-border align-baseline">
      <td className="px-16 py-8 whitespace-nowrap">
        <OrderLink id={change.order} number={facts?.number} />
      </td>
      <td className="px-12 py-8 wrap-anywhere text-fg-2">{held(change.before)}</td>
      <td className="px-16 py-8 wrap-anywhere text-fg">{held(change.after)}</td>
    </tr>
  );
}

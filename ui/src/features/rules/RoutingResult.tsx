import { useState } from "react";
import type { DryRunMoved, RoutingDryRunResult } from "@/api/types";
import { Button } from "@/components/Button";
import { Section } from "@/features/order/Section";
import { type Names, useNames } from "@/features/orders/names";
import { classes } from "@/lib/classes";
import { formatMoney } from "@/lib/money";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { BarChart } from "./BarChart";
import { FindingList } from "./FindingList";
import { type Bar, barsOf } from "./measures";
import { MEASURE_WORDS } from "./measureWords";
import { OrderLink, useOrderFacts } from "./OrderLink";
import { ScrollTable } from "./ScrollTable";
import { findingText } from "./words";

/** Orders that are shown at first, and that each further step adds. */
const PAGE = 20;

const VERDICTS = { better: "text-success-text", worse: "text-danger-text", same: "text-fg-3" } as const;

/** With its sign; the words say whether that is good. */
function signed(value: number): string {
  return value > 0 ? `+${integer(value)}` : value < 0 ? `−${integer(-value)}` : "0";
}

function verdictText(bar: Bar): string {
  return bar.verdict === "same" ? m.rules_same() : bar.verdict === "better" ? m.rules_better() : m.rules_worse();
}

export function RoutingResult({ result }: { result: RoutingDryRunResult }) {
  const { report, findings, millis } = result;
  const bars = barsOf(report.before, report.after);
  const limits = [
    ...(report.after.unproven_orders > 0
      ? [m.rules_unproven({ count: integer(report.after.unproven_orders), rows: report.after.unproven_orders })]
      : []),
    ...(report.after.refused_orders > 0
      ? [m.rules_refused({ count: integer(report.after.refused_orders), rows: report.after.refused_orders })]
      : []),
  ];
  return (
    <div className="flex flex-col gap-16">
      <p role="status" className="text-sm text-fg-2">
        {m.rules_looked_at({ count: integer(report.orders), rows: report.orders, time: integer(millis) })}{" "}
        <span className="font-medium text-fg">
          {m.rules_would_move({ count: integer(report.moved_count), rows: report.moved_count })}
        </span>
        {limits.map((limit) => (
          <span key={limit}> {limit}</span>
        ))}
      </p>
      <FindingList findings={findings.map((finding) => ({ path: finding.path, text: findingText(finding) }))} />
      <div className="grid items-start gap-16 lg:grid-cols-2">
        <Section title={m.rules_numbers()}>
          <ScrollTable label={m.rules_numbers()}>
            <thead>
              <tr className="text-2xs text-fg-3">
                <th className="h-32 px-16 text-left font-medium">{m.rules_measure()}</th>
                <th className="px-12 text-right font-medium">{m.rules_before()}</th>
                <th className="px-12 text-right font-medium">{m.rules_after()}</th>
                <th className="px-16 text-right font-medium">{m.rules_difference()}</th>
              </tr>
            </thead>
            <tbody>
              {bars.map((bar) => (
                <tr key={bar.measure} className="border-t border-border">
                  <th scope="row" className="h-36 px-16 text-left font-normal text-fg">
                    {MEASURE_WORDS[bar.measure]()}
                  </th>
                  <td className="px-12 text-right text-fg-2">{integer(bar.before)}</td>
                  <td className="px-12 text-right text-fg">{integer(bar.after)}</td>
                  <td className={classes("px-16 text-right whitespace-nowrap", VERDICTS[bar.verdict])}>
                    {bar.verdict === "same" ? (
                      verdictText(bar)
                    ) : (
                      <>
                        <span className="font-medium">{signed(bar.difference)}</span>{" "}
                        <span className="text-xs">{verdictText(bar)}</span>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </ScrollTable>
          <p className="border-t border-border px-16 py-8 text-xs text-fg-3">{m.rules_cost_unit()}</p>
        </Section>
        <Section title={m.rules_chart()}>
          <div className="p-16">
            <BarChart bars={bars} />
          </div>
        </Section>
      </div>
      <Moved moved={report.moved} count={report.moved_count} />
    </div>
  );
}

function Moved({ moved, count }: { moved: readonly DryRunMoved[]; count: number }) {
  const [most, setMost] = useState(PAGE);
  const names = useNames();
  const shown = moved.slice(0, most);
  if (count === 0) return null;
  return (
    <Section title={m.rules_moved_orders()}>
      {moved.length < count ? (
        <p className="border-b border-border px-16 py-8 text-xs text-fg-2">
          {m.rules_listed({ count: integer(moved.length), all: integer(count) })}
        </p>
      ) : null}
      <ScrollTable label={m.rules_moved_orders()}>
        <thead>
          <tr className="text-2xs text-fg-3">
            <th className="h-32 px-16 text-left font-medium">{m.orders_column_number()}</th>
            <th className="px-12 text-left font-medium">{m.rules_warehouses_before()}</th>
            <th className="px-12 text-left font-medium">{m.rules_warehouses_after()}</th>
            <th className="px-12 text-right font-medium">{m.rules_cost_before()}</th>
            <th className="px-12 text-right font-medium">{m.rules_cost_after()}</th>
            <th className="px-16 text-left font-medium">{m.rules_rules()}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((order) => (
            <MovedRow key={order.order} moved={order} names={names} />
          ))}
        </tbody>
      </ScrollTable>
      {shown.length < moved.length ? (
        <div className="border-t border-border p-12">
          <Button size="small" onClick={() => setMost(most + PAGE)}>
            {m.rules_show_more({ count: integer(Math.min(PAGE, moved.length - shown.length)) })}
          </Button>
        </div>
      ) : null}
    </Section>
  );
}

function MovedRow({ moved: { order, before, after }, names }: { moved: DryRunMoved; names: Names }) {
  const facts = useOrderFacts(order);
  const places = (side: DryRunMoved["before"]) =>
    side.refused ??
    (side.warehouses.length === 0 ? m.rules_no_warehouse() : side.warehouses.map(names.warehouse).join(", "));
  const cost = (minor: number) => (facts === undefined ? integer(minor) : formatMoney(minor, facts.currency));
  const gone = before.rules.filter((rule) => !after.rules.includes(rule));
  return (
    <tr className="border-t border-border align-baseline">
      <td className="px-16 py-8 whitespace-nowrap">
        <OrderLink id={order} number={facts?.number} />
      </td>
      <td className="px-12 py-8 text-fg-2">{places(before)}</td>
      <td className="px-12 py-8 text-fg">{places(after)}</td>
      <td className="px-12 py-8 text-right whitespace-nowrap text-fg-2">{cost(before.cost)}</td>
      <td className="px-12 py-8 text-right whitespace-nowrap text-fg">{cost(after.cost)}</td>
      <td className="px-16 py-8 font-mono text-xs wrap-anywhere text-fg-2">
        {after.rules.join(", ") || (gone.length === 0 ? "–" : "")}{" "}
        {gone.length === 0 ? null : <s title={m.rules_no_longer()}>{gone.join(", ")}</s>}
      </td>
    </tr>
  );
}

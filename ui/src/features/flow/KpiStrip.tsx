import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Flow, Stage } from "@/api/types";
import { Dot } from "@/components/Dot";
import type { Family } from "@/components/family";
import { integer, rate } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { recentOrders } from "./queries";

const SOON = "state:editable cutoff:<30m";

interface Kpi {
  readonly label: string;
  readonly value: string;
  readonly family?: Family;
  readonly q?: string;
}

/** The six numbers an operations lead looks at first; those that are a set of orders lead to it. */
export function KpiStrip({ flow }: { flow: Flow }) {
  const soon = useQuery(recentOrders(SOON, 1)).data?.total;
  const at = (...stages: Stage[]) =>
    flow.stages.filter((one) => stages.includes(one.stage)).reduce((sum, one) => sum + one.orders, 0);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const attention = at("blocked", "attention", "unconfirmed");
  const kpis: readonly Kpi[] = [
    { label: m.flow_kpi_received(), value: rate(sum(flow.shops.map((shop) => shop.orders_per_minute))) },
    { label: m.flow_kpi_handed_over(), value: rate(sum(flow.warehouses.map((one) => one.handed_over_per_minute))) },
    { label: m.flow_kpi_shipped(), value: rate(sum(flow.warehouses.map((one) => one.shipped_per_minute))) },
    {
      label: m.flow_kpi_soon(),
      value: soon === undefined ? "–" : `${integer(soon.value)}${soon.capped ? "+" : ""}`,
      // Without a colour: that windows close is the normal course.
      q: SOON,
    },
    { label: m.flow_kpi_in_warehouse(), value: integer(at("in_warehouse")), q: "state:in_warehouse" },
    {
      label: m.flow_kpi_attention(),
      value: integer(attention),
      q: "state:blocked,attention,unconfirmed",
      ...(attention > 0 ? { family: "danger" as const } : {}),
    },
  ];
  return (
    <dl className="grid shrink-0 grid-cols-3 border-b border-border bg-surface lg:grid-cols-6">
      {kpis.map((kpi) => (
        <div
          key={kpi.label}
          className="relative border-r border-border px-16 py-8 last:border-r-0 hover:has-[a]:bg-surface-2"
        >
          <dt className="truncate text-xs text-fg-2">
            {kpi.q === undefined ? (
              kpi.label
            ) : (
              <Link to="/orders" search={{ q: kpi.q }} preload={false} className="after:absolute after:inset-0">
                {kpi.label}
              </Link>
            )}
          </dt>
          <dd className="flex items-center gap-8 text-xl text-fg">
            {kpi.family !== undefined && <Dot family={kpi.family} />}
            {kpi.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

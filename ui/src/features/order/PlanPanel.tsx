import { Check, X } from "lucide-react";
import type { OrderDetail } from "@/api/types";
import type { Names } from "@/features/orders/names";
import { formatMoney } from "@/lib/money";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { boundWords } from "./boundWords";
import { Moment } from "./Fulfillments";
import { Section } from "./Section";

type Plan = NonNullable<OrderDetail["plan"]>["plan"];

function levelText(level: string | null | undefined): string {
  switch (level) {
    case "short_value":
      return m.order_level_short_value();
    case "late":
      return m.order_level_late();
    case "warehouses":
      return m.order_level_warehouses();
    case "cost":
      return m.order_level_cost();
    case "rank_sum":
      return m.order_level_rank_sum();
    default:
      return level ?? "";
  }
}

function reason(explained: Plan["explain"][string], currency: string): string {
  if (explained.because === "constraint") {
    return m.order_plan_constraint({ detail: explained.detail || explained.constraint || "" });
  }
  const money = explained.level === "cost" || explained.level === "short_value";
  const by = explained.by ?? 0;
  return m.order_plan_level({ level: levelText(explained.level), by: money ? formatMoney(by, currency) : integer(by) });
}

interface Properties {
  readonly detail: OrderDetail;
  readonly names: Names;
}

/** Why these warehouses: the router's own certificate, warehouse by warehouse. */
export function PlanPanel({ detail, names }: Properties) {
  const stored = detail.plan;
  if (!stored) return null;
  const { plan } = stored;
  const { currency } = detail.order;
  const sku = (line: string) => detail.order.lines.find((candidate) => candidate.id === line)?.sku ?? line;
  const entries = Object.entries(plan.explain).toSorted(([, a], [, b]) => Number(b.used) - Number(a.used));
  return (
    <Section
      title={m.order_plan_title()}
      aside={
        <span className="text-xs text-fg-2">
          {plan.proven
            ? m.order_plan_proven()
            : m.order_plan_unproven({ level: levelText(plan.gap?.level), by: integer(plan.gap?.by ?? 0) })}
          {" · "}
          <Moment at={stored.at} />
        </span>
      }
    >
      <div className="flex flex-col gap-12 px-16 py-12 text-sm">
        <ul className="flex flex-col gap-6">
          {entries.map(([warehouse, explained]) => {
            const units = plan.allocation.filter((part) => part.warehouse === warehouse);
            return (
              <li key={warehouse} className="flex items-start gap-8">
                {explained.used ? (
                  <Check aria-hidden size={16} className="mt-2 shrink-0 text-success-text" />
                ) : (
                  <X aria-hidden size={16} className="mt-2 shrink-0 text-fg-3" />
                )}
                <span className="w-160 shrink-0 truncate font-medium">{names.warehouse(warehouse)}</span>
                <span className="min-w-0 text-fg-2">
                  {explained.used
                    ? m.order_plan_used({
                        units: units.map((part) => `${integer(part.quantity)} × ${sku(part.line)}`).join(", "),
                      })
                    : reason(explained, currency)}
                </span>
              </li>
            );
          })}
        </ul>
        {plan.short.length > 0 && (
          <ul className="flex flex-col gap-4 text-attention-text">
            {plan.short.map((short) => (
              <li key={short.line}>
                {m.order_plan_short({ units: `${integer(short.quantity)} × ${sku(short.line)}`, reason: short.reason })}
              </li>
            ))}
          </ul>
        )}
        <p className="text-xs text-fg-2">
          {m.order_plan_bound({
            count: integer(plan.lower_bound.warehouses),
            rows: plan.lower_bound.warehouses,
            why: boundWords(plan.lower_bound.why, sku),
          })}{" "}
          {m.order_plan_cost({ cost: formatMoney(plan.objective.cost, currency) })}
        </p>
      </div>
    </Section>
  );
}

import { Check, X } from "lucide-react";
import type { OrderDetail } from "@/api/types";
import { Banner } from "@/components/Problem";
import type { Names } from "@/features/orders/names";
import { formatMoney } from "@/lib/money";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { boundWords } from "./boundWords";
import { Moment } from "./Moment";
import { PlanRules } from "./PlanRules";
import { levelText, ownLine, type PlanNames, relaxationWords, shortWords, whyNot } from "./planWords";
import { Section } from "./Section";

interface Properties {
  readonly detail: OrderDetail;
  readonly names: Names;
}

/** Why these warehouses: the router's own certificate, warehouse by warehouse, and the rules that changed its question. */
export function PlanPanel({ detail, names }: Properties) {
  const stored = detail.plan;
  if (!stored) return null;
  const { plan, relaxation } = stored;
  const { currency } = detail.order;
  const sku = (line: string) => detail.order.lines.find((known) => known.id === ownLine(line))?.sku ?? line;
  const words: PlanNames = { sku, warehouse: names.warehouse, currency };
  const entries = Object.entries(plan.explain).toSorted(([, a], [, b]) => Number(b.used) - Number(a.used));
  const chosen = detail.order.moves ?? [];
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
                    : whyNot(explained, words)}
                </span>
              </li>
            );
          })}
        </ul>
        {plan.short.length > 0 && (
          <ul className="flex flex-col gap-4 text-attention-text">
            {plan.short.map((short) => (
              <li key={short.line}>
                {m.order_plan_short({
                  units: `${integer(short.quantity)} × ${sku(short.line)}`,
                  reason: shortWords(short.reason, words),
                })}
              </li>
            ))}
          </ul>
        )}
        {relaxation && relaxation.length > 0 && (
          <Banner family="attention" title={m.order_relax_title()}>
            <ul className="mt-4 flex list-disc flex-col gap-2 pl-16">
              {relaxation.map((change) => {
                const text = relaxationWords(change, words);
                return <li key={text}>{text}</li>;
              })}
            </ul>
          </Banner>
        )}
        {chosen.length > 0 && (
          <ul className="flex flex-col gap-4 text-changed-text">
            {chosen.map((move) => (
              <li key={`${move.from}-${move.to}`}>
                {m.order_plan_chosen({
                  units: move.lines.map((line) => `${integer(line.quantity)} × ${sku(line.line)}`).join(", "),
                  warehouse: names.warehouse(move.to),
                })}
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
        <PlanRules stored={stored} words={words} />
      </div>
    </Section>
  );
}

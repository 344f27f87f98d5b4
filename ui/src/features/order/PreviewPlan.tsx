import { ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import type { OrderDetail, Preview } from "@/api/types";
import { Banner } from "@/components/Problem";
import type { Names } from "@/features/orders/names";
import { integer } from "@/lib/number";
import { dayTime, instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { Block } from "./Block";
import { ownLine, shortWords } from "./planWords";

interface Properties {
  readonly detail: OrderDetail;
  readonly names: Names;
  readonly preview: Preview;
  readonly cost: ReactNode;
}

/** The plan the order would get, warehouse by warehouse, and what that does to stock. */
export function PreviewPlan({ detail, names, preview, cost }: Properties) {
  const { plan, stock, cut_offs: cutOffs, order } = preview;
  const sku = (line: string) => order.lines.find((known) => known.id === ownLine(line))?.sku ?? line;
  const places = [...new Set((plan?.allocation ?? []).map((share) => share.warehouse))];
  const before = new Set(
    detail.fulfillments
      .filter((part) => part.state === "open" || part.state === "queued")
      .map((part) => part.warehouse),
  );
  if (!plan && !preview.plan_problem && stock.length === 0) return null;
  return (
    <Block title={m.order_preview_plan()}>
      {preview.plan_problem && (
        <Banner family="danger" title={m.order_preview_no_plan()}>
          <p className="mt-2 text-fg-2">{preview.plan_problem}</p>
        </Banner>
      )}
      {places.length > 0 && (
        <ul className="flex flex-col gap-4 text-sm">
          {places.map((place) => {
            const shares = (plan?.allocation ?? []).filter((share) => share.warehouse === place);
            const cutOff = instant(cutOffs.find((known) => known.warehouse === place)?.at);
            return (
              <li key={place} className="flex flex-wrap items-baseline gap-x-8">
                <span className="font-medium">{names.warehouse(place)}</span>
                <span>{shares.map((share) => `${integer(share.quantity)} × ${sku(share.line)}`).join(", ")}</span>
                <span className="text-xs text-fg-2">
                  {[
                    !before.has(place) && m.order_preview_new_place(),
                    cutOff !== undefined && m.order_preview_cut_off({ time: dayTime(cutOff) }),
                  ]
                    .filter((part) => part !== false)
                    .join(" · ")}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {plan && plan.short.length > 0 && (
        <ul className="flex flex-col gap-4 text-sm text-attention-text">
          {plan.short.map((short) => (
            <li key={short.line}>
              {m.order_plan_short({
                units: `${integer(short.quantity)} × ${sku(short.line)}`,
                reason: shortWords(short.reason, { sku, warehouse: names.warehouse, currency: order.currency }),
              })}
            </li>
          ))}
        </ul>
      )}
      {plan && places.length === 0 && plan.short.length === 0 && (
        <p className="text-sm text-fg-2">{m.order_preview_nothing_to_plan()}</p>
      )}
      {cost}
      {stock.length === 0 ? (
        <p className="text-xs text-fg-2">{m.order_preview_stock_same()}</p>
      ) : (
        <table className="w-full border-collapse text-xs">
          <caption className="pb-4 text-left text-fg-2">{m.order_preview_stock()}</caption>
          <tbody className="divide-y divide-border border-y border-border">
            {stock.map((effect) => (
              <tr key={`${effect.warehouse}-${effect.sku}`}>
                <th scope="row" className="py-4 pr-12 text-left font-normal">
                  {names.warehouse(effect.warehouse)}
                </th>
                <td className="py-4 pr-12 font-mono text-2xs">{effect.sku}</td>
                <td className="w-120 py-4 text-right whitespace-nowrap">
                  <span className="text-fg-2">{integer(effect.before)}</span>
                  <ArrowRight aria-hidden size={12} className="mx-6 inline text-fg-3" />
                  <span className="sr-only">{m.order_preview_becomes()}</span>
                  <span className="font-medium">{integer(effect.after)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Block>
  );
}

import type { ReactNode } from "react";
import type { Flow } from "@/api/types";
import { HealthChip, StageChip } from "@/components/StateChip";
import { integer, rate } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { Oldest } from "./PlaceCard";

interface TableProperties {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly id: string; readonly name: ReactNode; readonly cells: readonly ReactNode[] }[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}

function FactTable({ title, columns, rows, selected, onSelect }: TableProperties) {
  return (
    <section className="rounded-6 border border-border bg-surface">
      <table className="w-full border-collapse text-sm">
        <caption className="border-b border-border px-16 py-8 text-left text-md font-semibold">{title}</caption>
        <thead className="border-b border-border text-xs text-fg-2">
          <tr>
            {columns.map((column, index) => (
              <th
                key={column}
                className={index === 0 ? "px-16 py-6 text-left font-medium" : "px-16 py-6 text-right font-medium"}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-border">
          {rows.map((row) => (
            <tr key={row.id} className={selected === row.id ? "bg-surface-3" : undefined}>
              <th scope="row" className="px-16 py-6 text-left font-normal">
                <button
                  type="button"
                  aria-pressed={selected === row.id}
                  onClick={() => onSelect(row.id)}
                  className="min-h-24 rounded-4 text-left hover:text-accent hover:underline"
                >
                  {row.name}
                </button>
              </th>
              {row.cells.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells of a row have no other identity than their column.
                <td key={index} className="px-16 py-6 text-right">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface Properties {
  readonly flow: Flow;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}

/** The same map as tables: for screen readers, small windows, and whoever prefers numbers. */
export function FlowTable({ flow, selected, onSelect }: Properties) {
  return (
    <div className="mx-auto flex max-w-960 flex-col gap-16 p-16">
      <FactTable
        title={m.flow_table_shops()}
        columns={[
          m.flow_column_shop(),
          m.flow_column_health(),
          m.flow_column_orders_per_minute(),
          m.flow_column_waiting(),
        ]}
        rows={flow.shops.map((shop) => ({
          id: shop.connection,
          name: shop.name,
          cells: [<HealthChip key="health" level={shop.health} />, rate(shop.orders_per_minute), integer(shop.waiting)],
        }))}
        selected={selected}
        onSelect={onSelect}
      />
      <FactTable
        title={m.flow_table_stages()}
        columns={[
          m.flow_column_stage(),
          m.flow_column_orders(),
          m.flow_column_leaving(),
          m.flow_column_oldest(),
          m.flow_column_errors(),
        ]}
        rows={flow.stages.map((stage) => ({
          id: stage.stage,
          name: <StageChip stage={stage.stage} />,
          cells: [
            integer(stage.orders),
            rate(stage.per_minute),
            stage.orders > 0 ? <Oldest key="oldest" at={stage.oldest_at} /> : "–",
            integer(stage.errors),
          ],
        }))}
        selected={selected}
        onSelect={onSelect}
      />
      <FactTable
        title={m.flow_table_warehouses()}
        columns={[
          m.flow_column_warehouse(),
          m.flow_column_health(),
          m.flow_column_waiting(),
          m.flow_column_in_work(),
          m.flow_column_handed_over(),
          m.flow_column_shipped(),
        ]}
        rows={flow.warehouses.map((warehouse) => ({
          id: warehouse.warehouse,
          name: warehouse.name,
          cells: [
            <HealthChip key="health" level={warehouse.health} />,
            integer(warehouse.waiting),
            integer(warehouse.in_work),
            rate(warehouse.handed_over_per_minute),
            rate(warehouse.shipped_per_minute),
          ],
        }))}
        selected={selected}
        onSelect={onSelect}
      />
    </div>
  );
}

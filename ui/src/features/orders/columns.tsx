import { Check, Pause, Pencil, TriangleAlert } from "lucide-react";
import type { OrderSummary } from "@/api/types";
import { titleWords } from "@/components/problemSentences";
import { StageChip } from "@/components/StateChip";
import { stageLook } from "@/components/stages";
import { CountdownText, countdownText, editWindow } from "@/features/order/CountdownText";
import type { Column } from "@/grid/column";
import { countdown } from "@/lib/countdown";
import { formatMoney } from "@/lib/money";
import { integer } from "@/lib/number";
import { serverNow, useTick } from "@/lib/ticker";
import { absoluteTime, age, instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import type { Names } from "./names";

function Age({ at }: { at: number }) {
  const text = useTick((now) => age(at, now));
  return <span title={absoluteTime(at)}>{text}</span>;
}

/** Where a click selects. The row itself says whether it is selected; the keyboard has X. */
function Mark({ selected }: { selected: boolean }) {
  return (
    <span data-select aria-hidden className="-ml-8 inline-flex h-full w-32 items-center justify-center align-top">
      <span
        className={
          selected
            ? "flex size-14 items-center justify-center rounded-4 bg-accent text-on-accent"
            : "size-14 rounded-4 border border-border-strong"
        }
      >
        {selected && <Check size={12} strokeWidth={3} />}
      </span>
    </span>
  );
}

function Flags({ row }: { row: OrderSummary }) {
  return (
    <span className="inline-flex items-center gap-6 align-middle">
      {row.edited && (
        <Pencil size={14} role="img" aria-label={m.orders_flag_edited()} className="text-changed-text">
          <title>{m.orders_flag_edited()}</title>
        </Pencil>
      )}
      {row.held && (
        <Pause size={14} role="img" aria-label={m.orders_flag_held()} className="text-attention-text">
          <title>{m.orders_flag_held()}</title>
        </Pause>
      )}
      {row.problem !== null && row.problem !== undefined && (
        <TriangleAlert size={14} role="img" aria-label={titleWords(row.problem)} className="text-danger-text">
          <title>{titleWords(row.problem)}</title>
        </TriangleAlert>
      )}
    </span>
  );
}

function flagWords(row: OrderSummary): string {
  const words = [
    row.edited && m.orders_flag_edited(),
    row.held && m.orders_flag_held(),
    row.problem && titleWords(row.problem),
  ];
  return words.filter((word) => typeof word === "string").join(", ");
}

/** The columns of the order list, in their default order. */
export function orderColumns(names: Names): Column<OrderSummary>[] {
  const place = (row: OrderSummary) => [row.city, row.country].filter((part) => part !== "").join(", ");
  const warehouses = (row: OrderSummary) => row.warehouses.map(names.warehouse).join(", ");
  return [
    {
      id: "number",
      title: m.orders_column_number(),
      width: 116,
      inset: 32,
      sort: { key: "number", first: "ascending" },
      cell: (row, selected) => (
        <>
          <Mark selected={selected} />
          {/* A plain anchor, opened by the grid: a router link per row would recompute every address while scrolling. */}
          <a
            href={`/orders/${encodeURIComponent(row.id)}`}
            tabIndex={-1}
            className="font-mono text-xs font-medium text-fg hover:text-accent hover:underline"
          >
            {row.number}
          </a>
        </>
      ),
      text: (row) => row.number,
    },
    {
      id: "stage",
      title: m.orders_column_stage(),
      width: 132,
      cell: (row) => <StageChip stage={row.stage} />,
      text: (row) => stageLook[row.stage].label(),
    },
    {
      id: "editable_until",
      title: m.orders_column_editable_until(),
      width: 152,
      sort: { key: "editable_until", first: "ascending" },
      cell: (row) => <CountdownText stage={row.stage} received={row.received_at} editableUntil={row.editable_until} />,
      text: (row) => countdownText(countdown(row.stage, editWindow(row.received_at, row.editable_until), serverNow())),
    },
    {
      id: "customer",
      title: m.orders_column_customer(),
      width: 132,
      grows: true,
      cell: (row) => row.customer,
      text: (row) => row.customer,
    },
    { id: "place", title: m.orders_column_place(), width: 140, spare: 4, cell: place, text: place },
    {
      id: "units",
      title: m.orders_column_units(),
      width: 100,
      spare: 1,
      align: "end",
      cell: (row) => `${integer(row.lines)} / ${integer(row.units)}`,
      text: (row) => `${row.lines} / ${row.units}`,
    },
    {
      id: "total",
      title: m.orders_column_total(),
      width: 104,
      align: "end",
      sort: { key: "total", first: "descending" },
      cell: (row) => formatMoney(row.total, row.currency),
      text: (row) => formatMoney(row.total, row.currency),
    },
    {
      id: "shop",
      title: m.orders_column_shop(),
      width: 128,
      spare: 3,
      cell: (row) => names.shop(row.shop),
      text: (row) => names.shop(row.shop),
    },
    { id: "warehouses", title: m.orders_column_warehouses(), width: 152, spare: 2, cell: warehouses, text: warehouses },
    {
      id: "age",
      title: m.orders_column_age(),
      width: 76,
      align: "end",
      sort: { key: "received", first: "descending" },
      cell: (row) => <Age at={instant(row.received_at) ?? 0} />,
      text: (row) => row.received_at,
    },
    {
      id: "flags",
      title: m.orders_column_flags(),
      width: 76,
      spare: 5,
      cell: (row) => <Flags row={row} />,
      text: flagWords,
    },
  ];
}

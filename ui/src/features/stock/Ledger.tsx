import { Link } from "@tanstack/react-router";
import type { LedgerRow } from "@/api/types";
import { actorText } from "@/features/order/words";
import type { Names } from "@/features/orders/names";
import { absoluteTime, instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { causeText, movementText } from "./words";

const LINK = "text-accent underline underline-offset-2";

/** What is behind a movement, and the way to it. */
function Behind({ row }: { row: LedgerRow }) {
  const { document, order, reference } = row;
  if (document?.kind === "note") {
    return document.note === "" ? null : <q className="wrap-anywhere">{document.note}</q>;
  }
  const words =
    document?.kind === "shipment"
      ? m.stock_behind_shipment({ reference })
      : document?.kind === "report"
        ? document.sequence > 0
          ? m.stock_behind_report_number({ number: String(document.sequence) })
          : m.stock_behind_report()
        : document?.kind === "transfer"
          ? m.stock_behind_transfer()
          : document?.kind === "return"
            ? m.stock_behind_return()
            : reference === ""
              ? m.stock_behind_order()
              : reference;
  if (document?.kind === "transfer") {
    return (
      <Link to="/transfers" search={{ view: "all", id: document.id }} className={LINK}>
        {words}
      </Link>
    );
  }
  if (order === undefined || order === null) return document === undefined ? null : <span>{words}</span>;
  return (
    <Link to="/orders/$id" params={{ id: order }} className={LINK}>
      {words}
    </Link>
  );
}

/** Every movement of a level, newest first: what changed, why, by what and by whom. */
export function Ledger({ rows, names }: { rows: readonly LedgerRow[]; names: Names }) {
  if (rows.length === 0) return <p className="text-sm text-fg-2">{m.stock_ledger_empty()}</p>;
  return (
    <ol className="divide-y divide-border text-sm">
      {rows.map((row, place) => {
        const at = instant(row.at);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are never rewritten and new ones come first, so that a row keeps its place from the end
          <li key={rows.length - place} className="flex flex-col gap-2 py-8">
            <span className="flex items-baseline justify-between gap-12">
              <span className="font-medium">{causeText(row.cause)}</span>
              <span className="text-right">{movementText(row, names.shop)}</span>
            </span>
            <span className="flex flex-wrap items-baseline justify-between gap-x-12 text-xs text-fg-2">
              <Behind row={row} />
              <span className="ml-auto text-right">
                {[row.by ? actorText(row.by, names) : "", at === undefined ? "" : absoluteTime(at)]
                  .filter((part) => part !== "")
                  .join(" · ")}
              </span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}

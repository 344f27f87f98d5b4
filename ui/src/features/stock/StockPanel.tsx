import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { actionById } from "@/actions/useActions";
import { type StockPlace, stockLevelQuery } from "@/api/stock";
import type { BlockReason, StockRow } from "@/api/types";
import { Button, IconButton } from "@/components/Button";
import { KeyCap } from "@/components/KeyCap";
import { Banner } from "@/components/Problem";
import { ReadError, useFailure } from "@/components/ReadError";
import { Skeleton } from "@/components/Skeleton";
import type { Names } from "@/features/orders/names";
import { classes } from "@/lib/classes";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import type { Verb } from "./effect";
import { Ledger } from "./Ledger";
import { reasonText, verbText } from "./words";

const VERBS: readonly Verb[] = ["keep_back", "block", "unblock", "earmark", "correct"];

function Line({
  label,
  units,
  sign,
  strong = false,
}: {
  label: string;
  units: number;
  sign: string;
  strong?: boolean;
}) {
  return (
    <div
      className={classes(
        "flex items-baseline justify-between gap-12 py-4",
        strong && "border-t border-border-strong font-semibold",
      )}
    >
      <dt className={strong ? "" : "text-fg-2"}>{label}</dt>
      <dd>
        {sign}
        {integer(units)}
      </dd>
    </div>
  );
}

/** How the available units come about: what is there, less what may not be promised. */
function Buckets({ row }: { row: StockRow }) {
  const { level } = row;
  return (
    <dl className="text-sm">
      <Line label={m.stock_on_hand()} units={level.on_hand} sign="" />
      <Line label={m.stock_reserved()} units={level.reserved} sign="− " />
      {Object.entries(level.blocked ?? {}).map(([reason, units]) => (
        <Line
          key={reason}
          label={m.stock_blocked_for({ reason: reasonText(reason as BlockReason) })}
          units={units ?? 0}
          sign="− "
        />
      ))}
      <Line label={m.stock_safety()} units={level.safety ?? 0} sign="− " />
      <Line label={m.stock_available()} units={row.available} sign="= " strong />
      {(level.incoming ?? 0) > 0 && <Line label={m.stock_incoming()} units={level.incoming ?? 0} sign="" />}
    </dl>
  );
}

function Shops({ row }: { row: StockRow }) {
  if (row.shops.length === 0) return <p className="text-sm text-fg-2">{m.stock_no_shops()}</p>;
  return (
    <table className="w-full text-sm">
      <thead className="text-xs text-fg-2">
        <tr>
          <th className="py-4 text-left font-medium">{m.orders_column_shop()}</th>
          <th className="py-4 text-right font-medium">{m.stock_kept_for()}</th>
          <th className="py-4 text-right font-medium">{m.stock_may_sell()}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-border border-t border-border">
        {row.shops.map((share) => (
          <tr key={share.shop}>
            <th scope="row" className="py-4 text-left font-normal">
              {share.name}
            </th>
            <td className="py-4 text-right">{share.kept === 0 ? "–" : integer(share.kept)}</td>
            <td className="py-4 text-right font-semibold">{integer(share.sellable)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Properties {
  readonly place: StockPlace;
  readonly names: Names;
  readonly mayChange: (verb: Verb, row: StockRow) => boolean;
  readonly onVerb: (verb: Verb) => void;
  readonly onClose: () => void;
}

/** One level: its buckets, what each shop may sell, and every movement. */
export function StockPanel({ place, names, mayChange, onVerb, onClose }: Properties) {
  const query = useQuery(stockLevelQuery(place));
  const { data, isPending, isFetching, refetch } = query;
  const error = useFailure(query, `${place.warehouse} ${place.sku}`);
  return (
    <aside
      aria-label={m.stock_panel_label()}
      aria-busy={isPending}
      className="flex w-[440px] shrink-0 max-lg:w-420 flex-col border-l border-border bg-surface"
    >
      <header className="flex min-h-44 shrink-0 items-center gap-8 border-b border-border pr-8 pl-16">
        <h2 className="min-w-0 flex-1 truncate text-md text-fg">
          <span className="font-mono">{place.sku}</span>
          <span className="font-normal text-fg-2"> · {names.warehouse(place.warehouse)}</span>
        </h2>
        <IconButton icon={X} label={m.close()} binding="Escape" onClick={onClose} />
      </header>
      {/* Scrolls, so the keyboard has to reach it. */}
      <section
        aria-label={m.stock_panel_label()}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is a tab stop
        tabIndex={0}
        className="flex min-h-0 flex-1 flex-col gap-20 overflow-y-auto p-16"
      >
        <ReadError error={error} hasData={data !== undefined} busy={isFetching} onRetry={() => void refetch()} />
        {isPending && error === null && <Skeleton className="h-240" />}
        {data !== undefined && (
          <>
            {data.level.over_promised > 0 && (
              <Banner family="danger" title={m.stock_over_promised_title({ units: integer(data.level.over_promised) })}>
                <p className="mt-2 text-fg-2">{m.stock_over_promised_text()}</p>
              </Banner>
            )}
            <Buckets row={data.level} />
            <div className="flex flex-wrap gap-6">
              {VERBS.filter((verb) => mayChange(verb, data.level)).map((verb) => (
                <Button key={verb} size="small" onClick={() => onVerb(verb)}>
                  {verbText(verb)}
                  <KeyCap binding={actionById(`stock.${verb}`).keys[0] ?? ""} />
                </Button>
              ))}
            </div>
            <section className="flex flex-col gap-6">
              <h3 className="text-md font-medium">{m.stock_shops_title()}</h3>
              <Shops row={data.level} />
            </section>
            <section className="flex flex-col gap-6">
              <h3 className="text-md font-medium">{m.stock_ledger_title()}</h3>
              <Ledger rows={data.movements} names={names} />
            </section>
          </>
        )}
      </section>
    </aside>
  );
}

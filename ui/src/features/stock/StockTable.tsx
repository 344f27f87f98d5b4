import type { StockRow } from "@/api/types";
import type { Names } from "@/features/orders/names";
import { classes } from "@/lib/classes";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { blockedUnits } from "./effect";
import { placeText } from "./search";

const HEAD = "sticky top-0 z-10 h-32 bg-surface-2 px-12 text-2xs font-medium whitespace-nowrap text-fg-2";
const CELL = "h-32 px-12 text-right";

interface Properties {
  readonly rows: readonly StockRow[];
  readonly names: Names;
  /** The level in the side panel. */
  readonly at: string | undefined;
  /** The button of a level comes and goes with its row. */
  readonly onButton: (place: string, button: HTMLButtonElement | null) => void;
  readonly onChoose: (place: string) => void;
}

/** In a narrow window the panel takes the room of what it tells as well. */
const BESIDE_PANEL = "max-lg:hidden";

/** Units, or a dash that keeps a column of zeros quiet. */
const units = (count: number | undefined) => (count ? integer(count) : "–");

/** Levels, one a row. The SKU is what the keyboard stops at. */
export function StockTable({ rows, names, at, onButton, onChoose }: Properties) {
  const minor = at === undefined ? undefined : BESIDE_PANEL;
  return (
    <table className="w-full text-sm" aria-label={m.nav_stock()}>
      <thead>
        <tr>
          <th className={classes(HEAD, "pl-16 text-left")}>{m.stock_column_sku()}</th>
          <th className={classes(HEAD, "text-left")}>{m.stock_column_warehouse()}</th>
          <th className={classes(HEAD, "text-right")}>{m.stock_on_hand()}</th>
          <th className={classes(HEAD, "text-right")}>{m.stock_reserved()}</th>
          <th className={classes(HEAD, "text-right", minor)}>{m.stock_blocked()}</th>
          <th className={classes(HEAD, "text-right", minor)}>{m.stock_safety()}</th>
          <th className={classes(HEAD, "text-right", minor)}>{m.stock_incoming()}</th>
          <th className={classes(HEAD, "pr-16 text-right")}>{m.stock_available()}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-border">
        {rows.map((row) => {
          const { level } = row;
          const place = placeText(level);
          const chosen = place === at;
          return (
            <tr key={place} data-level={place} className={chosen ? "bg-surface-3" : "hover:bg-surface-2"}>
              <th scope="row" className="h-32 max-w-320 pl-8 text-left font-normal">
                <button
                  ref={(button) => onButton(place, button)}
                  type="button"
                  aria-pressed={chosen}
                  aria-label={m.stock_level_label({ sku: level.sku, warehouse: names.warehouse(level.warehouse) })}
                  onClick={() => onChoose(place)}
                  className="h-28 max-w-full truncate rounded-4 px-8 font-mono text-xs font-medium text-fg hover:text-accent"
                >
                  {level.sku}
                </button>
              </th>
              <td className="h-32 px-12 whitespace-nowrap text-fg-2">{names.warehouse(level.warehouse)}</td>
              <td className={CELL}>{integer(level.on_hand)}</td>
              <td className={CELL}>{units(level.reserved)}</td>
              <td className={classes(CELL, blockedUnits(level) > 0 && "font-semibold", minor)}>
                {units(blockedUnits(level))}
              </td>
              <td className={classes(CELL, minor)}>{units(level.safety)}</td>
              <td className={classes(CELL, minor)}>{units(level.incoming)}</td>
              <td className={classes(CELL, "pr-16 font-semibold", row.available === 0 && "text-danger-text")}>
                {integer(row.available)}
                {row.over_promised > 0 && (
                  <span className="ml-6 font-normal text-danger-text">
                    {m.stock_over_promised({ units: integer(row.over_promised) })}
                  </span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

import { useId } from "react";
import type { OrderLine } from "@/api/types";
import { classes } from "@/lib/classes";
import { m } from "@/paraglide/messages.js";

interface Properties {
  readonly line: OrderLine;
  readonly lot: string;
  readonly changed: boolean;
  readonly wrong: string | undefined;
  readonly onLot: (lot: string) => void;
}

/** The lot a line shall come from; empty for any. */
export function LotField({ line, lot, changed, wrong, onLot }: Properties) {
  const error = useId();
  return (
    <span className="mt-4 flex flex-col gap-2">
      <input
        type="text"
        name={`lines.${line.id}.requested_lot`}
        aria-label={m.order_field_lot({ sku: line.sku })}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong === undefined ? undefined : error}
        autoComplete="off"
        maxLength={100}
        placeholder={m.order_lot_any()}
        value={lot}
        onChange={(event) => onLot(event.target.value)}
        className={classes(
          "h-24 w-160 rounded-4 border bg-surface px-6 text-xs placeholder:text-fg-3 focus-visible:border-accent",
          wrong !== undefined
            ? "border-danger-mark"
            : changed
              ? "border-changed-mark text-changed-text"
              : "border-border",
        )}
      />
      {wrong !== undefined && (
        <span id={error} className="text-xs text-danger-text">
          {wrong}
        </span>
      )}
    </span>
  );
}

import { Minus, Plus } from "lucide-react";
import { useId } from "react";
import type { OrderLine } from "@/api/types";
import { IconButton } from "@/components/Button";
import { classes } from "@/lib/classes";
import { m } from "@/paraglide/messages.js";

/** The most units of one line that can be written down. */
const MOST = 4_294_967_295;

interface Properties {
  readonly line: OrderLine;
  /** Units wanted before the draft. */
  readonly was: number;
  /** Fewer than these are beyond reach. */
  readonly least: number;
  readonly quantity: number;
  readonly wrong: string | undefined;
  readonly onQuantity: (quantity: number) => void;
}

/** Units wanted of a line: fewer, or more. */
export function Stepper({ line, was, least, quantity, wrong, onQuantity }: Properties) {
  const error = useId();
  return (
    <span className="inline-flex flex-col items-end gap-2">
      <span className="inline-flex items-center gap-2">
        <IconButton
          icon={Minus}
          label={m.order_line_fewer({ sku: line.sku })}
          disabled={quantity <= least}
          onClick={() => onQuantity(quantity - 1)}
        />
        <input
          type="text"
          inputMode="numeric"
          name={`lines.${line.id}.wanted`}
          aria-label={m.order_line_quantity({ sku: line.sku })}
          aria-invalid={wrong !== undefined}
          aria-describedby={wrong === undefined ? undefined : error}
          value={String(quantity)}
          onChange={(event) => {
            const typed = Number(event.target.value.replaceAll(/\D/g, ""));
            onQuantity(Math.min(MOST, typed));
          }}
          className={classes(
            "h-28 w-56 rounded-4 border bg-surface text-center text-sm focus-visible:border-accent",
            wrong !== undefined
              ? "border-danger-mark"
              : quantity === was
                ? "border-border"
                : "border-changed-mark text-changed-text",
          )}
        />
        <IconButton icon={Plus} label={m.order_line_more({ sku: line.sku })} onClick={() => onQuantity(quantity + 1)} />
      </span>
      {wrong !== undefined && (
        <span id={error} className="max-w-208 text-xs text-danger-text">
          {wrong}
        </span>
      )}
    </span>
  );
}

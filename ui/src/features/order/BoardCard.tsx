import { ArrowRightLeft } from "lucide-react";
import type { DragEvent, KeyboardEvent } from "react";
import type { OrderDetail } from "@/api/types";
import { Chip } from "@/components/Chip";
import type { Names } from "@/features/orders/names";
import { classes } from "@/lib/classes";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import type { Card } from "./board";
import { FULFILLMENT_STATES } from "./states";

interface Properties {
  readonly card: Card;
  readonly detail: OrderDetail;
  readonly names: Names;
  readonly describedBy: string;
  readonly tabbable: boolean;
  /** It is being moved by keyboard. */
  readonly aiming: boolean;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onDragStart: (event: DragEvent) => void;
}

/** One part of an order on the board. */
export function BoardCard(properties: Properties) {
  const { card, detail, names, describedBy, tabbable, aiming, onFocus, onBlur, onKeyDown, onDragStart } = properties;
  const { part, movedFrom, movable } = card;
  const look = FULFILLMENT_STATES[part.state];
  const sku = (line: string) => detail.order.lines.find((known) => known.id === line)?.sku ?? line;
  return (
    <li>
      {/* A button, so that it has a name and takes the keyboard; Enter without a target does nothing. */}
      <button
        type="button"
        data-part={part.id}
        draggable={movable}
        tabIndex={tabbable ? 0 : -1}
        aria-describedby={describedBy}
        aria-disabled={!movable}
        onFocus={onFocus}
        onBlur={onBlur}
        onKeyDown={onKeyDown}
        onDragStart={onDragStart}
        className={classes(
          "flex w-full flex-col gap-4 rounded-4 border bg-surface px-8 py-6 text-left text-xs",
          movable ? "cursor-grab" : "cursor-default",
          aiming ? "border-accent" : movedFrom === undefined ? "border-border" : "border-dashed border-changed-mark",
        )}
      >
        <span className="flex items-center gap-6">
          <span className="min-w-0 flex-1 truncate font-mono text-2xs text-fg-2">{part.reference}</span>
          <Chip family={look.family} icon={look.icon}>
            {look.label()}
          </Chip>
        </span>
        {part.lines.map((line) => (
          <span key={line.line} className="text-sm">
            {integer(line.quantity)} × {sku(line.line)}
          </span>
        ))}
        {movedFrom !== undefined && (
          <span className="flex items-center gap-4 text-changed-text">
            <ArrowRightLeft aria-hidden size={12} />
            {m.order_board_moved({ warehouse: names.warehouse(movedFrom) })}
          </span>
        )}
      </button>
    </li>
  );
}

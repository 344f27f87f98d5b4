import { Check, X } from "lucide-react";
import { type DragEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import type { OrderDetail } from "@/api/types";
import type { Names } from "@/features/orders/names";
import { classes } from "@/lib/classes";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { BoardCard } from "./BoardCard";
import { type Card, type Column, columnsOf, looseUnits, neighbour } from "./board";
import type { Move } from "./draft";
import { type PlanNames, whyNot } from "./planWords";
import { Section } from "./Section";

/** What is dragged: nothing that means anything outside this board. */
const DRAGGED = "application/x-switchyard-part";

interface Properties {
  readonly detail: OrderDetail;
  readonly names: Names;
  readonly moves: readonly Move[];
  /** Shows what a move would come to. */
  readonly onMove: (move: Move) => void;
}

/** A part that is being moved by keyboard, and where it would go. */
interface Aim {
  readonly fulfillment: string;
  readonly to: string;
}

/** Why the router uses a warehouse or not, and what it has on the shelf. */
function Head({ column, names, words }: { column: Column; names: Names; words: PlanNames }) {
  const { explained, shelves } = column;
  return (
    <header className="flex flex-col gap-4 border-b border-border px-10 py-8">
      <h3 className="flex items-start gap-6 text-sm font-semibold">
        {explained?.used === true ? (
          <Check aria-hidden size={16} className="mt-2 shrink-0 text-success-text" />
        ) : (
          <X aria-hidden size={16} className="mt-2 shrink-0 text-fg-3" />
        )}
        <span className="min-w-0 break-words">{names.warehouse(column.warehouse)}</span>
      </h3>
      <p className="text-xs text-fg-2">
        {explained === undefined
          ? m.order_board_unknown()
          : explained.used
            ? m.order_board_used()
            : whyNot(explained, words)}
      </p>
      <ul aria-label={m.order_board_stock()} className="flex flex-wrap gap-x-8 gap-y-2 text-2xs">
        {shelves.map((shelf) => (
          <li
            key={shelf.sku}
            title={m.order_board_stock_of({
              sku: shelf.sku,
              available: integer(shelf.available),
              wanted: integer(shelf.wanted),
            })}
            className={shelf.available >= shelf.wanted ? "text-fg-2" : "text-attention-text"}
          >
            <span className="font-mono">{shelf.sku}</span> {integer(shelf.available)}
          </li>
        ))}
      </ul>
    </header>
  );
}

/**
 * Where the units of the order are and could be: a column for each warehouse, a card for each part. A part is taken
 * elsewhere with the arrow keys and Enter, or by dragging; what that would come to is shown before anything is done.
 */
export function Board({ detail, names, moves, onMove }: Properties) {
  const help = useId();
  const root = useRef<HTMLDivElement>(null);
  const [aim, setAim] = useState<Aim | undefined>(undefined);
  const [focused, setFocused] = useState<string | undefined>(undefined);
  const [over, setOver] = useState<string | undefined>(undefined);
  const columns = columnsOf(detail, moves);
  const cards = columns.flatMap((column) => column.cards.map((card) => ({ card, place: column.warehouse })));
  const loose = looseUnits(detail);
  if (columns.length === 0) return null;
  const words: PlanNames = {
    sku: (line) => detail.order.lines.find((known) => known.id === line)?.sku ?? line,
    warehouse: names.warehouse,
    currency: detail.order.currency,
  };
  const first = cards.some(({ card }) => card.part.id === focused) ? focused : cards[0]?.card.part.id;
  const moveTo = (card: Card, to: string) => {
    setAim(undefined);
    const place =
      card.movedFrom === undefined ? card.part.warehouse : moves.find((move) => move.fulfillment === card.part.id)?.to;
    if (card.movable && to !== place) onMove({ fulfillment: card.part.id, from: card.part.warehouse, to });
  };
  const focusCard = (id: string | undefined) => {
    if (id !== undefined) root.current?.querySelector<HTMLElement>(`[data-part="${id}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, card: Card, place: string) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const number = cards.findIndex((known) => known.card.part.id === card.part.id);
    const target = aim?.fulfillment === card.part.id ? aim.to : place;
    const aimAt = (to: string) => setAim(to === place ? undefined : { fulfillment: card.part.id, to });
    switch (event.key) {
      case "ArrowDown":
        focusCard(cards[number + 1]?.card.part.id);
        break;
      case "ArrowUp":
        focusCard(cards[number - 1]?.card.part.id);
        break;
      case "ArrowRight":
        if (card.movable) aimAt(neighbour(columns, target, 1));
        break;
      case "ArrowLeft":
        if (card.movable) aimAt(neighbour(columns, target, -1));
        break;
      case "Enter":
        if (aim === undefined) return;
        moveTo(card, target);
        break;
      case "Escape":
        if (aim === undefined) return;
        setAim(undefined);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const onDrop = (event: DragEvent, to: string) => {
    event.preventDefault();
    setOver(undefined);
    const id = event.dataTransfer.getData(DRAGGED);
    const found = cards.find(({ card }) => card.part.id === id);
    if (found !== undefined) moveTo(found.card, to);
  };
  const aimed = columns.find((column) => column.warehouse === aim?.to);
  const told =
    aimed === undefined
      ? ""
      : [
          m.order_board_target({ warehouse: names.warehouse(aimed.warehouse) }),
          aimed.explained === undefined || aimed.explained.used ? "" : whyNot(aimed.explained, words),
        ]
          .filter((part) => part !== "")
          .join(". ");
  return (
    <Section title={m.order_board_title()}>
      <div ref={root} className="flex flex-col gap-8 px-16 py-12">
        <p id={help} className="text-xs text-fg-2">
          {m.order_board_help()}
        </p>
        {loose.length > 0 && (
          <p className="text-sm text-attention-text">
            {m.order_board_loose({ units: loose.map(({ sku, units }) => `${integer(units)} × ${sku}`).join(", ") })}
          </p>
        )}
        <div className="flex gap-8 overflow-x-auto pb-4" data-board="">
          {columns.map((column) => {
            const target = aim?.to === column.warehouse || over === column.warehouse;
            return (
              // biome-ignore lint/a11y/noStaticElementInteractions: a target for dragging; the keyboard works on the cards.
              <div
                key={column.warehouse}
                data-warehouse={column.warehouse}
                onDragOver={(event) => {
                  if (!event.dataTransfer.types.includes(DRAGGED)) return;
                  event.preventDefault();
                  setOver(column.warehouse);
                }}
                onDragLeave={() => setOver(undefined)}
                onDrop={(event) => onDrop(event, column.warehouse)}
                className={classes(
                  "flex min-w-240 flex-1 flex-col rounded-6 border bg-bg",
                  target ? "border-accent bg-surface-3" : "border-border",
                )}
              >
                <Head column={column} names={names} words={words} />
                <ul className="flex min-h-48 flex-col gap-6 p-6">
                  {column.cards.map((card) => (
                    <BoardCard
                      key={card.part.id}
                      card={card}
                      detail={detail}
                      names={names}
                      describedBy={help}
                      tabbable={card.part.id === first}
                      aiming={aim?.fulfillment === card.part.id}
                      onFocus={() => setFocused(card.part.id)}
                      onBlur={() => setAim(undefined)}
                      onKeyDown={(event) => onKeyDown(event, card, column.warehouse)}
                      onDragStart={(event) => {
                        event.dataTransfer.setData(DRAGGED, card.part.id);
                        event.dataTransfer.effectAllowed = "move";
                      }}
                    />
                  ))}
                </ul>
              </div>
            );
          })}
        </div>
        <p role="status" className={classes("text-xs", told === "" ? "sr-only" : "text-fg")}>
          {told}
        </p>
      </div>
    </Section>
  );
}

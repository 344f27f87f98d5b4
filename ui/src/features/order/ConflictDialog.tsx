import { useState } from "react";
import type { Order } from "@/api/types";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { m } from "@/paraglide/messages.js";
import { shownValue } from "./DifferenceTable";
import type { Conflict } from "./draft";
import { fieldText } from "./words";

interface Properties {
  readonly order: Order;
  readonly conflicts: readonly Conflict[];
  /** Fields in which the other side's value is kept. */
  readonly onResolve: (giveUp: ReadonlySet<string>) => void;
  readonly onClose: () => void;
}

/** Somebody else changed the same field: what it was, what they made of it, what the person wants. One choice per field. */
export function ConflictDialog({ order, conflicts, onResolve, onClose }: Properties) {
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const choose = (field: string, keepTheirs: boolean) => {
    const next = new Set(theirs);
    if (keepTheirs) next.add(field);
    else next.delete(field);
    setTheirs(next);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="large"
      title={m.order_conflict_title({ number: order.number })}
      description={m.order_conflict_description()}
      actions={
        <>
          <Button onClick={onClose}>{m.order_conflict_later()}</Button>
          <Button variant="primary" onClick={() => onResolve(theirs)}>
            {m.order_conflict_apply()}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-16">
        {conflicts.map((conflict) => {
          const name = fieldText(conflict.field, order.lines);
          return (
            <fieldset key={conflict.field} className="rounded-6 border border-border">
              <legend className="ml-12 px-4 text-sm font-medium">{name}</legend>
              <div className="grid grid-cols-3 divide-x divide-border text-sm">
                <div className="p-12">
                  <p className="text-xs text-fg-2">{m.order_conflict_base()}</p>
                  <p className="mt-4 break-words">{shownValue(conflict.base)}</p>
                </div>
                {([true, false] as const).map((keepTheirs) => (
                  <label key={String(keepTheirs)} className="flex flex-col gap-4 p-12 has-checked:bg-surface-3">
                    <span className="flex items-center gap-8 text-xs text-fg-2">
                      <input
                        type="radio"
                        name={conflict.field}
                        checked={theirs.has(conflict.field) === keepTheirs}
                        onChange={() => choose(conflict.field, keepTheirs)}
                      />
                      {keepTheirs ? m.order_conflict_theirs() : m.order_conflict_yours()}
                    </span>
                    <span className="break-words font-medium">
                      {shownValue(keepTheirs ? conflict.theirs : conflict.yours)}
                    </span>
                  </label>
                ))}
              </div>
            </fieldset>
          );
        })}
      </div>
    </Dialog>
  );
}

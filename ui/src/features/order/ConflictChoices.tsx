import type { Order } from "@/api/types";
import type { Names } from "@/features/orders/names";
import { m } from "@/paraglide/messages.js";
import { shownValue } from "./DifferenceTable";
import { type Conflict, readable } from "./draft";
import { fieldText } from "./words";

interface Properties {
  readonly order: Order;
  readonly names: Names;
  readonly conflicts: readonly Conflict[];
  /** Fields in which the other side's value is kept. */
  readonly theirs: ReadonlySet<string>;
  readonly onTheirs: (theirs: ReadonlySet<string>) => void;
}

/** Somebody else changed the same field: what it was, what they made of it, what the person wants. One choice per field. */
export function ConflictChoices({ order, names, conflicts, theirs, onTheirs }: Properties) {
  const choose = (field: string, keepTheirs: boolean) => {
    const next = new Set(theirs);
    if (keepTheirs) next.add(field);
    else next.delete(field);
    onTheirs(next);
  };
  const shown = ({ field }: Conflict, value: Conflict["base"]) =>
    shownValue(readable(field, value, order.currency), field, names);
  return conflicts.map((conflict) => (
    <fieldset key={conflict.field} className="rounded-6 border border-border">
      <legend className="ml-12 px-4 text-sm font-medium">{fieldText(conflict.field, order.lines)}</legend>
      <div className="grid grid-cols-3 divide-x divide-border text-sm">
        <div className="p-12">
          <p className="text-xs text-fg-2">{m.order_conflict_base()}</p>
          <p className="mt-4 break-words">{shown(conflict, conflict.base)}</p>
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
              {shown(conflict, keepTheirs ? conflict.theirs : conflict.yours)}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  ));
}

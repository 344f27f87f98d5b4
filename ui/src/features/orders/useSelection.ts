import { useCallback, useRef, useState } from "react";
import type { OrderSummary } from "@/api/types";
import { useToaster } from "@/components/Toast";
import type { RowWindows } from "@/grid/windows";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";

/** More at once cannot be watched while they are done one by one. */
export const MOST_SELECTED = 500;

type Rows = ReadonlyMap<string, OrderSummary>;
const NONE: Rows = new Map();

export interface Selection {
  readonly rows: Rows;
  readonly ids: ReadonlySet<string>;
  readonly toggle: (row: OrderSummary) => void;
  /** Everything between two ranks joins what was selected before the range was begun. */
  readonly extend: (from: number, to: number) => void;
  /** Every order of the list, up to the most that can be selected. */
  readonly all: () => void;
  readonly keep: (ids: ReadonlySet<string>) => void;
  readonly clear: () => void;
}

/** The selected orders of a list, by id: they stay selected when the list moves under them. */
export function useSelection(windows: RowWindows<OrderSummary>): Selection {
  const toaster = useToaster();
  const [selected, setSelected] = useState<{ rows: Rows; ids: ReadonlySet<string> }>({ rows: NONE, ids: new Set() });
  /** What was selected when the current range was begun. */
  const base = useRef<Rows>(NONE);
  const reading = useRef<AbortController | undefined>(undefined);

  const take = useCallback((rows: Rows) => setSelected({ rows, ids: new Set(rows.keys()) }), []);
  const settle = (rows: Rows) => {
    reading.current?.abort();
    base.current = rows;
    take(rows);
  };
  const range = async (before: Rows, first: number, end: number) => {
    reading.current?.abort();
    const control = new AbortController();
    reading.current = control;
    const add = (rows: readonly OrderSummary[]) => {
      const next = new Map(before);
      for (const row of rows) if (next.size < MOST_SELECTED) next.set(row.id, row);
      take(next);
    };
    const limited = Math.min(end, first + MOST_SELECTED);
    try {
      if (windows.has(first, limited)) {
        // At once: what is on the screen must not wait for a promise.
        add(
          Array.from({ length: limited - first }, (_, index) => windows.at(first + index)).filter(
            (row) => row !== undefined,
          ),
        );
      } else {
        const rows = await windows.range(first, limited, control.signal);
        if (control.signal.aborted) return;
        add(rows);
      }
      if (limited < end) toaster.done(m.orders_select_most({ count: integer(MOST_SELECTED) }));
    } catch (fault) {
      if (!control.signal.aborted) toaster.failed(fault);
    }
  };

  return {
    ...selected,
    toggle: (row) => {
      const next = new Map(selected.rows);
      if (!next.delete(row.id) && next.size < MOST_SELECTED) next.set(row.id, row);
      settle(next);
    },
    extend: (from, to) => void range(base.current, Math.min(from, to), Math.max(from, to) + 1),
    all: () => void range(NONE, 0, windows.length?.rows ?? 0),
    keep: (ids) => settle(new Map([...selected.rows].filter(([id]) => ids.has(id)))),
    clear: () => settle(NONE),
  };
}

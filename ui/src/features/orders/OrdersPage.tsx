import { getRouteApi, Link } from "@tanstack/react-router";
import { Inbox, RefreshCw } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useActions } from "@/actions/useActions";
import { ApiError } from "@/api/problem";
import type { OrderSummary } from "@/api/types";
import { Button } from "@/components/Button";
import { EmptyState } from "@/components/EmptyState";
import { KeyCap } from "@/components/KeyCap";
import { ErrorBanner } from "@/components/Problem";
import { useToaster } from "@/components/Toast";
import { BatchDialog } from "@/features/batch/BatchDialog";
import type { Verb } from "@/features/batch/verbs";
import { CountdownAnnouncer } from "@/features/order/CountdownAnnouncer";
import { PageBar } from "@/frame/PageBar";
import { parseSort, sortText, tabSeparated } from "@/grid/column";
import { Grid, type GridHandle } from "@/grid/Grid";
import { classes } from "@/lib/classes";
import { integer } from "@/lib/number";
import { parseQuery } from "@/lib/query";
import { m } from "@/paraglide/messages.js";
import { orderColumns } from "./columns";
import { useNames } from "./names";
import { OrderPeek } from "./OrderPeek";
import { QueryBar, type QueryBarHandle } from "./QueryBar";
import { QueryChips } from "./QueryChips";
import { SelectionBar } from "./SelectionBar";
import type { OrdersSearch } from "./search";
import { useOrderList } from "./useOrderList";
import { useSelection } from "./useSelection";
import { DEFAULT_SORT, VIEWS } from "./views";

const route = getRouteApi("/framed/orders");
const ROW_PX = 32;
/** From the last key to the first request. */
const TYPING_MS = 80;

const rowId = (row: OrderSummary) => row.id;
const tone = (row: OrderSummary) => (row.stage === "cancelled" ? "quiet" : undefined);

/** What the server found wrong with the query text. */
function refusals(fault: unknown): string[] {
  return fault instanceof ApiError && fault.problem.code === "SY-0007"
    ? fault.problem.fields.map((field) => field.detail)
    : [];
}

/** Number of orders that match, as far as it is known. */
function countText(length: { rows: number; open: boolean } | undefined): string {
  if (length === undefined) return "";
  return length.open
    ? m.orders_count_open({ count: integer(length.rows) })
    : m.orders_count({ count: integer(length.rows), rows: length.rows });
}

export function OrdersPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const toaster = useToaster();
  const names = useNames();
  const grid = useRef<GridHandle>(null);
  const bar = useRef<QueryBarHandle>(null);
  const [focused, setFocused] = useState(false);
  const [focusRow, setFocusRow] = useState<OrderSummary | undefined>(undefined);
  const [batch, setBatch] = useState<{ verb: Verb; members: readonly OrderSummary[] } | undefined>(undefined);

  const q = search.q ?? "";
  const sort = parseSort(search.sort ?? VIEWS.find((view) => view.q === q)?.sort ?? DEFAULT_SORT);
  const selecting = useRef(false);
  const calm = () => !focused && !selecting.current && search.peek === undefined && grid.current?.atTop() === true;
  const list = useOrderList(q, sortText(sort), calm);
  const selection = useSelection(list.windows);
  const selected = selection.rows;
  selecting.current = selected.size > 0;
  const columns = useMemo(() => orderColumns(names), [names]);
  const known = useMemo(() => ({ shop: names.shops, warehouse: names.warehouses }), [names]);

  // The text being typed; the address follows once it can be understood.
  const [text, setText] = useState(q);
  const written = useRef(q);
  if (written.current !== q) {
    written.current = q;
    if (text.trim() !== q) setText(q);
  }
  const to = useCallback(
    (change: Partial<OrdersSearch>) => {
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
    },
    [navigate],
  );
  useEffect(() => {
    const next = text.trim();
    if (next === written.current || parseQuery(next).faults.length > 0) return;
    const timer = setTimeout(() => {
      written.current = next;
      to({ q: next === "" ? undefined : next });
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, to]);

  const open = (row: OrderSummary) => void navigate({ to: "/orders/$id", params: { id: row.id } });
  const peek = (row: OrderSummary) => to({ peek: search.peek === undefined ? row.id : undefined });
  const letGo = () => {
    if (search.peek !== undefined) to({ peek: undefined });
    else selection.clear();
  };
  const onFocusRow = useCallback(
    (row: OrderSummary | undefined) => {
      setFocusRow(row);
      // The panel follows the keyboard.
      if (row !== undefined && search.peek !== undefined && focused && search.peek !== row.id) to({ peek: row.id });
    },
    [search.peek, focused, to],
  );
  const refresh = () => {
    list.refresh();
    grid.current?.toTop();
  };
  const copy = async (rows: readonly OrderSummary[], whole: boolean) => {
    if (rows.length === 0) return;
    const content = whole ? tabSeparated(columns, rows) : rows.map((row) => row.number).join("\n");
    try {
      await navigator.clipboard.writeText(content);
      toaster.done(m.orders_copied({ count: integer(rows.length), rows: rows.length }));
    } catch (fault) {
      toaster.failed(fault);
    }
  };
  const chosen = () => (selected.size > 0 ? [...selected.values()] : focusRow === undefined ? [] : [focusRow]);

  const length = list.windows.length;
  /** A verb for the selected orders, or for the one under the keyboard. */
  const verb = (name: Verb) => (chosen().length === 0 ? undefined : () => setBatch({ verb: name, members: chosen() }));

  useActions({
    "orders.search": () => bar.current?.focus(),
    "orders.next": () => grid.current?.move(1),
    "orders.previous": () => grid.current?.move(-1),
    "orders.refresh": refresh,
    "orders.select": focusRow === undefined ? undefined : () => grid.current?.toggle(),
    "orders.extend_down": () => grid.current?.move(1, true),
    "orders.extend_up": () => grid.current?.move(-1, true),
    "orders.all": length === undefined || length.rows === 0 ? undefined : selection.all,
    "orders.clear": selected.size === 0 ? undefined : selection.clear,
    "orders.hold": verb("hold"),
    "orders.lift": verb("lift"),
    "orders.release": verb("release"),
    "orders.cancel": verb("cancel"),
    "orders.copy": chosen().length === 0 ? undefined : () => void copy(chosen(), false),
  });

  const refused = refusals(list.fault);
  const failed = list.fault !== undefined && refused.length === 0;
  const empty = length !== undefined && length.rows === 0;
  const overlay = failed ? (
    <div className="m-24 w-560">
      <ErrorBanner error={list.fault} actions={<Button onClick={list.retry}>{m.try_again()}</Button>} />
    </div>
  ) : empty ? (
    <EmptyState
      icon={Inbox}
      title={q === "" ? m.orders_empty_all() : m.orders_empty_query({ query: q })}
      action={q === "" ? undefined : <Button onClick={() => setText("")}>{m.orders_empty_remove()}</Button>}
    />
  ) : null;

  return (
    <div className="flex h-full flex-col">
      <PageBar title={m.nav_orders()}>
        <QueryBar
          ref={bar}
          text={text}
          onText={setText}
          onDone={() => grid.current?.focus()}
          known={known}
          refused={refused}
        />
      </PageBar>
      <div className="flex shrink-0 items-end gap-12 border-b border-border bg-surface px-12">
        <nav aria-label={m.orders_views_label()} className="flex min-w-0 items-end gap-4 overflow-x-auto">
          {VIEWS.map((view) => (
            <Link
              key={view.id}
              to="/orders"
              search={{
                ...(view.q === "" ? {} : { q: view.q }),
                ...(view.sort === undefined ? {} : { sort: view.sort }),
              }}
              preload={false}
              aria-current={view.q === q ? "page" : undefined}
              activeProps={{}}
              className={classes(
                "flex h-36 items-center border-b-2 px-8 text-sm font-medium whitespace-nowrap focus-visible:-outline-offset-2",
                view.q === q ? "border-accent text-fg" : "border-transparent text-fg-2 hover:text-fg",
              )}
            >
              {view.label()}
            </Link>
          ))}
        </nav>
        <div className="ml-auto flex h-36 shrink-0 items-center gap-12">
          {list.changes > 0 && (
            <button
              type="button"
              onClick={refresh}
              className="flex h-24 items-center gap-6 rounded-pill bg-changed-tint px-8 text-xs font-medium text-changed-text"
            >
              <RefreshCw aria-hidden size={12} strokeWidth={2} />
              {m.orders_changes({ count: integer(list.changes), rows: list.changes })}
              <KeyCap binding="r" />
            </button>
          )}
          <output aria-live="polite" className="text-xs text-fg-2">
            {countText(length)}
          </output>
        </div>
      </div>
      {text.trim() !== "" && (
        <div className="flex min-h-36 shrink-0 items-center gap-12 border-b border-border bg-surface px-12 py-4">
          <QueryChips text={text} onText={setText} onEdit={(span) => bar.current?.select(span)} />
        </div>
      )}
      {selected.size > 0 && (
        <SelectionBar count={selected.size} onCopy={() => void copy([...selected.values()], true)} />
      )}
      <div className="flex min-h-0 flex-1">
        <Grid
          ref={grid}
          windows={list.windows}
          columns={columns}
          rowHeight={ROW_PX}
          rowId={rowId}
          sort={sort}
          onSort={(next) => to({ sort: sortText(next) })}
          selected={selection.ids}
          onToggle={selection.toggle}
          onExtend={selection.extend}
          onOpen={open}
          onPeek={peek}
          onEscape={letGo}
          onFocusRow={onFocusRow}
          onFocusChange={setFocused}
          onRange={list.onRange}
          moved={list.moved}
          tone={tone}
          texts={{
            label: m.nav_orders(),
            scrollbar: m.orders_scrollbar(),
            position: (rank) => m.orders_position({ rank: integer(rank + 1), total: integer(length?.rows ?? 0) }),
            moved: m.orders_moved(),
          }}
        >
          {overlay}
        </Grid>
        {search.peek !== undefined && (
          <OrderPeek id={search.peek} names={names} onClose={() => to({ peek: undefined })} />
        )}
      </div>
      {batch !== undefined && (
        <BatchDialog
          verb={batch.verb}
          members={batch.members}
          onClose={(left) => {
            setBatch(undefined);
            selection.keep(new Set(left.map((member) => member.id)));
            grid.current?.focus();
          }}
        />
      )}
      <CountdownAnnouncer order={focused ? focusRow : undefined} />
    </div>
  );
}

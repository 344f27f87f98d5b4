import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Undo2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { actionById, useActions } from "@/actions/useActions";
import { returnsQuery } from "@/api/queries";
import type { ReturnRow, ReturnState } from "@/api/types";
import { Button } from "@/components/Button";
import { Chip } from "@/components/Chip";
import { EmptyState } from "@/components/EmptyState";
import { KeyHint } from "@/components/KeyCap";
import { ReadError, useFailure } from "@/components/ReadError";
import { Skeleton } from "@/components/Skeleton";
import { Waiting } from "@/features/order/Matters";
import { type Names, useNames } from "@/features/orders/names";
import { PageBar } from "@/frame/PageBar";
import { classes } from "@/lib/classes";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { firstUndecided, isExpected } from "./open";
import { ReturnCard } from "./ReturnCard";
import type { ReturnVerb } from "./ReturnDialog";
import { RETURN_VIEWS, type ReturnView, returnsSearch, VIEW_STATES } from "./search";
import { RETURN_STATES } from "./words";

const route = getRouteApi("/framed/returns");

const VIEW_TEXT: Readonly<Record<ReturnView, () => string>> = {
  open: m.returns_view_open,
  announced: m.returns_view_announced,
  received: m.returns_view_received,
  inspected: m.returns_view_inspected,
  closed: m.returns_view_closed,
  given_up: m.returns_view_given_up,
  all: m.returns_view_all,
};

interface ViewProperties {
  readonly view: ReturnView;
  readonly counts: ReadonlyMap<ReturnState, number>;
}

/** Which returns are listed, with how many there are of each. */
function Views({ view, counts }: ViewProperties) {
  const count = (of: ReturnView) => {
    const states = VIEW_STATES[of].length === 0 ? [...counts.keys()] : VIEW_STATES[of];
    return states.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
  };
  return (
    <nav aria-label={m.returns_views()} className="flex flex-wrap gap-4">
      {RETURN_VIEWS.map((one) => (
        <Link
          key={one}
          to="/returns"
          search={one === "open" ? {} : { view: one }}
          aria-current={one === view ? "page" : undefined}
          className={classes(
            "flex h-28 items-center gap-6 rounded-4 px-8 text-xs font-medium",
            one === view ? "bg-surface-3 text-fg" : "text-fg-2 hover:bg-surface-2 hover:text-fg",
          )}
        >
          {/* The space is for whoever hears it. */}
          {VIEW_TEXT[one]()} <span className="text-fg-2">{integer(count(one))}</span>
        </Link>
      ))}
    </nav>
  );
}

interface RowProperties {
  readonly row: ReturnRow;
  readonly names: Names;
  readonly active: boolean;
  readonly onActive: () => void;
  readonly refer: (element: HTMLButtonElement | null) => void;
}

function Row({ row, names, active, onActive, refer }: RowProperties) {
  const goods = row.return;
  const look = RETURN_STATES[goods.state];
  const units = goods.items.reduce((sum, item) => sum + Math.max(item.announced, item.received), 0);
  return (
    <li className="border-b border-border last:border-b-0">
      <button
        ref={refer}
        type="button"
        aria-current={active ? "true" : undefined}
        tabIndex={active ? 0 : -1}
        onClick={onActive}
        className={classes(
          "flex w-full flex-col gap-4 px-12 py-8 text-left text-sm -outline-offset-2",
          active ? "bg-surface-3" : "hover:bg-surface-2",
        )}
      >
        <span className="flex w-full items-center gap-8">
          <span className="min-w-0 flex-1 truncate font-mono">{goods.reference}</span>
          <span className="text-xs text-fg-2">
            <Waiting since={goods.received_at ?? goods.announced_at} />
          </span>
        </span>
        <span className="flex w-full items-center gap-8 text-xs whitespace-nowrap text-fg-2">
          <Chip family={look.family} icon={look.icon}>
            {look.label()}
          </Chip>
          <span>{row.order_number ?? m.returns_nobodys()}</span>
          <span>{m.returns_units({ count: integer(units), rows: units })}</span>
          {goods.warehouse !== null && goods.warehouse !== undefined && (
            <span className="min-w-0 truncate">{names.warehouse(goods.warehouse)}</span>
          )}
        </span>
      </button>
    </li>
  );
}

/** What comes back, by state: a list, and the return under the keyboard with both decisions. */
export function ReturnsPage() {
  // Of an address that nobody wrote, what makes no sense is still in there.
  const { view = "open", id } = returnsSearch({ ...route.useSearch() });
  const navigate = route.useNavigate();
  const names = useNames();
  const query = useInfiniteQuery(returnsQuery(VIEW_STATES[view]));
  const { data, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const error = useFailure(query);
  const [asked, setAsked] = useState<ReturnVerb | undefined>(undefined);
  const buttons = useRef(new Map<string, HTMLButtonElement>());

  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  const known = rows.findIndex((row) => row.return.id === id);
  const at = known === -1 ? 0 : known;
  const current = rows[at];
  const goods = current?.return;
  const counts = new Map(data?.pages[0]?.counts.map(({ state, count }) => [state, count]) ?? []);

  const show = (row: ReturnRow) => {
    setAsked(undefined);
    void navigate({ search: { ...(view === "open" ? {} : { view }), id: row.return.id }, replace: true });
  };
  const move = (step: 1 | -1) => () => {
    const next = rows[at + step];
    if (next === undefined) return;
    show(next);
    buttons.current.get(next.return.id)?.focus();
  };
  const first = useRef(true);
  const currentId = goods?.id;
  useEffect(() => {
    // The list is what this page is for: the keyboard starts in it.
    if (!first.current || currentId === undefined) return;
    first.current = false;
    if (document.activeElement === document.body) buttons.current.get(currentId)?.focus();
  }, [currentId]);

  const stock = goods === undefined ? undefined : firstUndecided(goods, "stock");
  const customer = goods === undefined ? undefined : firstUndecided(goods, "customer");
  const quiet = asked === undefined;
  const order = goods?.order;
  useActions({
    "returns.next": quiet && rows.length > 0 ? move(1) : undefined,
    "returns.previous": quiet && rows.length > 0 ? move(-1) : undefined,
    "returns.open_order":
      order === null || order === undefined
        ? undefined
        : () => void navigate({ to: "/orders/$id", params: { id: order }, search: {} }),
    "returns.receive":
      quiet && goods !== undefined && goods.state !== "closed" ? () => setAsked({ verb: "receive" }) : undefined,
    "returns.stock": quiet && stock !== undefined ? () => setAsked({ verb: "stock", item: stock }) : undefined,
    "returns.customer":
      quiet && customer !== undefined ? () => setAsked({ verb: "customer", item: customer }) : undefined,
    "returns.cancel":
      quiet && goods !== undefined && isExpected(goods) ? () => setAsked({ verb: "cancel" }) : undefined,
    "returns.refresh": () => void refetch(),
  });

  return (
    <>
      <PageBar title={m.nav_returns()} />
      <div className="mx-auto flex w-full max-w-1280 flex-col gap-16 p-24">
        <ReadError error={error} hasData={data !== undefined} busy={isFetching} onRetry={() => void refetch()} />
        <Views view={view} counts={counts} />
        {data === undefined && error === null && <Skeleton className="h-480" />}
        {data !== undefined && rows.length === 0 && (
          <EmptyState icon={Undo2} title={m.returns_empty()}>
            {m.returns_empty_text()}
          </EmptyState>
        )}
        {goods !== undefined && (
          <div className="grid grid-cols-1 items-start gap-16 lg:grid-cols-[360px_minmax(0,1fr)]">
            <div className="flex min-w-0 flex-col gap-8">
              <ul aria-label={m.nav_returns()} className="rounded-6 border border-border bg-surface">
                {rows.map((row) => (
                  <Row
                    key={row.return.id}
                    row={row}
                    names={names}
                    active={row.return.id === goods.id}
                    onActive={() => show(row)}
                    refer={(element) => {
                      if (element === null) buttons.current.delete(row.return.id);
                      else buttons.current.set(row.return.id, element);
                    }}
                  />
                ))}
              </ul>
              {hasNextPage && (
                <span>
                  <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                    {m.attention_more()}
                  </Button>
                </span>
              )}
            </div>
            <section aria-label={goods.reference} className="min-w-0 rounded-6 border border-border bg-surface">
              {order !== null && order !== undefined && (
                <p className="flex items-center gap-8 border-b border-border px-16 py-8 text-sm">
                  <Link to="/orders/$id" params={{ id: order }} search={{}} className="text-accent hover:underline">
                    {m.order_title_number({ number: current?.order_number ?? order })}
                  </Link>
                  <KeyHint binding={actionById("returns.open_order").keys[0] ?? ""} />
                </p>
              )}
              <ReturnCard
                key={goods.id}
                goods={goods}
                names={names}
                keyed
                asked={asked}
                onAsked={() => setAsked(undefined)}
              />
            </section>
          </div>
        )}
      </div>
    </>
  );
}

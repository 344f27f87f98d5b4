import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Boxes } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { actionById, useActions } from "@/actions/useActions";
import { connectionsQuery } from "@/api/queries";
import { stockKeys, stockLevelQuery, stockQuery } from "@/api/stock";
import type { StockRow } from "@/api/types";
import { Button } from "@/components/Button";
import { EmptyState } from "@/components/EmptyState";
import { CONTROL } from "@/components/Field";
import { KeyCap, KeyHint } from "@/components/KeyCap";
import { ReadError, useFailure } from "@/components/ReadError";
import { Select } from "@/components/Select";
import { Skeleton } from "@/components/Skeleton";
import { SwitchField } from "@/components/SwitchField";
import { useToaster } from "@/components/Toast";
import { useNames } from "@/features/orders/names";
import { PageBar } from "@/frame/PageBar";
import { classes } from "@/lib/classes";
import { m } from "@/paraglide/messages.js";
import { BundlesDialog } from "./BundlesDialog";
import { blockedUnits, type Verb } from "./effect";
import { StockDialog } from "./StockDialog";
import { StockPanel } from "./StockPanel";
import { StockTable } from "./StockTable";
import { placeOf, placeText, type StockSearch } from "./search";

const route = getRouteApi("/framed/stock");
const EVERYWHERE = "everywhere";
/** From the last key to the request. */
const TYPING_MS = 150;

/** Whether there is anything for a verb to do. */
const mayChange = (verb: Verb, row: StockRow): boolean =>
  verb === "unblock" ? blockedUnits(row.level) > 0 : verb === "earmark" ? row.shops.length > 0 : true;

/** What is where: levels of every warehouse, what each shop may sell, and how it came to be. */
export function StockPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const toaster = useToaster();
  const names = useNames();
  const { data: connections } = useQuery(connectionsQuery());
  const query = useInfiniteQuery(
    stockQuery({ sku: search.sku, warehouse: search.warehouse, exhausted: search.exhausted }),
  );
  const { data, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const error = useFailure(query);
  const [verb, setVerb] = useState<Verb | undefined>(undefined);
  const [bundles, setBundles] = useState(false);
  const [text, setText] = useState(search.sku ?? "");
  const field = useRef<HTMLInputElement>(null);
  const buttons = useRef(new Map<string, HTMLButtonElement>());

  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const place = placeOf(search.at);
  const { data: detail } = useQuery({
    ...stockLevelQuery(place ?? { warehouse: "", sku: "" }),
    enabled: place !== undefined,
  });
  const current = place === undefined ? undefined : detail?.level;

  const to = useCallback(
    (change: Partial<Record<keyof StockSearch, StockSearch[keyof StockSearch]>>) => {
      void navigate({ search: (before) => ({ ...before, ...change }) as StockSearch, replace: true });
    },
    [navigate],
  );
  const asked = search.sku ?? "";
  useEffect(() => {
    const next = text.trim();
    if (next === asked) return;
    const timer = setTimeout(() => to({ sku: next === "" ? undefined : next }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, asked, to]);

  const onButton = useCallback((key: string, button: HTMLButtonElement | null) => {
    if (button === null) buttons.current.delete(key);
    else buttons.current.set(key, button);
  }, []);
  const choose = (key: string | undefined) => {
    to({ at: key });
    if (key !== undefined) buttons.current.get(key)?.focus();
  };
  const move = (step: 1 | -1) => {
    const at = rows.findIndex((row) => placeText(row.level) === search.at);
    const next = rows[at === -1 ? 0 : at + step];
    if (next !== undefined) choose(placeText(next.level));
  };
  const close = () => {
    if (search.at !== undefined) buttons.current.get(search.at)?.focus();
    to({ at: undefined });
  };
  const free = verb === undefined && !bundles;
  const may = (wanted: Verb) =>
    free && current !== undefined && mayChange(wanted, current) ? () => setVerb(wanted) : undefined;
  useActions({
    "stock.search": () => field.current?.focus(),
    "stock.next": free && rows.length > 0 ? () => move(1) : undefined,
    "stock.previous": free && rows.length > 0 ? () => move(-1) : undefined,
    "stock.exhausted": () => to({ exhausted: search.exhausted ? undefined : true }),
    "stock.bundles": free ? () => setBundles(true) : undefined,
    "stock.refresh": () => void queries.invalidateQueries({ queryKey: stockKeys.all() }),
    "stock.close": free && search.at !== undefined ? close : undefined,
    "stock.keep_back": may("keep_back"),
    "stock.block": may("block"),
    "stock.unblock": may("unblock"),
    "stock.earmark": may("earmark"),
    "stock.correct": may("correct"),
  });

  const places = (connections?.items ?? []).flatMap((item) => item.warehouses);
  const warehouses = [
    { value: EVERYWHERE, label: m.stock_everywhere() },
    ...places.map((known) => ({ value: known.id, label: known.name })),
  ];
  const filtered = search.sku !== undefined || search.warehouse !== undefined || search.exhausted === true;
  return (
    <div className="flex h-full flex-col">
      <PageBar title={m.nav_stock()}>
        <input
          ref={field}
          type="search"
          aria-label={m.stock_action_search()}
          placeholder={m.stock_search_hint()}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" && event.key !== "Escape") return;
            event.preventDefault();
            event.currentTarget.blur();
          }}
          className={classes(CONTROL, "max-w-320")}
        />
        <KeyHint binding={actionById("stock.search").keys[0] ?? ""} />
      </PageBar>
      <div className="flex min-h-44 shrink-0 items-center gap-16 border-b border-border bg-surface px-16 py-6">
        <div className="w-240">
          <Select
            label={m.stock_column_warehouse()}
            value={search.warehouse ?? EVERYWHERE}
            onValueChange={(next) => to({ warehouse: next === EVERYWHERE ? undefined : next })}
            options={warehouses}
          />
        </div>
        <SwitchField
          label={m.stock_action_exhausted()}
          checked={search.exhausted === true}
          onCheckedChange={(checked) => to({ exhausted: checked ? true : undefined })}
        />
        <KeyHint binding={actionById("stock.exhausted").keys[0] ?? ""} />
        <span className="flex-1" />
        <Button size="small" onClick={() => setBundles(true)}>
          {m.stock_action_bundles()}
          <KeyCap binding="Shift+B" />
        </Button>
      </div>
      <div className="flex min-h-0 flex-1">
        {/* Scrolls, so the keyboard has to reach it. */}
        <section
          aria-label={m.nav_stock()}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is a tab stop
          tabIndex={0}
          className="min-w-0 flex-1 overflow-auto bg-surface focus-visible:-outline-offset-2"
        >
          <ReadError error={error} hasData={data !== undefined} busy={isFetching} onRetry={() => void refetch()} />
          {data === undefined && error === null && <Skeleton className="m-24 h-480" />}
          {data !== undefined && rows.length === 0 && (
            <EmptyState
              icon={Boxes}
              title={filtered ? m.stock_empty_filter() : m.stock_empty()}
              action={
                filtered ? (
                  <Button
                    onClick={() => {
                      setText("");
                      to({ sku: undefined, warehouse: undefined, exhausted: undefined });
                    }}
                  >
                    {m.stock_empty_remove()}
                  </Button>
                ) : undefined
              }
            />
          )}
          {rows.length > 0 && (
            <StockTable rows={rows} names={names} at={search.at} onButton={onButton} onChoose={choose} />
          )}
          {hasNextPage && (
            <div className="p-16">
              <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                {m.stock_more()}
              </Button>
            </div>
          )}
        </section>
        {place !== undefined && (
          <StockPanel place={place} names={names} mayChange={mayChange} onVerb={setVerb} onClose={close} />
        )}
      </div>
      {verb !== undefined && current !== undefined && (
        <StockDialog
          row={current}
          warehouse={names.warehouse(current.level.warehouse)}
          verb={verb}
          onDone={() => {
            setVerb(undefined);
            toaster.done(m.stock_done({ sku: current.level.sku }));
          }}
          onClose={() => setVerb(undefined)}
        />
      )}
      {bundles && (
        <BundlesDialog
          warehouses={places}
          onDone={(sku) => toaster.done(m.bundle_done({ sku }))}
          onClose={() => setBundles(false)}
        />
      )}
    </div>
  );
}

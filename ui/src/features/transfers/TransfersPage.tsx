import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeftRight, ArrowRight, Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { actionById, useActions } from "@/actions/useActions";
import { transferQuery, transfersQuery } from "@/api/queries";
import type { Transfer } from "@/api/types";
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
import { AnnounceDialog } from "./AnnounceDialog";
import { TRANSFER_VIEWS, type TransferView, transfersSearch, VIEW_STATES } from "./search";
import { type LineStep, lineFor, type Step, stepsOf, unexplained } from "./steps";
import { TransferCard } from "./TransferCard";
import { type Asked, TransferDialog } from "./TransferDialog";
import { fromText, TRANSFER_STATES } from "./words";

const route = getRouteApi("/framed/transfers");

const VIEW_TEXT: Readonly<Record<TransferView, () => string>> = {
  open: m.transfers_view_open,
  expected: m.transfers_view_expected,
  in_transit: m.transfers_view_in_transit,
  arrived: m.transfers_view_arrived,
  closed: m.transfers_view_closed,
  rejected: m.transfers_view_rejected,
  all: m.transfers_view_all,
};

/** Which transfers are listed. */
function Views({ view }: { view: TransferView }) {
  return (
    <nav aria-label={m.transfers_views()} className="flex flex-wrap gap-4">
      {TRANSFER_VIEWS.map((one) => (
        <Link
          key={one}
          to="/transfers"
          search={one === "open" ? {} : { view: one }}
          aria-current={one === view ? "page" : undefined}
          className={classes(
            "flex h-28 items-center rounded-4 px-8 text-xs font-medium",
            one === view ? "bg-surface-3 text-fg" : "text-fg-2 hover:bg-surface-2 hover:text-fg",
          )}
        >
          {VIEW_TEXT[one]()}
        </Link>
      ))}
    </nav>
  );
}

interface RowProperties {
  readonly transfer: Transfer;
  readonly names: Names;
  readonly active: boolean;
  /** The keyboard comes to the list here. */
  readonly stop: boolean;
  readonly onActive: () => void;
  readonly refer: (element: HTMLButtonElement | null) => void;
}

function Row({ transfer, names, active, stop, onActive, refer }: RowProperties) {
  const look = TRANSFER_STATES[transfer.state];
  const units = transfer.lines.reduce((sum, line) => sum + Math.max(line.announced, line.received), 0);
  return (
    <li className="border-b border-border last:border-b-0">
      <button
        ref={refer}
        type="button"
        aria-current={active ? "true" : undefined}
        tabIndex={stop ? 0 : -1}
        onClick={onActive}
        className={classes(
          "flex w-full flex-col gap-4 px-12 py-8 text-left text-sm -outline-offset-2",
          active ? "bg-surface-3" : "hover:bg-surface-2",
        )}
      >
        <span className="flex w-full items-center gap-8">
          <span className="min-w-0 flex-1 truncate font-mono">{transfer.reference}</span>
          <span className="text-xs text-fg-2">
            <Waiting since={transfer.created_at} />
          </span>
        </span>
        <span className="flex w-full items-center gap-8 text-xs whitespace-nowrap text-fg-2">
          <Chip family={look.family} icon={look.icon}>
            {look.label()}
          </Chip>
          <span>{m.returns_units({ count: integer(units), rows: units })}</span>
        </span>
        <span className="flex w-full items-center gap-4 text-xs text-fg-2">
          <span className="min-w-0 truncate">{fromText(transfer, names)}</span>
          <ArrowRight aria-label={m.transfers_leads_to()} size={12} strokeWidth={1.75} className="shrink-0" />
          <span className="min-w-0 truncate">{names.warehouse(transfer.to)}</span>
        </span>
      </button>
    </li>
  );
}

/** Goods on their way to a warehouse, by state: a list, and the transfer under the keyboard with what can be done. */
export function TransfersPage() {
  // Of an address that nobody wrote, what makes no sense is still in there.
  const { view = "open", id } = transfersSearch({ ...route.useSearch() });
  const navigate = route.useNavigate();
  const names = useNames();
  const query = useInfiniteQuery(transfersQuery(VIEW_STATES[view]));
  const { data, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const [announcing, setAnnouncing] = useState(false);
  const buttons = useRef(new Map<string, HTMLButtonElement>());

  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  const known = rows.findIndex((row) => row.id === id);
  // The address may name one that has left this view, or that is further down than anybody has read.
  const single = useQuery({ ...transferQuery(id ?? ""), enabled: id !== undefined && data !== undefined && known < 0 });
  const listError = useFailure(query);
  const singleError = useFailure(single, id ?? "");
  const error = listError ?? (known < 0 && id !== undefined ? singleError : null);
  const at = id === undefined ? 0 : known;
  const transfer = rows[at] ?? (id === undefined ? undefined : single.data);

  const search = (of: string | undefined) => ({
    ...(view === "open" ? {} : { view }),
    ...(of === undefined ? {} : { id: of }),
  });
  const show = (of: Transfer) => void navigate({ search: search(of.id), replace: true });
  const move = (step: 1 | -1) => () => {
    const next = rows[at + step];
    if (next === undefined) return;
    show(next);
    buttons.current.get(next.id)?.focus();
  };
  const first = useRef(true);
  const currentId = transfer?.id;
  useEffect(() => {
    // The list is what this page is for: the keyboard starts in it.
    if (!first.current || currentId === undefined) return;
    first.current = false;
    if (document.activeElement === document.body) buttons.current.get(currentId)?.focus();
  }, [currentId]);

  const ask = (of: Asked) => {
    // It stays on the screen when a step takes it out of this view.
    if (transfer !== undefined && id === undefined) show(transfer);
    setAsked(of);
  };
  const quiet = asked === undefined && !announcing;
  const step = (of: Step) => {
    const possible = quiet && transfer !== undefined && stepsOf(transfer).includes(of);
    return possible && (of !== "close" || unexplained(transfer).length === 0) ? () => ask({ step: of }) : undefined;
  };
  const lineStep = (of: LineStep) => {
    const line = quiet && transfer !== undefined ? lineFor(transfer, of) : undefined;
    return line === undefined ? undefined : () => ask({ step: of, line });
  };
  const announce = () => setAnnouncing(true);
  useActions({
    "transfers.next": quiet && rows.length > 0 ? move(1) : undefined,
    "transfers.previous": quiet && rows.length > 0 ? move(-1) : undefined,
    "transfers.refresh": () => void refetch(),
    "transfers.announce": quiet ? announce : undefined,
    "transfers.accept": step("accept"),
    "transfers.reject": step("reject"),
    "transfers.depart": step("depart"),
    "transfers.receive": lineStep("receive"),
    "transfers.put_away": lineStep("put_away"),
    "transfers.explain": lineStep("explain"),
    "transfers.end": step("end"),
    "transfers.close": step("close"),
  });

  return (
    <>
      <PageBar title={m.nav_transfers()} />
      <div className="mx-auto flex w-full max-w-1280 flex-col gap-16 p-24">
        <ReadError
          error={error}
          hasData={data !== undefined}
          busy={isFetching || single.isFetching}
          onRetry={() => void (listError === null ? single.refetch() : refetch())}
        />
        <div className="flex flex-wrap items-center justify-between gap-8">
          <Views view={view} />
          <Button icon={Plus} onClick={announce}>
            {m.transfers_announce()}
            <KeyHint binding={actionById("transfers.announce").keys[0] ?? ""} />
          </Button>
        </div>
        {data === undefined && listError === null && <Skeleton className="h-480" />}
        {data !== undefined && rows.length === 0 && transfer === undefined && (
          <EmptyState icon={ArrowLeftRight} title={m.transfers_empty()}>
            {m.transfers_empty_text()}
          </EmptyState>
        )}
        {(rows.length > 0 || transfer !== undefined) && (
          <div className="grid grid-cols-1 items-start gap-16 lg:grid-cols-[280px_minmax(0,1fr)]">
            <div className="flex min-w-0 flex-col gap-8">
              {rows.length > 0 ? (
                <ul aria-label={m.nav_transfers()} className="rounded-6 border border-border bg-surface">
                  {rows.map((row, place) => (
                    <Row
                      key={row.id}
                      transfer={row}
                      names={names}
                      active={row.id === transfer?.id}
                      stop={place === Math.max(at, 0)}
                      onActive={() => show(row)}
                      refer={(element) => {
                        if (element === null) buttons.current.delete(row.id);
                        else buttons.current.set(row.id, element);
                      }}
                    />
                  ))}
                </ul>
              ) : (
                <p className="text-sm text-fg-2">{m.transfers_empty()}</p>
              )}
              {hasNextPage && (
                <span>
                  <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                    {m.attention_more()}
                  </Button>
                </span>
              )}
            </div>
            {transfer !== undefined && (
              <section aria-label={transfer.reference} className="min-w-0 rounded-6 border border-border bg-surface">
                <TransferCard transfer={transfer} names={names} onAsk={ask} />
              </section>
            )}
          </div>
        )}
      </div>
      {asked !== undefined && transfer !== undefined && (
        <TransferDialog
          key={JSON.stringify(asked)}
          transfer={transfer}
          asked={asked}
          onClose={() => setAsked(undefined)}
        />
      )}
      {announcing && (
        <AnnounceDialog
          onAnnounced={(announced) => {
            setAnnouncing(false);
            show(announced);
          }}
          onClose={() => setAnnouncing(false)}
        />
      )}
    </>
  );
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { useActions } from "@/actions/useActions";
import { orderQuery } from "@/api/queries";
import type { OrderDetail, Problem } from "@/api/types";
import { Button } from "@/components/Button";
import { ProblemBanner } from "@/components/Problem";
import { ReadError, useFailure } from "@/components/ReadError";
import { Skeleton } from "@/components/Skeleton";
import { useToaster } from "@/components/Toast";
import { useNames } from "@/features/orders/names";
import { AnnounceDialog } from "@/features/returns/AnnounceDialog";
import { PageBar } from "@/frame/PageBar";
import { newId } from "@/lib/id";
import { serverNow } from "@/lib/ticker";
import { instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { Board } from "./Board";
import { ChangeRequests } from "./ChangeRequests";
import { CountdownAnnouncer } from "./CountdownAnnouncer";
import {
  changesOf,
  conflictsOf,
  type Draft,
  type Move,
  newDraft,
  pruned,
  rebased,
  withLine,
  withMove,
  without,
} from "./draft";
import { EditBar } from "./EditBar";
import { editsOf, faultsOf } from "./edits";
import { Fulfillments, focusReport } from "./Fulfillments";
import { HoldList } from "./HoldList";
import { LateDialog, type Wish } from "./LateDialog";
import { Matters } from "./Matters";
import { AddressSection, FactsSection } from "./OrderFacts";
import { OrderHeader } from "./OrderHeader";
import { OrderLines } from "./OrderLines";
import { PlanPanel } from "./PlanPanel";
import { mayTry } from "./proposal";
import { RawPanel } from "./RawPanel";
import { Returns } from "./Returns";
import { ReviewDialog } from "./ReviewDialog";
import { Timeline } from "./Timeline";
import { useCommit } from "./useCommit";
import { useDraft } from "./useDraft";
import { useFieldFocus } from "./useFieldFocus";
import { usePreview } from "./usePreview";
import { type Verb, VerbDialog } from "./VerbDialogs";
import { wrongOf } from "./wrong";

const route = getRouteApi("/framed/orders/$id");
/** After the window has closed the engine needs a moment to queue the order; then the screen is read again. */
const AFTER_WINDOW_MS = 1_000;
/** The longest wait a timer can hold. */
const LONGEST_TIMER_MS = 2_147_483_647;

type Open =
  | Verb
  | { readonly dialog: "review" }
  | { readonly dialog: "return" }
  | {
      readonly dialog: "late";
      readonly problem: Pick<Problem, "detail" | "code"> | undefined;
      /** What came too late, if it was tried, and why it was wanted. */
      readonly wish?: Wish;
    };

/** Reads the order again when its edit window closes: the countdown at zero is not the end of the story. */
function useWindowEnd(detail: OrderDetail | undefined) {
  const queries = useQueryClient();
  const id = detail?.order.id;
  const until = detail?.stage === "editable" ? instant(detail.order.editable_until) : undefined;
  useEffect(() => {
    if (id === undefined || until === undefined) return;
    const wait = Math.max(0, until - serverNow()) + AFTER_WINDOW_MS;
    if (wait > LONGEST_TIMER_MS) return;
    const timer = setTimeout(() => void queries.invalidateQueries({ queryKey: orderQuery(id).queryKey }), wait);
    return () => clearTimeout(timer);
  }, [queries, id, until]);
}

/** The shape of the page before the order is here. */
function OrderSkeleton() {
  return (
    <div
      role="status"
      aria-label={m.order_loading()}
      className="mx-auto grid w-full max-w-1280 grid-cols-1 items-start gap-16 px-24 py-16 lg:grid-cols-[minmax(0,1fr)_360px]"
    >
      <div className="flex flex-col gap-16">
        <Skeleton className="h-240" />
        <Skeleton className="h-120" />
      </div>
      <Skeleton className="h-240" />
    </div>
  );
}

export function OrderPage() {
  const { id } = route.useParams();
  const query = useQuery(orderQuery(id));
  const { data, refetch, isFetching } = query;
  const error = useFailure(query, id);
  useWindowEnd(data);
  return (
    <>
      <PageBar title={data === undefined ? m.order_title() : m.order_title_number({ number: data.order.number })} />
      <div className="mx-auto max-w-720 p-24 empty:hidden">
        <ReadError error={error} hasData={data !== undefined} busy={isFetching} onRetry={() => void refetch()} />
      </div>
      {data === undefined && error === null && <OrderSkeleton />}
      {data !== undefined && <LoadedOrder key={id} detail={data} />}
    </>
  );
}

function LoadedOrder({ detail }: { detail: OrderDetail }) {
  const { order, editable } = detail;
  const navigate = route.useNavigate();
  const { show, matter, at } = route.useSearch();
  const toaster = useToaster();
  const names = useNames();
  const { busy, run, propose } = useCommit(order.id);
  const { draft: kept, changedAt, outdated, begin, change, discard } = useDraft(order.id, order.revision);
  const focus = useFieldFocus(kept);
  const [open, setOpen] = useState<Open | undefined>(undefined);
  const [failure, setFailure] = useState<unknown>(undefined);
  const [insist, setInsist] = useState(false);
  const [moved, setMoved] = useState(false);
  const close = () => {
    setOpen(undefined);
    setMoved(false);
    setFailure(undefined);
  };

  const draft = useMemo(
    () => (kept === undefined ? undefined : pruned(kept, detail.fulfillments)),
    [kept, detail.fulfillments],
  );
  const current = useMemo(() => (draft === undefined ? undefined : rebased(draft, order)), [draft, order]);
  const edits = useMemo(() => (current === undefined ? [] : editsOf(current)), [current]);
  const conflicts = draft === undefined ? [] : conflictsOf(draft, order);
  const changes = draft === undefined ? 0 : changesOf(draft).length;
  const asked = useMemo(() => edits.map(({ edit }) => edit), [edits]);
  const check = usePreview(order, draft?.base ?? order, asked, open?.dialog === "review" && !busy);
  const wrong = useMemo(() => {
    if (current === undefined) return new Map<string, string>();
    const answer = check.isPlaceholderData ? undefined : check.data;
    return new Map([...faultsOf(current), ...wrongOf(current, edits, answer, check.error)]);
  }, [current, edits, check.data, check.error, check.isPlaceholderData]);
  const [firstHold] = order.holds;

  const stop = () => {
    discard();
    setInsist(false);
  };
  const save = async () => {
    if (current === undefined || busy) return;
    const outcome = await run(asked, order, check.data, current.reason);
    setMoved(outcome.kind === "stale");
    if (outcome.kind === "done") {
      const { number } = order;
      stop();
      close();
      toaster.done(outcome.result.requests.length > 0 ? m.order_asked({ number }) : m.order_saved({ number }));
    } else if (outcome.kind === "late") {
      setOpen({ dialog: "late", problem: outcome.problem, wish: { edits: asked, reason: current.reason } });
    } else if (outcome.kind === "failed") setFailure(outcome.error);
  };
  const proposed = () => {
    close();
    toaster.done(m.order_proposed({ number: order.number }));
  };
  const leave = async () => {
    if (current === undefined || busy) return;
    const outcome = await propose(asked, order, check.data, current.reason);
    setMoved(outcome.kind === "stale");
    if (outcome.kind === "done") {
      // What is wanted waits on the order now.
      stop();
      proposed();
    } else if (outcome.kind === "failed") setFailure(outcome.error);
    else if (outcome.kind === "late") setOpen({ dialog: "late", problem: outcome.problem });
  };
  const review = () => {
    const [fault] = current === undefined ? [] : faultsOf(current).keys();
    if (fault === undefined) setOpen({ dialog: "review" });
    else {
      setInsist(true);
      focus(fault);
    }
  };
  /** Begins to edit, if nobody does yet, at this field. */
  const edit = (field?: string) => () => {
    if (kept === undefined) begin(order);
    if (field !== undefined) focus(field);
  };
  const addLine = () => {
    const line = { id: newId("lin"), sku: "", title: "", quantity: 1, price: "" };
    change(withLine(kept ?? newDraft(order), line));
    focus(`added.${line.id}.sku`);
  };
  const move = (wish: Move) => {
    const next = withMove(kept ?? newDraft(order), wish);
    change(next);
    if (wish.to !== wish.from) setOpen({ dialog: "review" });
  };
  const keepOr = (next: Draft) => {
    change(next);
    if (changesOf(next).length === 0) close();
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(order.number);
      toaster.done(m.order_copied_number({ number: order.number }));
    } catch (fault) {
      toaster.failed(fault);
    }
  };
  const tooLate = (problem: Problem | null | undefined) => () =>
    setOpen({ dialog: "late", problem: problem ?? undefined });
  /** A verb that came too late explains itself; one that is refused for another reason is not offered. */
  const verb = (permission: OrderDetail["editable"]["hold"], run: () => void) =>
    mayTry(permission) ? run : permission.why?.code === "SY-1101" ? tooLate(permission.why) : undefined;

  const goods = order.lines.find((line) => line.kind === "goods")?.id;
  const finished = order.state === "closed" || order.state === "cancelled";
  const whileOpen = <Run,>(run: Run) => (finished ? undefined : run);
  useActions({
    "order.edit": kept === undefined ? edit() : undefined,
    "order.units": whileOpen(goods === undefined ? undefined : edit(`lines.${goods}.wanted`)),
    "order.lot": whileOpen(goods === undefined ? undefined : edit(`lines.${goods}.requested_lot`)),
    "order.add_line": whileOpen(addLine),
    "order.shipping": whileOpen(edit("shipping_option")),
    "order.billing": whileOpen(edit("total")),
    "order.priority": edit("priority"),
    "order.note": edit("note"),
    "order.tags": edit("tags"),
    "order.reroute": whileOpen(() => document.querySelector<HTMLElement>("[data-part][tabindex='0']")?.focus()),
    "order.hold": verb(editable.hold, () => setOpen({ dialog: "hold" })),
    "order.lift": firstHold === undefined ? undefined : () => setOpen({ dialog: "lift", hold: firstHold }),
    "order.release": verb(editable.release, () => setOpen({ dialog: "release" })),
    "order.cancel": verb(editable.cancel, () => setOpen({ dialog: "cancel" })),
    "order.late": editable.address.why?.code === "SY-1101" ? tooLate(editable.address.why) : undefined,
    "order.review": changes > 0 && open === undefined ? review : undefined,
    "order.save": changes > 0 && open === undefined ? review : undefined,
    "order.discard": kept === undefined ? undefined : stop,
    "order.return": detail.returnable.length > 0 ? () => setOpen({ dialog: "return" }) : undefined,
    "order.raw": () => void navigate({ search: show === "raw" ? {} : { show: "raw" }, replace: true }),
    "order.copy": () => void copy(),
    "order.back": () => void navigate({ to: "/orders" }),
  });

  return (
    <div className="flex min-h-full flex-col">
      <OrderHeader detail={detail} editing={kept !== undefined} />
      <div className="mx-auto grid w-full max-w-1280 flex-1 grid-cols-1 items-start gap-16 px-24 py-16 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="flex min-w-0 flex-col gap-16">
          {detail.imbalance && (
            <ProblemBanner
              problem={{ title: m.order_imbalance(), detail: detail.imbalance, next_step: "", code: null }}
            />
          )}
          {order.problems.map((problem) => (
            <ProblemBanner
              key={problem.code + problem.title}
              problem={problem}
              family="attention"
              actions={
                problem.code === "SY-1203" && detail.write_backs.some((report) => report.state === "failed") ? (
                  <Button size="small" onClick={focusReport}>
                    {m.order_report_go()}
                  </Button>
                ) : undefined
              }
            />
          ))}
          <Matters order={order} parts={detail.fulfillments} names={names} focused={matter} />
          <HoldList holds={order.holds} onLift={(hold) => setOpen({ dialog: "lift", hold })} />
          <OrderLines detail={detail} draft={draft} onDraft={change} wrong={wrong} insist={insist} />
          <Board detail={detail} names={names} moves={draft?.moves ?? []} onMove={move} />
          <Fulfillments detail={detail} names={names} atReport={at === "report"} />
          <ChangeRequests requests={detail.change_requests} lines={order.lines} names={names} />
          <Returns detail={detail} names={names} onAnnounce={() => setOpen({ dialog: "return" })} />
          <PlanPanel detail={detail} names={names} />
          {show === "raw" && <RawPanel order={order} onClose={() => void navigate({ search: {}, replace: true })} />}
          <Timeline detail={detail} />
        </div>
        <div className="flex min-w-0 flex-col gap-16">
          <AddressSection detail={detail} draft={draft} onDraft={change} wrong={wrong} />
          <FactsSection detail={detail} names={names} draft={draft} onDraft={change} wrong={wrong} />
          {show !== "raw" && (
            <Button onClick={() => void navigate({ search: { show: "raw" }, replace: true })}>
              {m.order_action_raw()}
            </Button>
          )}
        </div>
      </div>
      {draft !== undefined && (
        <EditBar
          changes={changes}
          changedAt={changedAt}
          outdated={outdated}
          conflicts={conflicts.length}
          onConflicts={review}
        />
      )}
      <CountdownAnnouncer order={{ number: order.number, stage: detail.stage, editable_until: order.editable_until }} />

      {open?.dialog === "review" && draft !== undefined && current !== undefined && (
        <ReviewDialog
          detail={detail}
          names={names}
          draft={draft}
          current={current}
          edits={edits}
          check={check}
          onReason={(reason) => change({ ...draft, reason })}
          onGiveUp={(fields) => keepOr(rebased(draft, order, fields))}
          onLeaveOut={(fields) => keepOr(without(draft, new Set(fields)))}
          onSave={() => void save()}
          onPropose={() => void leave()}
          saving={busy}
          moved={moved}
          failure={failure}
          onClose={close}
        />
      )}
      {open?.dialog === "return" && <AnnounceDialog detail={detail} onClose={close} />}
      {open !== undefined && open.dialog !== "review" && open.dialog !== "late" && open.dialog !== "return" && (
        <VerbDialog
          detail={detail}
          names={names}
          verb={open}
          onDone={(message) => {
            close();
            toaster.done(message);
          }}
          onLate={(problem, edits, reason) => setOpen({ dialog: "late", problem, wish: { edits, reason } })}
          onClose={close}
        />
      )}
      {open?.dialog === "late" && (
        <LateDialog
          detail={detail}
          names={names}
          problem={open.problem}
          wish={open.wish}
          onProposed={() => {
            stop();
            proposed();
          }}
          onClose={close}
        />
      )}
    </div>
  );
}

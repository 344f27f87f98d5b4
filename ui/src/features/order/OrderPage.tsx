import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { useActions } from "@/actions/useActions";
import { ApiError } from "@/api/problem";
import { orderQuery } from "@/api/queries";
import type { Hold, OrderDetail, Problem } from "@/api/types";
import { Button } from "@/components/Button";
import { ProblemBanner } from "@/components/Problem";
import { fieldWords } from "@/components/problemSentences";
import { ReadError, useFailure } from "@/components/ReadError";
import { Skeleton } from "@/components/Skeleton";
import { useToaster } from "@/components/Toast";
import { useNames } from "@/features/orders/names";
import { PageBar } from "@/frame/PageBar";
import { serverNow } from "@/lib/ticker";
import { instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { ChangeRequests } from "./ChangeRequests";
import { ConflictDialog } from "./ConflictDialog";
import { CountdownAnnouncer } from "./CountdownAnnouncer";
import { DecisionDialog } from "./DecisionDialog";
import { changesOf, conflictsOf, editableOf, rebased } from "./draft";
import { EditBar } from "./EditBar";
import { Fulfillments } from "./Fulfillments";
import { HoldDialog } from "./HoldDialog";
import { HoldList } from "./HoldList";
import { LateDialog } from "./LateDialog";
import { Matters } from "./Matters";
import { AddressSection, FactsSection } from "./OrderFacts";
import { OrderHeader } from "./OrderHeader";
import { OrderLines } from "./OrderLines";
import { PlanPanel } from "./PlanPanel";
import { RawPanel } from "./RawPanel";
import { ReviewDialog } from "./ReviewDialog";
import { saveDraft } from "./saveDraft";
import { Timeline } from "./Timeline";
import { useDraft } from "./useDraft";
import { useOrderVerbs, type VerbOutcome } from "./useOrderVerbs";

const route = getRouteApi("/framed/orders/$id");
/** After the window has closed the engine needs a moment to queue the order; then the screen is read again. */
const AFTER_WINDOW_MS = 1_000;
/** The longest wait a timer can hold. */
const LONGEST_TIMER_MS = 2_147_483_647;

type Open =
  | { readonly dialog: "review" | "conflict" | "hold" | "release" | "cancel" }
  | { readonly dialog: "lift"; readonly hold: Hold }
  | { readonly dialog: "late"; readonly problem: Pick<Problem, "detail" | "code"> | undefined };

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
  const { show } = route.useSearch();
  const toaster = useToaster();
  const names = useNames();
  const verbs = useOrderVerbs(order.id);
  const { draft, changedAt, outdated, begin, change, discard } = useDraft(order.id, order.revision);
  const [open, setOpen] = useState<Open | undefined>(undefined);
  const [failure, setFailure] = useState<unknown>(undefined);
  const [saving, setSaving] = useState(false);
  const close = () => {
    setOpen(undefined);
    setFailure(undefined);
  };

  const conflicts = draft === undefined ? [] : conflictsOf(draft, editableOf(order));
  const changes = draft === undefined ? 0 : changesOf(draft).length;
  const mayEdit = editable.address.allowed || editable.quantity.allowed;
  const late = draft !== undefined && !mayEdit;
  const [firstHold] = order.holds;

  const wrong = useMemo(() => {
    const fields = failure instanceof ApiError ? failure.problem.fields : [];
    return new Map(fields.map((field) => [field.path, fieldWords(field.detail)]));
  }, [failure]);

  const after = (outcome: VerbOutcome, done: string) => {
    if (outcome.kind === "failed") setFailure(outcome.error);
    else if (outcome.kind === "late") {
      setFailure(undefined);
      setOpen({ dialog: "late", problem: outcome.problem });
    } else {
      close();
      toaster.done(done);
    }
  };
  const save = async () => {
    if (draft === undefined || saving) return;
    setSaving(true);
    const outcome = await saveDraft(draft, order, verbs.save(draft.reason));
    setSaving(false);
    if (outcome.kind === "saved") {
      discard();
      close();
      toaster.done(outcome.asked ? m.order_asked({ number: order.number }) : m.order_saved({ number: order.number }));
      return;
    }
    change(outcome.draft);
    if (outcome.kind === "conflict") setOpen({ dialog: "conflict" });
    else if (outcome.kind === "late") setOpen({ dialog: "late", problem: outcome.problem });
    else {
      setFailure(outcome.error);
      toaster.failed(outcome.error);
    }
  };
  const review = () => setOpen({ dialog: conflicts.length > 0 ? "conflict" : "review" });
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
    permission.allowed ? run : permission.why?.code === "SY-1101" ? tooLate(permission.why) : undefined;

  useActions({
    "order.edit":
      draft === undefined ? (mayEdit ? () => begin(order) : verb(editable.address, () => undefined)) : undefined,
    "order.hold": verb(editable.hold, () => setOpen({ dialog: "hold" })),
    "order.lift": firstHold === undefined ? undefined : () => setOpen({ dialog: "lift", hold: firstHold }),
    "order.release": verb(editable.release, () => setOpen({ dialog: "release" })),
    "order.cancel": verb(editable.cancel, () => setOpen({ dialog: "cancel" })),
    "order.review": changes > 0 && !late && open === undefined ? review : undefined,
    "order.save": changes > 0 && !late && open === undefined ? review : undefined,
    "order.discard": draft === undefined ? undefined : discard,
    "order.raw": () => void navigate({ search: show === "raw" ? {} : { show: "raw" }, replace: true }),
    "order.copy": () => void copy(),
    "order.back": () => void navigate({ to: "/orders" }),
  });

  return (
    <div className="flex min-h-full flex-col">
      <OrderHeader detail={detail} editing={draft !== undefined} />
      <div className="mx-auto grid w-full max-w-1280 flex-1 grid-cols-1 items-start gap-16 px-24 py-16 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="flex min-w-0 flex-col gap-16">
          {detail.imbalance && (
            <ProblemBanner
              problem={{ title: m.order_imbalance(), detail: detail.imbalance, next_step: "", code: null }}
            />
          )}
          {order.problems.map((problem) => (
            <ProblemBanner key={problem.code + problem.title} problem={problem} family="attention" />
          ))}
          <Matters order={order} />
          <HoldList holds={order.holds} onLift={(hold) => setOpen({ dialog: "lift", hold })} />
          <OrderLines detail={detail} draft={draft} onDraft={change} />
          <Fulfillments detail={detail} names={names} />
          <ChangeRequests requests={detail.change_requests} names={names} />
          <PlanPanel detail={detail} names={names} />
          {show === "raw" && <RawPanel order={order} onClose={() => void navigate({ search: {}, replace: true })} />}
          <Timeline detail={detail} />
        </div>
        <div className="flex min-w-0 flex-col gap-16">
          <AddressSection detail={detail} draft={draft} onDraft={change} wrong={wrong} />
          <FactsSection detail={detail} names={names} />
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
          late={late}
          onLate={tooLate(editable.address.why)}
          onConflicts={() => setOpen({ dialog: "conflict" })}
        />
      )}
      <CountdownAnnouncer order={{ number: order.number, stage: detail.stage, editable_until: order.editable_until }} />

      {open?.dialog === "review" && draft !== undefined && (
        <ReviewDialog
          order={order}
          draft={draft}
          onReason={(reason) => change({ ...draft, reason })}
          preview={verbs.preview}
          onSave={() => void save()}
          saving={saving}
          onClose={close}
        />
      )}
      {open?.dialog === "conflict" && draft !== undefined && (
        <ConflictDialog
          order={order}
          conflicts={conflicts}
          onResolve={(giveUp) => {
            const next = rebased(draft, editableOf(order), giveUp);
            change(next);
            setOpen(changesOf(next).length === 0 ? undefined : { dialog: "review" });
          }}
          onClose={close}
        />
      )}
      {open?.dialog === "hold" && (
        <HoldDialog
          order={order}
          busy={verbs.busy}
          error={failure}
          onHold={(wish) =>
            void verbs
              .hold(order.revision, wish)
              .then((outcome) => after(outcome, m.order_done_held({ number: order.number })))
          }
          onClose={close}
        />
      )}
      {open?.dialog === "lift" && (
        <DecisionDialog
          title={m.order_lift_title({ number: order.number })}
          consequence={order.holds.length > 1 ? m.order_lift_consequence_more() : m.order_lift_consequence()}
          button={m.order_action_lift()}
          busy={verbs.busy}
          error={failure}
          onDecide={(reason) =>
            void verbs
              .lift(order.revision, open.hold.id, reason)
              .then((outcome) => after(outcome, m.order_done_lifted({ number: order.number })))
          }
          onClose={close}
        />
      )}
      {open?.dialog === "release" && (
        <DecisionDialog
          title={m.order_release_title({ number: order.number })}
          consequence={m.order_release_consequence()}
          button={m.order_release_button({
            warehouses: detail.fulfillments
              .filter((part) => part.state === "open")
              .map((part) => names.warehouse(part.warehouse))
              .join(", "),
          })}
          danger
          busy={verbs.busy}
          error={failure}
          onDecide={(reason) =>
            void verbs
              .release(order.revision, reason)
              .then((outcome) => after(outcome, m.order_done_released({ number: order.number })))
          }
          onClose={close}
        />
      )}
      {open?.dialog === "cancel" && (
        <DecisionDialog
          title={m.order_cancel_title({ number: order.number })}
          consequence={editable.cancel.asks ? m.order_cancel_asks() : m.order_cancel_consequence()}
          button={m.order_cancel_button({ number: order.number })}
          danger
          busy={verbs.busy}
          error={failure}
          onDecide={(reason) =>
            void verbs
              .cancel(order.revision, reason)
              .then((outcome) =>
                after(
                  outcome,
                  editable.cancel.asks
                    ? m.order_asked({ number: order.number })
                    : m.order_done_cancelled({ number: order.number }),
                ),
              )
          }
          onClose={close}
        />
      )}
      {open?.dialog === "late" && <LateDialog detail={detail} names={names} problem={open.problem} onClose={close} />}
    </div>
  );
}

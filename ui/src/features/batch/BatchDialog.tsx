import { Link } from "@tanstack/react-router";
import { Check, Minus, OctagonX } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextAreaField } from "@/components/Field";
import { Banner } from "@/components/Problem";
import { problemText } from "@/components/problemText";
import { HoldFields, NEW_HOLD, wishOf } from "@/features/order/HoldFields";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { type BatchResult, endedAs, type Member, type Outcome, runBatch } from "./batch";
import { useBatchRequests } from "./useBatchRequests";
import { VERBS, type Verb } from "./verbs";

interface Properties {
  readonly verb: Verb;
  readonly members: readonly Member[];
  /** Closed; `left` are the orders on which it was not done. */
  readonly onClose: (left: readonly Member[]) => void;
}

type Phase =
  | { readonly name: "wish" }
  | { readonly name: "running"; readonly done: number; readonly of: number; readonly stopping: boolean }
  | { readonly name: "result"; readonly result: BatchResult };

const counted = (count: number) => ({ count: integer(count), rows: count });

function Progress({ done, of }: { done: number; of: number }) {
  return (
    <div className="flex flex-col gap-8 text-sm">
      <div
        role="progressbar"
        aria-label={m.batch_progress({ done: integer(done), total: integer(of) })}
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={done}
        className="h-8 overflow-hidden rounded-4 bg-surface-2"
      >
        <div className="h-full bg-accent" style={{ width: `${(100 * done) / Math.max(1, of)}%` }} />
      </div>
      <p className="flex justify-between gap-12 text-fg-2">
        <span>{m.batch_running()}</span>
        <span className="shrink-0 text-fg tabular-nums" aria-live="polite">
          {m.batch_progress({ done: integer(done), total: integer(of) })}
        </span>
      </p>
    </div>
  );
}

function Part({ title, outcomes, icon }: { title: string; outcomes: readonly Outcome[]; icon: ReactNode }) {
  if (outcomes.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="flex items-center gap-6 pb-4 text-xs font-medium text-fg-2">
        {icon}
        {title}
      </h3>
      <ul className="divide-y divide-border border-y border-border">
        {outcomes.map(({ member, ending }) => {
          const why = ending.kind === "refused" ? problemText(ending.error) : undefined;
          return (
            <li key={member.id} className="flex gap-12 py-6">
              <Link
                to="/orders/$id"
                params={{ id: member.id }}
                preload={false}
                className="w-120 shrink-0 truncate font-mono text-xs leading-5 font-medium hover:text-accent hover:underline"
              >
                {member.number}
              </Link>
              {why !== undefined && (
                <span className="min-w-0 flex-1 wrap-anywhere">
                  {why.title}
                  <span className="block text-xs text-fg-2">
                    {[why.detail, why.next_step].filter(Boolean).join(" ")}
                  </span>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** One wish for many orders: says what follows, does them one by one, and tells how each ended. */
export function BatchDialog({ verb, members, onClose }: Properties) {
  const look = VERBS[verb];
  const perform = useBatchRequests();
  const [hold, setHold] = useState(NEW_HOLD);
  const [reason, setReason] = useState("");
  const [phase, setPhase] = useState<Phase>({ name: "wish" });
  const stop = useRef<AbortController | undefined>(undefined);

  const run = async (wanted: readonly Member[]) => {
    const control = new AbortController();
    stop.current = control;
    setPhase({ name: "running", done: 0, of: wanted.length, stopping: false });
    const wish = { verb, reason: reason.trim(), hold: wishOf(hold) };
    const result = await runBatch(
      wanted,
      (member) => perform(member, wish),
      (done) => setPhase((before) => (before.name === "running" ? { ...before, done } : before)),
      control.signal,
    );
    setPhase({ name: "result", result });
  };
  const halt = () => {
    stop.current?.abort();
    setPhase((before) => (before.name === "running" ? { ...before, stopping: true } : before));
  };
  const leave = () => {
    if (phase.name === "running") halt();
    else if (phase.name === "wish") onClose(members);
    else onClose([...endedAs(phase.result, "refused"), ...endedAs(phase.result, "untried")].map((each) => each.member));
  };

  const title = look.title(counted(members.length));
  const shared = {
    open: true,
    onOpenChange: (open: boolean) => {
      if (!open) leave();
    },
    width: "medium",
    title,
  } as const;

  if (phase.name === "wish") {
    return (
      <Dialog
        {...shared}
        width="small"
        description={look.consequence()}
        actions={
          <>
            <Button onClick={leave}>{m.cancel()}</Button>
            <Button variant={look.danger ? "danger" : "primary"} type="submit" form="batch-wish">
              {title}
            </Button>
          </>
        }
      >
        <form
          id="batch-wish"
          className="flex flex-col gap-16"
          onSubmit={(event) => {
            event.preventDefault();
            void run(members);
          }}
        >
          {verb === "hold" ? (
            <HoldFields form={hold} onForm={setHold} />
          ) : (
            <TextAreaField
              label={m.order_reason()}
              help={m.order_reason_help()}
              rows={2}
              value={reason}
              onValueChange={setReason}
            />
          )}
        </form>
      </Dialog>
    );
  }
  if (phase.name === "running") {
    return (
      <Dialog
        {...shared}
        actions={
          <Button disabled={phase.stopping} focusableWhenDisabled onClick={halt}>
            {phase.stopping ? m.batch_stopping() : m.batch_stop()}
          </Button>
        }
      >
        <Progress done={phase.done} of={phase.of} />
      </Dialog>
    );
  }
  const done = endedAs(phase.result, "done");
  const refused = endedAs(phase.result, "refused");
  const untried = endedAs(phase.result, "untried");
  const left = [...refused, ...untried].map((outcome) => outcome.member);
  const summary = [
    done.length > 0 && m.batch_done(counted(done.length)),
    refused.length > 0 && m.batch_refused(counted(refused.length)),
    untried.length > 0 && m.batch_untried(counted(untried.length)),
  ].filter((part) => part !== false);
  return (
    <Dialog
      {...shared}
      actions={
        <>
          {left.length > 0 && <Button onClick={() => void run(left)}>{m.batch_again(counted(left.length))}</Button>}
          <Button variant="primary" onClick={leave}>
            {left.length > 0 ? m.batch_close() : m.close()}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-16 text-sm">
        <p role="status" className="font-medium">
          {summary.join(" · ")}
        </p>
        {phase.result.offline && <Banner family="danger" title={m.batch_offline()} />}
        <Part
          title={m.batch_refused_list()}
          outcomes={refused}
          icon={<OctagonX aria-hidden size={14} className="text-danger-mark" />}
        />
        <Part
          title={m.batch_untried_list()}
          outcomes={untried}
          icon={<Minus aria-hidden size={14} className="text-neutral-mark" />}
        />
        <Part
          title={m.batch_done_list()}
          outcomes={done}
          icon={<Check aria-hidden size={14} className="text-success-mark" />}
        />
      </div>
    </Dialog>
  );
}

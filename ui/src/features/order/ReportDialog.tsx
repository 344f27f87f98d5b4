import { useState } from "react";
import { useRetryReport, useWaiveReport } from "@/api/mutations";
import { ApiError } from "@/api/problem";
import type { Order, WriteBack } from "@/api/types";
import { Banner } from "@/components/Problem";
import { useToaster } from "@/components/Toast";
import type { Names } from "@/features/orders/names";
import { m } from "@/paraglide/messages.js";
import { ChangedSince } from "./ChangedSince";
import { seenDifferences } from "./commit";
import { DecisionDialog } from "./DecisionDialog";
import type { Difference } from "./diff";

/** What is decided about a report that the shop refused. */
export interface ReportDecision {
  readonly report: WriteBack;
  /** The units it is about, in words. */
  readonly units: string;
  readonly kind: "again" | "waive";
}

interface Properties {
  readonly order: Order;
  readonly names: Names;
  readonly decision: ReportDecision;
  readonly onClose: () => void;
}

/** Reports to the shop again, or declares that it need not be told; that takes a reason. */
export function ReportDialog({ order, names, decision, onClose }: Properties) {
  const { report, units, kind } = decision;
  const toaster = useToaster();
  const retry = useRetryReport();
  const waive = useWaiveReport();
  const request = kind === "again" ? retry : waive;
  const [base, setBase] = useState(order);
  const [since, setSince] = useState<readonly Difference[]>([]);
  const decide = (reason: string) =>
    request.mutate(
      { id: order.id, report: report.id, body: { revision: base.revision, reason } },
      {
        onSuccess: () => {
          const { number } = order;
          toaster.done(
            kind === "again" ? m.order_report_again_done({ number }) : m.order_report_waive_done({ number }),
          );
          onClose();
        },
        onError: (error) => {
          const current =
            error instanceof ApiError && error.problem.code === "SY-0006" ? error.problem.order : undefined;
          if (!current) return;
          // Somebody was faster: what they changed is seen first, and the decision is made on that.
          setSince(seenDifferences(base, current));
          setBase(current);
          request.reset();
        },
      },
    );
  return (
    <DecisionDialog
      title={kind === "again" ? m.order_report_again_title({ units }) : m.order_report_waive_title({ units })}
      consequence={kind === "again" ? m.order_report_again_text() : m.order_report_waive_text()}
      button={kind === "again" ? m.order_report_again() : m.order_report_waive()}
      danger={kind === "waive"}
      reasonNeeded={kind === "waive"}
      busy={request.isPending}
      error={request.error ?? undefined}
      onDecide={decide}
      onClose={onClose}
    >
      {base !== order && since.length === 0 && <Banner family="changed" title={m.order_preview_again()} />}
      <ChangedSince changes={since} lines={base.lines} names={names} />
    </DecisionDialog>
  );
}

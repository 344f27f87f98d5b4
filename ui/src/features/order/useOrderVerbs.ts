import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import {
  useCancelOrder,
  useEditLineQuantity,
  useEditOrderAddress,
  useLiftHold,
  usePlaceHold,
  useReleaseOrder,
} from "@/api/mutations";
import { ApiError } from "@/api/problem";
import { orderQuery } from "@/api/queries";
import type { EditResult } from "@/api/types";
import type { Step } from "./draft";
import type { HoldWish } from "./HoldFields";
import type { SaveRequests } from "./saveDraft";

/** How a verb ended. */
export type VerbOutcome =
  | { readonly kind: "done" }
  | { readonly kind: "late"; readonly problem: ApiError["problem"] }
  | { readonly kind: "failed"; readonly error: unknown };

/** The requests behind an order's verbs. Each decides on the revision that was on screen. */
export interface OrderVerbs {
  readonly busy: boolean;
  readonly hold: (revision: number, wish: HoldWish) => Promise<VerbOutcome>;
  readonly lift: (revision: number, hold: string, reason: string) => Promise<VerbOutcome>;
  readonly release: (revision: number, reason: string) => Promise<VerbOutcome>;
  readonly cancel: (revision: number, reason: string) => Promise<VerbOutcome>;
  readonly preview: (step: Step, revision: number) => Promise<EditResult>;
  readonly save: (reason: string) => SaveRequests;
}

export function useOrderVerbs(id: string): OrderVerbs {
  const queries = useQueryClient();
  const address = useEditOrderAddress().mutateAsync;
  const quantity = useEditLineQuantity().mutateAsync;
  const hold = usePlaceHold().mutateAsync;
  const lift = useLiftHold().mutateAsync;
  const release = useReleaseOrder().mutateAsync;
  const cancel = useCancelOrder().mutateAsync;
  const [busy, setBusy] = useState(false);

  const settle = async (request: Promise<EditResult>): Promise<VerbOutcome> => {
    setBusy(true);
    try {
      await request;
      return { kind: "done" };
    } catch (error) {
      return error instanceof ApiError && error.problem.code === "SY-1101"
        ? { kind: "late", problem: error.problem }
        : { kind: "failed", error };
    } finally {
      setBusy(false);
    }
  };
  const put = useCallback(
    (step: Step, revision: number, reason: string, dryRun: boolean) => {
      const shared = { revision, reason, ...(dryRun ? { dry_run: true } : {}) };
      return step.kind === "address"
        ? address({ id, body: { ...shared, ship_to: step.ship_to } })
        : quantity({ id, line: step.line, body: { ...shared, quantity: step.quantity } });
    },
    [id, address, quantity],
  );
  return {
    busy,
    hold: (revision, wish) =>
      settle(
        hold({
          id,
          body: {
            revision,
            reason: wish.reason,
            note: wish.note,
            ...(wish.expires_at === undefined ? {} : { expires_at: wish.expires_at }),
          },
        }),
      ),
    lift: (revision, which, reason) => settle(lift({ id, hold: which, body: { revision, reason } })),
    release: (revision, reason) => settle(release({ id, body: { revision, reason } })),
    cancel: (revision, reason) => settle(cancel({ id, body: { revision, reason } })),
    preview: (step, revision) => put(step, revision, "", true),
    save: (reason) => ({
      put: (step, revision) => put(step, revision, reason, false),
      read: async () => (await queries.fetchQuery({ ...orderQuery(id), staleTime: 0 })).order,
    }),
  };
}

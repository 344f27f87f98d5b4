import { useQueryClient } from "@tanstack/react-query";
import { useCancelOrder, useLiftHold, usePlaceHold, useReleaseOrder } from "@/api/mutations";
import { ApiError } from "@/api/problem";
import { orderQuery } from "@/api/queries";
import type { EditResult, OrderDetail, ProblemDocument } from "@/api/types";
import type { HoldWish } from "@/features/order/HoldFields";
import { m } from "@/paraglide/messages.js";
import type { Member } from "./batch";
import type { Verb } from "./verbs";

export interface Wish {
  readonly verb: Verb;
  /** Why; of a hold its reason is part of the wish itself. */
  readonly reason: string;
  readonly hold: HoldWish;
}

/** How often a wish is decided anew because the order changed between reading it and asking. */
const MOST_DECISIONS = 3;

/** A refusal known without asking: the server's own reason, or that there is nothing to do. */
function refusal(why: { code?: string; title: string; detail?: string; next_step?: string }): ApiError {
  const document = { code: "", detail: "", next_step: "", ...why, type: "", instance: "", status: 409, fields: [] };
  return new ApiError(document as ProblemDocument);
}

/** The single-order requests behind a batch: reads the order, then asks on the revision just read. */
export function useBatchRequests() {
  const queries = useQueryClient();
  const hold = usePlaceHold().mutateAsync;
  const lift = useLiftHold().mutateAsync;
  const release = useReleaseOrder().mutateAsync;
  const cancel = useCancelOrder().mutateAsync;

  const ask = async (detail: OrderDetail, { verb, reason, hold: wish }: Wish): Promise<void> => {
    const { id, revision, holds } = detail.order;
    if (verb === "lift") {
      if (holds.length === 0) throw refusal({ title: m.batch_no_hold() });
      let at = revision;
      for (const each of holds) {
        const result: EditResult = await lift({ id, hold: each.id, body: { revision: at, reason } });
        at = result.order.revision;
      }
      return;
    }
    const permission = detail.editable[verb];
    if (!permission.allowed && permission.why) throw refusal(permission.why);
    if (verb === "hold") {
      const expires = wish.expires_at === undefined ? {} : { expires_at: wish.expires_at };
      await hold({ id, body: { revision, reason: wish.reason, note: wish.note, ...expires } });
    } else if (verb === "release") await release({ id, body: { revision, reason } });
    else await cancel({ id, body: { revision, reason } });
  };

  return async (member: Member, wish: Wish): Promise<void> => {
    for (let decision = 1; ; decision += 1) {
      const detail = await queries.fetchQuery({ ...orderQuery(member.id), staleTime: 0 });
      try {
        await ask(detail, wish);
        return;
      } catch (error) {
        // The wish does not depend on what changed: it is decided again on the order as it is now.
        const moved = error instanceof ApiError && error.problem.code === "SY-0006";
        if (!moved || decision === MOST_DECISIONS) throw error;
      }
    }
  };
}

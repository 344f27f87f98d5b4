import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useEditOrder, useProposeEdits } from "@/api/mutations";
import { orderQuery, previewQuery } from "@/api/queries";
import type { Edit, Order, Preview } from "@/api/types";
import { type Committed, commit, type Send } from "./commit";
import { decisive } from "./previewRows";

/** The one way edits of an order are made. */
export interface Commit {
  readonly busy: boolean;
  /**
   * Carries out what was decided on `seen` while `shown` was what it would come to. Where either is another by now nothing
   * is done, and the order has been read again.
   */
  readonly run: (edits: readonly Edit[], seen: Order, shown: Preview | undefined, reason: string) => Promise<Committed>;
  /** The same for leaving the edits to somebody who may make them. */
  readonly propose: (
    edits: readonly Edit[],
    seen: Order,
    shown: Preview | undefined,
    reason: string,
  ) => Promise<Committed<Order>>;
}

export function useCommit(id: string): Commit {
  const queries = useQueryClient();
  const edit = useEditOrder().mutateAsync;
  const leave = useProposeEdits().mutateAsync;
  const [busy, setBusy] = useState(false);
  const carry = async <Result>(
    edits: readonly Edit[],
    seen: Order,
    shown: Preview | undefined,
    send: Send<Result>,
  ): Promise<Committed<Result>> => {
    setBusy(true);
    const same = async (current: Order) => {
      if (shown === undefined) return true;
      try {
        const now = await queries.fetchQuery(previewQuery(current, edits, current.revision));
        return decisive(now) === decisive(shown);
      } catch {
        // What cannot be said is shown as such by the preview on the screen, which asks the same.
        return false;
      }
    };
    try {
      const outcome = await commit(edits, seen, same, send);
      if (outcome.kind === "stale") await queries.refetchQueries({ queryKey: orderQuery(id).queryKey });
      return outcome;
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    run: (edits, seen, shown, reason) =>
      carry(edits, seen, shown, (revision, all) => edit({ id, body: { revision, reason, edits: [...all] } })),
    propose: (edits, seen, shown, reason) =>
      carry(edits, seen, shown, (revision, all) => leave({ id, body: { revision, reason, edits: [...all] } })),
  };
}

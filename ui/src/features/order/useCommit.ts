import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useEditOrder } from "@/api/mutations";
import { orderQuery, previewQuery } from "@/api/queries";
import type { Edit, Order, Preview } from "@/api/types";
import { type Committed, commit } from "./commit";
import { decisive } from "./previewRows";

/** The one way edits of an order are made. */
export interface Commit {
  readonly busy: boolean;
  /**
   * Carries out what was decided on `seen` while `shown` was what it would come to. Where either is another by now nothing
   * is done, and the order has been read again.
   */
  readonly run: (edits: readonly Edit[], seen: Order, shown: Preview | undefined, reason: string) => Promise<Committed>;
}

export function useCommit(id: string): Commit {
  const queries = useQueryClient();
  const send = useEditOrder().mutateAsync;
  const [busy, setBusy] = useState(false);
  return {
    busy,
    run: async (edits, seen, shown, reason) => {
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
        const outcome = await commit(edits, seen, same, (revision, all) =>
          send({ id, body: { revision, reason, edits: [...all] } }),
        );
        if (outcome.kind === "stale") await queries.refetchQueries({ queryKey: orderQuery(id).queryKey });
        return outcome;
      } finally {
        setBusy(false);
      }
    },
  };
}

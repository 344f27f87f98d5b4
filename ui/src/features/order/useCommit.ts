import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useEditOrder } from "@/api/mutations";
import { orderQuery } from "@/api/queries";
import type { Edit, Order } from "@/api/types";
import { type Committed, commit } from "./commit";

/** The one way edits of an order are made. */
export interface Commit {
  readonly busy: boolean;
  /** Carries out what was decided on `seen`; after a change by somebody else the order has been read again. */
  readonly run: (edits: readonly Edit[], seen: Order, reason: string) => Promise<Committed>;
}

export function useCommit(id: string): Commit {
  const queries = useQueryClient();
  const send = useEditOrder().mutateAsync;
  const [busy, setBusy] = useState(false);
  return {
    busy,
    run: async (edits, seen, reason) => {
      setBusy(true);
      try {
        const outcome = await commit(edits, seen, (revision, all) =>
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

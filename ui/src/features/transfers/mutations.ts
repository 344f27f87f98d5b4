/** One hook per wish about a transfer. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answered, client } from "@/api/client";
import { type Body, header, retrying } from "@/api/mutations";
import { queryKeys } from "@/api/queries";
import { stockKeys } from "@/api/stock";
import type { DiscrepancyKind, Transfer } from "@/api/types";
import { LEADS_TO, type Step } from "./steps";

/** Keeps what the server answered, and reads what moved again, for the case that the event is late. */
function useKept() {
  const queries = useQueryClient();
  return {
    onSuccess: (transfer: Transfer) => queries.setQueryData(queryKeys.transfer(transfer.id), transfer),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: queryKeys.transfers() }),
        queries.invalidateQueries({ queryKey: stockKeys.all() }),
      ]),
  };
}

export interface AnnounceTransfer {
  readonly body: Body<"/api/v1/transfers", "post">;
}

export function useAnnounceTransfer() {
  return useMutation({
    ...retrying,
    ...useKept(),
    mutationFn: (intent: AnnounceTransfer) =>
      answered(client.POST("/api/v1/transfers", { params: { header: header(intent) }, body: intent.body })),
  });
}

/** What a person records about a transfer. */
export type TransferWish =
  | { readonly verb: Step }
  | { readonly verb: "receive"; readonly line: number; readonly units: number }
  | { readonly verb: "put_away"; readonly line: number; readonly stocked: number; readonly quarantined: number }
  | {
      readonly verb: "explain";
      readonly line: number;
      readonly difference: DiscrepancyKind;
      readonly units: number;
    };

export interface ChangeTransfer {
  readonly id: string;
  readonly revision: number;
  readonly reason: string;
  readonly wish: TransferWish;
}

function send(intent: ChangeTransfer) {
  const { id, revision, reason, wish } = intent;
  const keyed = header(intent);
  switch (wish.verb) {
    case "receive":
      return client.POST("/api/v1/transfers/{id}/lines/{line}/receive", {
        params: { path: { id, line: wish.line }, header: keyed },
        body: { revision, reason, units: wish.units },
      });
    case "put_away":
      return client.POST("/api/v1/transfers/{id}/lines/{line}/put-away", {
        params: { path: { id, line: wish.line }, header: keyed },
        body: { revision, reason, stocked: wish.stocked, quarantined: wish.quarantined },
      });
    case "explain":
      return client.POST("/api/v1/transfers/{id}/lines/{line}/explain", {
        params: { path: { id, line: wish.line }, header: keyed },
        body: { revision, reason, difference: wish.difference, units: wish.units },
      });
    default:
      return client.POST("/api/v1/transfers/{id}/advance", {
        params: { path: { id }, header: keyed },
        body: { revision, reason, to: LEADS_TO[wish.verb] },
      });
  }
}

export function useChangeTransfer() {
  return useMutation({ ...retrying, ...useKept(), mutationFn: (intent: ChangeTransfer) => answered(send(intent)) });
}

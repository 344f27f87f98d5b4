import { useState } from "react";
import { useSettleMatter } from "@/api/mutations";
import { ApiError } from "@/api/problem";
import type { AttentionItem, Choice, FulfillmentOrder, Order } from "@/api/types";
import { Banner } from "@/components/Problem";
import { useToaster } from "@/components/Toast";
import type { Names } from "@/features/orders/names";
import { m } from "@/paraglide/messages.js";
import { ChangedSince } from "./ChangedSince";
import { seenDifferences } from "./commit";
import { DecisionDialog } from "./DecisionDialog";
import type { Difference } from "./diff";
import { hasDetails, MatterDetails } from "./MatterDetails";
import { placeOf } from "./matter";
import { choiceText } from "./requestWords";
import { consequenceText } from "./wayWords";

export interface Settling {
  /** The order as it was on screen when the way out was chosen. */
  readonly order: Order;
  readonly item: AttentionItem;
  readonly choice: Choice;
}

interface Properties {
  readonly settling: Settling;
  /** The order's parts, as far as they are known. */
  readonly parts?: readonly FulfillmentOrder[];
  readonly names: Names;
  readonly onSettled: () => void;
  readonly onClose: () => void;
}

/**
 * Takes a way out of a matter, with a reason. When somebody was faster, what they changed is shown first, and the decision
 * is made on that.
 */
export function SettleDialog({ settling, parts = [], names, onSettled, onClose }: Properties) {
  const { item, choice } = settling;
  const toaster = useToaster();
  const settle = useSettleMatter();
  const [order, setOrder] = useState(settling.order);
  const [since, setSince] = useState<readonly Difference[]>([]);
  const [gone, setGone] = useState(false);
  const decide = (reason: string) => {
    const matter = placeOf(item, order);
    if (matter === undefined) {
      setGone(true);
      return;
    }
    settle.mutate(
      { id: order.id, matter, body: { revision: order.revision, choice, reason } },
      {
        onSuccess: () => {
          toaster.done(m.order_matter_settled({ number: order.number }));
          onSettled();
        },
        onError: (error) => {
          const current =
            error instanceof ApiError && error.problem.code === "SY-0006" ? error.problem.order : undefined;
          if (!current) return;
          setSince(seenDifferences(order, current));
          setGone(placeOf(item, current) === undefined);
          setOrder(current);
          settle.reset();
        },
      },
    );
  };
  const moved = order !== settling.order;
  return (
    <DecisionDialog
      title={m.order_matter_settle_title({ choice: choiceText(choice) })}
      consequence={consequenceText(choice)}
      button={choiceText(choice)}
      busy={settle.isPending}
      refused={gone}
      error={settle.error ?? undefined}
      onDecide={decide}
      onClose={onClose}
    >
      {gone ? (
        <Banner family="changed" title={m.order_matter_gone()} />
      ) : (
        moved && since.length === 0 && <Banner family="changed" title={m.order_matter_moved()} />
      )}
      <ChangedSince changes={since} lines={order.lines} names={names} />
      {hasDetails(item) && <MatterDetails item={item} lines={order.lines} parts={parts} names={names} />}
    </DecisionDialog>
  );
}

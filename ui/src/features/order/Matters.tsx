import { useState } from "react";
import { useSettleMatter } from "@/api/mutations";
import type { AttentionItem, Choice, Order } from "@/api/types";
import { Button } from "@/components/Button";
import { ProblemBanner } from "@/components/Problem";
import { useToaster } from "@/components/Toast";
import { m } from "@/paraglide/messages.js";
import { DecisionDialog } from "./DecisionDialog";
import { choiceText } from "./requestWords";

interface Settling {
  readonly matter: number;
  readonly item: AttentionItem;
  readonly choice: Choice;
}

/** Matters that wait for a person, each with the ways out that are left. */
export function Matters({ order }: { order: Order }) {
  const toaster = useToaster();
  const settle = useSettleMatter();
  const [settling, setSettling] = useState<Settling | undefined>(undefined);
  const close = () => {
    setSettling(undefined);
    settle.reset();
  };
  const decide = (reason: string) => {
    if (settling === undefined) return;
    const { matter, choice } = settling;
    const body = { revision: order.revision, choice, reason };
    settle.mutate(
      { id: order.id, matter, body },
      {
        onSuccess: () => {
          close();
          toaster.done(m.order_matter_settled({ number: order.number }));
        },
      },
    );
  };
  return (
    <>
      {(order.attention ?? []).map((item, matter) => (
        <ProblemBanner
          key={`${item.code}-${item.request ?? item.fulfillment ?? matter}`}
          family="attention"
          problem={{ code: item.code, title: item.what, detail: item.detail, next_step: "" }}
          actions={
            <span className="flex flex-wrap justify-end gap-8">
              {item.options.map((choice) => (
                <Button key={choice} size="small" onClick={() => setSettling({ matter, item, choice })}>
                  {choiceText(choice)}
                </Button>
              ))}
            </span>
          }
        />
      ))}
      {settling !== undefined && (
        <DecisionDialog
          title={m.order_matter_settle_title({ choice: choiceText(settling.choice) })}
          consequence={settling.choice === "try_again" ? m.order_matter_settle_again() : m.order_matter_settle_text()}
          button={choiceText(settling.choice)}
          busy={settle.isPending}
          error={settle.error ?? undefined}
          onDecide={decide}
          onClose={close}
        />
      )}
    </>
  );
}

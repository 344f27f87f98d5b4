import { useState } from "react";
import type { Order } from "@/api/types";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { ErrorBanner } from "@/components/Problem";
import { m } from "@/paraglide/messages.js";
import { HoldFields, type HoldWish, NEW_HOLD, wishOf } from "./HoldFields";

interface Properties {
  readonly order: Order;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onHold: (wish: HoldWish) => void;
  readonly onClose: () => void;
}

/** Puts a hold on one order. */
export function HoldDialog({ order, busy, error, onHold, onClose }: Properties) {
  const [form, setForm] = useState(NEW_HOLD);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="small"
      title={m.order_hold_dialog({ number: order.number })}
      description={m.order_hold_consequence()}
      actions={
        <>
          <Button onClick={onClose}>{m.cancel()}</Button>
          <Button variant="primary" busy={busy} type="submit" form="hold-order">
            {m.order_action_hold()}
          </Button>
        </>
      }
    >
      <form
        id="hold-order"
        className="flex flex-col gap-16"
        onSubmit={(event) => {
          event.preventDefault();
          onHold(wishOf(form));
        }}
      >
        <HoldFields form={form} onForm={setForm} />
        {error !== null && error !== undefined && <ErrorBanner error={error} />}
      </form>
    </Dialog>
  );
}

import { useState } from "react";
import type { HoldReason, Order } from "@/api/types";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Field, TextAreaField } from "@/components/Field";
import { ErrorBanner } from "@/components/Problem";
import { Select } from "@/components/Select";
import { serverNow } from "@/lib/ticker";
import { m } from "@/paraglide/messages.js";
import { HOLD_REASONS, holdReasonText } from "./words";

const HOUR = 3_600_000;
type Until = "open" | "1h" | "4h" | "1d" | "3d";
const LENGTHS: Readonly<Record<Until, number | undefined>> = {
  open: undefined,
  "1h": HOUR,
  "4h": 4 * HOUR,
  "1d": 24 * HOUR,
  "3d": 72 * HOUR,
};

export interface HoldWish {
  readonly reason: HoldReason;
  readonly note: string;
  /** RFC 3339; `undefined` when a person must lift it. */
  readonly expires_at: string | undefined;
}

interface Properties {
  readonly order: Order;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onHold: (wish: HoldWish) => void;
  readonly onClose: () => void;
}

/** Why, in words, until when. */
export function HoldDialog({ order, busy, error, onHold, onClose }: Properties) {
  const [reason, setReason] = useState<HoldReason>("customer");
  const [note, setNote] = useState("");
  const [until, setUntil] = useState<Until>("open");
  const submit = () => {
    const length = LENGTHS[until];
    const expires = length === undefined ? undefined : new Date(serverNow() + length).toISOString();
    onHold({ reason, note: note.trim(), expires_at: expires });
  };
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
          submit();
        }}
      >
        <Field label={m.order_reason()}>
          <Select
            label={m.order_reason()}
            value={reason}
            onValueChange={setReason}
            options={HOLD_REASONS.map((value) => ({ value, label: holdReasonText(value) }))}
          />
        </Field>
        <TextAreaField label={m.order_hold_note()} rows={2} value={note} onValueChange={setNote} />
        <Field label={m.order_hold_until_label()}>
          <Select
            label={m.order_hold_until_label()}
            value={until}
            onValueChange={setUntil}
            options={[
              { value: "open", label: m.order_until_open() },
              { value: "1h", label: m.order_until_1h() },
              { value: "4h", label: m.order_until_4h() },
              { value: "1d", label: m.order_until_1d() },
              { value: "3d", label: m.order_until_3d() },
            ]}
          />
        </Field>
        {error !== null && error !== undefined && <ErrorBanner error={error} />}
      </form>
    </Dialog>
  );
}

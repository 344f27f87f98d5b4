import type { HoldReason } from "@/api/types";
import { Field, TextAreaField } from "@/components/Field";
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

/** What stands in the fields. */
export interface HoldForm {
  readonly reason: HoldReason;
  readonly note: string;
  readonly until: Until;
}

export const NEW_HOLD: HoldForm = { reason: "customer", note: "", until: "open" };

/** The wish as of now: a length becomes an instant. */
export function wishOf({ reason, note, until }: HoldForm): HoldWish {
  const length = LENGTHS[until];
  const expires = length === undefined ? undefined : new Date(serverNow() + length).toISOString();
  return { reason, note: note.trim(), expires_at: expires };
}

/** Why, in words, until when. */
export function HoldFields({ form, onForm }: { form: HoldForm; onForm: (form: HoldForm) => void }) {
  return (
    <>
      <Field label={m.order_reason()}>
        <Select
          label={m.order_reason()}
          value={form.reason}
          onValueChange={(reason) => onForm({ ...form, reason })}
          options={HOLD_REASONS.map((value) => ({ value, label: holdReasonText(value) }))}
        />
      </Field>
      <TextAreaField
        label={m.order_hold_note()}
        rows={2}
        value={form.note}
        onValueChange={(note) => onForm({ ...form, note })}
      />
      <Field label={m.order_hold_until_label()}>
        <Select
          label={m.order_hold_until_label()}
          value={form.until}
          onValueChange={(until) => onForm({ ...form, until })}
          options={[
            { value: "open", label: m.order_until_open() },
            { value: "1h", label: m.order_until_1h() },
            { value: "4h", label: m.order_until_4h() },
            { value: "1d", label: m.order_until_1d() },
            { value: "3d", label: m.order_until_3d() },
          ]}
        />
      </Field>
    </>
  );
}

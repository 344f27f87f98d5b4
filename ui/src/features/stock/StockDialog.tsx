import { useRef, useState } from "react";
import { type StockChange, useChangeStock } from "@/api/stock";
import type { BlockReason, StockRow } from "@/api/types";
import { Button } from "@/components/Button";
import { CONFIRM_SHORTCUT, ConfirmKey, Dialog } from "@/components/Dialog";
import { CountField, Field, TextAreaField } from "@/components/Field";
import { ErrorBanner } from "@/components/Problem";
import { Select } from "@/components/Select";
import { classes } from "@/lib/classes";
import { integer, typedCount } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { available, changed, sellable, type Verb, type Wish } from "./effect";
import { BLOCK_REASONS, reasonText, verbText } from "./words";

interface Properties {
  readonly row: StockRow;
  readonly warehouse: string;
  readonly verb: Verb;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

const CONSEQUENCES: Readonly<Record<Verb, () => string>> = {
  keep_back: m.stock_keep_back_text,
  block: m.stock_block_text,
  unblock: m.stock_unblock_text,
  earmark: m.stock_earmark_text,
  correct: m.stock_correct_text,
};

/** The number a person would begin with. */
function begun({ level }: StockRow, verb: Verb, shop: string): string {
  if (verb === "keep_back") return String(level.safety ?? 0);
  if (verb === "correct") return String(level.on_hand);
  return verb === "earmark" ? String(level.earmarks?.[shop] ?? 0) : "1";
}

function changeOf({ verb, units, why, shop }: Wish, reason: string): StockChange {
  switch (verb) {
    case "keep_back":
      return { verb, body: { safety: units, reason } };
    case "block":
      return { verb, body: { units, why, reason } };
    case "unblock":
      return { verb, body: { units, why, reason } };
    case "earmark":
      return { verb, body: { shop, units, reason } };
    case "correct":
      return { verb, body: { on_hand: units, reason } };
  }
}

function Effect({ row, wish }: { row: StockRow; wish: Wish }) {
  const next = changed(row.level, wish);
  if (next === undefined) return null;
  const lines = [
    { label: m.stock_available(), before: available(row.level), after: available(next) },
    ...row.shops.map((share) => ({
      label: m.stock_may_sell_shop({ shop: share.name }),
      before: sellable(row.level, share.shop),
      after: sellable(next, share.shop),
    })),
  ];
  return (
    <table className="w-full text-sm" aria-label={m.stock_effect()}>
      <thead className="text-xs text-fg-2">
        <tr>
          <th className="py-4 text-left font-medium">{m.stock_effect()}</th>
          <th className="py-4 text-right font-medium">{m.order_diff_before()}</th>
          <th className="py-4 text-right font-medium">{m.order_diff_after()}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-border border-t border-border">
        {lines.map((line) => (
          <tr key={line.label}>
            <th scope="row" className="py-4 text-left font-normal">
              {line.label}
            </th>
            <td className="py-4 text-right text-fg-2">{integer(line.before)}</td>
            <td className={classes("py-4 text-right font-semibold", line.after !== line.before && "text-changed-text")}>
              {integer(line.after)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Asks for a change of a level and shows what it would come to before it is done. */
export function StockDialog({ row, warehouse, verb, onDone, onClose }: Properties) {
  const { level } = row;
  const change = useChangeStock();
  const first = useRef<HTMLElement>(null);
  const aside = BLOCK_REASONS.filter((reason) => (level.blocked?.[reason] ?? 0) > 0);
  const reasons: readonly BlockReason[] = verb === "unblock" ? aside : BLOCK_REASONS;
  const [why, setWhy] = useState<BlockReason>(reasons[0] ?? "other");
  const [shop, setShop] = useState(row.shops[0]?.shop ?? "");
  const [count, setCount] = useState(() => begun(row, verb, row.shops[0]?.shop ?? ""));
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const units = typedCount(count);
  const least = verb === "block" || verb === "unblock" ? 1 : 0;
  const countFault = units >= least ? undefined : m.stock_units_fault({ least: integer(least) });
  const noteFault = verb === "correct" && note.trim() === "" ? m.field_required() : undefined;
  const wish: Wish = { verb, units, why, shop };
  const label = verb === "correct" ? m.stock_counted() : verb === "keep_back" ? m.stock_safety() : m.stock_units();
  const save = () => {
    setTried(true);
    if (countFault !== undefined || noteFault !== undefined || change.isPending) return;
    const place = { warehouse: level.warehouse, sku: level.sku };
    change.mutate({ place, change: changeOf(wish, note.trim()) }, { onSuccess: onDone });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={m.stock_dialog_title({ verb: verbText(verb), sku: level.sku, warehouse })}
      description={CONSEQUENCES[verb]()}
      initialFocus={first}
      onConfirm={save}
      actions={
        <>
          <Button onClick={onClose}>{m.cancel()}</Button>
          <Button
            variant="primary"
            busy={change.isPending}
            type="submit"
            form="change-stock"
            aria-keyshortcuts={CONFIRM_SHORTCUT}
          >
            {verbText(verb)}
            <ConfirmKey />
          </Button>
        </>
      }
    >
      <form
        id="change-stock"
        noValidate
        ref={(element) => {
          first.current = element?.querySelector("input[name=units]") ?? null;
        }}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        className="flex flex-col gap-16"
      >
        {verb === "earmark" && (
          <Field label={m.orders_column_shop()}>
            <Select
              label={m.orders_column_shop()}
              value={shop}
              onValueChange={(next) => {
                setShop(next);
                setCount(begun(row, verb, next));
              }}
              options={row.shops.map((share) => ({ value: share.shop, label: share.name }))}
            />
          </Field>
        )}
        {(verb === "block" || verb === "unblock") && (
          <Field label={m.stock_why()}>
            <Select
              label={m.stock_why()}
              value={why}
              onValueChange={setWhy}
              options={reasons.map((value) => ({ value, label: reasonText(value) }))}
            />
          </Field>
        )}
        <CountField
          label={label}
          name="units"
          value={count}
          onValueChange={setCount}
          error={tried ? countFault : undefined}
        />
        <TextAreaField
          label={m.order_reason()}
          help={verb === "correct" ? m.stock_correct_note() : m.stock_reason_help()}
          rows={2}
          value={note}
          onValueChange={setNote}
          error={tried ? noteFault : undefined}
        />
        <Effect row={row} wish={wish} />
        {change.error !== null && <ErrorBanner error={change.error} />}
      </form>
    </Dialog>
  );
}

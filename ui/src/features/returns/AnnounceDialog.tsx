import { useState } from "react";
import type { OrderDetail, ReturnCause } from "@/api/types";
import { CountField, Field, TextField } from "@/components/Field";
import { Select } from "@/components/Select";
import { useToaster } from "@/components/Toast";
import { DecisionDialog } from "@/features/order/DecisionDialog";
import { integer, typedCount } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { useAnnounceReturn } from "./mutations";
import { ANNOUNCED_CAUSES, causeText } from "./words";

interface Properties {
  readonly detail: OrderDetail;
  readonly onClose: () => void;
}

/** Says which units of an order will come back, and why. */
export function AnnounceDialog({ detail, onClose }: Properties) {
  const { order, returnable } = detail;
  const toaster = useToaster();
  const announce = useAnnounceReturn();
  const [units, setUnits] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(returnable.map((of) => [of.line, String(of.units)])),
  );
  const [cause, setCause] = useState<ReturnCause>("customer");
  const [tracking, setTracking] = useState("");
  const lines = returnable.map((of) => {
    const typed = units[of.line] ?? "";
    const wanted = typed.trim() === "" ? 0 : typedCount(typed);
    const known = order.lines.find((line) => line.id === of.line);
    return { line: of.line, most: of.units, wanted, sku: known?.sku ?? of.line, wrong: !(wanted <= of.units) };
  });
  const chosen = lines.filter((line) => line.wanted > 0);
  const refused = chosen.length === 0 || lines.some((line) => line.wrong);
  const decide = (reason: string) => {
    if (refused) return;
    announce.mutate(
      {
        body: {
          order: order.id,
          revision: order.revision,
          reason,
          cause,
          tracking_code: tracking.trim(),
          lines: chosen.map(({ line, wanted }) => ({ line, units: wanted })),
        },
      },
      {
        onSuccess: ({ return: goods }) => {
          toaster.done(m.returns_announced({ reference: goods.reference }));
          onClose();
        },
      },
    );
  };
  return (
    <DecisionDialog
      title={m.returns_announce_title({ number: order.number })}
      consequence={m.returns_announce_text()}
      button={m.returns_announce()}
      busy={announce.isPending}
      refused={refused}
      error={announce.error ?? undefined}
      onDecide={decide}
      onClose={onClose}
      fields={
        <div className="grid grid-cols-1 items-start gap-12 md:grid-cols-2">
          {lines.map((line) => (
            <CountField
              key={line.line}
              label={m.returns_announce_units({ sku: line.sku })}
              help={m.returns_announce_most({ count: integer(line.most) })}
              error={line.wrong ? m.returns_announce_most({ count: integer(line.most) }) : ""}
              value={units[line.line] ?? ""}
              onValueChange={(value) => setUnits({ ...units, [line.line]: value })}
            />
          ))}
          <Field label={m.returns_field_cause()} className="md:col-start-1">
            <Select
              value={cause}
              onValueChange={setCause}
              options={ANNOUNCED_CAUSES.map((value) => ({ value, label: causeText(value) }))}
            />
          </Field>
          <TextField
            label={m.returns_field_tracking()}
            mono
            value={tracking}
            onValueChange={(value) => setTracking(value)}
          />
        </div>
      }
    />
  );
}

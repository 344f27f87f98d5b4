import { useState } from "react";
import type { DiscrepancyKind, Transfer } from "@/api/types";
import { CountField, Field } from "@/components/Field";
import { Select } from "@/components/Select";
import { useToaster } from "@/components/Toast";
import { DecisionDialog } from "@/features/order/DecisionDialog";
import { integer, typedCount } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { type TransferWish, useChangeTransfer } from "./mutations";
import { KINDS, type LineStep, open, type Step, toCome, toPutAway } from "./steps";
import { kindText, STEP_WORDS } from "./words";

/** What somebody is about to do: a step of the whole, or something about one line. */
export type Asked = { readonly step: Step } | { readonly step: LineStep; readonly line: number };

interface Properties {
  readonly transfer: Transfer;
  readonly asked: Asked;
  readonly onClose: () => void;
}

/** Records what happened to a transfer, on the revision that is shown. */
export function TransferDialog({ transfer, asked, onClose }: Properties) {
  if (!("line" in asked)) return <StepDialog transfer={transfer} step={asked.step} onClose={onClose} />;
  const properties = { transfer, place: asked.line, onClose };
  switch (asked.step) {
    case "receive":
      return <ReceiveDialog {...properties} />;
    case "put_away":
      return <PutAwayDialog {...properties} />;
    case "explain":
      return <ExplainDialog {...properties} />;
  }
}

/** Sends a wish; the dialog goes when it was done, and says why when it was refused. */
function useDecision(transfer: Transfer, onClose: () => void) {
  const toaster = useToaster();
  const change = useChangeTransfer();
  const { id, revision, reference } = transfer;
  return {
    busy: change.isPending,
    error: change.error ?? undefined,
    decide: (wish: TransferWish) => (reason: string) =>
      change.mutate(
        { id, revision, reason, wish },
        {
          onSuccess: () => {
            toaster.done(m.transfers_done({ reference }));
            onClose();
          },
        },
      ),
  };
}

function StepDialog({ transfer, step, onClose }: { transfer: Transfer; step: Step; onClose: () => void }) {
  const { decide, ...rest } = useDecision(transfer, onClose);
  const words = STEP_WORDS[step];
  return (
    <DecisionDialog
      {...rest}
      title={words.title({ reference: transfer.reference })}
      consequence={words.text()}
      reasonHelp={m.transfers_reason_help()}
      button={words.button()}
      danger={step === "reject"}
      reasonNeeded={step === "reject"}
      onDecide={decide({ verb: step })}
      onClose={onClose}
    />
  );
}

interface LineProperties {
  readonly transfer: Transfer;
  /** Its place among the lines. */
  readonly place: number;
  readonly onClose: () => void;
}

function ReceiveDialog({ transfer, place, onClose }: LineProperties) {
  const { decide, ...rest } = useDecision(transfer, onClose);
  const line = transfer.lines[place];
  const [units, setUnits] = useState(() => String(Math.max(1, line === undefined ? 1 : toCome(line))));
  if (line === undefined) return null;
  const wrong = !(typedCount(units) >= 1);
  return (
    <DecisionDialog
      {...rest}
      title={m.transfers_receive_title({ sku: line.sku })}
      consequence={m.transfers_receive_text()}
      reasonHelp={m.transfers_reason_help()}
      button={m.transfers_receive()}
      refused={wrong}
      onDecide={decide({ verb: "receive", line: place, units: typedCount(units) })}
      onClose={onClose}
      fields={
        <CountField
          label={m.transfers_field_units()}
          help={m.transfers_receive_help({ announced: integer(line.announced), received: integer(line.received) })}
          error={wrong ? m.transfers_units_wrong() : ""}
          value={units}
          onValueChange={(value) => setUnits(value)}
        />
      }
    />
  );
}

/** A count that may be left empty. */
const atLeastNothing = (text: string): number => (text.trim() === "" ? 0 : typedCount(text));

function PutAwayDialog({ transfer, place, onClose }: LineProperties) {
  const { decide, ...rest } = useDecision(transfer, onClose);
  const line = transfer.lines[place];
  const there = line === undefined ? 0 : toPutAway(line);
  const [shelf, setShelf] = useState(() => String(there));
  const [aside, setAside] = useState("0");
  if (line === undefined) return null;
  const [stocked, quarantined] = [atLeastNothing(shelf), atLeastNothing(aside)];
  const sum = stocked + quarantined;
  const wrong = !(sum >= 1 && sum <= there);
  const most = m.transfers_put_away_most({ count: integer(there) });
  return (
    <DecisionDialog
      {...rest}
      title={m.transfers_put_away_title({ sku: line.sku })}
      consequence={m.transfers_put_away_text()}
      reasonHelp={m.transfers_reason_help()}
      button={m.transfers_put_away()}
      refused={wrong}
      onDecide={decide({ verb: "put_away", line: place, stocked, quarantined })}
      onClose={onClose}
      fields={
        <div className="grid grid-cols-2 items-start gap-12">
          <CountField
            label={m.transfers_field_stocked()}
            help={most}
            error={wrong ? most : ""}
            value={shelf}
            onValueChange={(value) => setShelf(value)}
          />
          <CountField
            label={m.transfers_field_quarantined()}
            value={aside}
            onValueChange={(value) => setAside(value)}
          />
        </div>
      }
    />
  );
}

function ExplainDialog({ transfer, place, onClose }: LineProperties) {
  const { decide, ...rest } = useDecision(transfer, onClose);
  const line = transfer.lines[place];
  const left = line === undefined ? { lost: 0, surplus: 0, damaged: 0 } : open(line);
  const kinds = KINDS.filter((kind) => left[kind] > 0);
  const [kind, setKind] = useState<DiscrepancyKind>(kinds[0] ?? "lost");
  const [units, setUnits] = useState(() => String(left[kind]));
  if (line === undefined) return null;
  const wrong = !(typedCount(units) >= 1 && typedCount(units) <= left[kind]);
  const most = m.transfers_explain_most({ count: integer(left[kind]) });
  return (
    <DecisionDialog
      {...rest}
      title={m.transfers_explain_title({ sku: line.sku })}
      consequence={m.transfers_explain_text()}
      reasonHelp={m.transfers_explain_help()}
      button={m.transfers_explain()}
      reasonNeeded
      refused={wrong}
      onDecide={decide({ verb: "explain", line: place, difference: kind, units: typedCount(units) })}
      onClose={onClose}
      fields={
        <div className="grid grid-cols-2 items-start gap-12">
          <Field label={m.transfers_field_kind()}>
            <Select
              value={kind}
              onValueChange={(next) => {
                setKind(next);
                setUnits(String(left[next]));
              }}
              options={kinds.map((value) => ({ value, label: kindText(value) }))}
            />
          </Field>
          <CountField
            label={m.transfers_field_units()}
            help={most}
            error={wrong ? most : ""}
            value={units}
            onValueChange={(value) => setUnits(value)}
          />
        </div>
      }
    />
  );
}

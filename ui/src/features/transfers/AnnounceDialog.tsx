import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useId, useState } from "react";
import { connectionsQuery } from "@/api/queries";
import { stockQuery } from "@/api/stock";
import type { Transfer } from "@/api/types";
import { Button, IconButton } from "@/components/Button";
import { CountField, Field, TextField } from "@/components/Field";
import { Select } from "@/components/Select";
import { useToaster } from "@/components/Toast";
import { DecisionDialog } from "@/features/order/DecisionDialog";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { type Announcement, announced, type LineFault, lineFault, SUPPLIER, type TypedLine } from "./announcement";
import { useAnnounceTransfer } from "./mutations";

const FAULTS: Readonly<Record<LineFault, () => string>> = {
  twice: m.transfers_announce_twice,
  no_sku: m.transfers_announce_no_sku,
  units: m.transfers_units_wrong,
};

interface Properties {
  readonly onAnnounced: (transfer: Transfer) => void;
  readonly onClose: () => void;
}

/** Says which goods come to a warehouse: from whom, how many of what, and when. */
export function AnnounceDialog({ onAnnounced, onClose }: Properties) {
  const toaster = useToaster();
  const announce = useAnnounceTransfer();
  const { data } = useQuery(connectionsQuery());
  const places = data?.items.flatMap((item) => item.warehouses) ?? [];
  const [typed, setTyped] = useState<Announcement>({
    from: SUPPLIER,
    to: null,
    lines: [{ key: 0, sku: "", units: "" }],
    expected: "",
    note: "",
  });
  const { from, to, lines } = typed;
  const edit = (change: Partial<Announcement>) => setTyped({ ...typed, ...change });
  const editLine = (line: TypedLine, change: Partial<TypedLine>) =>
    edit({ lines: lines.map((one) => (one === line ? { ...one, ...change } : one)) });
  const known = useKnownArticles(from === SUPPLIER ? (to ?? undefined) : from);
  const articles = useId();
  const same = to !== null && from === to;
  const refused = announced(typed, "") === undefined;
  const decide = (reason: string) => {
    const body = announced(typed, reason);
    if (body === undefined) return;
    announce.mutate(
      { body },
      {
        onSuccess: (transfer) => {
          toaster.done(m.transfers_announced({ reference: transfer.reference }));
          onAnnounced(transfer);
        },
      },
    );
  };
  const warehouses = places.map((place) => ({ value: place.id, label: place.name }));
  return (
    <DecisionDialog
      title={m.transfers_announce_title()}
      consequence={m.transfers_announce_text()}
      reasonHelp={m.transfers_reason_help()}
      button={m.transfers_announce()}
      busy={announce.isPending}
      refused={refused}
      error={announce.error ?? undefined}
      onDecide={decide}
      onClose={onClose}
      fields={
        <>
          <div className="grid grid-cols-1 items-start gap-12 md:grid-cols-2">
            <Field label={m.transfers_field_from()}>
              <Select
                value={from}
                onValueChange={(value) => edit({ from: value })}
                options={[{ value: SUPPLIER, label: m.transfers_supplier() }, ...warehouses]}
              />
            </Field>
            <Field label={m.transfers_field_to()} error={same ? m.transfers_announce_same() : ""}>
              <Select
                value={to}
                placeholder={m.transfers_announce_choose()}
                onValueChange={(value) => edit({ to: value })}
                options={warehouses}
              />
            </Field>
          </div>
          <div className="flex flex-col gap-8">
            {lines.map((line, place) => {
              const fault = lineFault(lines, line);
              const free = from === SUPPLIER ? undefined : known.get(line.sku.trim());
              const number = integer(place + 1);
              return (
                <fieldset key={line.key} className="grid grid-cols-[minmax(0,1fr)_112px_28px] items-start gap-8">
                  <legend className="sr-only">{m.transfers_announce_line({ number })}</legend>
                  <TextField
                    label={m.transfers_field_sku()}
                    help={free === undefined ? undefined : m.transfers_announce_free({ count: integer(free) })}
                    error={fault === undefined || fault === "units" ? "" : FAULTS[fault]()}
                    mono
                    maxLength={100}
                    list={articles}
                    autoComplete="off"
                    spellCheck={false}
                    value={line.sku}
                    onValueChange={(sku: string) => editLine(line, { sku })}
                  />
                  <CountField
                    label={m.transfers_field_units()}
                    error={fault === "units" && line.units !== "" ? FAULTS.units() : ""}
                    value={line.units}
                    onValueChange={(units: string) => editLine(line, { units })}
                  />
                  {lines.length > 1 && (
                    <span className="mt-20">
                      <IconButton
                        icon={X}
                        label={m.transfers_announce_remove({ number })}
                        onClick={() => edit({ lines: lines.filter((one) => one !== line) })}
                      />
                    </span>
                  )}
                </fieldset>
              );
            })}
            <datalist id={articles}>
              {[...known.keys()].map((sku) => (
                <option key={sku} value={sku} />
              ))}
            </datalist>
            <span>
              <Button
                size="small"
                icon={Plus}
                onClick={() =>
                  edit({ lines: [...lines, { key: Math.max(...lines.map(({ key }) => key)) + 1, sku: "", units: "" }] })
                }
              >
                {m.transfers_announce_more()}
              </Button>
            </span>
          </div>
          <div className="grid grid-cols-1 items-start gap-12 md:grid-cols-[176px_minmax(0,1fr)]">
            <TextField
              label={m.transfers_field_expected()}
              type="date"
              value={typed.expected}
              onValueChange={(expected: string) => edit({ expected })}
            />
            <TextField
              label={m.transfers_field_note()}
              help={m.transfers_field_note_help()}
              maxLength={2000}
              value={typed.note}
              onValueChange={(note: string) => edit({ note })}
            />
          </div>
        </>
      }
    />
  );
}

/** Articles a warehouse has levels of, with the units nobody was promised: to suggest, never to refuse. */
function useKnownArticles(warehouse: string | undefined): ReadonlyMap<string, number> {
  const { data } = useInfiniteQuery({ ...stockQuery({ warehouse }), enabled: warehouse !== undefined });
  return new Map(data?.pages.flatMap((page) => page.items).map((row) => [row.level.sku, row.available] as const) ?? []);
}

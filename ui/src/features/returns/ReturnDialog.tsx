import { useState } from "react";
import type { CustomerDecision, Return, StockDecision } from "@/api/types";
import { CountField, Field, TextField } from "@/components/Field";
import { Select } from "@/components/Select";
import { useToaster } from "@/components/Toast";
import { DecisionDialog } from "@/features/order/DecisionDialog";
import { integer, typedCount } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { type ReturnWish, useChangeReturn } from "./mutations";
import { CUSTOMER_DECISIONS, customerText, STOCK_DECISIONS, stockText } from "./words";

export type ReturnVerb =
  | { readonly verb: "receive"; readonly item?: number }
  | { readonly verb: "stock"; readonly item: number }
  | { readonly verb: "customer"; readonly item: number }
  | { readonly verb: "split"; readonly item: number }
  | { readonly verb: "cancel" };

interface Properties {
  readonly goods: Return;
  readonly verb: ReturnVerb;
  readonly onClose: () => void;
}

/** A decision about a return: what follows from it, what exactly, and why. */
export function ReturnDialog({ goods, verb, onClose }: Properties) {
  const toaster = useToaster();
  const change = useChangeReturn();
  const item = verb.verb === "cancel" || verb.item === undefined ? undefined : goods.items[verb.item];
  const place = verb.verb === "cancel" ? 0 : (verb.item ?? 0);
  const [sku, setSku] = useState(item?.sku ?? goods.items[0]?.sku ?? "");
  const missing = item === undefined ? 1 : Math.max(1, item.announced - item.received);
  const [units, setUnits] = useState(verb.verb === "split" ? "1" : String(missing));
  const [stock, setStock] = useState<StockDecision>(
    item === undefined || item.stock === "undecided" ? "restock" : item.stock,
  );
  const [condition, setCondition] = useState(item?.condition ?? "");
  const [customer, setCustomer] = useState<CustomerDecision>(
    item === undefined || item.customer === "undecided" ? "refund" : item.customer,
  );

  const wish = (): ReturnWish => {
    switch (verb.verb) {
      case "receive":
        return { verb: "receive", sku: sku.trim(), units: typedCount(units) };
      case "stock":
        return { verb: "stock", item: place, decision: stock, condition: condition.trim() };
      case "customer":
        return { verb: "customer", item: place, decision: customer };
      case "split":
        return { verb: "split", item: place, units: typedCount(units) };
      case "cancel":
        return { verb: "cancel" };
    }
  };
  const words = {
    receive: {
      title: m.returns_receive_title({ reference: goods.reference }),
      text: m.returns_receive_text(),
      button: m.returns_receive(),
    },
    stock: {
      title: m.returns_stock_title({ sku: item?.sku ?? "", units: integer(item?.received ?? 0) }),
      text: m.returns_stock_text(),
      button: m.returns_decide(),
    },
    customer: {
      title: m.returns_customer_title({ sku: item?.sku ?? "" }),
      text: m.returns_customer_text(),
      button: m.returns_decide(),
    },
    split: {
      title: m.returns_split_title({ sku: item?.sku ?? "", units: integer(item?.received ?? 0) }),
      text: m.returns_split_text(),
      button: m.returns_split(),
    },
    cancel: {
      title: m.returns_cancel_title({ reference: goods.reference }),
      text: m.returns_cancel_text(),
      button: m.returns_cancel(),
    },
  }[verb.verb];
  const most = verb.verb === "split" ? (item?.received ?? 1) - 1 : Number.POSITIVE_INFINITY;
  const counts = verb.verb === "receive" || verb.verb === "split";
  const wrong = counts && !(typedCount(units) >= 1 && typedCount(units) <= most);
  const nameless = verb.verb === "receive" && sku.trim() === "";
  const decide = (reason: string) => {
    if (wrong || nameless) return;
    change.mutate(
      { id: goods.id, revision: goods.revision, reason, wish: wish() },
      {
        onSuccess: () => {
          toaster.done(m.returns_done({ reference: goods.reference }));
          onClose();
        },
      },
    );
  };
  return (
    <DecisionDialog
      title={words.title}
      consequence={words.text}
      button={words.button}
      danger={verb.verb === "cancel"}
      busy={change.isPending}
      refused={wrong || nameless}
      error={change.error ?? undefined}
      onDecide={decide}
      onClose={onClose}
      fields={
        verb.verb === "cancel" ? undefined : (
          <>
            {verb.verb === "receive" && (
              <TextField label={m.returns_field_sku()} mono value={sku} onValueChange={(value) => setSku(value)} />
            )}
            {counts && (
              <CountField
                label={m.returns_field_units()}
                value={units}
                onValueChange={(value) => setUnits(value)}
                error={wrong ? m.returns_field_units_wrong() : ""}
              />
            )}
            {verb.verb === "stock" && (
              <>
                <Field label={m.returns_field_stock()}>
                  <Select
                    value={stock}
                    onValueChange={setStock}
                    options={STOCK_DECISIONS.map((value) => ({ value, label: stockText(value) }))}
                  />
                </Field>
                <TextField
                  label={m.returns_field_condition()}
                  help={m.returns_field_condition_help()}
                  value={condition}
                  onValueChange={(value) => setCondition(value)}
                />
              </>
            )}
            {verb.verb === "customer" && (
              <Field label={m.returns_field_customer()}>
                <Select
                  value={customer}
                  onValueChange={setCustomer}
                  options={CUSTOMER_DECISIONS.map((value) => ({ value, label: customerText(value) }))}
                />
              </Field>
            )}
          </>
        )
      }
    />
  );
}

import { useState } from "react";
import { TextField } from "@/components/Field";
import { amountText } from "@/features/rules/amount";
import { formatMoney, minorUnits } from "@/lib/money";
import { m } from "@/paraglide/messages.js";

interface Properties {
  readonly name: string;
  readonly label: string;
  readonly currency: string;
  /** With a point before the minor units, or what was typed where that is no amount. */
  readonly amount: string;
  /** What it was before the draft. */
  readonly was: string | undefined;
  readonly wrong: string | undefined;
  readonly onAmount: (amount: string) => void;
}

/** An amount of one currency: typed with either decimal sign, shown with the language's own. */
export function AmountField({ name, label, currency, amount, was, wrong, onAmount }: Properties) {
  // What is typed stays as it is typed while the field has the keyboard.
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const minor = minorUnits(amount, currency);
  const before = was === undefined || was === amount ? undefined : minorUnits(was, currency);
  return (
    <TextField
      name={name}
      label={<span className="sr-only">{label}</span>}
      className="ml-auto w-96 text-right whitespace-normal"
      inputMode="decimal"
      numeric
      autoComplete="off"
      value={typed ?? (minor === undefined ? amount : amountText(minor, currency))}
      error={wrong}
      help={before === undefined ? undefined : m.order_was({ value: formatMoney(before, currency) })}
      onBlur={() => setTyped(undefined)}
      onValueChange={(text: string) => {
        setTyped(text);
        const read = minorUnits(text, currency);
        onAmount(read === undefined ? text : amountText(read, currency, "en"));
      }}
    />
  );
}

import { X } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/Button";
import { TextField } from "@/components/Field";
import { m } from "@/paraglide/messages.js";
import type { NewLine } from "./draft";

interface Properties {
  readonly line: NewLine;
  readonly currency: string;
  readonly wrong: ReadonlyMap<string, string>;
  /** Shows what is wrong with fields nobody has been in yet. */
  readonly insist: boolean;
  readonly onLine: (line: NewLine) => void;
  readonly onRemove: () => void;
}

/** A line that shall be added: what, how many, for how much. What is wrong shows once its field was left, or with `insist`. */
export function AddedLine({ line, currency, wrong, insist, onLine, onRemove }: Properties) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const field = (name: "sku" | "title" | "quantity" | "price") => {
    const path = `added.${line.id}.${name}`;
    return {
      name: path,
      autoComplete: "off",
      error: insist || left.has(name) ? wrong.get(path) : undefined,
      onBlur: () => setLeft((before) => new Set([...before, name])),
    };
  };
  return (
    <fieldset className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_80px_96px_auto] items-start gap-8">
      <legend className="sr-only">{m.order_field_added({ sku: line.sku })}</legend>
      <TextField
        {...field("sku")}
        label={m.order_add_sku()}
        mono
        maxLength={100}
        value={line.sku}
        error={field("sku").error ?? wrong.get(`added.${line.id}`)}
        onValueChange={(sku: string) => onLine({ ...line, sku })}
      />
      <TextField
        {...field("title")}
        label={m.order_add_title()}
        maxLength={200}
        value={line.title}
        onValueChange={(title: string) => onLine({ ...line, title })}
      />
      <TextField
        {...field("quantity")}
        label={m.order_add_quantity()}
        inputMode="numeric"
        value={String(line.quantity)}
        onValueChange={(typed: string) =>
          onLine({ ...line, quantity: Number(typed.replaceAll(/\D/g, "").slice(0, 9)) })
        }
      />
      <TextField
        {...field("price")}
        label={m.order_add_price({ currency })}
        inputMode="decimal"
        placeholder="0"
        value={line.price}
        onValueChange={(price: string) => onLine({ ...line, price })}
      />
      <span className="pt-18">
        <IconButton icon={X} label={m.order_add_remove({ sku: line.sku })} onClick={onRemove} />
      </span>
    </fieldset>
  );
}

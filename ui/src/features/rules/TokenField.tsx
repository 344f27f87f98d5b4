import { X } from "lucide-react";
import { useRef, useState } from "react";
import { Field } from "@/components/Field";
import { classes } from "@/lib/classes";
import { m } from "@/paraglide/messages.js";

interface Properties {
  readonly label: string;
  readonly values: readonly string[];
  readonly onValues: (values: readonly string[]) => void;
  readonly help?: string;
  readonly error?: string | undefined;
  readonly placeholder?: string;
  readonly readOnly: boolean;
  /** What a typed or pasted text becomes; several for one that names several. */
  readonly split?: (text: string) => readonly string[];
}

const LINES = /[\n\t;]/;

/** One member a line, as they come from a table. */
export function splitLines(text: string): readonly string[] {
  return text.split(LINES).map((part) => part.trim());
}

/** Codes such as `CH, li`. */
export function splitCodes(text: string): readonly string[] {
  return text.toUpperCase().split(/[\s,;]+/);
}

/** A list of short texts: Enter adds one, Backspace in the empty field takes the last away. */
export function TokenField(properties: Properties) {
  const { label, values, onValues, help, error, placeholder, readOnly, split = splitLines } = properties;
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const add = (text: string) => {
    const known = new Set(values);
    const fresh = split(text).filter((part) => part !== "" && !known.has(part));
    if (fresh.length > 0) onValues([...values, ...new Set(fresh)]);
    setTyped("");
  };
  return (
    <Field label={label} help={help} error={error}>
      <div
        className={classes(
          "flex min-h-32 flex-wrap items-center gap-4 rounded-4 border bg-surface px-4 py-2",
          "focus-within:border-accent hover:border-border-strong",
          error === undefined ? "border-border" : "border-danger-mark",
        )}
      >
        {values.map((value) => (
          <span
            key={value}
            className="inline-flex min-h-24 max-w-full items-center gap-2 rounded-4 bg-surface-2 pl-6 font-mono text-xs text-fg"
          >
            <span className="wrap-anywhere">{value}</span>
            {readOnly ? (
              <span className="w-4" />
            ) : (
              <button
                type="button"
                aria-label={m.rules_token_remove({ value })}
                onClick={() => {
                  onValues(values.filter((other) => other !== value));
                  field.current?.focus();
                }}
                className="flex size-24 items-center justify-center rounded-4 text-fg-3 hover:text-fg"
              >
                <X aria-hidden size={12} strokeWidth={2} />
              </button>
            )}
          </span>
        ))}
        {readOnly ? null : (
          <input
            ref={field}
            aria-label={label}
            aria-invalid={error !== undefined}
            value={typed}
            placeholder={values.length === 0 ? placeholder : undefined}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              const text = event.target.value;
              if (LINES.test(text)) add(text);
              else setTyped(text);
            }}
            onPaste={(event) => {
              const text = event.clipboardData.getData("text");
              if (!LINES.test(text)) return;
              event.preventDefault();
              add(typed + text);
            }}
            onBlur={() => add(typed)}
            onKeyDown={(event) => {
              if (
                (event.key === "Enter" || event.key === ",") &&
                typed.trim() !== "" &&
                !event.ctrlKey &&
                !event.metaKey
              ) {
                event.preventDefault();
                add(typed);
              } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
                event.preventDefault();
              } else if (event.key === "Backspace" && typed === "" && values.length > 0) {
                event.preventDefault();
                onValues(values.slice(0, -1));
              }
            }}
            className="h-24 min-w-96 flex-1 bg-transparent px-4 font-mono text-sm text-fg outline-none"
          />
        )}
      </div>
    </Field>
  );
}

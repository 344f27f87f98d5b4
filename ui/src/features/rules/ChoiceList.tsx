import { useId } from "react";
import { classes } from "@/lib/classes";
import { m } from "@/paraglide/messages.js";

export interface Option {
  readonly id: string;
  readonly name: string;
}

interface Properties {
  readonly label: string;
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly onChosen: (ids: readonly string[]) => void;
  /** Exactly one is chosen. */
  readonly single?: boolean;
  readonly error?: string | undefined;
  readonly readOnly: boolean;
}

/** Shops or warehouses by name. What is chosen and unknown stays in sight until somebody takes it away. */
export function ChoiceList({ label, options, chosen, onChosen, single = false, error, readOnly }: Properties) {
  const id = useId();
  const unknown = chosen.filter((one) => !options.some((option) => option.id === one));
  const all = [...options, ...unknown.map((one) => ({ id: one, name: m.rules_unknown_name({ id: one }) }))];
  const toggle = (one: string, on: boolean) =>
    onChosen(single ? [one] : on ? [...chosen, one] : chosen.filter((other) => other !== one));
  return (
    <fieldset
      aria-describedby={error === undefined ? undefined : id}
      disabled={readOnly}
      className="flex min-w-0 flex-col gap-4"
    >
      <legend className="mb-4 text-xs font-medium text-fg-2">{label}</legend>
      <div className="flex max-h-160 flex-wrap gap-6 overflow-y-auto p-2">
        {all.map((option) => (
          <label
            key={option.id}
            className={classes(
              "flex min-h-28 items-center gap-6 rounded-4 border px-8 text-sm has-checked:border-accent has-checked:bg-surface-3",
              "has-focus-visible:outline-2 has-focus-visible:outline-accent",
              error === undefined ? "border-border" : "border-danger-mark",
            )}
          >
            <input
              type={single ? "radio" : "checkbox"}
              name={single ? id : undefined}
              checked={chosen.includes(option.id)}
              onChange={(event) => toggle(option.id, event.target.checked)}
              className="outline-none"
            />
            <span className="wrap-anywhere">{option.name}</span>
          </label>
        ))}
        {all.length === 0 ? <p className="text-sm text-fg-3">{m.rules_nothing_to_choose()}</p> : null}
      </div>
      {error === undefined ? null : (
        <p id={id} className="text-xs text-danger-text">
          {error}
        </p>
      )}
    </fieldset>
  );
}

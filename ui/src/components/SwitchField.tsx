/** One thing that is on or off, with its words beside it. */
import { Switch } from "@base-ui/react/switch";
import { useId } from "react";

export interface SwitchFieldProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  /** The words are for ears alone: where a column says them to the eyes. */
  readonly quiet?: boolean;
}

export function SwitchField({ label, checked, onCheckedChange, disabled = false, quiet = false }: SwitchFieldProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-8">
      <Switch.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onCheckedChange}
        className="flex h-18 w-32 shrink-0 rounded-pill border border-border-strong bg-surface-2 p-2 transition-colors duration-[80ms] data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50"
      >
        <Switch.Thumb className="size-12 rounded-pill bg-fg-3 transition-[translate] duration-[80ms] data-checked:translate-x-14 data-checked:bg-on-accent" />
      </Switch.Root>
      <label htmlFor={id} className={quiet ? "sr-only" : "text-sm text-fg"}>
        {label}
      </label>
    </div>
  );
}

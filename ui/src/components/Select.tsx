/** Picks one of a few values. */
import { Select as BaseSelect } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "@/lib/classes";
import { CONTROL } from "./Field";

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly detail?: ReactNode;
}

export interface SelectProps<Value extends string> {
  readonly value: Value | null;
  readonly onValueChange: (value: Value) => void;
  readonly options: readonly SelectOption<Value>[];
  readonly placeholder?: string;
  readonly disabled?: boolean;
  /** Needed when no Field with a label stands around it. */
  readonly label?: string;
}

export function Select<Value extends string>({
  value,
  onValueChange,
  options,
  placeholder = "",
  disabled = false,
  label,
}: SelectProps<Value>) {
  return (
    <BaseSelect.Root
      items={options}
      value={value}
      disabled={disabled}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next);
      }}
    >
      <BaseSelect.Trigger
        aria-label={label}
        className={classes(CONTROL, "flex items-center justify-between gap-8 text-left")}
      >
        <BaseSelect.Value placeholder={placeholder} className="truncate data-placeholder:text-fg-3" />
        <BaseSelect.Icon className="text-fg-3">
          <ChevronsUpDown aria-hidden size={14} strokeWidth={1.75} />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
          <BaseSelect.Popup className="max-h-320 min-w-(--anchor-width) overflow-y-auto rounded-6 border border-border bg-surface p-4 shadow-popover outline-none transition-opacity duration-[120ms] data-ending-style:opacity-0 data-starting-style:opacity-0">
            {options.map((option) => (
              <BaseSelect.Item
                key={option.value}
                value={option.value}
                className="grid min-h-28 select-none grid-cols-[1rem_1fr] items-center gap-x-6 rounded-4 px-6 py-4 text-sm outline-none data-highlighted:bg-surface-2"
              >
                <BaseSelect.ItemIndicator className="text-accent">
                  <Check aria-hidden size={14} strokeWidth={2} />
                </BaseSelect.ItemIndicator>
                <BaseSelect.ItemText className="col-start-2">{option.label}</BaseSelect.ItemText>
                {option.detail === undefined ? null : (
                  <span className="col-start-2 text-xs text-fg-3">{option.detail}</span>
                )}
              </BaseSelect.Item>
            ))}
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}

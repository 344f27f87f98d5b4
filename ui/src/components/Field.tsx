/** Form fields: label above, help or error below, errors tied to their field for screen readers. */
import { Field as BaseField } from "@base-ui/react/field";
import type { ComponentProps, ReactNode } from "react";
import { classes } from "@/lib/classes";

export const CONTROL =
  "h-32 w-full rounded-4 border border-border bg-surface px-8 text-sm text-fg outline-offset-0 " +
  "hover:border-border-strong focus-visible:border-accent disabled:bg-surface-2 disabled:text-fg-3 " +
  "data-invalid:border-danger-mark";

export interface FieldProps {
  readonly label: ReactNode;
  readonly name?: string;
  readonly help?: ReactNode;
  /** What is wrong; empty means nothing is. */
  readonly error?: string | undefined;
  readonly children: ReactNode;
  readonly className?: string;
}

/** Wraps any control with its words. */
export function Field({ label, name, help, error, children, className }: FieldProps) {
  const wrong = error !== undefined && error !== "";
  return (
    <BaseField.Root name={name} invalid={wrong} className={classes("flex min-w-0 flex-col gap-4", className)}>
      <BaseField.Label className="text-xs font-medium text-fg-2">{label}</BaseField.Label>
      {children}
      {wrong ? (
        <BaseField.Error match className="text-xs text-danger-text">
          {error}
        </BaseField.Error>
      ) : help === undefined ? null : (
        <BaseField.Description className="text-xs text-fg-3">{help}</BaseField.Description>
      )}
    </BaseField.Root>
  );
}

export interface TextFieldProps
  extends Omit<FieldProps, "children">,
    Omit<ComponentProps<typeof BaseField.Control>, "className" | "name" | "children"> {
  /** For ids, keys and codes. */
  readonly mono?: boolean;
  /** For numbers that stand below numbers. */
  readonly numeric?: boolean;
}

export function TextField({
  label,
  name,
  help,
  error,
  className,
  mono = false,
  numeric = false,
  ...rest
}: TextFieldProps) {
  return (
    <Field label={label} name={name} help={help} error={error} className={className}>
      <BaseField.Control
        {...rest}
        className={classes(CONTROL, mono && "font-mono", numeric && "text-right tabular-nums")}
      />
    </Field>
  );
}

export interface TextAreaFieldProps extends Omit<FieldProps, "children"> {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly rows?: number;
  readonly placeholder?: string;
}

export function TextAreaField({
  label,
  name,
  help,
  error,
  className,
  value,
  onValueChange,
  rows = 3,
  placeholder,
}: TextAreaFieldProps) {
  return (
    <Field label={label} name={name} help={help} error={error} className={className}>
      <BaseField.Control
        render={<textarea rows={rows} />}
        value={value}
        placeholder={placeholder}
        onValueChange={onValueChange}
        className={classes(CONTROL, "h-auto resize-y py-6")}
      />
    </Field>
  );
}

/** A count of units. The keyboard comes to all of it, so that typing replaces what is there. */
export function CountField(properties: Omit<TextFieldProps, "inputMode" | "autoComplete" | "mono" | "onFocus">) {
  return (
    <TextField
      {...properties}
      inputMode="numeric"
      autoComplete="off"
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}

/** Buttons: one primary per surface, labels are verb and object. */
import { Button as BaseButton } from "@base-ui/react/button";
import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { classes } from "@/lib/classes";
import { Tooltip } from "./Tooltip";

type Variant = "primary" | "default" | "quiet" | "danger";
type Size = "small" | "medium" | "large";

const VARIANTS: Record<Variant, string> = {
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent/90 active:bg-accent/80",
  default: "border-border bg-surface text-fg hover:bg-surface-2 active:bg-surface-3",
  quiet: "border-transparent bg-transparent text-fg-2 hover:bg-surface-2 hover:text-fg active:bg-surface-3",
  danger: "border-transparent bg-danger-text text-surface hover:bg-danger-text/90 active:bg-danger-text/80",
};

const SIZES: Record<Size, string> = {
  small: "h-28 gap-6 px-8 text-xs font-medium",
  medium: "h-32 gap-6 px-12 text-sm font-medium",
  large: "h-44 gap-8 px-16 text-md",
};

const SQUARES: Record<Size, string> = { small: "size-28", medium: "size-32", large: "size-44" };

const SHARED =
  "inline-flex shrink-0 select-none items-center justify-center rounded-4 border whitespace-nowrap " +
  "transition-colors duration-[80ms] disabled:pointer-events-none disabled:opacity-50 data-disabled:opacity-50";

export interface ButtonProps extends Omit<ComponentProps<typeof BaseButton>, "className"> {
  readonly variant?: Variant;
  readonly size?: Size;
  readonly icon?: LucideIcon;
  /** Work is under way: the button keeps its width and its focus, and cannot be pressed again. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

export function Button({
  variant = "default",
  size = "medium",
  icon: Icon,
  busy = false,
  children,
  disabled,
  focusableWhenDisabled = false,
  ...rest
}: ButtonProps) {
  return (
    <BaseButton
      {...rest}
      disabled={disabled || busy}
      focusableWhenDisabled={busy || focusableWhenDisabled}
      aria-busy={busy || undefined}
      className={classes(SHARED, VARIANTS[variant], SIZES[size])}
    >
      {Icon === undefined ? null : (
        <Icon aria-hidden size={size === "small" ? 14 : 16} strokeWidth={1.75} className="shrink-0" />
      )}
      {children}
    </BaseButton>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<typeof BaseButton>, "className" | "children"> {
  readonly icon: LucideIcon;
  /** An icon never stands alone: this is its name for eyes and ears. */
  readonly label: string;
  readonly binding?: string;
  readonly variant?: Variant;
  readonly size?: Size;
}

export function IconButton({
  icon: Icon,
  label,
  binding,
  variant = "quiet",
  size = "small",
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip content={label} binding={binding}>
      <BaseButton {...rest} aria-label={label} className={classes(SHARED, VARIANTS[variant], SQUARES[size])}>
        <Icon aria-hidden size={16} strokeWidth={1.75} />
      </BaseButton>
    </Tooltip>
  );
}

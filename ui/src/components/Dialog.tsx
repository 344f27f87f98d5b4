/** A dialog: title, body, actions at the end. Escape and the close button always work. */
import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { KeyboardEvent, ReactNode, RefObject } from "react";
import { classes } from "@/lib/classes";
import { m } from "@/paraglide/messages.js";
import { IconButton } from "./Button";
import { KeyHint } from "./KeyCap";

const WIDTHS = { small: "max-w-420", medium: "max-w-560", large: "max-w-720" } as const;

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly width?: keyof typeof WIDTHS;
  /** Buttons; the last one is what Enter means. */
  readonly actions?: ReactNode;
  readonly initialFocus?: RefObject<HTMLElement | null>;
  /** What Ctrl+Enter means, wherever in the dialog the keyboard is. The button for it shows a `ConfirmKey`. */
  readonly onConfirm?: (() => void) | undefined;
  readonly children: ReactNode;
}

export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  width = "medium",
  actions,
  initialFocus,
  onConfirm,
  children,
}: DialogProps) {
  const confirm = (event: KeyboardEvent) => {
    if (onConfirm === undefined || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onConfirm();
  };
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-[120ms] data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Viewport className="fixed inset-0 z-40 grid place-items-center overflow-y-auto p-24">
          <BaseDialog.Popup
            initialFocus={initialFocus}
            onKeyDown={confirm}
            className={classes(
              "relative flex max-h-[calc(100dvh-48px)] w-full flex-col rounded-8 border border-border bg-surface shadow-dialog outline-none",
              "transition-[opacity,translate] duration-[120ms] ease-out",
              "data-ending-style:opacity-0 data-starting-style:translate-y-4 data-starting-style:opacity-0",
              WIDTHS[width],
            )}
          >
            <header className="shrink-0 py-16 pr-56 pl-20">
              <BaseDialog.Title className="text-lg text-fg">{title}</BaseDialog.Title>
              {description === undefined ? null : (
                <BaseDialog.Description className="mt-2 text-sm text-fg-2">{description}</BaseDialog.Description>
              )}
            </header>
            <div className="min-h-0 flex-1 overflow-y-auto px-20 pb-16">{children}</div>
            {actions === undefined ? null : (
              <footer className="flex shrink-0 items-center justify-end gap-8 border-t border-border px-20 py-12">
                {actions}
              </footer>
            )}
            {/* Last in order, so that the keyboard begins with the content. */}
            <span className="absolute top-14 right-16">
              <BaseDialog.Close render={<IconButton icon={X} label={m.close()} />} />
            </span>
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

/** The key of `onConfirm`, for the eyes: its button says it to the ears with `CONFIRM_SHORTCUT`. */
export function ConfirmKey() {
  return <KeyHint binding="Mod+Enter" />;
}

/** `aria-keyshortcuts` of the button that `onConfirm` stands for. */
export const CONFIRM_SHORTCUT = "Control+Enter Meta+Enter";

import { type ReactNode, useRef, useState } from "react";
import { Button } from "@/components/Button";
import { CONFIRM_SHORTCUT, ConfirmKey, Dialog } from "@/components/Dialog";
import { TextAreaField } from "@/components/Field";
import { ErrorBanner } from "@/components/Problem";
import { m } from "@/paraglide/messages.js";

interface Properties {
  readonly title: string;
  /** What will be true afterwards. */
  readonly consequence: string;
  /** The consequence as a verb; it is the button. */
  readonly button: string;
  readonly danger?: boolean;
  readonly busy: boolean;
  /** It is not done without a reason. */
  readonly reasonNeeded?: boolean;
  /** Who reads the reason, where that is not everybody who reads an order. */
  readonly reasonHelp?: string;
  /** It cannot be done now; what is shown says why. */
  readonly refused?: boolean;
  readonly error: unknown;
  readonly onDecide: (reason: string) => void;
  readonly onClose: () => void;
  /** What else is to be said; the keyboard begins there. */
  readonly fields?: ReactNode;
  /** What it would come to. */
  readonly children?: ReactNode;
}

/** A verb that cannot be taken back, or that deserves a reason: says what follows, asks why, then does it. */
export function DecisionDialog(properties: Properties) {
  const { title, consequence, button, danger, busy, refused = false, error, onDecide, onClose, children } = properties;
  const { reasonNeeded = false, reasonHelp = m.order_reason_help(), fields } = properties;
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const missing = reasonNeeded && reason.trim() === "";
  const first = useRef<HTMLElement>(null);
  const why = useRef<HTMLElement>(null);
  const decide = () => {
    if (refused || busy) return;
    setTried(true);
    if (missing) why.current?.focus();
    else onDecide(reason.trim());
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width={children !== undefined ? "large" : fields !== undefined ? "medium" : "small"}
      title={title}
      description={consequence}
      initialFocus={first}
      onConfirm={decide}
      actions={
        <>
          <Button onClick={onClose}>{m.order_keep()}</Button>
          <Button
            variant={danger ? "danger" : "primary"}
            busy={busy}
            disabled={refused}
            aria-keyshortcuts={CONFIRM_SHORTCUT}
            onClick={decide}
          >
            {button}
            <ConfirmKey />
          </Button>
        </>
      }
    >
      <div
        className="flex flex-col gap-16"
        ref={(element) => {
          why.current = element?.querySelector("textarea") ?? null;
          first.current = element?.querySelector("input:not([aria-hidden]), [role=combobox], textarea") ?? null;
        }}
      >
        {fields}
        <TextAreaField
          label={m.order_reason()}
          help={reasonHelp}
          error={tried && missing ? m.order_reason_needed() : undefined}
          rows={2}
          value={reason}
          onValueChange={setReason}
        />
        {error !== null && error !== undefined && <ErrorBanner error={error} />}
        {children}
      </div>
    </Dialog>
  );
}

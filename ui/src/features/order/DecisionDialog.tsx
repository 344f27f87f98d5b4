import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
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
  readonly error: unknown;
  readonly onDecide: (reason: string) => void;
  readonly onClose: () => void;
}

/** A verb that cannot be taken back, or that deserves a reason: says what follows, asks why, then does it. */
export function DecisionDialog({ title, consequence, button, danger, busy, error, onDecide, onClose }: Properties) {
  const [reason, setReason] = useState("");
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="small"
      title={title}
      description={consequence}
      actions={
        <>
          <Button onClick={onClose}>{m.order_keep()}</Button>
          <Button variant={danger ? "danger" : "primary"} busy={busy} onClick={() => onDecide(reason.trim())}>
            {button}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-16">
        <TextAreaField
          label={m.order_reason()}
          help={m.order_reason_help()}
          rows={2}
          value={reason}
          onValueChange={setReason}
        />
        {error !== null && error !== undefined && <ErrorBanner error={error} />}
      </div>
    </Dialog>
  );
}

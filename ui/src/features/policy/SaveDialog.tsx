import { useRef, useState } from "react";
import { ApiError } from "@/api/problem";
import type { PolicyVersion } from "@/api/types";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextAreaField } from "@/components/Field";
import { KeyCap } from "@/components/KeyCap";
import { ErrorBanner } from "@/components/Problem";
import { m } from "@/paraglide/messages.js";
import { DifferenceList } from "./DifferenceList";
import type { Difference } from "./differences";
import { VersionLine } from "./VersionList";

/** As many characters as the server takes. */
const LONGEST_REASON = 2_000;

/** Whether somebody wrote a version first. */
export function isStale(error: unknown): boolean {
  return error instanceof ApiError && error.problem.code === "SY-0006";
}

interface SaveProperties {
  readonly title: string;
  readonly differences: readonly Difference[];
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onSave: (reason: string) => void;
  readonly onClose: () => void;
}

/** What would change, and why; only then the save. */
export function SaveDialog({ title, differences, busy, error, onSave, onClose }: SaveProperties) {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLElement>(null);
  const length = [...reason.trim()].length;
  const fault = length === 0 ? m.field_required() : length > LONGEST_REASON ? m.policy_reason_long() : undefined;
  const save = () => {
    setTried(true);
    if (fault === undefined && !busy) onSave(reason.trim());
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={title}
      description={m.policy_save_description()}
      initialFocus={field}
      actions={
        <>
          <Button onClick={onClose}>{m.cancel()}</Button>
          <Button variant="primary" busy={busy} onClick={save}>
            {m.policy_save_version()}
            <KeyCap binding="Mod+Enter" />
          </Button>
        </>
      }
    >
      <form
        ref={(element) => {
          form.current = element;
          field.current = element?.querySelector("textarea") ?? null;
        }}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            save();
          }
        }}
        className="flex flex-col gap-16"
      >
        <DifferenceList differences={differences} label={m.policy_differences()} />
        <TextAreaField
          label={m.order_reason()}
          help={m.policy_reason_help()}
          name="reason"
          rows={2}
          value={reason}
          onValueChange={setReason}
          error={tried ? fault : undefined}
        />
        {error === null ? null : <ErrorBanner error={error} />}
      </form>
    </Dialog>
  );
}

interface StaleProperties {
  readonly current: PolicyVersion;
  /** From what the draft was begun with to what holds now. */
  readonly theirs: readonly Difference[];
  /** From what holds now to the draft. */
  readonly yours: readonly Difference[];
  readonly onKeep: () => void;
  readonly onTakeTheirs: () => void;
  readonly onClose: () => void;
}

/** Somebody wrote a version first: what they changed, and what the draft would make of it. */
export function StaleDialog({ current, theirs, yours, onKeep, onTakeTheirs, onClose }: StaleProperties) {
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="large"
      title={m.policy_stale_title()}
      description={m.policy_stale_description()}
      actions={
        <>
          <Button onClick={onClose}>{m.order_conflict_later()}</Button>
          <Button onClick={onTakeTheirs}>{m.policy_stale_take()}</Button>
          <Button variant="primary" onClick={onKeep}>
            {m.policy_stale_keep()}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-16">
        <p className="flex flex-wrap items-baseline gap-x-12 text-sm">
          <VersionLine version={current} />
        </p>
        <section className="flex flex-col gap-6">
          <h3 className="text-xs font-medium text-fg-2">{m.policy_stale_theirs()}</h3>
          <DifferenceList differences={theirs} label={m.policy_stale_theirs()} />
        </section>
        <section className="flex flex-col gap-6">
          <h3 className="text-xs font-medium text-fg-2">{m.policy_stale_yours()}</h3>
          <DifferenceList differences={yours} label={m.policy_stale_yours()} />
        </section>
      </div>
    </Dialog>
  );
}

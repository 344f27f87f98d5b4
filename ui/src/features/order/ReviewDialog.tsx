import type { UseQueryResult } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useActions } from "@/actions/useActions";
import type { OrderDetail, Preview } from "@/api/types";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextAreaField } from "@/components/Field";
import { KeyCap } from "@/components/KeyCap";
import { Banner, ErrorBanner } from "@/components/Problem";
import type { Names } from "@/features/orders/names";
import { m } from "@/paraglide/messages.js";
import { ChangedSince } from "./ChangedSince";
import { ConflictChoices } from "./ConflictChoices";
import { changesOf, conflictsOf, type Draft, readable } from "./draft";
import type { DraftEdit } from "./edits";
import { PreviewPanel } from "./PreviewPanel";
import { ProposalNote } from "./ProposalNote";
import { proposalButton, proposalOf } from "./proposal";

interface Properties {
  readonly detail: OrderDetail;
  readonly names: Names;
  readonly draft: Draft;
  /** The draft on top of what the order is now. */
  readonly current: Draft;
  readonly edits: readonly DraftEdit[];
  /** What the engine says to the edits. */
  readonly check: UseQueryResult<Preview>;
  readonly onReason: (reason: string) => void;
  /** Takes the order's own value for these fields of the draft. */
  readonly onGiveUp: (fields: ReadonlySet<string>) => void;
  /** Takes these fields out of the draft. */
  readonly onLeaveOut: (fields: readonly string[]) => void;
  readonly onSave: () => void;
  /** Leaves it for somebody who may do it. */
  readonly onPropose: () => void;
  readonly saving: boolean;
  /** The last save did not happen, because it would have come to something else than was shown. */
  readonly moved: boolean;
  /** Why the last save did not happen. */
  readonly failure: unknown;
  readonly onClose: () => void;
}

/** Everything a draft would come to, the reason, and only then the save. Where others were faster, a choice comes first. */
export function ReviewDialog(properties: Properties) {
  const {
    detail,
    names,
    draft,
    current,
    edits,
    check,
    onReason,
    onGiveUp,
    onLeaveOut,
    onSave,
    onPropose,
    saving,
    moved,
    failure,
    onClose,
  } = properties;
  const { order } = detail;
  const reason = useRef<HTMLElement>(null);
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const conflicts = conflictsOf(draft, order);
  const preview = check.data;
  const possible = preview?.edits.every((edit) => !edit.problem) ?? false;
  const answered = check.isSuccess && !check.isPlaceholderData && !saving && conflicts.length === 0;
  const proposal = answered || saving ? proposalOf(preview, failure) : undefined;
  const ready = answered && (possible || proposal !== undefined);
  const act = proposal === undefined ? onSave : onPropose;
  const since = (preview?.conflict?.theirs ?? []).map(({ field, before, after }) => ({
    path: field,
    before: before ?? undefined,
    after: after ?? undefined,
  }));
  useActions({ "order.save": ready ? act : undefined });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="large"
      title={
        conflicts.length > 0
          ? m.order_conflict_title({ number: order.number })
          : m.order_review_title({ number: order.number })
      }
      description={
        conflicts.length > 0
          ? m.order_conflict_description()
          : proposal === undefined
            ? m.order_review_description()
            : m.order_propose_consequence()
      }
      initialFocus={reason}
      actions={
        <>
          <Button onClick={onClose}>{m.order_review_back()}</Button>
          {conflicts.length > 0 ? (
            <Button variant="primary" onClick={() => onGiveUp(theirs)}>
              {m.order_conflict_apply()}
            </Button>
          ) : (
            <Button variant="primary" busy={saving} disabled={!ready} onClick={act}>
              {proposal !== undefined
                ? proposalButton(proposal)
                : preview !== undefined && preview.requests.length > 0 && preview.changes.length === 0
                  ? m.order_action_ask()
                  : m.order_action_save()}
              <KeyCap binding="Mod+s" />
            </Button>
          )}
        </>
      }
    >
      <div
        className="flex flex-col gap-16"
        aria-busy={check.isFetching}
        ref={(element) => {
          reason.current = element?.querySelector("input, textarea") ?? null;
        }}
      >
        {conflicts.length > 0 && (
          <ConflictChoices order={order} names={names} conflicts={conflicts} theirs={theirs} onTheirs={setTheirs} />
        )}
        {moved && conflicts.length === 0 && <Banner family="changed" title={m.order_preview_again()} />}
        {conflicts.length === 0 && <ChangedSince changes={since} lines={order.lines} names={names} />}
        {conflicts.length === 0 && (
          <TextAreaField
            label={m.order_reason()}
            help={m.order_reason_help()}
            rows={2}
            value={draft.reason}
            onValueChange={onReason}
          />
        )}
        {proposal !== undefined && <ProposalNote proposal={proposal} />}
        {check.error !== null && <ErrorBanner error={check.error} />}
        {failure !== undefined && <ErrorBanner error={failure} />}
        {preview === undefined && check.error === null && (
          <p role="status" className="text-sm text-fg-2">
            {m.order_preview_running()}
          </p>
        )}
        {preview !== undefined && (
          <PreviewPanel
            detail={detail}
            names={names}
            edits={edits.map(({ edit }) => edit)}
            preview={preview}
            proposed={proposal !== undefined}
            wishes={changesOf(current).map(({ field, before, after }) => ({
              path: field,
              before: readable(field, before, order.currency),
              after: readable(field, after, order.currency),
            }))}
            onLeaveOut={(place) => onLeaveOut(edits[place]?.fields ?? [])}
          />
        )}
      </div>
    </Dialog>
  );
}

import { useEffect, useRef } from "react";
import { useChangeApproval } from "@/api/policies";
import type { ApprovalDetail } from "@/api/types";
import { TextField } from "@/components/Field";
import { Section } from "@/features/order/Section";
import { DraftBar } from "@/features/policy/DraftBar";
import { faultText } from "@/features/policy/faults";
import { PolicyDialogs } from "@/features/policy/PolicyDialogs";
import { usePolicyDraft } from "@/features/policy/usePolicyDraft";
import { usePolicySave } from "@/features/policy/usePolicySave";
import { VersionLine } from "@/features/policy/VersionList";
import { m } from "@/paraglide/messages.js";
import { approvalFaults, approvalKind, approvalParts } from "./approval";

interface Properties {
  readonly detail: ApprovalDetail;
  readonly readOnly: boolean;
  readonly reread: () => Promise<unknown>;
}

/** Above which value every edit of an order takes a second person. */
export function ApprovalEditor({ detail, readOnly, reread }: Properties) {
  const { mutateAsync: change } = useChangeApproval();
  const limit = detail.value_limit ?? null;
  const draft = usePolicyDraft("approval", approvalKind, { version: detail.version.version, value: limit });
  const { form } = draft;
  const way = usePolicySave(draft, {
    send: (reason) => change({ body: { base: draft.base, reason, value_limit: approvalKind.wireOf(form) } }),
    reread,
    saved: m.approval_saved,
  });
  const faults = approvalFaults(form);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The bar of the draft comes up over the end of the page, where this card is: what is typed stays in sight.
    if (draft.changed && card.current?.contains(document.activeElement)) {
      card.current.scrollIntoView?.({ block: "nearest" });
    }
  }, [draft.changed]);
  return (
    <Section
      title={m.approval_title()}
      aside={
        detail.version.version === 0 ? null : (
          <p className="flex min-w-0 flex-wrap items-baseline justify-end gap-x-8 text-xs">
            <VersionLine version={detail.version} />
          </p>
        )
      }
    >
      <div ref={card} className="flex scroll-mb-120 flex-col gap-12 p-16">
        <p className="max-w-720 text-xs text-fg-2">{m.approval_help()}</p>
        <div className="grid max-w-420 grid-cols-[minmax(0,1fr)_120px] items-start gap-8">
          <TextField
            label={m.approval_limit()}
            name="value_limit"
            inputMode="decimal"
            autoComplete="off"
            placeholder={m.approval_none()}
            readOnly={readOnly}
            error={faultText(faults, "value_limit.minor")}
            value={form.amount}
            onValueChange={(amount: string) => draft.change({ ...form, amount })}
          />
          <TextField
            label={m.approval_currency()}
            name="value_limit_currency"
            mono
            autoComplete="off"
            placeholder="EUR"
            maxLength={3}
            readOnly={readOnly}
            error={faultText(faults, "value_limit.currency")}
            value={form.currency}
            onValueChange={(currency: string) => draft.change({ ...form, currency: currency.toUpperCase() })}
          />
        </div>
      </div>
      {draft.changed ? (
        <DraftBar
          label={m.approval_draft()}
          changes={1}
          changedAt={draft.changedAt}
          outdated={draft.outdated}
          faults={faults.length}
          onOutdated={way.showTheirs}
          onDiscard={way.discard}
          onSave={way.begin}
        />
      ) : null}
      <PolicyDialogs
        save={way}
        title={m.approval_save()}
        current={detail.version}
        from={approvalParts(approvalKind.formOf(draft.from))}
        holding={approvalParts(approvalKind.formOf(limit))}
        yours={approvalParts(form)}
      />
    </Section>
  );
}

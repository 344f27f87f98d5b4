/** Above which value an edit takes two people, as a person edits it. */
import type { ApprovalDetail } from "@/api/types";
import type { Part } from "@/features/policy/differences";
import type { Fault } from "@/features/policy/faults";
import type { PolicyKind } from "@/features/policy/usePolicyDraft";
import { amountText, minorUnits } from "@/features/rules/amount";
import { formatMoney } from "@/lib/money";
import { m } from "@/paraglide/messages.js";

export type ValueLimit = NonNullable<ApprovalDetail["value_limit"]> | null;

export interface ApprovalForm {
  /** As typed; empty for no limit. */
  readonly amount: string;
  /** Code of the currency, as typed. */
  readonly currency: string;
}

const CODE = /^[A-Z]{3}$/;

export const approvalKind: PolicyKind<ValueLimit, ApprovalForm> = {
  formOf: (limit) =>
    limit === null
      ? { amount: "", currency: "" }
      : { amount: amountText(limit.minor, limit.currency), currency: limit.currency },
  wireOf: ({ amount, currency }) => {
    const minor = minorUnits(amount, currency);
    return minor === undefined ? null : { minor, currency };
  },
};

/** What would be refused. */
export function approvalFaults({ amount, currency }: ApprovalForm): readonly Fault[] {
  const minor = minorUnits(amount, currency);
  if (minor === undefined) return [];
  return [
    ...(Number.isNaN(minor) || minor < 0 ? [{ path: "value_limit.minor", text: m.approval_amount_wrong() }] : []),
    ...(CODE.test(currency) ? [] : [{ path: "value_limit.currency", text: m.approval_currency_wrong() }]),
  ];
}

/** The limit as one part, for comparing two versions. */
export function approvalParts(form: ApprovalForm): readonly Part[] {
  const limit = approvalKind.wireOf(form);
  const text =
    limit === null
      ? m.approval_none()
      : Number.isNaN(limit.minor)
        ? `${form.amount} ${form.currency}`
        : formatMoney(limit.minor, limit.currency);
  return [{ name: m.approval_limit(), text }];
}

import type { HoldOwner, HoldReason } from "@/api/types";
import { Field, TextAreaField, TextField } from "@/components/Field";
import { Select } from "@/components/Select";
import { SwitchField } from "@/components/SwitchField";
import { holdReasonText } from "@/features/order/words";
import { faultText } from "@/features/policy/faults";
import { m } from "@/paraglide/messages.js";
import { type HoldForm, OWNERS } from "./holds";
import type { PanelProperties } from "./RuleBoard";
import { RulePanel } from "./RulePanel";
import { OWNER_WORDS, UNIT_OPTIONS } from "./words";

const BY_REASON = "reason";

/** Who lifts holds of a reason, unless the rule says otherwise; `HoldReason::owner` in `crates/core/src/hold.rs`. */
function ownerOf(reason: HoldReason): HoldOwner {
  return reason === "awaiting_payment" || reason === "fraud" ? "back_office_lead" : "back_office_agent";
}

/** A hold rule: which orders, and the hold it puts on them. */
export function HoldPanel(properties: PanelProperties<HoldForm> & { readonly reasons: readonly HoldReason[] }) {
  const { rule, onRule, path, faults, readOnly, onClose, reasons } = properties;
  const change = (part: Partial<HoldForm>) => onRule({ ...rule, ...part });
  const expires = faultText(faults, `${path}.hold.expires_after_seconds`);
  return (
    <RulePanel
      rule={rule}
      onRule={change}
      path={path}
      faults={faults}
      findings={[]}
      readOnly={readOnly}
      onClose={onClose}
    >
      <section aria-label={m.rules_hold()} className="flex flex-col gap-12">
        <h3 className="text-xs font-medium text-fg-2">{m.rules_hold()}</h3>
        <Field label={m.order_reason()}>
          <Select
            label={m.order_reason()}
            value={rule.reason}
            disabled={readOnly}
            onValueChange={(reason) => change({ reason })}
            options={reasons.map((value) => ({ value, label: holdReasonText(value) }))}
          />
        </Field>
        <Field label={m.rules_hold_owner()} help={m.rules_hold_owner_help()}>
          <Select
            label={m.rules_hold_owner()}
            value={rule.owner ?? BY_REASON}
            disabled={readOnly}
            onValueChange={(owner) => change({ owner: owner === BY_REASON ? null : owner })}
            options={[
              {
                value: BY_REASON,
                label: m.rules_hold_owner_by_reason({ owner: OWNER_WORDS[ownerOf(rule.reason)]() }),
              },
              ...OWNERS.map((value) => ({ value, label: OWNER_WORDS[value]() })),
            ]}
          />
        </Field>
        <TextAreaField
          label={`${m.order_hold_note()} ${m.field_optional()}`}
          help={m.rules_hold_note_help()}
          rows={2}
          value={rule.note}
          onValueChange={(note) => (readOnly ? undefined : change({ note }))}
        />
        <SwitchField
          label={m.rules_hold_keeps_stock()}
          checked={rule.keepsStock}
          disabled={readOnly}
          onCheckedChange={(keepsStock) => change({ keepsStock })}
        />
        <SwitchField
          label={m.rules_hold_lifts_itself()}
          checked={rule.liftsItself}
          disabled={readOnly}
          onCheckedChange={(liftsItself) => change({ liftsItself })}
        />
        <div className="grid grid-cols-2 items-start gap-8">
          <TextField
            label={m.rules_hold_expires()}
            help={m.rules_hold_expires_help()}
            error={expires}
            value={rule.expires.count}
            onValueChange={(count) => change({ expires: { ...rule.expires, count } })}
            inputMode="numeric"
            readOnly={readOnly}
            autoComplete="off"
          />
          <Field label={m.rules_unit()}>
            <Select
              label={m.rules_unit()}
              value={rule.expires.unit}
              disabled={readOnly}
              onValueChange={(unit) => change({ expires: { ...rule.expires, unit } })}
              options={UNIT_OPTIONS()}
            />
          </Field>
        </div>
      </section>
    </RulePanel>
  );
}

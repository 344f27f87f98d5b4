import { Plus, X } from "lucide-react";
import { Button, IconButton } from "@/components/Button";
import { TextField } from "@/components/Field";
import { type Fault, faultText, ownFaultText } from "@/features/policy/faults";
import { freshKey } from "@/features/policy/key";
import { m } from "@/paraglide/messages.js";
import { ChoiceList } from "./ChoiceList";
import type { ConditionForm } from "./condition";
import { usePlaces } from "./places";
import { splitCodes, TokenField } from "./TokenField";

interface Properties {
  readonly form: ConditionForm;
  readonly onForm: (form: ConditionForm) => void;
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly readOnly: boolean;
}

/** The fields of one condition that is no group. */
export function ConditionFields(properties: Properties) {
  const { form, onForm, path, faults, readOnly } = properties;
  const { shops } = usePlaces();
  const members = {
    values: form.members,
    onValues: (list: readonly string[]) => onForm({ ...form, members: list }),
    error: faultText(faults, `${path}.${form.kind}`),
    readOnly,
  };
  switch (form.kind) {
    case "channel":
      return (
        <ChoiceList
          label={m.rules_field_shops()}
          options={shops}
          chosen={form.members}
          onChosen={members.onValues}
          error={members.error}
          readOnly={readOnly}
        />
      );
    case "country":
      return <TokenField {...members} label={m.rules_field_countries()} placeholder="CH, LI" split={splitCodes} />;
    case "sku":
    case "only_skus":
      return (
        <TokenField {...members} label={m.rules_field_skus()} help={m.rules_field_skus_help()} placeholder="TEA-*" />
      );
    case "tag":
      return <TokenField {...members} label={m.rules_field_tags()} placeholder="vip" />;
    case "shipping_option":
      return <TokenField {...members} label={m.rules_field_options()} placeholder="express" />;
    case "postcode":
      return <PostcodeFields {...properties} />;
    case "value":
    case "weight":
      return <RangeFields {...properties} />;
    default:
      return null;
  }
}

function RangeFields({ form, onForm, path, faults, readOnly }: Properties) {
  const money = form.kind === "value";
  const place = `${path}.${form.kind}`;
  const error = ownFaultText(faults, place, `${place}.at_least`, `${place}.below`);
  const shared = { readOnly, autoComplete: "off", inputMode: "decimal" } as const;
  return (
    <div className="flex flex-col gap-4">
      <div className={money ? "grid grid-cols-[80px_1fr_1fr] gap-8" : "grid grid-cols-2 gap-8"}>
        {money ? (
          <TextField
            mono
            label={m.rules_field_currency()}
            error={ownFaultText(faults, `${place}.currency`)}
            value={form.currency}
            onValueChange={(text) => onForm({ ...form, currency: text.toUpperCase() })}
            maxLength={3}
            readOnly={readOnly}
            autoComplete="off"
          />
        ) : null}
        <TextField
          {...shared}
          label={money ? m.rules_field_at_least() : m.rules_field_at_least_grams()}
          aria-invalid={error !== undefined}
          value={form.atLeast}
          onValueChange={(atLeast) => onForm({ ...form, atLeast })}
        />
        <TextField
          {...shared}
          label={money ? m.rules_field_below() : m.rules_field_below_grams()}
          aria-invalid={error !== undefined}
          value={form.below}
          onValueChange={(below) => onForm({ ...form, below })}
        />
      </div>
      {error === undefined ? null : <p className="text-xs text-danger-text">{error}</p>}
    </div>
  );
}

function PostcodeFields({ form, onForm, path, faults, readOnly }: Properties) {
  const place = `${path}.postcode`;
  return (
    <div className="flex flex-col gap-8">
      <TokenField
        label={m.rules_field_prefixes()}
        placeholder="80"
        values={form.prefixes}
        onValues={(prefixes) => onForm({ ...form, prefixes })}
        error={ownFaultText(faults, place) ?? faultText(faults, `${place}.prefixes`)}
        readOnly={readOnly}
      />
      {form.ranges.map((range, index) => {
        const change = (part: { from?: string; to?: string }) =>
          onForm({ ...form, ranges: form.ranges.with(index, { ...range, ...part }) });
        const error = faultText(faults, `${place}.ranges[${index}]`);
        return (
          <div key={range.key} className="flex flex-col gap-4">
            <div className="flex items-end gap-8">
              <TextField
                mono
                className="flex-1"
                label={m.rules_field_range_from()}
                aria-invalid={error !== undefined}
                value={range.from}
                onValueChange={(from) => change({ from })}
                readOnly={readOnly}
                autoComplete="off"
              />
              <TextField
                mono
                className="flex-1"
                label={m.rules_field_range_to()}
                aria-invalid={error !== undefined}
                value={range.to}
                onValueChange={(to) => change({ to })}
                readOnly={readOnly}
                autoComplete="off"
              />
              {readOnly ? null : (
                <span className="mb-2">
                  <IconButton
                    icon={X}
                    label={m.rules_range_remove()}
                    onClick={() => onForm({ ...form, ranges: form.ranges.filter((other) => other !== range) })}
                  />
                </span>
              )}
            </div>
            {error === undefined ? null : <p className="text-xs text-danger-text">{error}</p>}
          </div>
        );
      })}
      {readOnly ? null : (
        <span>
          <Button
            size="small"
            icon={Plus}
            onClick={() => onForm({ ...form, ranges: [...form.ranges, { key: freshKey(), from: "", to: "" }] })}
          >
            {m.rules_range_add()}
          </Button>
        </span>
      )}
    </div>
  );
}

/** One effect of a routing rule with the fields of its kind. */
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { IconButton } from "@/components/Button";
import { TextField } from "@/components/Field";
import { Select } from "@/components/Select";
import { type Fault, faultText, ownFaultText } from "@/features/policy/faults";
import { m } from "@/paraglide/messages.js";
import { ChoiceList } from "./ChoiceList";
import { EFFECT_KINDS, type EffectForm, LEVELS } from "./effect";
import { usePlaces } from "./places";
import { TokenField } from "./TokenField";
import { EFFECT_WORDS, LEVEL_WORDS } from "./words";

interface Properties {
  readonly form: EffectForm;
  readonly onForm: (form: EffectForm) => void;
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly readOnly: boolean;
  readonly onRemove?: (() => void) | undefined;
}

export function EffectEditor(properties: Properties) {
  const { form, onForm, readOnly, onRemove } = properties;
  return (
    <div data-part className="flex min-w-0 flex-col gap-8 rounded-6 border border-border bg-surface p-8">
      <div className="flex items-center gap-8">
        <div className="min-w-0 flex-1">
          <Select
            label={m.rules_effect_kind()}
            value={form.kind}
            disabled={readOnly}
            onValueChange={(kind) => onForm({ ...form, kind })}
            options={EFFECT_KINDS.map((value) => ({ value, label: EFFECT_WORDS[value]() }))}
          />
        </div>
        {onRemove === undefined || readOnly ? null : (
          <IconButton icon={X} label={m.rules_effect_remove()} onClick={onRemove} />
        )}
      </div>
      <EffectFields {...properties} />
    </div>
  );
}

function EffectFields({ form, onForm, path, faults, readOnly }: Properties) {
  const { warehouses } = usePlaces();
  const { kind } = form;
  const place = `${path}.${kind}`;
  if (kind === "objective")
    return <Levels form={form} onForm={onForm} error={faultText(faults, place)} readOnly={readOnly} />;
  if (kind === "split") {
    const error = ownFaultText(faults, place);
    return (
      <div className="flex flex-col gap-4">
        <div className="grid grid-cols-2 items-start gap-8">
          <TextField
            label={m.rules_field_most_warehouses()}
            error={faultText(faults, `${place}.max_warehouses`)}
            aria-invalid={error !== undefined}
            value={form.maxWarehouses}
            onValueChange={(maxWarehouses) => onForm({ ...form, maxWarehouses })}
            inputMode="numeric"
            readOnly={readOnly}
            autoComplete="off"
          />
          <TextField
            label={m.rules_field_least_part()}
            help={m.rules_field_least_part_help()}
            error={faultText(faults, `${place}.min_part_value`)}
            aria-invalid={error !== undefined}
            value={form.minPartValue}
            onValueChange={(minPartValue) => onForm({ ...form, minPartValue })}
            inputMode="numeric"
            readOnly={readOnly}
            autoComplete="off"
          />
        </div>
        {error === undefined ? null : <p className="text-xs text-danger-text">{error}</p>}
      </div>
    );
  }
  const single = kind === "pin";
  return (
    <>
      <ChoiceList
        label={single ? m.rules_field_warehouse() : m.rules_field_warehouses()}
        options={warehouses}
        chosen={single ? form.warehouses.slice(0, 1) : form.warehouses}
        onChosen={(chosen) => onForm({ ...form, warehouses: chosen })}
        single={single}
        error={faultText(faults, `${place}.${single ? "warehouse" : "warehouses"}`)}
        readOnly={readOnly}
      />
      {kind === "exclude" || kind === "allow" || kind === "pin" ? (
        <TokenField
          label={`${m.rules_field_goods()} ${m.field_optional()}`}
          help={m.rules_field_skus_help()}
          placeholder={m.rules_field_goods_all()}
          values={form.skus}
          onValues={(skus) => onForm({ ...form, skus })}
          error={faultText(faults, `${place}.skus`)}
          readOnly={readOnly}
        />
      ) : null}
      {kind === "exclude" || kind === "only" ? (
        <TextField
          label={`${m.rules_field_why()} ${m.field_optional()}`}
          help={m.rules_field_why_help()}
          value={form.why}
          onValueChange={(why) => onForm({ ...form, why })}
          readOnly={readOnly}
          autoComplete="off"
        />
      ) : null}
      {kind === "prefer" ? (
        <TextField
          label={m.rules_field_shift()}
          help={m.rules_field_shift_help()}
          error={faultText(faults, `${place}.shift`)}
          value={form.shift}
          onValueChange={(shift) => onForm({ ...form, shift })}
          readOnly={readOnly}
          autoComplete="off"
        />
      ) : null}
    </>
  );
}

interface LevelProperties {
  readonly form: EffectForm;
  readonly onForm: (form: EffectForm) => void;
  readonly error: string | undefined;
  readonly readOnly: boolean;
}

/** Which levels count, and in which order. */
function Levels({ form, onForm, error, readOnly }: LevelProperties) {
  const { levels } = form;
  const rows = [...levels, ...LEVELS.filter((level) => !levels.includes(level))];
  const swap = (index: number, by: number) => {
    const [one, other] = [levels[index], levels[index + by]];
    if (one === undefined || other === undefined) return;
    onForm({ ...form, levels: levels.with(index, other).with(index + by, one) });
  };
  return (
    <fieldset disabled={readOnly} className="flex flex-col gap-4">
      <legend className="mb-4 text-xs font-medium text-fg-2">{m.rules_field_levels()}</legend>
      {rows.map((level, index) => {
        const counts = levels.includes(level);
        return (
          <div key={level} className="flex h-32 items-center gap-8">
            <label className="flex min-w-0 flex-1 items-center gap-8 text-sm">
              <input
                type="checkbox"
                checked={counts}
                onChange={(event) =>
                  onForm({
                    ...form,
                    levels: event.target.checked ? [...levels, level] : levels.filter((other) => other !== level),
                  })
                }
              />
              <span className={counts ? "text-fg" : "text-fg-3"}>
                {counts ? `${index + 1}. ` : ""}
                {LEVEL_WORDS[level]()}
              </span>
            </label>
            <IconButton
              icon={ArrowUp}
              label={m.rules_level_up({ level: LEVEL_WORDS[level]() })}
              disabled={!counts || index === 0}
              focusableWhenDisabled
              onClick={() => swap(index, -1)}
            />
            <IconButton
              icon={ArrowDown}
              label={m.rules_level_down({ level: LEVEL_WORDS[level]() })}
              disabled={!counts || index === levels.length - 1}
              focusableWhenDisabled
              onClick={() => swap(index, 1)}
            />
          </div>
        );
      })}
      {error === undefined ? null : <p className="text-xs text-danger-text">{error}</p>}
    </fieldset>
  );
}

import { Plus, X } from "lucide-react";
import { useRef } from "react";
import { Button, IconButton } from "@/components/Button";
import { TextField } from "@/components/Field";
import { Select } from "@/components/Select";
import { type Fault, faultText } from "@/features/policy/faults";
import { freshKey } from "@/features/policy/key";
import { m } from "@/paraglide/messages.js";
import { type CutOffForm, WEEKDAYS } from "./calendar";
import { TimeField } from "./SpansField";
import { WEEKDAY_WORDS } from "./words";

interface Properties {
  readonly cutOff: CutOffForm;
  readonly options: readonly CutOffForm[];
  readonly onCutOff: (cutOff: CutOffForm) => void;
  readonly onOptions: (options: readonly CutOffForm[]) => void;
  readonly faults: readonly Fault[];
  readonly readOnly: boolean;
}

/** Until when an order leaves the same day: for all shipping options, and for those that differ. */
export function CutOffEditor({ cutOff, options, onCutOff, onOptions, faults, readOnly }: Properties) {
  const list = useRef<HTMLElement>(null);
  return (
    <section ref={list} aria-label={m.calendars_cut_offs()} className="flex flex-col gap-12">
      <div>
        <h3 className="text-xs font-medium text-fg-2">{m.calendars_cut_offs()}</h3>
        <p className="text-xs text-fg-3">{m.calendars_cut_offs_help()}</p>
      </div>
      <div className="grid grid-cols-[minmax(120px,200px)_minmax(0,1fr)] items-start gap-12">
        <span className="pt-6 text-sm text-fg">{m.calendars_cut_off_default()}</span>
        <CutOffRow
          label={m.calendars_cut_off_default()}
          cutOff={cutOff}
          onCutOff={onCutOff}
          path="cut_offs.default"
          faults={faults}
          readOnly={readOnly}
        />
      </div>
      {options.map((option, index) => (
        <div key={option.key} className="grid grid-cols-[minmax(120px,200px)_minmax(0,1fr)_28px] items-end gap-12">
          <TextField
            label={m.calendars_option()}
            error={faultText(faults, `options[${index}].name`)}
            value={option.name}
            onValueChange={(name) => onOptions(options.with(index, { ...option, name }))}
            readOnly={readOnly}
            autoComplete="off"
          />
          <CutOffRow
            label={option.name}
            cutOff={option}
            onCutOff={(next) => onOptions(options.with(index, next))}
            path={`options[${index}]`}
            faults={faults}
            readOnly={readOnly}
          />
          {readOnly ? null : (
            <span className="mb-2">
              <IconButton
                icon={X}
                label={m.calendars_option_remove({ option: option.name })}
                onClick={() => onOptions(options.filter((other) => other !== option))}
              />
            </span>
          )}
        </div>
      ))}
      {readOnly ? null : (
        <span>
          <Button
            size="small"
            icon={Plus}
            onClick={() => {
              onOptions([...options, { key: freshKey(), name: "", at: cutOff.at, on: [] }]);
              requestAnimationFrame(() =>
                [...(list.current?.querySelectorAll<HTMLInputElement>("input[data-base-ui-focusable], input") ?? [])]
                  .find((field) => field.value === "")
                  ?.focus(),
              );
            }}
          >
            {m.calendars_option_add()}
          </Button>
        </span>
      )}
    </section>
  );
}

interface RowProperties {
  readonly label: string;
  readonly cutOff: CutOffForm;
  readonly onCutOff: (cutOff: CutOffForm) => void;
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly readOnly: boolean;
}

function CutOffRow({ label, cutOff, onCutOff, path, faults, readOnly }: RowProperties) {
  const { on } = cutOff;
  const free = WEEKDAYS.filter((weekday) => !on.some((day) => day.weekday === weekday));
  const error = faultText(faults, `${path}.at`) ?? faultText(faults, `${path}.on`);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-12 gap-y-6">
        <TimeField
          label={m.calendars_cut_off_of({ option: label })}
          value={cutOff.at}
          onValue={(at) => onCutOff({ ...cutOff, at })}
          wrong={faultText(faults, `${path}.at`) !== undefined}
          readOnly={readOnly}
        />
        {on.map((day, index) => (
          <span key={day.key} className="flex items-center gap-4">
            <span className="inline-block w-120">
              <Select
                label={m.calendars_exception_day()}
                value={day.weekday}
                disabled={readOnly}
                onValueChange={(weekday) => onCutOff({ ...cutOff, on: on.with(index, { ...day, weekday }) })}
                options={WEEKDAYS.filter((weekday) => weekday === day.weekday || free.includes(weekday)).map(
                  (value) => ({
                    value,
                    label: WEEKDAY_WORDS[value](),
                  }),
                )}
              />
            </span>
            <TimeField
              label={m.calendars_cut_off_on({ option: label, day: WEEKDAY_WORDS[day.weekday]() })}
              value={day.at}
              onValue={(at) => onCutOff({ ...cutOff, on: on.with(index, { ...day, at }) })}
              wrong={faultText(faults, `${path}.on.${day.weekday}`) !== undefined}
              readOnly={readOnly}
            />
            {readOnly ? null : (
              <IconButton
                icon={X}
                label={m.calendars_exception_remove({ day: WEEKDAY_WORDS[day.weekday]() })}
                onClick={() => onCutOff({ ...cutOff, on: on.filter((other) => other !== day) })}
              />
            )}
          </span>
        ))}
        {readOnly || free.length === 0 ? null : (
          <Button
            size="small"
            variant="quiet"
            icon={Plus}
            onClick={() => {
              const weekday = free.includes("friday") ? "friday" : free[0];
              if (weekday !== undefined)
                onCutOff({ ...cutOff, on: [...on, { key: freshKey(), weekday, at: cutOff.at }] });
            }}
          >
            {m.calendars_exception_add()}
          </Button>
        )}
      </div>
      {error === undefined ? null : <p className="text-xs text-danger-text">{error}</p>}
    </div>
  );
}

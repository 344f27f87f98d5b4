import { Plus, X } from "lucide-react";
import { useRef } from "react";
import { Button, IconButton } from "@/components/Button";
import { TextField } from "@/components/Field";
import { type Fault, faultText } from "@/features/policy/faults";
import { freshKey } from "@/features/policy/key";
import { m } from "@/paraglide/messages.js";
import type { DayForm } from "./calendar";
import { SpansField } from "./SpansField";

interface Properties {
  readonly days: readonly DayForm[];
  readonly onDays: (days: readonly DayForm[]) => void;
  readonly faults: readonly Fault[];
  readonly readOnly: boolean;
}

/** Holidays, short days and extra days. */
export function SpecialDays({ days, onDays, faults, readOnly }: Properties) {
  const list = useRef<HTMLElement>(null);
  return (
    <section ref={list} aria-label={m.calendars_days()} className="flex flex-col gap-12">
      <div>
        <h3 className="text-xs font-medium text-fg-2">{m.calendars_days()}</h3>
        <p className="text-xs text-fg-3">{days.length === 0 ? m.calendars_days_none() : m.calendars_days_help()}</p>
      </div>
      {days.map((day, index) => {
        const change = (part: Partial<DayForm>) => onDays(days.with(index, { ...day, ...part }));
        const name = day.name === "" ? day.date : day.name;
        return (
          <div
            key={day.key}
            data-day
            className="grid grid-cols-[140px_minmax(120px,220px)_minmax(0,1fr)_28px] items-end gap-12 max-md:grid-cols-2"
          >
            <TextField
              mono
              label={m.calendars_day_date()}
              error={faultText(faults, `days[${index}].date`)}
              value={day.date}
              onValueChange={(date) => change({ date })}
              placeholder="2026-12-25"
              maxLength={10}
              readOnly={readOnly}
              autoComplete="off"
            />
            <TextField
              label={m.calendars_day_name()}
              error={faultText(faults, `days[${index}].name`)}
              value={day.name}
              onValueChange={(text) => change({ name: text })}
              readOnly={readOnly}
              autoComplete="off"
            />
            <SpansField
              label={name}
              spans={day.spans}
              onSpans={(spans) => change({ spans })}
              path={`days[${index}].hours`}
              faults={faults}
              readOnly={readOnly}
            />
            {readOnly ? null : (
              <span className="mb-2">
                <IconButton
                  icon={X}
                  label={m.calendars_day_remove({ day: name })}
                  onClick={() => onDays(days.filter((other) => other !== day))}
                />
              </span>
            )}
          </div>
        );
      })}
      {readOnly ? null : (
        <span>
          <Button
            size="small"
            icon={Plus}
            onClick={() => {
              onDays([...days, { key: freshKey(), date: "", name: "", spans: [] }]);
              requestAnimationFrame(() => {
                const rows = list.current?.querySelectorAll("[data-day]");
                rows?.[rows.length - 1]?.querySelector("input")?.focus();
              });
            }}
          >
            {m.calendars_day_add()}
          </Button>
        </span>
      )}
    </section>
  );
}

import { CalendarPlus } from "lucide-react";
import { useId } from "react";
import { useChangeCalendar } from "@/api/policies";
import type { WarehouseCalendar } from "@/api/types";
import { Button } from "@/components/Button";
import { EmptyState } from "@/components/EmptyState";
import { TextField } from "@/components/Field";
import { Section } from "@/features/order/Section";
import { DraftBar } from "@/features/policy/DraftBar";
import { differencesOf } from "@/features/policy/differences";
import { faultText, ownFaultText } from "@/features/policy/faults";
import { PolicyDialogs } from "@/features/policy/PolicyDialogs";
import { usePolicyDraft } from "@/features/policy/usePolicyDraft";
import { usePolicySave } from "@/features/policy/usePolicySave";
import { VersionLine } from "@/features/policy/VersionList";
import { m } from "@/paraglide/messages.js";
import { CutOffEditor } from "./CutOffEditor";
import { type CalendarForm, calendarFaults, calendarKind, calendarOf, newCalendar, WEEKDAYS } from "./calendar";
import { zones } from "./localTime";
import { SpansField } from "./SpansField";
import { SpecialDays } from "./SpecialDays";
import { calendarParts, WEEKDAY_WORDS } from "./words";

interface Properties {
  readonly item: WarehouseCalendar;
  readonly readOnly: boolean;
  readonly reread: () => Promise<unknown>;
}

/** One warehouse's calendar. */
export function CalendarEditor({ item, readOnly, reread }: Properties) {
  const { mutateAsync: change } = useChangeCalendar();
  const zoneList = useId();
  const draft = usePolicyDraft(`calendar.${item.warehouse}`, calendarKind, {
    version: item.version.version,
    value: item.calendar ?? null,
  });
  const { form } = draft;
  const way = usePolicySave(draft, {
    send: (reason) =>
      form === null
        ? Promise.reject(new Error("there is no calendar to save"))
        : change({ warehouse: item.warehouse, body: { base: draft.base, reason, calendar: calendarOf(form) } }),
    reread,
    saved: () => m.calendars_saved({ warehouse: item.name }),
  });
  const faults = calendarFaults(form);
  const from = calendarParts(calendarKind.formOf(draft.from));
  const yours = calendarParts(form);
  if (form === null) {
    return (
      <Section title={item.name}>
        <EmptyState
          icon={CalendarPlus}
          title={m.calendars_none()}
          action={
            readOnly ? undefined : (
              <Button variant="primary" icon={CalendarPlus} onClick={() => draft.change(newCalendar())}>
                {m.calendars_set_up()}
              </Button>
            )
          }
        >
          {m.calendars_none_help()}
        </EmptyState>
      </Section>
    );
  }
  const edit = (part: Partial<CalendarForm>) => draft.change({ ...form, ...part });
  return (
    <Section
      title={item.name}
      aside={
        item.version.version === 0 ? null : (
          <p className="flex min-w-0 flex-wrap items-baseline justify-end gap-x-8 text-xs">
            <VersionLine version={item.version} />
          </p>
        )
      }
    >
      <div className="flex flex-col gap-24 p-16">
        <div className="grid max-w-560 grid-cols-2 items-start gap-16">
          <TextField
            label={m.calendars_zone()}
            help={m.calendars_zone_help()}
            error={faultText(faults, "zone")}
            value={form.zone}
            onValueChange={(zone) => edit({ zone })}
            list={zoneList}
            readOnly={readOnly}
            autoComplete="off"
            spellCheck={false}
          />
          <datalist id={zoneList}>
            {zones().map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
          <TextField
            label={m.calendars_handling()}
            help={m.calendars_handling_help()}
            error={faultText(faults, "handling_minutes")}
            value={form.handling}
            onValueChange={(handling) => edit({ handling })}
            inputMode="numeric"
            readOnly={readOnly}
            autoComplete="off"
          />
          <TextField
            label={m.calendars_answers()}
            help={m.calendars_answers_help()}
            error={faultText(faults, "answers_within_minutes")}
            value={form.answers}
            onValueChange={(answers) => edit({ answers })}
            inputMode="numeric"
            readOnly={readOnly}
            autoComplete="off"
          />
        </div>
        <section aria-label={m.calendars_week()} className="flex flex-col gap-8">
          <h3 className="text-xs font-medium text-fg-2">{m.calendars_week()}</h3>
          {WEEKDAYS.map((weekday) => (
            <div key={weekday} className="grid grid-cols-[120px_minmax(0,1fr)] items-start gap-12">
              <span className="pt-6 text-sm text-fg">{WEEKDAY_WORDS[weekday]()}</span>
              <SpansField
                label={WEEKDAY_WORDS[weekday]()}
                spans={form.week[weekday]}
                onSpans={(spans) => edit({ week: { ...form.week, [weekday]: spans } })}
                path={`week.${weekday}`}
                faults={faults}
                readOnly={readOnly}
              />
            </div>
          ))}
          {ownFaultText(faults, "week") === undefined ? null : (
            <p className="text-xs text-danger-text">{ownFaultText(faults, "week")}</p>
          )}
        </section>
        <CutOffEditor
          cutOff={form.cutOff}
          options={form.options}
          onCutOff={(cutOff) => edit({ cutOff })}
          onOptions={(options) => edit({ options })}
          faults={faults}
          readOnly={readOnly}
        />
        <SpecialDays days={form.days} onDays={(days) => edit({ days })} faults={faults} readOnly={readOnly} />
      </div>
      {draft.changed ? (
        <DraftBar
          label={m.calendars_draft({ warehouse: item.name })}
          changes={Math.max(1, differencesOf(from, yours).length)}
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
        title={m.calendars_save({ warehouse: item.name })}
        current={item.version}
        from={from}
        holding={calendarParts(calendarKind.formOf(item.calendar ?? null))}
        yours={yours}
      />
    </Section>
  );
}

/** A warehouse calendar as a person edits it. `docs/calendars.md` says what it means. */
import type { Calendar, CutOff, WorkingHours } from "@/api/types";
import type { Fault } from "@/features/policy/faults";
import { freshKey } from "@/features/policy/key";
import type { PolicyKind } from "@/features/policy/usePolicyDraft";
import { wholeNumber } from "@/features/rules/amount";
import { m } from "@/paraglide/messages.js";
import { isTime, isZone, minutesOf, timeOf } from "./localTime";

export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** The most that the server takes: 60 days around the clock. */
const MOST_HANDLING_MINUTES = 60 * 24 * 60;
/** A week. */
const MOST_ANSWER_MINUTES = 10_080;

export interface SpanForm {
  readonly key: string;
  readonly open: string;
  readonly close: string;
}

export interface DayForm {
  readonly key: string;
  readonly date: string;
  readonly name: string;
  /** None: closed. */
  readonly spans: readonly SpanForm[];
}

export interface ExceptionForm {
  readonly key: string;
  readonly weekday: Weekday;
  readonly at: string;
}

export interface CutOffForm {
  readonly key: string;
  /** The shipping option; of no account for the default. */
  readonly name: string;
  readonly at: string;
  readonly on: readonly ExceptionForm[];
}

export interface CalendarForm {
  readonly zone: string;
  readonly week: Readonly<Record<Weekday, readonly SpanForm[]>>;
  readonly days: readonly DayForm[];
  readonly cutOff: CutOffForm;
  readonly options: readonly CutOffForm[];
  readonly handling: string;
  /** Empty for the usual time. */
  readonly answers: string;
}

const spanForm = ({ open, close }: WorkingHours): SpanForm => ({ key: freshKey(), open, close });

function isWeekday(name: string): name is Weekday {
  return (WEEKDAYS as readonly string[]).includes(name);
}

function cutOffForm(name: string, { at, on = {} }: CutOff): CutOffForm {
  const days = Object.entries(on).flatMap(([weekday, time]) =>
    isWeekday(weekday) ? [{ key: freshKey(), weekday, at: time }] : [],
  );
  days.sort((a, b) => WEEKDAYS.indexOf(a.weekday) - WEEKDAYS.indexOf(b.weekday));
  return { key: freshKey(), name, at, on: days };
}

export function formOfCalendar({
  zone,
  week,
  special_days = {},
  cut_offs,
  handling_minutes = 0,
  answers_within_minutes,
}: Calendar): CalendarForm {
  const hours = (weekday: Weekday) => (week[weekday] ?? []).map(spanForm);
  const days = Object.entries(special_days).map(([date, day]) => ({
    key: freshKey(),
    date,
    name: day.name,
    spans: (day.hours ?? []).map(spanForm),
  }));
  return {
    zone,
    week: {
      monday: hours("monday"),
      tuesday: hours("tuesday"),
      wednesday: hours("wednesday"),
      thursday: hours("thursday"),
      friday: hours("friday"),
      saturday: hours("saturday"),
      sunday: hours("sunday"),
    },
    days: days.sort((a, b) => (a.date < b.date ? -1 : 1)),
    cutOff: cutOffForm("", cut_offs.default),
    options: Object.entries(cut_offs.options ?? {}).map(([name, cutOff]) => cutOffForm(name, cutOff)),
    handling: String(handling_minutes),
    answers: answers_within_minutes == null ? "" : String(answers_within_minutes),
  };
}

const hoursOf = (spans: readonly SpanForm[]) =>
  spans.map(({ open, close }) => ({ open: timeOf(open), close: timeOf(close) }));

function cutOffOf({ at, on }: CutOffForm): CutOff {
  const days = on.map((day) => [day.weekday, timeOf(day.at)] as const);
  return { at: timeOf(at), ...(days.length === 0 ? {} : { on: Object.fromEntries(days) }) };
}

export function calendarOf(form: CalendarForm): Calendar {
  const week = WEEKDAYS.filter((weekday) => form.week[weekday].length > 0);
  const days = form.days.map((day) => {
    const hours = hoursOf(day.spans);
    return [day.date.trim(), { name: day.name.trim(), ...(hours.length === 0 ? {} : { hours }) }] as const;
  });
  const options = form.options.map((option) => [option.name.trim(), cutOffOf(option)] as const);
  const answers = form.answers.trim() === "" ? undefined : wholeNumber(form.answers);
  return {
    zone: form.zone.trim(),
    week: Object.fromEntries(week.map((weekday) => [weekday, hoursOf(form.week[weekday])])),
    special_days: Object.fromEntries(days),
    cut_offs: {
      default: cutOffOf(form.cutOff),
      ...(options.length === 0 ? {} : { options: Object.fromEntries(options) }),
    },
    handling_minutes: wholeNumber(form.handling) ?? 0,
    ...(answers === undefined ? {} : { answers_within_minutes: answers }),
  };
}

/** Empty parts as the server leaves them out or writes them, so that both look alike. */
function plain(calendar: Calendar): Calendar {
  return calendarOf(formOfCalendar(calendar));
}

/** Five days a week in this window's zone: a beginning for a warehouse without a calendar. */
export function newCalendar(): CalendarForm {
  const day = () => [{ key: freshKey(), open: "08:00", close: "17:00" }];
  return {
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    week: {
      monday: day(),
      tuesday: day(),
      wednesday: day(),
      thursday: day(),
      friday: day(),
      saturday: [],
      sunday: [],
    },
    days: [],
    cutOff: { key: freshKey(), name: "", at: "14:00", on: [] },
    options: [],
    handling: "0",
    answers: "",
  };
}

/** `null` is a warehouse without a calendar. */
export const calendarKind: PolicyKind<Calendar | null, CalendarForm | null> = {
  formOf: (calendar) => (calendar === null ? null : formOfCalendar(plain(calendar))),
  wireOf: (form) => (form === null ? null : calendarOf(form)),
};

function spanFaults(spans: readonly SpanForm[], path: string): readonly Fault[] {
  return spans.flatMap((span, index) => {
    const place = `${path}[${index}]`;
    if (!isTime(span.open) || !isTime(span.close)) return [{ path: place, text: m.calendars_fault_time() }];
    const previous = spans[index - 1];
    if (minutesOf(span.open) >= minutesOf(span.close)) return [{ path: place, text: m.calendars_fault_span() }];
    const overlaps =
      previous !== undefined && isTime(previous.close) && minutesOf(previous.close) > minutesOf(span.open);
    return overlaps ? [{ path: place, text: m.calendars_fault_overlap() }] : [];
  });
}

function cutOffFaults(cutOff: CutOffForm, path: string): readonly Fault[] {
  return [
    ...(isTime(cutOff.at) ? [] : [{ path: `${path}.at`, text: m.calendars_fault_time() }]),
    ...cutOff.on.flatMap((day) =>
      isTime(day.at) ? [] : [{ path: `${path}.on.${day.weekday}`, text: m.calendars_fault_time() }],
    ),
  ];
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

/** What would be refused. Lists whose members have names are counted here, because names may be wrong or doubled. */
export function calendarFaults(form: CalendarForm | null): readonly Fault[] {
  if (form === null) return [];
  const handling = wholeNumber(form.handling) ?? 0;
  const answers = wholeNumber(form.answers) ?? 0;
  const closed = WEEKDAYS.every((weekday) => form.week[weekday].length === 0);
  return [
    ...(isZone(form.zone) ? [] : [{ path: "zone", text: m.calendars_fault_zone() }]),
    ...(closed ? [{ path: "week", text: m.calendars_fault_week() }] : []),
    ...WEEKDAYS.flatMap((weekday) => spanFaults(form.week[weekday], `week.${weekday}`)),
    ...form.days.flatMap((day, index) => {
      const twice = form.days.findIndex((other) => other.date.trim() === day.date.trim()) < index;
      const date = !isDate(day.date.trim())
        ? m.calendars_fault_date()
        : twice
          ? m.calendars_fault_date_twice()
          : undefined;
      return [
        ...(date === undefined ? [] : [{ path: `days[${index}].date`, text: date }]),
        ...(day.name.trim() === "" ? [{ path: `days[${index}].name`, text: m.field_required() }] : []),
        ...spanFaults(day.spans, `days[${index}].hours`),
      ];
    }),
    ...cutOffFaults(form.cutOff, "cut_offs.default"),
    ...form.options.flatMap((option, index) => {
      const name = option.name.trim();
      const twice = form.options.findIndex((other) => other.name.trim() === name) < index;
      const fault = name === "" ? m.field_required() : twice ? m.calendars_fault_option_twice() : undefined;
      return [
        ...(fault === undefined ? [] : [{ path: `options[${index}].name`, text: fault }]),
        ...cutOffFaults(option, `options[${index}]`),
      ];
    }),
    ...(handling >= 0 && handling <= MOST_HANDLING_MINUTES
      ? []
      : [{ path: "handling_minutes", text: m.calendars_fault_handling() }]),
    ...(form.answers.trim() === "" || (answers >= 1 && answers <= MOST_ANSWER_MINUTES)
      ? []
      : [{ path: "answers_within_minutes", text: m.calendars_fault_answers() }]),
  ];
}

/** Calendars and windows in words, part by part, for comparing two versions. */
import type { Names } from "@/features/orders/names";
import type { Part } from "@/features/policy/differences";
import { secondsOf } from "@/features/rules/length";
import { lengthText } from "@/features/rules/words";
import { m } from "@/paraglide/messages.js";
import { type CalendarForm, type CutOffForm, type SpanForm, WEEKDAYS, type Weekday } from "./calendar";
import { timeOf } from "./localTime";
import type { WindowForm, WindowForms, WindowKind } from "./windows";

export const WEEKDAY_WORDS: Readonly<Record<Weekday, () => string>> = {
  monday: m.calendars_monday,
  tuesday: m.calendars_tuesday,
  wednesday: m.calendars_wednesday,
  thursday: m.calendars_thursday,
  friday: m.calendars_friday,
  saturday: m.calendars_saturday,
  sunday: m.calendars_sunday,
};

export const WINDOW_WORDS: Readonly<Record<WindowKind, () => string>> = {
  after_receipt: m.calendars_window_after_receipt,
  until_cut_off: m.calendars_window_until_cut_off,
  manual: m.calendars_window_manual,
};

function hoursText(spans: readonly SpanForm[]): string {
  return spans.length === 0
    ? m.calendars_closed()
    : spans.map(({ open, close }) => `${timeOf(open)}–${timeOf(close)}`).join(", ");
}

function cutOffText({ at, on }: CutOffForm): string {
  return [timeOf(at), ...on.map((day) => `${WEEKDAY_WORDS[day.weekday]()} ${timeOf(day.at)}`)].join(", ");
}

export function calendarParts(form: CalendarForm | null): readonly Part[] {
  if (form === null) return [];
  return [
    { name: m.calendars_zone(), text: form.zone.trim() },
    ...WEEKDAYS.map((weekday) => ({ name: WEEKDAY_WORDS[weekday](), text: hoursText(form.week[weekday]) })),
    ...form.days
      .toSorted((a, b) => (a.date < b.date ? -1 : 1))
      .map((day) => ({ name: day.date, text: `${day.name.trim()}: ${hoursText(day.spans)}` })),
    { name: m.calendars_cut_off(), text: cutOffText(form.cutOff) },
    ...form.options
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map((option) => ({ name: m.calendars_cut_off_of({ option: option.name.trim() }), text: cutOffText(option) })),
    { name: m.calendars_handling(), text: form.handling.trim() || "0" },
    { name: m.calendars_answers(), text: form.answers.trim() || "120" },
  ];
}

export function windowText({ kind, length }: WindowForm): string {
  const seconds = secondsOf(length);
  const text = seconds === undefined || Number.isNaN(seconds) ? "…" : lengthText(seconds);
  if (kind === "after_receipt") return m.calendars_window_text_after({ length: text });
  return kind === "until_cut_off" ? m.calendars_window_text_until({ length: text }) : m.calendars_window_text_manual();
}

export function windowParts(forms: WindowForms, names: Names): readonly Part[] {
  const seen = new Map<string, number>();
  return forms.map((form) => {
    const shop = form.shop === null ? m.calendars_all_shops() : names.shop(form.shop);
    const warehouse = form.warehouse === null ? m.calendars_all_warehouses() : names.warehouse(form.warehouse);
    const name = `${shop} × ${warehouse}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { name: count === 1 ? name : `${name} (${count})`, text: windowText(form) };
  });
}

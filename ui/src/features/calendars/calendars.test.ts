import { expect, it } from "vitest";
import type { Calendar, WindowChoice } from "@/api/types";
import { calendarFaults, calendarKind, calendarOf, formOfCalendar, newCalendar } from "./calendar";
import { isTime, isZone, timeOf } from "./localTime";
import { newWindow, windowFaults, windowFindings, windowKind } from "./windows";

const calendar: Calendar = {
  zone: "Europe/Berlin",
  week: {
    monday: [{ open: "08:00", close: "18:00" }],
    friday: [
      { open: "08:00", close: "12:00" },
      { open: "13:00", close: "24:00" },
    ],
  },
  special_days: {
    "2026-12-24": { name: "Christmas Eve", hours: [{ open: "08:00", close: "12:00" }] },
    "2026-12-25": { name: "Christmas Day" },
  },
  cut_offs: { default: { at: "14:00" }, options: { express: { at: "16:30", on: { friday: "12:00" } } } },
  handling_minutes: 120,
};

const paths = (change: (form: ReturnType<typeof formOfCalendar>) => ReturnType<typeof formOfCalendar>) =>
  calendarFaults(change(formOfCalendar(calendar))).map((fault) => fault.path);

it("a calendar comes back as it was, and a new one has no fault", () => {
  expect(calendarOf(formOfCalendar(calendar))).toEqual(calendar);
  expect(calendarFaults(formOfCalendar(calendar))).toEqual([]);
  expect(calendarFaults(newCalendar())).toEqual([]);
});

it("how empty parts are written makes no difference", () => {
  const written: Calendar = {
    ...calendar,
    week: { ...calendar.week, sunday: [] },
    special_days: { ...calendar.special_days, "2026-12-25": { name: "Christmas Day", hours: [] } },
  };
  expect(calendarKind.wireOf(calendarKind.formOf(written))).toEqual(calendar);
  expect(calendarKind.formOf(null)).toBeNull();
});

it("times are read leniently and written strictly; 24:00 is the end of a day", () => {
  expect([timeOf("9:30"), timeOf(" 08:00 "), timeOf("24:00")]).toEqual(["09:30", "08:00", "24:00"]);
  expect(["24:01", "8", "12:60", "", "-1:00"].map(isTime)).toEqual([false, false, false, false, false]);
  expect(["Europe/Berlin", "UTC", "Mars/Base", "+02:00", ""].map(isZone)).toEqual([true, true, false, false, false]);
});

it("what would be refused is named at its place", () => {
  expect(paths((form) => ({ ...form, zone: "Mars/Base" }))).toEqual(["zone"]);
  const span = { key: "s", open: "12:00", close: "11:00" };
  expect(paths((form) => ({ ...form, week: { ...form.week, sunday: [span] } }))).toEqual(["week.sunday[0]"]);
  const twice = { key: "t", open: "09:00", close: "10:00" };
  expect(paths((form) => ({ ...form, week: { ...form.week, monday: [...form.week.monday, twice] } }))).toEqual([
    "week.monday[1]",
  ]);
  expect(
    paths((form) => ({ ...form, days: [...form.days, { key: "d", date: "2026-12-25", name: "", spans: [] }] })),
  ).toEqual(["days[2].date", "days[2].name"]);
  expect(paths((form) => ({ ...form, cutOff: { ...form.cutOff, at: "noon" } }))).toEqual(["cut_offs.default.at"]);
  expect(
    paths((form) => ({ ...form, options: [...form.options, { key: "o", name: " express", at: "10:00", on: [] }] })),
  ).toEqual(["options[1].name"]);
  expect(paths((form) => ({ ...form, handling: "-5" }))).toEqual(["handling_minutes"]);
  const closed = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };
  expect(paths((form) => ({ ...form, week: closed }))).toEqual(["week"]);
});

const choices: readonly WindowChoice[] = [
  { shop: null, warehouse: "whs_1", window: { kind: "until_cut_off", lead_seconds: 1_800 } },
  { shop: "con_1", warehouse: null, window: { kind: "manual" } },
  { shop: "con_1", warehouse: "whs_1", window: { kind: "after_receipt", seconds: 5_400 } },
];

it("edit windows come back as they were", () => {
  expect(windowKind.wireOf(windowKind.formOf(choices))).toEqual(choices);
  expect(windowFaults(windowKind.formOf(choices))).toEqual([]);
  expect(windowFaults([{ ...newWindow(), length: { count: "", unit: "hours" } }]).map((fault) => fault.path)).toEqual([
    "choices[0].window",
  ]);
});

it("a window that ends at a cut-off nobody has, or that stands twice, is worth a look", () => {
  const forms = windowKind.formOf(choices);
  expect(windowFindings(forms, new Set(["whs_1"]), ["whs_1"])).toEqual([]);
  expect(windowFindings(forms, new Set(), ["whs_1"]).map((finding) => finding.path)).toEqual(["choices[0]"]);
  const doubled = [...forms, ...windowKind.formOf(choices.slice(1, 2))];
  expect(windowFindings(doubled, new Set(["whs_1"]), ["whs_1"]).map((finding) => finding.path)).toEqual(["choices[3]"]);
  const everywhere = windowKind.formOf([{ window: { kind: "until_cut_off", lead_seconds: 60 } }]);
  expect(windowFindings(everywhere, new Set(["whs_1"]), ["whs_1", "whs_2"])).toHaveLength(1);
});

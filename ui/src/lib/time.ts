/** Instants for people. The API speaks RFC 3339; nothing here computes a deadline, it only tells one. */
import { locale } from "@/i18n/locale";
import { numberFormat } from "./number";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale()} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale(), options);
    formats.set(key, format);
  }
  return format;
}

const relatives = new Map<string, Intl.RelativeTimeFormat>();

function relativeFormat(language: string): Intl.RelativeTimeFormat {
  let format = relatives.get(language);
  if (format === undefined) {
    format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
    relatives.set(language, format);
  }
  return format;
}

/** Milliseconds since 1970; undefined for nothing and for text that is no instant. */
export function instant(at: string | null | undefined): number | undefined {
  const parsed = at === null || at === undefined ? Number.NaN : Date.parse(at);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** `14:02:11` */
export function clockTime(at: number): string {
  return dateFormat({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(at);
}

/** `14:02` */
export function shortTime(at: number): string {
  return dateFormat({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

/** `22 Nov 14:02` */
export function dayTime(at: number): string {
  return `${dateFormat({ day: "numeric", month: "short" }).format(at)} ${shortTime(at)}`;
}

/** `24 Nov 2026`: a day, where the hour means nothing. */
export function dayText(at: number): string {
  return dateFormat({ day: "numeric", month: "short", year: "numeric" }).format(at);
}

/** `22 Nov 2026, 14:02:11 CET`: for titles and the audit trail. */
export function absoluteTime(at: number): string {
  return dateFormat({
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  }).format(at);
}

/** `3 minutes ago`, `in 2 hours`, `yesterday`. */
export function relativeTime(at: number, now: number, language: string = locale()): string {
  const format = relativeFormat(language);
  const distance = at - now;
  const size = Math.abs(distance);
  if (size < MINUTE_MS) return format.format(Math.round(distance / 1_000), "second");
  if (size < HOUR_MS) return format.format(Math.round(distance / MINUTE_MS), "minute");
  if (size < DAY_MS) return format.format(Math.round(distance / HOUR_MS), "hour");
  return format.format(Math.round(distance / DAY_MS), "day");
}

function unit(value: number, name: string, language: string): string {
  return numberFormat(language, { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: 0 }).format(
    value,
  );
}

/** `45 sec`, `12 min`, `47 hr`, `2 days`: how old something is, in one short unit, rounded down, never negative. */
export function age(at: number, now: number, language: string = locale()): string {
  const ms = Math.max(0, now - at);
  if (ms < MINUTE_MS) return unit(Math.floor(ms / 1_000), "second", language);
  if (ms < HOUR_MS) return unit(Math.floor(ms / MINUTE_MS), "minute", language);
  if (ms < 2 * DAY_MS) return unit(Math.floor(ms / HOUR_MS), "hour", language);
  return unit(Math.floor(ms / DAY_MS), "day", language);
}

/** `850 ms`, `12 sec`, `4 min`, `3 hr 20 min`, `2 days`: how long something lasts, from milliseconds. */
export function duration(ms: number, language: string = locale()): string {
  if (ms < 1_000) return unit(ms, "millisecond", language);
  if (ms < MINUTE_MS) return unit(Math.floor(ms / 1_000), "second", language);
  if (ms < HOUR_MS) return unit(Math.floor(ms / MINUTE_MS), "minute", language);
  if (ms < DAY_MS) {
    const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
    const hours = unit(Math.floor(ms / HOUR_MS), "hour", language);
    return minutes === 0 ? hours : `${hours} ${unit(minutes, "minute", language)}`;
  }
  return unit(Math.floor(ms / DAY_MS), "day", language);
}

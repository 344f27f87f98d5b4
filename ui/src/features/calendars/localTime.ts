/** Times of day and zones as people type them. */
import { locale } from "@/i18n/locale";

const TIME = /^(\d{1,2}):(\d{2})$/;

/** `00:00` to `24:00`. */
export function isTime(text: string): boolean {
  const found = TIME.exec(text.trim());
  return found !== null && Number(found[2]) <= 59 && minutesOf(text) <= 24 * 60;
}

/** Minutes since midnight; only for what is a time. */
export function minutesOf(text: string): number {
  const found = TIME.exec(text.trim());
  return found === null ? Number.NaN : Number(found[1]) * 60 + Number(found[2]);
}

/** `9:30` as the server writes it; what is no time stays as it is. */
export function timeOf(text: string): string {
  const typed = text.trim();
  return isTime(typed) ? typed.padStart(5, "0") : typed;
}

export function isZone(name: string): boolean {
  // A bare offset is a zone for the browser, but has no name in the database.
  if (!/^[A-Za-z]/.test(name.trim())) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name.trim() });
    return true;
  } catch {
    // The only way the browser tells that it knows no such zone.
    return false;
  }
}

/** Names of zones, for suggestions. */
export function zones(): readonly string[] {
  return Intl.supportedValuesOf("timeZone");
}

/** `Mon, 23 Nov, 14:00` by the clocks of a zone. */
export function zonedTime(at: number, zone: string): string {
  const format = new Intl.DateTimeFormat(locale(), {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return format.format(at);
}

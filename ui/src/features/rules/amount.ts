/** Numbers as a person types them. Empty is `undefined`; what is no number is `NaN`, and never looks like one. */
import { locale } from "@/i18n/locale";

export function wholeNumber(text: string): number | undefined {
  const typed = text.trim();
  if (typed === "") return undefined;
  const value = /^[+-]?\d+$/.test(typed) ? Number(typed) : Number.NaN;
  return Number.isSafeInteger(value) ? value : Number.NaN;
}

/** Digits behind the point, such as 2 for EUR; 0 for a code the browser refuses, so that minor units stay what they are. */
export function fractionDigits(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return 0;
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.resolvedOptions().maximumFractionDigits ?? 0;
}

/** `12.50` or `12,50`: an amount of minor units for a text field, with the decimal sign of the language. */
export function amountText(minor: number, currency: string, language: string = locale()): string {
  const digits = fractionDigits(currency);
  const sign = minor < 0 ? "-" : "";
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const point = language === "de" ? "," : ".";
  return digits === 0 ? sign + whole : `${sign}${whole}${point}${text.slice(text.length - digits)}`;
}

/** Minor units of what was typed, with either decimal sign. */
export function minorUnits(text: string, currency: string): number | undefined {
  const typed = text.trim();
  if (typed === "") return undefined;
  const digits = fractionDigits(currency);
  const found = /^([+-]?)(\d+)(?:[.,](\d+))?$/.exec(typed);
  const fraction = found?.[3] ?? "";
  if (found === null || fraction.length > digits) return Number.NaN;
  const value = Number(`${found[1]}${found[2]}${fraction.padEnd(digits, "0")}`);
  return Number.isSafeInteger(value) ? value : Number.NaN;
}

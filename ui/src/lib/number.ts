/** Numbers for people, in their language. */
import { locale } from "@/i18n/locale";

const formats = new Map<string, Intl.NumberFormat>();

/** The format of these options, made once: making one costs more than drawing the whole row it stands in. */
export function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${options.style ?? ""} ${options.unit ?? ""} ${options.maximumFractionDigits ?? ""}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, options);
    formats.set(key, format);
  }
  return format;
}

/** `184,211` */
export function integer(value: number): string {
  return numberFormat(locale(), { maximumFractionDigits: 0 }).format(value);
}

/** `12.4`: a rate; one digit below 100, none above. */
export function rate(value: number): string {
  return numberFormat(locale(), { maximumFractionDigits: value < 100 ? 1 : 0 }).format(value);
}

/** A count as a person types it; not a number for anything but digits, or for more than nine of them. */
export function typedCount(text: string): number {
  const digits = text.trim();
  return /^\d{1,9}$/.test(digits) ? Number(digits) : Number.NaN;
}

/** Numbers for people, in their language. */
import { locale } from "@/i18n/locale";

/** `184,211` */
export function integer(value: number): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: 0 }).format(value);
}

/** `12.4`: a rate; one digit below 100, none above. */
export function rate(value: number): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: value < 100 ? 1 : 0 }).format(value);
}

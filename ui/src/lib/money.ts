/** Money for people: whole minor units in, text of the language out. */
import { locale } from "@/i18n/locale";
import { numberFormat } from "./number";

const formats = new Map<string, { format: Intl.NumberFormat; scale: number }>();

function formatOf(language: string, currency: string) {
  const key = `${language} ${currency}`;
  let found = formats.get(key);
  if (found === undefined) {
    const format = new Intl.NumberFormat(language, { style: "currency", currency });
    found = { format, scale: format.resolvedOptions().maximumFractionDigits ?? 2 };
    formats.set(key, found);
  }
  return found;
}

/**
 * An amount with its currency, such as `£12.50`. `minor` is whole minor units, safe up to 2^53. A currency code the
 * browser refuses is written behind the bare number of minor units rather than guessed.
 */
export function formatMoney(minor: number, currency: string, language: string = locale()): string {
  if (!/^[A-Z]{3}$/.test(currency)) return `${numberFormat(language, {}).format(minor)} ${currency}`;
  const { format, scale } = formatOf(language, currency);
  return format.format(minor / 10 ** scale);
}

/**
 * What somebody typed as whole minor units: `12.5`, `12,50` and `12` are amounts, with a point or a comma before at most
 * as many digits as the currency has. Undefined for anything else, negative amounts included.
 */
export function minorUnits(text: string, currency: string): number | undefined {
  const [whole = "", fraction = "", ...more] = text.trim().split(/[.,]/);
  const scale = /^[A-Z]{3}$/.test(currency) ? formatOf("en", currency).scale : 0;
  if (more.length > 0 || !/^\d+$/.test(whole) || !/^\d*$/.test(fraction) || fraction.length > scale) return undefined;
  const minor = Number(whole + fraction.padEnd(scale, "0"));
  return Number.isSafeInteger(minor) ? minor : undefined;
}

/** What somebody types to announce goods, and whether it can be meant. */
import type { Body } from "@/api/mutations";
import { typedCount } from "@/lib/number";

/** A supplier, among the places goods can come from; no warehouse has such an id. */
export const SUPPLIER = "supplier";

export interface TypedLine {
  /** Tells the rows apart while they are typed. */
  readonly key: number;
  readonly sku: string;
  readonly units: string;
}

export interface Announcement {
  /** A warehouse, or [`SUPPLIER`]. */
  readonly from: string;
  readonly to: string | null;
  readonly lines: readonly TypedLine[];
  /** `2026-11-24`, or nothing. */
  readonly expected: string;
  readonly note: string;
}

/** What is wrong with a line; a row nobody has filled in is only unfinished. */
export type LineFault = "twice" | "no_sku" | "units";

const filled = (line: TypedLine) => line.sku.trim() !== "";

export function lineFault(lines: readonly TypedLine[], line: TypedLine): LineFault | undefined {
  const sku = line.sku.trim();
  if (sku === "") return line.units.trim() === "" ? undefined : "no_sku";
  if (lines.find((one) => one.sku.trim() === sku) !== line) return "twice";
  return typedCount(line.units) >= 1 ? undefined : "units";
}

/** Noon of the day where the person is: a day, not an instant, that reads the same a few zones away. */
export function noonOf(day: string): string | undefined {
  const at = Date.parse(`${day}T12:00:00`);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** The announcement as the server takes it; nothing while it is unfinished or cannot be meant. */
export function announced(typed: Announcement, reason: string): Body<"/api/v1/transfers", "post"> | undefined {
  const { from, to, lines, expected, note } = typed;
  const said = lines.filter(filled);
  if (to === null || from === to || said.length === 0) return undefined;
  if (lines.some((line) => lineFault(lines, line) !== undefined)) return undefined;
  const at = noonOf(expected);
  return {
    ...(from === SUPPLIER ? {} : { from }),
    to,
    lines: said.map((line) => ({ sku: line.sku.trim(), units: typedCount(line.units) })),
    ...(at === undefined ? {} : { expected_at: at }),
    note: note.trim(),
    reason,
  };
}

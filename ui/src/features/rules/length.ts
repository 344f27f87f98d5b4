/** Lengths of time as a person types them: a number and its unit. */
import { wholeNumber } from "./amount";

export const UNITS = ["seconds", "minutes", "hours", "days"] as const;
export type Unit = (typeof UNITS)[number];

const SECONDS: Readonly<Record<Unit, number>> = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };

/** The most that the server stores. */
const MOST_SECONDS = 4_294_967_295;

export interface LengthForm {
  readonly count: string;
  readonly unit: Unit;
}

/** In the largest unit that says it exactly. */
export function lengthOf(seconds: number): LengthForm {
  const unit = [...UNITS].reverse().find((one) => seconds % SECONDS[one] === 0 && seconds >= SECONDS[one]);
  return unit === undefined
    ? { count: String(seconds), unit: "minutes" }
    : { count: String(seconds / SECONDS[unit]), unit };
}

/** Seconds; undefined when nothing is typed, `NaN` when it is no length. */
export function secondsOf({ count, unit }: LengthForm): number | undefined {
  const number = wholeNumber(count);
  if (number === undefined) return undefined;
  const seconds = number * SECONDS[unit];
  return seconds >= 0 && seconds <= MOST_SECONDS ? seconds : Number.NaN;
}

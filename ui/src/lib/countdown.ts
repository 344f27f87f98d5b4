/**
 * "Before it is too late": the edit window of an order as a person sees it.
 *
 * The engine owns the window; this only renders it. Levels: attention from 30 minutes, danger from 5 minutes, closed when
 * a warehouse may have the order. A hold keeps the order here past the end of its window, so a held order does not count.
 */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Level = "normal" | "attention" | "danger";

/** What the countdown shows. `left` is in milliseconds, never negative. */
export type Countdown =
  /** Not planned yet: editable, but nobody knows until when. */
  | { readonly kind: "waiting" }
  /** Held: the clock does not matter until the hold is lifted. */
  | { readonly kind: "paused" }
  | { readonly kind: "running"; readonly level: Level; readonly left: number; readonly until: number }
  /** The window is over and the hand-over is about to start. */
  | { readonly kind: "due"; readonly until: number }
  | { readonly kind: "closed"; readonly until: number | undefined }
  /** Cancelled or finished: there is nothing left to be late for. */
  | { readonly kind: "none" };

const BEFORE_PLAN = new Set(["received", "blocked", "routing"]);
const FINISHED = new Set(["closed", "cancelled"]);

/** The countdown of an order at `stage` whose window closes at `until` (epoch ms), seen at `now`. */
export function countdown(stage: string, until: number | undefined, now: number): Countdown {
  if (FINISHED.has(stage)) return { kind: "none" };
  if (stage === "held") return { kind: "paused" };
  if (BEFORE_PLAN.has(stage)) return { kind: "waiting" };
  if (stage !== "editable") return { kind: "closed", until };
  if (until === undefined) return { kind: "waiting" };
  const left = until - now;
  if (left <= 0) return { kind: "due", until };
  const level = left <= 5 * MINUTE ? "danger" : left <= 30 * MINUTE ? "attention" : "normal";
  return { kind: "running", level, left, until };
}

/** How the remaining time is written. */
export type Remaining =
  | { readonly form: "date"; readonly at: number }
  | { readonly form: "hours"; readonly hours: number; readonly minutes: number }
  | { readonly form: "minutes"; readonly minutes: number }
  | { readonly form: "clock"; readonly text: string };

/**
 * More than 24 h a date, more than 60 min hours and minutes, more than 10 min minutes, else `mm:ss`. Minutes round down
 * so that nobody is promised time that is not there; seconds round up so that `00:00` means over.
 */
export function remaining(left: number, until: number): Remaining {
  if (left > DAY) return { form: "date", at: until };
  if (left > HOUR) {
    return { form: "hours", hours: Math.floor(left / HOUR), minutes: Math.floor((left % HOUR) / MINUTE) };
  }
  if (left > 10 * MINUTE) return { form: "minutes", minutes: Math.floor(left / MINUTE) };
  const seconds = Math.ceil(Math.max(0, left) / SECOND);
  const pad = (value: number) => String(value).padStart(2, "0");
  return { form: "clock", text: `${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}` };
}

/** The minutes at which a screen reader hears about the focused order. */
export const ANNOUNCED_MINUTES = [30, 10, 5, 1] as const;

/** The announced mark that lies between two looks at the clock, if one does; the later one when both do. */
export function crossedMark(leftBefore: number, leftNow: number): number | undefined {
  return ANNOUNCED_MINUTES.findLast((mark) => leftBefore > mark * MINUTE && leftNow <= mark * MINUTE);
}

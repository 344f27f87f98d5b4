/**
 * "Before it is too late": the edit window of an order as a person sees it.
 *
 * The engine owns the window; this only renders it. Levels are a part of the window, so that colour means something in a
 * window of two minutes as in one of two days: attention in its last 40 %, at most the last 30 minutes; danger in its last
 * 20 %, at most the last 5 minutes; closed when a warehouse may have the order. A hold keeps the order here past the end
 * of its window, so a held order does not count.
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
  /** Cancelled or finished: there is nothing left to be late for. Or a matter waits, and where the parts are is not known. */
  | { readonly kind: "none" };

/** When a level begins: this part of the window before its end, but never earlier than so many milliseconds. */
const ATTENTION = { part: 0.4, most: 30 * MINUTE } as const;
const DANGER = { part: 0.2, most: 5 * MINUTE } as const;

/** Longest time that passes until the next look at the clock. */
const TICK = SECOND;

/** The edit window of an order, in epoch milliseconds. */
export interface EditWindow {
  /** When the order was received, which is when the window opened. */
  readonly from: number | undefined;
  /** When it closes; `undefined` before planning. */
  readonly until: number | undefined;
}

function levelOf(left: number, length: number): Level {
  const within = ({ part, most }: typeof ATTENTION | typeof DANGER) => left <= Math.min(most, part * length);
  return within(DANGER) ? "danger" : within(ATTENTION) ? "attention" : "normal";
}

const BEFORE_PLAN = new Set(["received", "blocked", "routing"]);
const FINISHED = new Set(["closed", "cancelled"]);
/** Says that a person is wanted, and nothing about where the parts are. */
const MATTER = "attention";

/** The countdown of an order at `stage`, seen at `now` (epoch ms). */
export function countdown(stage: string, { from, until }: EditWindow, now: number): Countdown {
  if (FINISHED.has(stage) || stage === MATTER) return { kind: "none" };
  if (stage === "held") return { kind: "paused" };
  if (BEFORE_PLAN.has(stage)) return { kind: "waiting" };
  // Released before its time: nobody is told an hour that is still to come.
  if (stage !== "editable") return { kind: "closed", until: until !== undefined && until <= now ? until : undefined };
  if (until === undefined) return { kind: "waiting" };
  const left = until - now;
  if (left <= 0) return { kind: "due", until };
  // A window whose beginning is unknown counts as a long one.
  const length = from === undefined ? Number.POSITIVE_INFINITY : until - from;
  return { kind: "running", level: levelOf(left, length), left, until };
}

/** How the remaining time is written. */
export type Remaining =
  | { readonly form: "date"; readonly at: number }
  | { readonly form: "hours"; readonly hours: number; readonly minutes: number }
  | { readonly form: "minutes"; readonly minutes: number }
  | { readonly form: "clock"; readonly text: string };

/**
 * More than 24 h a date, more than 60 min hours and minutes, more than 10 min minutes, else `mm:ss`. All round down to
 * what is still there at the next tick, so that nobody is ever promised time that is not.
 */
export function remaining(left: number, until: number): Remaining {
  const certain = Math.max(0, left - TICK);
  if (certain > DAY) return { form: "date", at: until };
  if (certain > HOUR) {
    return { form: "hours", hours: Math.floor(certain / HOUR), minutes: Math.floor((certain % HOUR) / MINUTE) };
  }
  if (certain > 10 * MINUTE) return { form: "minutes", minutes: Math.floor(certain / MINUTE) };
  const seconds = Math.floor(certain / SECOND);
  const pad = (value: number) => String(value).padStart(2, "0");
  return { form: "clock", text: `${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}` };
}

/** The minutes at which a screen reader hears about the focused order. */
export const ANNOUNCED_MINUTES = [30, 10, 5, 1] as const;

/** The announced mark that lies between two looks at the clock, if one does; the later one when both do. */
export function crossedMark(leftBefore: number, leftNow: number): number | undefined {
  return ANNOUNCED_MINUTES.findLast((mark) => leftBefore > mark * MINUTE && leftNow <= mark * MINUTE);
}

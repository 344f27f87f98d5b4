/** One shared clock of one second for everything that counts; it stands still while nobody looks. */
import { useSyncExternalStore } from "react";

type Listener = () => void;

const listeners = new Set<Listener>();
let now = Date.now();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Server time minus ours, in milliseconds; set from every health answer. */
let offsetMs = 0;
let bestTripMs = Number.POSITIVE_INFINITY;

/** The next tick is when the server's second changes, so that every clock on the screen changes with it. */
function schedule(): void {
  timer = setTimeout(tick, 1_000 - ((((now + offsetMs) % 1_000) + 1_000) % 1_000));
}

function tick(): void {
  now = Date.now();
  schedule();
  for (const listener of listeners) {
    listener();
  }
}

/** Calls `listener` each second; returns how to stop. All listeners share one timer. */
export function onTick(listener: Listener): () => void {
  // A key of its own for every call, so that two calls with one function are two listeners.
  const entry = () => listener();
  listeners.add(entry);
  if (timer === undefined) {
    now = Date.now();
    schedule();
  }
  return () => {
    listeners.delete(entry);
    if (listeners.size === 0) {
      clearTimeout(timer);
      timer = undefined;
    }
  };
}

/**
 * Tells the ticker what time the server had when it answered, in milliseconds since 1970, and how long question and
 * answer took together. Half of that has passed since. A slow answer says less than the best one known, unless the clocks
 * have drifted apart by more than it can be wrong.
 */
export function setServerNow(at: number, roundTripMs: number): void {
  const measured = at + roundTripMs / 2 - Date.now();
  if (roundTripMs <= bestTripMs || Math.abs(measured - offsetMs) > roundTripMs / 2 + bestTripMs / 2) {
    offsetMs = measured;
    bestTripMs = roundTripMs;
  }
}

/** The server's time of the last tick, in milliseconds since 1970; of this moment while nothing ticks. */
export function serverNow(): number {
  return (timer === undefined ? Date.now() : now) + offsetMs;
}

/** What `read` makes of the server's time, renewed each second; draws again only when the result differs. */
export function useTick<Result extends string | number | boolean | null | undefined>(
  read: (now: number) => Result,
): Result {
  return useSyncExternalStore(onTick, () => read(serverNow()));
}

/** The server's time in whole seconds, as milliseconds since 1970. */
export function useNow(): number {
  return useTick((at) => at - (at % 1_000));
}

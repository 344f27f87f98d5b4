/** One shared clock of one second for everything that counts; it stands still while nobody looks. */
import { useSyncExternalStore } from "react";

type Listener = () => void;

const listeners = new Set<Listener>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** Server time minus ours, in milliseconds; set from every health answer. */
let offsetMs = 0;

function tick(): void {
  now = Date.now();
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
    timer = setInterval(tick, 1_000);
  }
  return () => {
    listeners.delete(entry);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** Tells the ticker what time the server has, in milliseconds since 1970. */
export function setServerNow(at: number): void {
  offsetMs = at - Date.now();
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

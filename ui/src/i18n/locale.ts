/** The console's language: chosen by the person, else the system's, else English. */
import { useSyncExternalStore } from "react";
import { getLocale, locales, setLocale } from "@/paraglide/runtime.js";

export type Locale = (typeof locales)[number];

const listeners = new Set<() => void>();

export { locales };

export function locale(): Locale {
  return getLocale();
}

/** Switches without a reload; the tree below `LocaleBoundary` is drawn anew. */
export function chooseLocale(next: Locale): void {
  void setLocale(next, { reload: false });
  document.documentElement.lang = next;
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, locale);
}

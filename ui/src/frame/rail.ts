/** Whether the rail shows words; remembered per machine. */
import { useSyncExternalStore } from "react";

const KEY = "switchyard.rail";
const listeners = new Set<() => void>();

export function railExpanded(): boolean {
  return localStorage.getItem(KEY) === "expanded";
}

export function toggleRail(): void {
  if (railExpanded()) {
    localStorage.removeItem(KEY);
  } else {
    localStorage.setItem(KEY, "expanded");
  }
  for (const listener of listeners) {
    listener();
  }
}

export function useRailExpanded(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, railExpanded);
}

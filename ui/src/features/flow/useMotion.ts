import { useState, useSyncExternalStore } from "react";

const REDUCED = "(prefers-reduced-motion: reduce)";

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(REDUCED);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

export interface Motion {
  readonly on: boolean;
  /** Why it is off, unless the person switched it off. */
  readonly paused: "slow" | undefined;
  readonly toggle: () => void;
  readonly tooSlow: () => void;
}

/** Whether parcels move: not when the system asks for less motion, not when the machine is too slow, not when unwanted. */
export function useMotion(): Motion {
  const reduced = useSyncExternalStore(subscribe, () => window.matchMedia(REDUCED).matches);
  const [wanted, setWanted] = useState<"on" | "off" | "slow">("on");
  return {
    on: !reduced && wanted === "on",
    paused: wanted === "slow" ? "slow" : undefined,
    toggle: () => setWanted(wanted === "on" ? "off" : "on"),
    tooSlow: () => setWanted("slow"),
  };
}

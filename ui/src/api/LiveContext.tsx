/** Gives components the live connection of their window. */
import { createContext, useContext } from "react";
import type { LiveEvents } from "./live";

export const LiveContext = createContext<LiveEvents | null>(null);

export function useLive(): LiveEvents {
  const live = useContext(LiveContext);
  if (live === null) {
    throw new Error("useLive needs a LiveContext around it");
  }
  return live;
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLive } from "@/api/LiveContext";
import { attentionCountQuery, queryKeys } from "@/api/queries";

/** The shortest time between two counts, in milliseconds: every order that moves may be one more or one less. */
const PAUSE_MS = 2_000;

/**
 * How many orders wait for a person, as they come and go; `undefined` until it is known. Whoever shows it keeps the list
 * of them true as well.
 */
export function useAttentionCount(): { readonly value: number; readonly capped: boolean } | undefined {
  const queries = useQueryClient();
  const live = useLive();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = Number.NEGATIVE_INFINITY;
    const ask = () => {
      timer = undefined;
      last = performance.now();
      void queries.invalidateQueries({ queryKey: queryKeys.attention() });
    };
    const stop = live.tap((events) => {
      if (timer !== undefined || !events.some((event) => event.tags.includes("orders"))) return;
      timer = setTimeout(ask, Math.max(0, last + PAUSE_MS - performance.now()));
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [queries, live]);
  return useQuery(attentionCountQuery()).data;
}

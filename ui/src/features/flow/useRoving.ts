import { type FocusEvent, type KeyboardEvent, type RefObject, useCallback, useEffect, useRef } from "react";
import { isArrow, neighbour } from "./neighbour";

const PLACES = "[data-place]:not(:disabled)";

function placesOf(frame: HTMLElement | null): HTMLElement[] {
  return [...(frame?.querySelectorAll<HTMLElement>(PLACES) ?? [])];
}

/**
 * One tab stop for all places of the map, and arrows between them. The stop is moved in the page and not through the
 * cards' properties, so that no card is drawn anew because the keyboard went by.
 */
export function useRoving(frame: RefObject<HTMLElement | null>) {
  const stop = useRef<HTMLElement | null>(null);
  const moveStop = useCallback((to: HTMLElement) => {
    if (stop.current !== to) stop.current?.setAttribute("tabindex", "-1");
    to.setAttribute("tabindex", "0");
    stop.current = to;
  }, []);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    // The map draws its cards when it has measured itself; and the card that was the stop may go.
    const ensure = () => {
      const all = placesOf(element);
      const [first] = all;
      if (first !== undefined && (stop.current === null || !all.includes(stop.current))) moveStop(first);
    };
    ensure();
    const observer = new MutationObserver(ensure);
    observer.observe(element, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [frame, moveStop]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return;
    const all = placesOf(frame.current);
    const here = all.indexOf(event.target);
    if (here < 0) return;
    const spots = all.map((place) => {
      const box = place.getBoundingClientRect();
      return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    });
    const to =
      event.key === "Home"
        ? 0
        : event.key === "End"
          ? all.length - 1
          : isArrow(event.key)
            ? neighbour(spots, here, event.key)
            : undefined;
    if (to === undefined) return;
    event.preventDefault();
    all[to]?.focus();
  };
  const onFocus = (event: FocusEvent) => {
    if (event.target instanceof HTMLElement && event.target.matches(PLACES)) moveStop(event.target);
  };
  return { onKeyDown, onFocus };
}

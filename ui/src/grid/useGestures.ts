import { type RefObject, useEffect, useRef } from "react";
import { clamped, type Geometry, type Scroll, scrolledBy } from "./scroll";

/** Pixels of one notch when a wheel counts in lines. */
const LINE_PX = 32;

/**
 * Wheel and touch move the logical position, at most once per frame. The browser's own scrolling stays in charge of the
 * horizontal direction.
 */
export function useGestures(
  frame: RefObject<HTMLElement | null>,
  geometry: Geometry,
  setPosition: (change: (before: Scroll) => Scroll) => void,
  direction: RefObject<-1 | 0 | 1>,
) {
  const latest = useRef(geometry);
  latest.current = geometry;
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let waiting = 0;
    let request = 0;
    let touchAt: number | undefined;
    const apply = () => {
      request = 0;
      const pixels = waiting;
      waiting = 0;
      setPosition((before) => {
        const now = clamped(before, latest.current);
        const next = scrolledBy(now, pixels, latest.current);
        return next.rank === before.rank && next.pixel === before.pixel ? before : next;
      });
    };
    const scroll = (pixels: number) => {
      if (pixels === 0) return;
      direction.current = pixels > 0 ? 1 : -1;
      waiting += pixels;
      if (request === 0) request = requestAnimationFrame(apply);
    };
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
      event.preventDefault();
      const unit = event.deltaMode === 1 ? LINE_PX : event.deltaMode === 2 ? latest.current.viewport : 1;
      scroll(event.deltaY * unit);
    };
    const onTouchStart = (event: TouchEvent) => {
      touchAt = event.touches.length === 1 ? event.touches[0]?.clientY : undefined;
    };
    const onTouchMove = (event: TouchEvent) => {
      const at = event.touches[0]?.clientY;
      if (touchAt === undefined || at === undefined) return;
      scroll(touchAt - at);
      touchAt = at;
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    element.addEventListener("touchstart", onTouchStart, { passive: true });
    element.addEventListener("touchmove", onTouchMove, { passive: true });
    return () => {
      cancelAnimationFrame(request);
      element.removeEventListener("wheel", onWheel);
      element.removeEventListener("touchstart", onTouchStart);
      element.removeEventListener("touchmove", onTouchMove);
    };
  }, [frame, setPosition, direction]);
}

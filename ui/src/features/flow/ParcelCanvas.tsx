import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { parcelsAt, SlownessWatch, type Traffic } from "./parcels";

/** Shortest time between two pictures: 15 per second. */
const FRAME_MS = 1000 / 15;
const RADIUS = 4;

interface Properties {
  readonly traffic: readonly Traffic[];
  /** Motion costs this machine too much. */
  readonly onTooSlow: () => void;
}

/** Parcels on their ways: one canvas over the map. Mounted only while motion is wanted. */
export function ParcelCanvas({ traffic, onTooSlow }: Properties) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();
  const latest = useRef(traffic);
  latest.current = traffic;
  const stop = useRef(onTooSlow);
  stop.current = onTooSlow;

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (element === null || context === null || context === undefined) return;
    const watch = new SlownessWatch();
    const color = getComputedStyle(element).color;
    let request = 0;
    let before = performance.now();
    let drawnAt = Number.NEGATIVE_INFINITY;
    const draw = (now: number) => {
      const { width, height, transform } = store.getState();
      const scale = window.devicePixelRatio;
      const wide = Math.round(width * scale);
      const high = Math.round(height * scale);
      if (element.width !== wide || element.height !== high) {
        element.width = wide;
        element.height = high;
      }
      const [x, y, zoom] = transform;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, wide, high);
      context.setTransform(zoom * scale, 0, 0, zoom * scale, x * scale, y * scale);
      context.fillStyle = color;
      for (const point of parcelsAt(now, latest.current)) {
        context.beginPath();
        context.arc(point.x, point.y, RADIUS, 0, 2 * Math.PI);
        context.fill();
      }
    };
    const frame = (now: number) => {
      const slow = watch.frame(now - before);
      before = now;
      if (slow) {
        stop.current();
        return;
      }
      if (now - drawnAt >= FRAME_MS - 1) {
        drawnAt = now;
        draw(now);
      }
      request = requestAnimationFrame(frame);
    };
    const onVisibility = () => {
      cancelAnimationFrame(request);
      if (!document.hidden) request = requestAnimationFrame(frame);
    };
    document.addEventListener("visibilitychange", onVisibility);
    onVisibility();
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      cancelAnimationFrame(request);
    };
  }, [store]);

  return <canvas ref={canvas} aria-hidden className="pointer-events-none absolute inset-0 z-1 size-full text-accent" />;
}

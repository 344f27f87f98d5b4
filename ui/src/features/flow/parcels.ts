/** Where moving parcels are at a moment: a function of time alone, so that nothing has to be remembered between frames. */
import { type Line, type Point, pointAt } from "./line";

/** How long a parcel is on a way, in milliseconds; a picture of the rate, not of a real transit time. */
const TRAVEL_MS = 4_000;
/** Most parcels drawn at once. */
export const MOST_PARCELS = 200;

export interface Traffic {
  readonly line: Line;
  readonly per_minute: number;
}

/** Positions at `time` (milliseconds, any origin). With too much traffic every way is thinned alike. */
export function parcelsAt(time: number, traffic: readonly Traffic[]): Point[] {
  const expected = traffic.reduce((sum, way) => sum + (way.per_minute / 60_000) * TRAVEL_MS, 0);
  const thin = Math.min(1, MOST_PARCELS / Math.max(1, expected + traffic.length));
  const points: Point[] = [];
  for (const way of traffic) {
    if (way.per_minute <= 0) continue;
    const interval = 60_000 / (way.per_minute * thin);
    const last = Math.floor(time / interval);
    for (let index = last; time - index * interval < TRAVEL_MS; index -= 1) {
      points.push(pointAt(way.line, (time - index * interval) / TRAVEL_MS));
    }
  }
  return points.slice(0, MOST_PARCELS);
}

/** Frames in a row slower than this mean that motion costs too much. */
const SLOW_FRAME_MS = 40;
const SLOW_FRAMES = 20;

/** Counts slow frames; answers true once motion should stop. A pause of the window is no slow frame. */
export class SlownessWatch {
  #slow = 0;

  frame(deltaMs: number): boolean {
    if (deltaMs > 500) return false;
    this.#slow = deltaMs > SLOW_FRAME_MS ? this.#slow + 1 : 0;
    return this.#slow >= SLOW_FRAMES;
  }
}

/**
 * The scroll position of the grid, in logical terms: which row is at the top and how many of its pixels are above the
 * edge. Nothing in the page is ever taller than the window, so a million rows are as exact as ten.
 *
 * Everything here is pure. Ranks count from 0; pixels are CSS pixels.
 */

/** What the position is measured in. */
export interface Geometry {
  /** Rows in the list. */
  readonly rows: number;
  /** Pixels of one row, at least 1. */
  readonly rowHeight: number;
  /** Pixels between header and lower edge. */
  readonly viewport: number;
}

/** Row `rank` is at the top with its first `pixel` pixels above the edge; `0 <= pixel < rowHeight`. */
export interface Scroll {
  readonly rank: number;
  readonly pixel: number;
}

export const TOP: Scroll = { rank: 0, pixel: 0 };

/** The thumb is never smaller than this, so that it can be grabbed. */
export const MINIMUM_THUMB = 24;

const offsetOf = (scroll: Scroll, geometry: Geometry) => scroll.rank * geometry.rowHeight + scroll.pixel;

const maximumOffset = (geometry: Geometry) => Math.max(0, geometry.rows * geometry.rowHeight - geometry.viewport);

/** The position `offset` pixels below the start, kept inside the list. */
export function scrollAt(offset: number, geometry: Geometry): Scroll {
  const inside = Math.min(Math.max(0, Math.round(offset)), Math.ceil(maximumOffset(geometry)));
  const rank = Math.floor(inside / geometry.rowHeight);
  return { rank, pixel: inside - rank * geometry.rowHeight };
}

/** The same position in a list whose length or window has changed. */
export function clamped(scroll: Scroll, geometry: Geometry): Scroll {
  return scrollAt(offsetOf(scroll, geometry), geometry);
}

/** Moved by pixels, down when positive. */
export function scrolledBy(scroll: Scroll, pixels: number, geometry: Geometry): Scroll {
  return scrollAt(offsetOf(scroll, geometry) + pixels, geometry);
}

/** With row `rank` at the top, as far as the list allows. */
export function scrolledTo(rank: number, geometry: Geometry): Scroll {
  return scrollAt(rank * geometry.rowHeight, geometry);
}

/** Moved as little as possible so that row `rank` is wholly visible. */
export function revealing(scroll: Scroll, rank: number, geometry: Geometry): Scroll {
  const top = rank * geometry.rowHeight;
  const offset = offsetOf(scroll, geometry);
  if (top < offset) return scrollAt(top, geometry);
  const bottom = top + geometry.rowHeight;
  return bottom > offset + geometry.viewport ? scrollAt(bottom - geometry.viewport, geometry) : scroll;
}

/** The rows to draw: the visible ones, the cut ones at both edges included. */
export function visible(scroll: Scroll, geometry: Geometry): { first: number; end: number } {
  const first = Math.min(scroll.rank, geometry.rows);
  const end = Math.ceil((offsetOf(scroll, geometry) + geometry.viewport) / geometry.rowHeight);
  return { first, end: Math.min(Math.max(end, first), geometry.rows) };
}

/** Whole rows that fit, at least 1: how far Page Down goes. */
export function pageRows(geometry: Geometry): number {
  return Math.max(1, Math.floor(geometry.viewport / geometry.rowHeight));
}

/** Whether there is anything to scroll. */
export function scrolls(geometry: Geometry): boolean {
  return maximumOffset(geometry) > 0;
}

/** Where the thumb is on a track of `track` pixels. */
export function thumb(scroll: Scroll, geometry: Geometry, track: number): { size: number; start: number } {
  const whole = geometry.rows * geometry.rowHeight;
  if (whole <= geometry.viewport || track <= 0) return { size: Math.max(0, track), start: 0 };
  const size = Math.min(track, Math.max(MINIMUM_THUMB, (track * geometry.viewport) / whole));
  return { size, start: ((track - size) * offsetOf(scroll, geometry)) / maximumOffset(geometry) };
}

/** The position when the thumb starts at `start` on a track of `track` pixels. */
export function scrollOfThumb(start: number, geometry: Geometry, track: number): Scroll {
  const { size } = thumb(TOP, geometry, track);
  const space = track - size;
  return space <= 0 ? TOP : scrollAt((Math.min(Math.max(0, start), space) / space) * maximumOffset(geometry), geometry);
}

/** The line of a way: one cubic curve, drawn by the map and followed by the parcels. Pure. */
import type { Placed, Side } from "./layout";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Curve {
  readonly start: Point;
  readonly first: Point;
  readonly second: Point;
  readonly end: Point;
}

/** The middle of a card's side, moved along it by `shift` pixels. */
export function anchor(card: Placed, side: Side, shift = 0): Point {
  const middle = { x: card.x + card.width / 2, y: card.y + card.height / 2 };
  switch (side) {
    case "left":
      return { x: card.x, y: middle.y + shift };
    case "right":
      return { x: card.x + card.width, y: middle.y + shift };
    case "top":
      return { x: middle.x + shift, y: card.y };
    case "bottom":
      return { x: middle.x + shift, y: card.y + card.height };
  }
}

const OUTWARD: Readonly<Record<Side, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  top: { x: 0, y: -1 },
  bottom: { x: 0, y: 1 },
};

/** The curve that leaves one side and enters another, both at a right angle. */
export function curve(start: Point, source: Side, end: Point, target: Side): Curve {
  const reach = Math.max(12, Math.hypot(end.x - start.x, end.y - start.y) * 0.4);
  const out = (point: Point, side: Side): Point => ({
    x: point.x + OUTWARD[side].x * reach,
    y: point.y + OUTWARD[side].y * reach,
  });
  return { start, first: out(start, source), second: out(end, target), end };
}

/** The point at `part` of the way, 0 to 1. */
export function pointAt({ start, first, second, end }: Curve, part: number): Point {
  const rest = 1 - part;
  const [a, b, c, d] = [rest ** 3, 3 * rest ** 2 * part, 3 * rest * part ** 2, part ** 3];
  return {
    x: a * start.x + b * first.x + c * second.x + d * end.x,
    y: a * start.y + b * first.y + c * second.y + d * end.y,
  };
}

/** The curve as an SVG path. */
export function pathOf({ start, first, second, end }: Curve): string {
  return `M${start.x},${start.y} C${first.x},${first.y} ${second.x},${second.y} ${end.x},${end.y}`;
}

/** The line of a way: straight pieces with rounded corners, drawn by the map and followed by the parcels. Pure. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Corners of the line, start and end included; drawn and followed with the same rounding. */
export interface Line {
  readonly corners: readonly Point[];
  /** Points close enough together to be followed straight. */
  readonly points: readonly Point[];
  /** Distance of every point from the start, in pixels. */
  readonly distances: readonly number[];
}

/** Radius of a corner, where there is room for it. */
const RADIUS = 10;
/** Pieces a rounded corner is followed in. */
const CORNER_PIECES = 5;

const between = (from: Point, to: Point, part: number): Point => ({
  x: from.x + (to.x - from.x) * part,
  y: from.y + (to.y - from.y) * part,
});
const apart = (one: Point, other: Point) => Math.hypot(other.x - one.x, other.y - one.y);

/** Where the rounding of the corner between two neighbours begins and ends. */
function rounding(before: Point, corner: Point, after: Point): { readonly begin: Point; readonly end: Point } {
  const radius = Math.min(RADIUS, apart(before, corner) / 2, apart(corner, after) / 2);
  return {
    begin: between(corner, before, radius / Math.max(apart(corner, before), 1e-9)),
    end: between(corner, after, radius / Math.max(apart(corner, after), 1e-9)),
  };
}

/** The roundings of the inner corners, in order. */
function roundings(corners: readonly Point[]) {
  return corners.slice(1, -1).flatMap((corner, index) => {
    const before = corners[index];
    const after = corners[index + 2];
    return before === undefined || after === undefined ? [] : [{ corner, ...rounding(before, corner, after) }];
  });
}

/** A line through these corners; neighbours that are the same point count once. */
export function lineOf(...through: readonly Point[]): Line {
  const corners = through.filter((point, index) => index === 0 || apart(through[index - 1] ?? point, point) > 0);
  const first = corners[0] ?? { x: 0, y: 0 };
  const last = corners.at(-1) ?? first;
  const points: Point[] = [first];
  for (const { corner, begin, end } of roundings(corners)) {
    for (let piece = 0; piece <= CORNER_PIECES; piece += 1) {
      const part = piece / CORNER_PIECES;
      points.push(between(between(begin, corner, part), between(corner, end, part), part));
    }
  }
  points.push(last);
  let distance = 0;
  const distances = points.map((point, index) => {
    distance += apart(points[index - 1] ?? point, point);
    return distance;
  });
  return { corners, points, distances };
}

/** The point at `part` of the way, 0 to 1, by distance. */
export function pointAt({ points, distances }: Line, part: number): Point {
  const wanted = Math.min(1, Math.max(0, part)) * (distances.at(-1) ?? 0);
  const index = Math.max(
    1,
    distances.findIndex((distance) => distance >= wanted),
  );
  const [from, to] = [points[index - 1], points[index]];
  if (from === undefined) return { x: 0, y: 0 };
  if (to === undefined) return from;
  const start = distances[index - 1] ?? 0;
  const length = (distances[index] ?? 0) - start;
  return length === 0 ? to : between(from, to, (wanted - start) / length);
}

/** The line as an SVG path. */
export function pathOf({ corners }: Line): string {
  const [first] = corners;
  const last = corners.at(-1);
  if (first === undefined || last === undefined) return "";
  const turns = roundings(corners).map(
    ({ corner, begin, end }) => `L${begin.x},${begin.y} Q${corner.x},${corner.y} ${end.x},${end.y}`,
  );
  return [`M${first.x},${first.y}`, ...turns, `L${last.x},${last.y}`].join(" ");
}

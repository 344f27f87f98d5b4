/** Where an arrow key leads on a picture: to the nearest part in that direction. Pure. */

/** Middle of a part, in any unit. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export type Arrow = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

const AHEAD: Readonly<Record<Arrow, Spot>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** A step aside counts this much more than a step ahead. */
const ASIDE = 3;
/** What is further aside than this many times ahead is not in that direction. */
const MOST_ASIDE = 4;

export function isArrow(key: string): key is Arrow {
  return key in AHEAD;
}

/** Index of the spot that `arrow` leads to from spot `from`; `undefined` when nothing is there. */
export function neighbour(spots: readonly Spot[], from: number, arrow: Arrow): number | undefined {
  const here = spots[from];
  if (here === undefined) return undefined;
  const direction = AHEAD[arrow];
  let best: { index: number; cost: number } | undefined;
  for (const [index, spot] of spots.entries()) {
    const x = spot.x - here.x;
    const y = spot.y - here.y;
    const ahead = x * direction.x + y * direction.y;
    const aside = Math.abs(x * direction.y) + Math.abs(y * direction.x);
    // Nearly level is not ahead: halves of a row and cards of a column are not exactly aligned. Nor is far aside.
    if (index === from || ahead < 2 || aside > MOST_ASIDE * ahead) continue;
    const cost = ahead + ASIDE * aside;
    if (best === undefined || cost < best.cost) best = { index, cost };
  }
  return best?.index;
}

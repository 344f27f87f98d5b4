/**
 * Finds how long a list is when the server stops counting at a cap: doubling, then halving the distance, by asking whether
 * a row exists at an offset. About a dozen cheap reads for a million rows.
 */
import type { Load } from "./windows";

/** Rows asked for at once when the end is near. */
const LAST_STEP = 500;

/**
 * The number of rows, knowing that row `known - 1` exists. Answers a lower bound when the list is longer than `most`.
 *
 * Rejects as `load` does; stops when `signal` is aborted.
 */
export async function findLength<Row>(
  load: Load<Row>,
  known: number,
  signal: AbortSignal,
  most = 100_000_000,
): Promise<{ rows: number; open: boolean }> {
  /** Rows found at `offset`, at most `limit`. */
  const found = async (offset: number, limit: number) => (await load({ offset, limit }, signal)).items.length;
  let low = known;
  let high = known * 2 + LAST_STEP;
  while ((await found(high, 1)) > 0) {
    low = high + 1;
    if (high > most) return { rows: low, open: true };
    high *= 2;
  }
  // Row `low - 1` exists and row `high` does not.
  while (high - low > LAST_STEP) {
    const middle = Math.floor((low + high) / 2);
    if ((await found(middle, 1)) > 0) low = middle + 1;
    else high = middle;
  }
  return { rows: low + (await found(low, LAST_STEP)), open: false };
}

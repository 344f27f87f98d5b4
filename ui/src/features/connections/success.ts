/** When a connection last proved that it works. */
import type { ConnectionView } from "@/api/types";

/**
 * The newest of what is known. The connection itself only notes the first success after a failure; every page read to
 * its end is one too. Null when there was none.
 */
export function lastSuccess({ connection, streams }: ConnectionView): string | null {
  const known = [connection.last_success_at, ...streams.map((stream) => stream.last_page_at)].filter(
    (at) => at !== null && at !== undefined,
  );
  return known.reduce<string | null>(
    (newest, at) => (newest === null || Date.parse(at) > Date.parse(newest) ? at : newest),
    null,
  );
}

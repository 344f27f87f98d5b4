/**
 * One rule keeps the screen true: an event's tags invalidate the queries that carry them.
 * Bursts are gathered, so that the screen is asked to change at most ten times a second.
 */
import type { Query, QueryClient } from "@tanstack/react-query";

/** What a read depends on; the same words that events carry. */
export type Tag =
  | `order:${string}`
  | "orders"
  | "flow"
  | "connections"
  | "services"
  | "policies"
  | "stock"
  | "returns"
  | "transfers";

declare module "@tanstack/react-query" {
  interface Register {
    queryMeta: { readonly tags: readonly Tag[] };
  }
}

/** Shortest time between two rounds of invalidation, in milliseconds. */
export const ROUND_MS = 100;

function carries(query: Query, tags: ReadonlySet<string>): boolean {
  return query.meta?.tags.some((tag) => tags.has(tag)) ?? false;
}

/** Collects tags and invalidates in rounds. */
export class TagInvalidator {
  private readonly waiting = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastRoundAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly queries: QueryClient,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Marks tags as stale; the first of a burst acts at once, the rest with the next round. */
  add(tags: Iterable<string>): void {
    for (const tag of tags) {
      this.waiting.add(tag);
    }
    if (this.waiting.size === 0 || this.timer !== undefined) {
      return;
    }
    const wait = this.lastRoundAt + ROUND_MS - this.now();
    if (wait <= 0) {
      this.round();
    } else {
      this.timer = setTimeout(() => this.round(), wait);
    }
  }

  /** Everything may be stale: events were missed. */
  all(): void {
    void this.queries.invalidateQueries();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting.clear();
  }

  private round(): void {
    this.timer = undefined;
    this.lastRoundAt = this.now();
    const tags = new Set(this.waiting);
    this.waiting.clear();
    // A running refetch is cancelled by a newer one only if it began before the event: TanStack's default.
    void this.queries.invalidateQueries({ predicate: (query) => carries(query, tags) });
  }
}

/** The live connection: follows the journal, feeds the tag rule, and says how it is doing. */
import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { Platform } from "@/platform/types";
import { TagInvalidator } from "./tags";
import type { Envelope } from "./types";

/** How far the clocks of server and window may be apart, in milliseconds. */
const CLOCK_TOLERANCE_MS = 5_000;

export interface LiveState {
  readonly status: "connecting" | "live" | "offline";
  /** Since when it is in this status, in milliseconds since 1970 by this machine's clock. */
  readonly since: number;
  /** Journal position of the newest event seen; null before the first. */
  readonly lastSeq: number | null;
  /** When the newest event arrived here; null before the first. */
  readonly lastEventAt: number | null;
  /** How old the newest event was when it arrived, in milliseconds by this machine's clock. */
  readonly lagMs: number | null;
}

/** A person's window: follows events while it exists. */
export class LiveEvents {
  private state: LiveState;
  private readonly listeners = new Set<() => void>();
  private readonly taps = new Set<(events: readonly Envelope[]) => void>();
  private readonly invalidator: TagInvalidator;
  private stopStream: (() => void) | undefined;
  /** When the stream was asked for; what happened long before is history that it catches up on. */
  private startedAt = 0;

  constructor(
    private readonly platform: Platform,
    queries: QueryClient,
    private readonly now: () => number = Date.now,
  ) {
    this.invalidator = new TagInvalidator(queries);
    this.state = { status: "connecting", since: now(), lastSeq: null, lastEventAt: null, lagMs: null };
  }

  start(): void {
    this.startedAt = this.now();
    this.stopStream = this.platform.subscribe(this.state.lastSeq, {
      onEvents: (events) => this.receive(events),
      onOpen: () => {
        // Reads made before the stream was up, or while it was down, may have missed a change.
        this.invalidator.all();
        this.set({ status: "live" });
      },
      onLost: () => this.set({ status: "offline" }),
    });
  }

  stop(): void {
    this.stopStream?.();
    this.stopStream = undefined;
    this.invalidator.stop();
  }

  /** Tries again at once. */
  restart(): void {
    this.stop();
    this.set({ status: "connecting" });
    this.start();
  }

  /** Sees the events of the present as they come, for motion on the flow map; history caught up on is left out. */
  tap(listener: (events: readonly Envelope[]) => void): () => void {
    this.taps.add(listener);
    return () => this.taps.delete(listener);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): LiveState => this.state;

  private receive(events: readonly Envelope[]): void {
    const newest = events.at(-1);
    if (newest === undefined) {
      return;
    }
    const arrivedAt = this.now();
    const happenedAt = Date.parse(newest.at);
    this.set({
      lastSeq: newest.seq,
      lastEventAt: arrivedAt,
      lagMs: this.isPresent(happenedAt) ? Math.max(0, arrivedAt - happenedAt) : this.state.lagMs,
    });
    this.invalidator.add(events.flatMap((event) => event.tags));
    const present = events.filter((event) => this.isPresent(Date.parse(event.at)));
    if (present.length > 0) {
      for (const tap of this.taps) {
        tap(present);
      }
    }
  }

  private isPresent(at: number): boolean {
    return at >= this.startedAt - CLOCK_TOLERANCE_MS;
  }

  private set(change: Partial<LiveState>): void {
    const since = change.status !== undefined && change.status !== this.state.status ? this.now() : this.state.since;
    this.state = { ...this.state, ...change, since };
    for (const listener of this.listeners) {
      listener();
    }
  }
}

export function useLiveState(live: LiveEvents): LiveState {
  return useSyncExternalStore(live.subscribe, live.snapshot);
}

import { QueryClient } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import { mockPlatform } from "@/mocks/platform";
import { LiveEvents } from "./live";
import type { Envelope } from "./types";

const START = Date.parse("2026-11-22T09:30:00Z");

function event(seq: number, secondsAfterStart: number, tags: string[] = ["orders"]): Envelope {
  return {
    seq,
    at: new Date(START + secondsAfterStart * 1_000).toISOString(),
    kind: "order.received",
    tags,
    data: {},
  };
}

function started() {
  const platform = mockPlatform({});
  const queries = new QueryClient();
  const live = new LiveEvents(platform, queries, () => START + 60_000);
  live.start();
  const [sink] = platform.sinks;
  if (sink === undefined) throw new Error("the stream was not asked for");
  return { platform, queries, live, sink };
}

it("opening the stream makes every read stale, because changes may have been missed", () => {
  const { queries, live, sink } = started();
  const invalidate = vi.spyOn(queries, "invalidateQueries");
  expect(live.snapshot().status).toBe("connecting");
  sink.onOpen();
  expect(live.snapshot().status).toBe("live");
  expect(invalidate).toHaveBeenCalledWith();
});

it("the lag is how old an event was when it came", () => {
  const { platform, live } = started();
  platform.emit(event(7, 59));
  expect(live.snapshot()).toMatchObject({ lastSeq: 7, lagMs: 1_000 });
});

it("history that is caught up on moves the position, but is neither lag nor motion", () => {
  const { platform, live } = started();
  const seen = vi.fn();
  live.tap(seen);
  platform.emit(event(1, -3_600), event(2, -3_599));
  expect(live.snapshot()).toMatchObject({ lastSeq: 2, lagMs: null });
  expect(seen).not.toHaveBeenCalled();
  platform.emit(event(3, 60));
  expect(seen).toHaveBeenCalledOnce();
});

it("a lost stream says since when", () => {
  const { live, sink } = started();
  sink.onOpen();
  sink.onLost();
  expect(live.snapshot()).toMatchObject({ status: "offline", since: START + 60_000 });
});

it("a stopped stream is unsubscribed", () => {
  const { platform, live } = started();
  live.stop();
  expect(platform.sinks.size).toBe(0);
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Envelope } from "@/api/types";
import { browserPlatform } from "./browser";
import { desktopPlatform } from "./tauri";
import type { EventSink, Platform } from "./types";
import { UnsupportedBodyError } from "./types";

const invoke = vi.hoisted(() => vi.fn());
const channels = vi.hoisted(() => [] as { onmessage: (events: unknown[]) => void }[]);

vi.mock("@tauri-apps/api/core", () => ({
  invoke,
  convertFileSrc: (path: string, scheme: string) => `${scheme}://localhost/${path}`,
  Channel: class {
    onmessage: (events: unknown[]) => void = () => {};
    constructor() {
      channels.push(this);
    }
  },
}));

const HOSTS: readonly [string, () => Platform][] = [
  ["browser", () => browserPlatform("http://switchyard.test")],
  ["desktop", () => desktopPlatform("key-of-this-launch")],
];

let sent: Request[];

beforeEach(() => {
  sent = [];
  vi.stubGlobal("fetch", async (input: Request | string, init?: RequestInit) => {
    // The desktop scheme is no base for Node's Request; only the path matters here.
    const url = typeof input === "string" ? input.replace("switchyard://localhost", "http://switchyard.test") : input;
    sent.push(new Request(url, init));
    return Response.json({});
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  invoke.mockReset();
  channels.length = 0;
});

function recorder() {
  const seen: string[] = [];
  const sink: EventSink = {
    onEvents: (events) => seen.push(`events ${events.map((event) => event.seq).join(",")}`),
    onOpen: () => seen.push("open"),
    onLost: () => seen.push("lost"),
  };
  return { seen, sink };
}

function envelope(seq: number): Envelope {
  return { seq, at: "2026-11-22T09:30:00Z", kind: "order.received", tags: ["orders"], data: {} };
}

const post = (body: BodyInit, headers: HeadersInit = {}) =>
  new Request("http://switchyard.test/api/v1/orders", { method: "POST", body, headers });

describe.each(HOSTS)("%s", (_name, host) => {
  it("sends JSON text and the headers of the request", async () => {
    await host().fetch(post('{"a":1}', { "content-type": "application/json", "idempotency-key": "k" }));
    const [request] = sent;
    expect(request?.headers.get("idempotency-key")).toBe("k");
    expect(await request?.text()).toBe('{"a":1}');
  });

  it("refuses a form", async () => {
    const form = new FormData();
    form.set("a", "1");
    await expect(host().fetch(post(form))).rejects.toBeInstanceOf(UnsupportedBodyError);
    expect(sent).toEqual([]);
  });

  it("refuses a blob", async () => {
    await expect(host().fetch(post(new Blob(["x"])))).rejects.toBeInstanceOf(UnsupportedBodyError);
    await expect(host().fetch(post(new Blob(["x"], { type: "text/csv" })))).rejects.toBeInstanceOf(
      UnsupportedBodyError,
    );
    expect(sent).toEqual([]);
  });

  it("sends a mutation without a body", async () => {
    await host().fetch(new Request("http://switchyard.test/api/v1/x", { method: "POST" }));
    expect(sent).toHaveLength(1);
  });
});

describe("desktop", () => {
  it("says who it is and how many bytes it sends", async () => {
    await desktopPlatform("key-of-this-launch").fetch(post('"Käse"', { "content-type": "application/json" }));
    const [request] = sent;
    expect(request?.headers.get("x-switchyard-key")).toBe("key-of-this-launch");
    expect(request?.headers.get("x-body-bytes")).toBe("7");
  });

  it("follows events through a channel and stops listening", async () => {
    invoke.mockResolvedValue(undefined);
    const { seen, sink } = recorder();
    const stop = desktopPlatform("k").subscribe(41, sink);
    expect(invoke).toHaveBeenCalledWith("subscribe_events", { afterSeq: 41, channel: channels[0] });
    await vi.waitFor(() => expect(seen).toEqual(["open"]));
    channels[0]?.onmessage([envelope(42), envelope(43)]);
    stop();
    channels[0]?.onmessage([envelope(44)]);
    expect(seen).toEqual(["open", "events 42,43"]);
  });

  it("asks again, after the last event seen, when the shell refuses", async () => {
    vi.useFakeTimers();
    invoke.mockRejectedValueOnce("starting").mockResolvedValue(undefined);
    const { seen, sink } = recorder();
    desktopPlatform("k").subscribe(null, sink);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(seen).toEqual(["lost", "open"]);
    expect(invoke.mock.calls.map(([, { afterSeq }]) => afterSeq)).toEqual([null, null]);
  });

  it("tells the shell when the first screen is painted", async () => {
    invoke.mockResolvedValue(undefined);
    await desktopPlatform("k").ready();
    expect(invoke).toHaveBeenCalledWith("ready");
  });
});

describe("browser", () => {
  class FakeSource {
    static readonly CLOSED = 2;
    static readonly all: FakeSource[] = [];
    readyState = 1;
    onopen: () => void = () => {};
    onerror: () => void = () => {};
    onmessage: (message: { data: string }) => void = () => {};
    closed = false;
    constructor(readonly url: URL) {
      FakeSource.all.push(this);
    }
    close() {
      this.closed = true;
    }
  }

  beforeEach(() => {
    FakeSource.all.length = 0;
    vi.stubGlobal("EventSource", FakeSource);
  });

  it("goes on after the last event when the browser has given up", () => {
    vi.useFakeTimers();
    const { seen, sink } = recorder();
    const stop = browserPlatform("http://switchyard.test").subscribe(null, sink);
    const [first] = FakeSource.all;
    expect(first?.url.href).toBe("http://switchyard.test/api/v1/events");
    first?.onopen();
    first?.onmessage({ data: JSON.stringify(envelope(12)) });
    if (first) first.readyState = FakeSource.CLOSED;
    first?.onerror();
    vi.advanceTimersByTime(5_000);
    const second = FakeSource.all[1];
    expect(second?.url.searchParams.get("after")).toBe("12");
    second?.onopen();
    expect(seen).toEqual(["open", "events 12", "lost", "open"]);
    stop();
    expect(second?.closed).toBe(true);
  });

  it("says once that the stream is lost while the browser retries", () => {
    const { seen, sink } = recorder();
    browserPlatform("http://switchyard.test").subscribe(null, sink);
    const [source] = FakeSource.all;
    if (source) source.readyState = 0;
    source?.onerror();
    source?.onerror();
    expect(seen).toEqual(["lost"]);
    expect(FakeSource.all).toHaveLength(1);
  });
});

/** The browser host: same-origin fetch with the session cookie, server-sent events for the journal. */
import type { Envelope } from "@/api/types";
import { type EventSink, jsonBody, type Platform } from "./types";

/** How long to wait before opening a stream again that the browser itself gave up on, in milliseconds. */
const REOPEN_AFTER_MS = 3_000;

function subscribe(origin: string, afterSeq: number | null, sink: EventSink): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let seq = afterSeq;
  let lost = false;

  const open = () => {
    const url = new URL("/api/v1/events", origin);
    if (seq !== null) {
      url.searchParams.set("after", String(seq));
    }
    const stream = new EventSource(url, { withCredentials: true });
    source = stream;
    stream.onopen = () => {
      lost = false;
      sink.onOpen();
    };
    stream.onmessage = (message: MessageEvent<string>) => {
      const event = JSON.parse(message.data) as Envelope;
      seq = event.seq;
      sink.onEvents([event]);
    };
    stream.onerror = () => {
      if (!lost) {
        lost = true;
        sink.onLost();
      }
      // While connecting the browser retries by itself and sends `Last-Event-ID`; when closed it has given up.
      if (stream.readyState === EventSource.CLOSED) {
        timer = setTimeout(open, REOPEN_AFTER_MS);
      }
    };
  };

  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

export function browserPlatform(origin: string = window.location.origin): Platform {
  return {
    name: "browser",
    capabilities: { windows: false, signIn: true },
    origin,
    async fetch(request) {
      // Refused here too, although a browser could send it: both hosts take exactly the same requests.
      await jsonBody(request.clone());
      return fetch(request, { credentials: "same-origin" });
    },
    subscribe: (afterSeq, sink) => subscribe(origin, afterSeq, sink),
    ready: () => Promise.resolve(),
    openExternal: (url) => {
      window.open(url, "_blank", "noopener,noreferrer");
    },
  };
}

/**
 * The desktop host: the same router, answered in process through the `switchyard` scheme, and events through a
 * channel. The only file that knows the desktop shell.
 */
import { Channel, convertFileSrc, invoke } from "@tauri-apps/api/core";
import type { Envelope } from "@/api/types";
import { jsonBody, type Platform } from "./types";

/** How long to wait before asking the shell for events again, in milliseconds. */
const REOPEN_AFTER_MS = 3_000;

declare global {
  interface Window {
    /** Set by the shell's initialization script in our own windows only. */
    __SWITCHYARD__?: { readonly key: string };
  }
}

/** Whether the desktop shell prepared this window. */
export function insideDesktop(): boolean {
  return window.__SWITCHYARD__ !== undefined;
}

export function desktopPlatform(key: string): Platform {
  const origin = convertFileSrc("", "switchyard").replace(/\/$/, "");
  return {
    name: "desktop",
    capabilities: { windows: true, signIn: false },
    origin,
    async fetch(request) {
      const body = await jsonBody(request);
      const headers = new Headers(request.headers);
      // Says that the request comes from our page and not from anything else in this webview.
      headers.set("x-switchyard-key", key);
      // WebKitGTK may hand over a body cut short; the bridge compares this and refuses.
      headers.set("x-body-bytes", String(body === null ? 0 : new TextEncoder().encode(body).length));
      return fetch(request.url, { method: request.method, headers, body, signal: request.signal });
    },
    subscribe(afterSeq, sink) {
      let stopped = false;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let seq = afterSeq;
      const channel = new Channel<Envelope[]>();
      channel.onmessage = (events) => {
        if (!stopped && events.length > 0) {
          seq = events.at(-1)?.seq ?? seq;
          sink.onEvents(events);
        }
      };
      const open = () => {
        invoke("subscribe_events", { afterSeq: seq, channel }).then(
          () => {
            if (!stopped) sink.onOpen();
          },
          () => {
            if (stopped) return;
            sink.onLost();
            timer = setTimeout(open, REOPEN_AFTER_MS);
          },
        );
      };
      open();
      return () => {
        stopped = true;
        clearTimeout(timer);
      };
    },
    async ready() {
      await invoke("ready");
    },
    openExternal(url) {
      window.open(url, "_blank", "noopener,noreferrer");
    },
  };
}

/**
 * Everything the console may ask of its host. The browser and the desktop window both implement it fully;
 * no other file knows which of them it runs in.
 */
import type { Envelope } from "@/api/types";

/** Receives live events and the state of their stream. */
export interface EventSink {
  /** Events in journal order; never empty. */
  onEvents(events: readonly Envelope[]): void;
  /** The stream is up. Events between an earlier `onLost` and now may be missing: refetch what is on screen. */
  onOpen(): void;
  /** The stream broke; the platform goes on trying by itself. */
  onLost(): void;
}

/** What this host can do that another cannot. */
export interface Capabilities {
  /** Several windows with one event stream behind them. */
  readonly windows: boolean;
  /** Sign-in through a one-time link and a session cookie. */
  readonly signIn: boolean;
}

export interface Platform {
  readonly name: "browser" | "desktop";
  readonly capabilities: Capabilities;
  /** Origin that API paths are appended to, without a trailing slash. */
  readonly origin: string;
  /**
   * Sends one API request. Bodies are JSON text only.
   * @throws UnsupportedBodyError for any other body, TypeError when the host cannot be reached.
   */
  fetch(request: Request): Promise<Response>;
  /** Follows the journal after `afterSeq`, or from now on when it is null; returns how to stop. */
  subscribe(afterSeq: number | null, sink: EventSink): () => void;
  /** Tells the host that the first screen is painted. */
  ready(): Promise<void>;
  /** Opens a link outside the console. */
  openExternal(url: string): void;
}

/** A request body that one of the hosts would lose on the way. */
export class UnsupportedBodyError extends Error {
  override readonly name = "UnsupportedBodyError";

  constructor(readonly contentType: string) {
    super(`request bodies are JSON text only, not ${contentType || "untyped bytes"}`);
  }
}

/** The JSON text of a request, or null when it has no body. */
export async function jsonBody(request: Request): Promise<string | null> {
  if (request.body === null && request.headers.get("content-type") === null) {
    return null;
  }
  const contentType = request.headers.get("content-type") ?? "";
  const text = await request.text();
  if (text === "" && contentType === "") {
    return null;
  }
  if (!/^application\/json(;|$)/.test(contentType)) {
    throw new UnsupportedBodyError(contentType);
  }
  return text;
}

/** A platform for tests: answers from a table, records what was asked, and lets the test send events. */
import type { Envelope } from "@/api/types";
import { type EventSink, jsonBody, type Platform } from "@/platform/types";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly key: string | null;
  readonly body: unknown;
}

type Answer = unknown | ((asked: Asked) => Response);

export interface MockPlatform extends Platform {
  readonly asked: Asked[];
  readonly sinks: Set<EventSink>;
  emit(...events: readonly Envelope[]): void;
}

export function problem(
  status: number,
  code: string,
  title: string,
  fields: readonly unknown[] = [],
  detail = "",
): Response {
  const body = { type: `/docs/errors/${code}`, title, status, code, detail, instance: "1", next_step: "", fields };
  return Response.json(body, { status, headers: { "content-type": "application/problem+json" } });
}

/** `answers` by `GET /api/v1/health`; a function sees the request, anything else is the JSON of a 200. */
export function mockPlatform(answers: Readonly<Record<string, Answer>>): MockPlatform {
  const asked: Asked[] = [];
  const sinks = new Set<EventSink>();
  return {
    name: "browser",
    capabilities: { windows: false, signIn: true },
    origin: "http://switchyard.test",
    asked,
    sinks,
    async fetch(request) {
      const { pathname, search } = new URL(request.url);
      const text = await jsonBody(request);
      const ask: Asked = {
        method: request.method,
        path: pathname + search,
        key: request.headers.get("idempotency-key"),
        body: text === null || text === "" ? null : JSON.parse(text),
      };
      asked.push(ask);
      const answer = answers[`${request.method} ${pathname}`];
      if (answer === undefined) {
        return problem(404, "SY-0003", `no answer for ${request.method} ${pathname}`);
      }
      return typeof answer === "function" ? answer(ask) : Response.json(answer);
    },
    subscribe(_afterSeq, sink) {
      sinks.add(sink);
      return () => sinks.delete(sink);
    },
    emit(...events) {
      for (const sink of sinks) {
        sink.onEvents(events);
      }
    },
    ready: () => Promise.resolve(),
    openExternal: () => {},
  };
}

/** The typed API client over the platform's fetch. */
import createClient from "openapi-fetch";
import { platform } from "@/platform";
import type { Platform } from "@/platform/types";
import { ApiError, isProblem, UnexpectedAnswerError, UnreachableError } from "./problem";
import type { paths } from "./schema";

export function apiClient(host: Platform) {
  return createClient<paths>({
    baseUrl: host.origin,
    headers: { accept: "application/json, application/problem+json" },
    fetch: async (request) => {
      try {
        return await host.fetch(request);
      } catch (cause) {
        // Only the network's own failure becomes "unreachable"; a refused body is a defect and stays one.
        if (cause instanceof TypeError) {
          throw new UnreachableError(cause);
        }
        throw cause;
      }
    },
  });
}

export const client = apiClient(platform);

interface Answer {
  readonly error?: unknown;
  readonly response: Response;
}

function failure({ error, response }: Answer): Error {
  return isProblem(error)
    ? new ApiError(error)
    : new UnexpectedAnswerError(response.status, new URL(response.url || "about:blank", platform.origin).pathname);
}

/** Waits for a successful answer without a body; everything else is thrown as one of the errors of `problem.ts`. */
export async function accepted(pending: Promise<Answer>): Promise<void> {
  const answer = await pending;
  if (!answer.response.ok) {
    throw failure(answer);
  }
}

/** The body of a successful answer; everything else is thrown as one of the errors of `problem.ts`. */
export async function answered<T>(pending: Promise<Answer & { data?: T }>): Promise<NonNullable<T>> {
  const answer = await pending;
  const { data, response } = answer;
  if (response.ok && data !== undefined && data !== null) {
    return data;
  }
  throw failure(answer);
}

/** A failed request, told the way the API tells it: what, why, what next, with a code that has a page. */
import type { ProblemDocument } from "./types";

export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(readonly problem: ProblemDocument) {
    super(`${problem.code} ${problem.title}`);
  }
}

/** The request never reached Switchyard, or its answer never came back. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";

  constructor(cause: unknown) {
    super("Switchyard does not answer", { cause });
  }
}

/** An answer that is neither the promised body nor a problem: a proxy in between, or a version mismatch. */
export class UnexpectedAnswerError extends Error {
  override readonly name = "UnexpectedAnswerError";

  constructor(
    readonly status: number,
    readonly path: string,
  ) {
    super(`unexpected answer ${status} for ${path}`);
  }
}

export function isProblem(value: unknown): value is ProblemDocument {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    "title" in value &&
    typeof value.title === "string"
  );
}

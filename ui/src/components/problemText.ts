/** Any failure as a problem with a cause and a next step; never "something went wrong". */
import { ApiError, UnexpectedAnswerError, UnreachableError } from "@/api/problem";
import { m } from "@/paraglide/messages.js";
import { problemWords } from "./problemSentences";

export interface ProblemText {
  readonly title: string;
  readonly detail: string;
  readonly next_step: string;
  /** Code with a page of its own; null for failures before the API was reached. */
  readonly code: string | null;
}

export function problemText(error: unknown): ProblemText {
  if (error instanceof ApiError) {
    return { ...problemWords(error.problem), code: error.problem.code };
  }
  if (error instanceof UnreachableError) {
    return {
      title: m.problem_unreachable_title(),
      detail: m.problem_unreachable_detail(),
      next_step: m.problem_unreachable_next(),
      code: null,
    };
  }
  if (error instanceof UnexpectedAnswerError) {
    return {
      title: m.problem_unexpected_title({ status: error.status, path: error.path }),
      detail: m.problem_unexpected_detail(),
      next_step: m.problem_unexpected_next(),
      code: null,
    };
  }
  return {
    title: m.problem_defect_title(),
    detail: error instanceof Error ? error.message : String(error),
    next_step: m.problem_defect_next(),
    code: "SY-0001",
  };
}

import { QueryObserver } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import { ApiError, UnreachableError } from "./problem";
import { queryKeys } from "./queries";
import { consoleQueries } from "./queryClient";

function refusal(status: number): ApiError {
  return new ApiError({
    type: "/docs/errors/SY-0004",
    title: "",
    status,
    code: "SY-0004",
    detail: "",
    instance: "",
    next_step: "",
    fields: [],
  });
}

it("a read refused for want of a session asks who we are again", async () => {
  const queries = consoleQueries();
  const who = vi.fn(() => Promise.resolve("operator"));
  new QueryObserver(queries, { queryKey: queryKeys.session(), queryFn: who }).subscribe(() => {});
  await vi.waitFor(() => expect(who).toHaveBeenCalledTimes(1));
  const read = () => Promise.reject(refusal(401));
  await expect(queries.fetchQuery({ queryKey: ["flow"], queryFn: read })).rejects.toBeInstanceOf(ApiError);
  await vi.waitFor(() => expect(who).toHaveBeenCalledTimes(2));
});

it("a refused session does not ask for itself for ever", async () => {
  const queries = consoleQueries();
  const who = vi.fn(() => Promise.reject(refusal(401)));
  await expect(queries.fetchQuery({ queryKey: queryKeys.session(), queryFn: who })).rejects.toBeInstanceOf(ApiError);
  expect(who).toHaveBeenCalledTimes(1);
});

it("silence is tried again, a refusal is not", async () => {
  const queries = consoleQueries();
  const retry = queries.getDefaultOptions().queries?.retry;
  if (typeof retry !== "function") throw new Error("retry is a decision");
  expect(retry(0, new UnreachableError(new TypeError("x")))).toBe(true);
  expect(retry(2, new UnreachableError(new TypeError("x")))).toBe(false);
  expect(retry(0, refusal(409))).toBe(false);
});

import { expect, it } from "vitest";
import { mockPlatform, problem } from "@/mocks/platform";
import { answered, apiClient } from "./client";
import { idempotencyKey } from "./idempotency";
import { ApiError, UnexpectedAnswerError, UnreachableError } from "./problem";

it("a problem is thrown with its code and next step", async () => {
  const client = apiClient(mockPlatform({ "GET /api/v1/flow": () => problem(409, "SY-0006", "Somebody was first") }));
  const failure = await answered(client.GET("/api/v1/flow")).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ApiError);
  expect((failure as ApiError).problem).toMatchObject({ status: 409, code: "SY-0006", title: "Somebody was first" });
});

it("an answer that is not one of ours is told as such, with its status", async () => {
  const client = apiClient(
    mockPlatform({ "GET /api/v1/flow": () => new Response("<h1>Bad gateway</h1>", { status: 502 }) }),
  );
  await expect(answered(client.GET("/api/v1/flow"))).rejects.toBeInstanceOf(UnexpectedAnswerError);
});

it("a dead host is unreachable, not a problem", async () => {
  const dead = mockPlatform({});
  dead.fetch = () => Promise.reject(new TypeError("Failed to fetch"));
  await expect(answered(apiClient(dead).GET("/api/v1/flow"))).rejects.toBeInstanceOf(UnreachableError);
});

it("query parameters reach the server as written", async () => {
  const platform = mockPlatform({
    "GET /api/v1/orders": { items: [], next: null, total: { value: 0, capped: false } },
  });
  await answered(
    apiClient(platform).GET("/api/v1/orders", { params: { query: { q: "state:held -shop:A", limit: 5 } } }),
  );
  const [asked] = platform.asked;
  expect(new URL(asked?.path ?? "", "http://x").searchParams.get("q")).toBe("state:held -shop:A");
});

it("one intent keeps its key, another gets another", () => {
  const [first, second] = [{ id: "a" }, { id: "a" }];
  expect(idempotencyKey(first)).toBe(idempotencyKey(first));
  expect(idempotencyKey(first)).not.toBe(idempotencyKey(second));
  expect(idempotencyKey(first)).toMatch(/^[0-9a-f]{32}$/);
});

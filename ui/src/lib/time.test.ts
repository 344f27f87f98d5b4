import { expect, it } from "vitest";
import { age, instant, relativeTime } from "./time";

const now = Date.parse("2026-11-22T12:00:00Z");

it("an age is one short unit, rounded down", () => {
  expect(age(now - 45_000, now, "en")).toBe("45 sec");
  expect(age(now - 59 * 60_000 - 59_000, now, "en")).toBe("59 min");
  expect(age(now - 47 * 3_600_000, now, "en")).toBe("47 hr");
  expect(age(now - 49 * 3_600_000, now, "en")).toBe("2 days");
  expect(age(now - 12 * 60_000, now, "de")).toBe("12 Min.");
});

it("clock skew never shows a negative age", () => {
  expect(age(now + 5_000, now, "en")).toBe("0 sec");
});

it("relative time looks both ways", () => {
  expect(relativeTime(now + 5 * 60_000, now, "en")).toBe("in 5 minutes");
  expect(relativeTime(now - 2 * 3_600_000, now, "de")).toBe("vor 2 Stunden");
});

it("unreadable text is no instant", () => {
  expect(instant("2026-11-22T12:00:00Z")).toBe(now);
  expect(instant("soon")).toBeUndefined();
  expect(instant(null)).toBeUndefined();
});

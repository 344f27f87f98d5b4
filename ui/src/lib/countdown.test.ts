import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countdown, crossedMark, remaining } from "./countdown";

const now = Date.parse("2026-11-22T12:00:00Z");
const minutes = (count: number) => count * 60_000;
const level = (left: number) => {
  const found = countdown("editable", now + left, now);
  return found.kind === "running" ? found.level : found.kind;
};

describe("countdown", () => {
  it("rises to attention at 30 minutes, to danger at 5, and is due at zero", () => {
    expect(level(minutes(30) + 1)).toBe("normal");
    expect(level(minutes(30))).toBe("attention");
    expect(level(minutes(5) + 1)).toBe("attention");
    expect(level(minutes(5))).toBe("danger");
    expect(level(1)).toBe("danger");
    expect(level(0)).toBe("due");
  });

  it("a hold stops the clock, planning has not started it, a hand-over ends it", () => {
    expect(countdown("held", now - 1, now).kind).toBe("paused");
    expect(countdown("routing", undefined, now).kind).toBe("waiting");
    expect(countdown("releasing", now + minutes(5), now).kind).toBe("closed");
    expect(countdown("in_warehouse", now, now)).toEqual({ kind: "closed", until: now });
    expect(countdown("cancelled", now + minutes(5), now).kind).toBe("none");
  });

  it("never returns to a calmer level as time passes", () => {
    const order = ["normal", "attention", "danger", "due"];
    fc.assert(
      fc.property(fc.nat(minutes(90)), fc.nat(minutes(90)), (a, b) => {
        const [sooner, later] = [Math.min(a, b), Math.max(a, b)];
        expect(order.indexOf(level(sooner))).toBeGreaterThanOrEqual(order.indexOf(level(later)));
      }),
    );
  });
});

describe("remaining time", () => {
  it.each([
    [minutes(24 * 60) + 1, { form: "date", at: now }],
    [minutes(24 * 60), { form: "hours", hours: 24, minutes: 0 }],
    [minutes(200), { form: "hours", hours: 3, minutes: 20 }],
    [minutes(60) + 1, { form: "hours", hours: 1, minutes: 0 }],
    [minutes(60), { form: "minutes", minutes: 60 }],
    [minutes(10) + 1, { form: "minutes", minutes: 10 }],
    [minutes(10), { form: "clock", text: "10:00" }],
    [61_000, { form: "clock", text: "01:01" }],
    [1, { form: "clock", text: "00:01" }],
    [0, { form: "clock", text: "00:00" }],
  ])("%d ms is written as %o", (left, expected) => {
    expect(remaining(left, now)).toEqual(expected);
  });

  it("never promises time that is not there", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: minutes(24 * 60) }), (left) => {
        const shown = remaining(left, now);
        if (shown.form === "hours") expect(minutes(shown.hours * 60 + shown.minutes)).toBeLessThanOrEqual(left);
        if (shown.form === "minutes") expect(minutes(shown.minutes)).toBeLessThanOrEqual(left);
        if (shown.form === "clock") expect(left > 0 || shown.text === "00:00").toBe(true);
      }),
    );
  });
});

it("a mark is heard once, and the nearest one after a long sleep", () => {
  expect(crossedMark(minutes(30) + 500, minutes(30) - 500)).toBe(30);
  expect(crossedMark(minutes(30) - 500, minutes(30) - 1500)).toBeUndefined();
  expect(crossedMark(minutes(40), minutes(4))).toBe(5);
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countdown, crossedMark, remaining } from "./countdown";

const now = Date.parse("2026-11-22T12:00:00Z");
const minutes = (count: number) => count * 60_000;
/** The level with `left` to go in a window of `length`; a day long when not said. */
const level = (left: number, length: number | undefined = minutes(24 * 60)) => {
  const until = now + left;
  const found = countdown("editable", { from: length === undefined ? undefined : until - length, until }, now);
  return found.kind === "running" ? found.level : found.kind;
};
const until = (left: number) => ({ from: now - minutes(60), until: now + left });

describe("countdown", () => {
  it("in a long window rises to attention at 30 minutes, to danger at 5, and is due at zero", () => {
    expect(level(minutes(30) + 1)).toBe("normal");
    expect(level(minutes(30))).toBe("attention");
    expect(level(minutes(5) + 1)).toBe("attention");
    expect(level(minutes(5))).toBe("danger");
    expect(level(1)).toBe("danger");
    expect(level(0)).toBe("due");
  });

  it("in a short window rises in the last 40 and the last 20 percent of it", () => {
    const two = minutes(2);
    expect(level(two, two)).toBe("normal");
    expect(level(48_001, two)).toBe("normal");
    expect(level(48_000, two)).toBe("attention");
    expect(level(24_001, two)).toBe("attention");
    expect(level(24_000, two)).toBe("danger");
    expect(level(minutes(6), minutes(15))).toBe("attention");
    expect(level(minutes(3), minutes(15))).toBe("danger");
  });

  it("counts a window without a known beginning as a long one", () => {
    const found = countdown("editable", { from: undefined, until: now + minutes(6) }, now);
    expect(found).toMatchObject({ kind: "running", level: "attention" });
  });

  it("a hold stops the clock, planning has not started it, a hand-over ends it", () => {
    expect(countdown("held", until(-1), now).kind).toBe("paused");
    expect(countdown("routing", { from: now, until: undefined }, now).kind).toBe("waiting");
    expect(countdown("releasing", until(minutes(5)), now)).toEqual({ kind: "closed", until: undefined });
    expect(countdown("in_warehouse", until(0), now)).toEqual({ kind: "closed", until: now });
    // A matter may wait before the release as well as after it.
    expect(countdown("attention", until(minutes(5)), now)).toEqual({ kind: "none" });
    expect(countdown("cancelled", until(minutes(5)), now).kind).toBe("none");
  });

  it("never returns to a calmer level as time passes", () => {
    const order = ["normal", "attention", "danger", "due"];
    fc.assert(
      fc.property(fc.nat(minutes(90)), fc.nat(minutes(90)), fc.nat(minutes(3_000)), (a, b, length) => {
        const [sooner, later] = [Math.min(a, b), Math.max(a, b)];
        expect(order.indexOf(level(sooner, length))).toBeGreaterThanOrEqual(order.indexOf(level(later, length)));
      }),
    );
  });
});

describe("remaining time", () => {
  // A second is kept back: what is shown stays until the next tick.
  it.each([
    [minutes(24 * 60) + 1_001, { form: "date", at: now }],
    [minutes(24 * 60) + 1_000, { form: "hours", hours: 24, minutes: 0 }],
    [minutes(200) + 1_000, { form: "hours", hours: 3, minutes: 20 }],
    [minutes(60) + 1_001, { form: "hours", hours: 1, minutes: 0 }],
    [minutes(60) + 1_000, { form: "minutes", minutes: 60 }],
    [minutes(10) + 1_001, { form: "minutes", minutes: 10 }],
    [minutes(10) + 1_000, { form: "clock", text: "10:00" }],
    [minutes(2), { form: "clock", text: "01:59" }],
    [61_000, { form: "clock", text: "01:00" }],
    [1_999, { form: "clock", text: "00:00" }],
    [0, { form: "clock", text: "00:00" }],
  ])("%d ms is written as %o", (left, expected) => {
    expect(remaining(left, now)).toEqual(expected);
  });

  it("never promises time that is not there, up to the next tick", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: minutes(24 * 60) }), fc.integer({ min: 0, max: 1_000 }), (left, passed) => {
        const shown = remaining(left, now);
        const certain = Math.max(0, left - passed);
        if (shown.form === "hours") expect(minutes(shown.hours * 60 + shown.minutes)).toBeLessThanOrEqual(certain);
        if (shown.form === "minutes") expect(minutes(shown.minutes)).toBeLessThanOrEqual(certain);
        if (shown.form === "clock") {
          const [whole = 0, seconds = 0] = shown.text.split(":").map(Number);
          expect(minutes(whole) + seconds * 1_000).toBeLessThanOrEqual(certain);
        }
      }),
    );
  });
});

it("a mark is heard once, and the nearest one after a long sleep", () => {
  expect(crossedMark(minutes(30) + 500, minutes(30) - 500)).toBe(30);
  expect(crossedMark(minutes(30) - 500, minutes(30) - 1500)).toBeUndefined();
  expect(crossedMark(minutes(40), minutes(4))).toBe(5);
});

import { describe, expect, it, vi } from "vitest";
import { TypeAhead } from "./typeAhead";

function press(target: EventTarget, key: string, more: Partial<KeyboardEventInit> & { timeStamp?: number } = {}) {
  const event = new KeyboardEvent("keydown", { key, cancelable: true, ...more });
  if (more.timeStamp !== undefined) {
    Object.defineProperty(event, "timeStamp", { value: more.timeStamp });
  }
  target.dispatchEvent(event);
  return event.defaultPrevented;
}

describe("what is typed before the field is there", () => {
  it("is kept in order, corrections included, and kept from the page", () => {
    const page = new EventTarget();
    const ahead = new TypeAhead(page);
    ahead.begin(() => undefined);
    expect(["s", "i", "h", "Backspace", "g"].map((key) => press(page, key))).toEqual([true, true, true, true, true]);
    expect(ahead.end()).toBe("sig");
  });

  it("is nobody's once the field has it", () => {
    const page = new EventTarget();
    const ahead = new TypeAhead(page);
    ahead.begin(() => undefined);
    ahead.end();
    expect(press(page, "h")).toBe(false);
    expect(ahead.end()).toBe("");
  });

  it("is dropped by Escape, and the person's wish is passed on", () => {
    const page = new EventTarget();
    const ahead = new TypeAhead(page);
    const escaped = vi.fn();
    ahead.begin(escaped);
    press(page, "s");
    press(page, "Escape");
    expect(escaped).toHaveBeenCalledOnce();
    expect(press(page, "h")).toBe(false);
    expect(ahead.end()).toBe("");
  });

  it("leaves commands with modifiers and keys that type nothing alone", () => {
    const page = new EventTarget();
    const ahead = new TypeAhead(page);
    ahead.begin(() => undefined);
    expect(press(page, "k", { ctrlKey: true })).toBe(false);
    expect(press(page, "F5")).toBe(false);
    expect(ahead.end()).toBe("");
  });

  it("gives the keyboard back when the field never comes", () => {
    const page = new EventTarget();
    const ahead = new TypeAhead(page);
    ahead.begin(() => undefined);
    expect(press(page, "s", { timeStamp: 1_000 })).toBe(true);
    expect(press(page, "h", { timeStamp: 12_000 })).toBe(false);
  });
});

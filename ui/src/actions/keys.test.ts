import { describe, expect, it } from "vitest";
import { isPress, isTyping, type KeyInput, normalForm, parseBinding, worksWhileTyping } from "./keys";

function press(key: string, change: Partial<KeyInput> = {}): KeyInput {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...change };
}

function matches(input: KeyInput, binding: string): boolean {
  const [first] = parseBinding(binding);
  return first !== undefined && isPress(input, first);
}

describe("a press", () => {
  it.each([
    ["Mod+k", press("k", { ctrlKey: true }), true],
    ["Mod+k", press("k", { metaKey: true }), true],
    ["Mod+k", press("k"), false],
    ["Mod+k", press("K", { ctrlKey: true, shiftKey: true }), false],
    ["k", press("k"), true],
    ["k", press("K", { shiftKey: true }), false],
    ["Shift+h", press("H", { shiftKey: true }), true],
    ["?", press("?", { shiftKey: true }), true],
    ["/", press("/"), true],
    ["/", press("/", { shiftKey: true }), true],
    ["Space", press(" "), true],
    ["Alt+3", press("³", { altKey: true, code: "Digit3" }), true],
  ] as const)("%s against %o is %s", (binding, input, expected) => {
    expect(matches(input, binding)).toBe(expected);
  });

  it("typed with AltGr is the character, not Ctrl and Alt: `[` on QWERTZ", () => {
    expect(matches(press("[", { ctrlKey: true, altKey: true }), "[")).toBe(true);
    expect(matches(press("[", { ctrlKey: true, altKey: true }), "Mod+[")).toBe(false);
  });

  it("with caps lock on is still the letter", () => {
    expect(matches(press("K"), "k")).toBe(true);
  });
});

it("bindings that a keyboard cannot tell apart have one normal form", () => {
  expect(normalForm("G f")).toBe(normalForm("g f"));
  expect(normalForm("Shift+?")).not.toBe(normalForm("?"));
});

it.each(["Ctrl+k", "Mod+enter", "Mod+kk"])("%s is refused, because no keyboard sends it", (binding) => {
  expect(() => parseBinding(binding)).toThrow();
});

it("letters are dead while typing, modifiers and function keys are not", () => {
  expect(worksWhileTyping(parseBinding("g f"))).toBe(false);
  expect(worksWhileTyping(parseBinding("Shift+h"))).toBe(false);
  expect(worksWhileTyping(parseBinding("Mod+k"))).toBe(true);
  expect(worksWhileTyping(parseBinding("F11"))).toBe(true);
});

it("text fields take letters, check boxes do not", () => {
  const field = (html: string) => {
    document.body.innerHTML = html;
    return isTyping(document.body.firstElementChild);
  };
  expect(field("<input>")).toBe(true);
  expect(field("<input type='search'>")).toBe(true);
  expect(field("<textarea></textarea>")).toBe(true);
  expect(field("<div role='textbox'></div>")).toBe(true);
  expect(field("<input type='checkbox'>")).toBe(false);
  expect(field("<button></button>")).toBe(false);
  expect(isTyping(null)).toBe(false);
});

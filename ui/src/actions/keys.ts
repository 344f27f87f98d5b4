/** Reads key bindings and matches key presses against them. */

/** One press: a key by what it types, with the modifiers that count. */
export interface Press {
  readonly key: string;
  readonly mod: boolean;
  readonly alt: boolean;
  /** Null when the binding names a character, which already says whether Shift is needed. */
  readonly shift: boolean | null;
}

export type Binding = readonly Press[];

/** What a keyboard event tells us; a subset of `KeyboardEvent`, so that tests need no DOM. */
export interface KeyInput {
  readonly key: string;
  readonly code?: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Longest pause inside a sequence such as `g f`, in milliseconds. */
export const SEQUENCE_MS = 1_200;

const NAMED = new Set([
  "Enter",
  "Escape",
  "Space",
  "Backspace",
  "Delete",
  "Tab",
  "Home",
  "End",
  "PageUp",
  "PageDown",
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
  "F1",
  "F2",
  "F4",
  "F8",
  "F9",
  "F11",
]);

function parsePress(text: string): Press {
  const parts = text === "+" ? ["+"] : text.split("+");
  const key = parts.at(-1) ?? "";
  const modifiers = new Set(parts.slice(0, -1));
  for (const modifier of modifiers) {
    if (!["Mod", "Shift", "Alt"].includes(modifier)) {
      throw new Error(`unknown modifier in key binding: ${text}`);
    }
  }
  if (key.length !== 1 && !NAMED.has(key)) {
    throw new Error(`unknown key in key binding: ${text}`);
  }
  const letter = /^[a-z]$/i.test(key);
  const named = key.length > 1;
  return {
    key: key === "Space" ? " " : letter ? key.toLowerCase() : key,
    mod: modifiers.has("Mod"),
    alt: modifiers.has("Alt"),
    shift: letter || named ? modifiers.has("Shift") : modifiers.has("Shift") ? true : null,
  };
}

/** Reads a binding such as `Mod+k`, `?` or `g f`. @throws Error for a key that no keyboard sends. */
export function parseBinding(text: string): Binding {
  return text.split(" ").map(parsePress);
}

/** Two bindings that a keyboard cannot tell apart have the same normal form. */
export function normalForm(binding: string): string {
  return parseBinding(binding)
    .map((press) => `${press.mod ? "Mod+" : ""}${press.alt ? "Alt+" : ""}${press.shift ? "Shift+" : ""}${press.key}`)
    .join(" ");
}

/** Whether this event is that press. Characters are matched by what was typed, digits also by their place. */
export function isPress(input: KeyInput, press: Press): boolean {
  // AltGr arrives as Ctrl+Alt and types characters such as `[` on QWERTZ keyboards: not a modifier then.
  const typedWithAltGr = input.ctrlKey && input.altKey && input.key.length === 1;
  const mod = typedWithAltGr ? false : input.ctrlKey || input.metaKey;
  const alt = typedWithAltGr ? false : input.altKey;
  if (mod !== press.mod || alt !== press.alt) {
    return false;
  }
  if (press.shift !== null && input.shiftKey !== press.shift) {
    return false;
  }
  const key = /^[a-z]$/i.test(input.key) ? input.key.toLowerCase() : input.key;
  return key === press.key || (/^[0-9]$/.test(press.key) && input.code === `Digit${press.key}`);
}

/** Whether the keyboard belongs to a text field, so that plain letters are typing and not commands. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) {
    return false;
  }
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) {
    return true;
  }
  if (target instanceof HTMLInputElement) {
    return !["button", "checkbox", "radio", "range", "submit", "reset", "color"].includes(target.type);
  }
  return target.getAttribute("role") === "textbox" || target.getAttribute("contenteditable") === "true";
}

/** Whether a binding may fire while a text field has the keyboard. */
export function worksWhileTyping(binding: Binding): boolean {
  const [first] = binding;
  return first !== undefined && (first.mod || first.alt || /^F\d+$/.test(first.key));
}

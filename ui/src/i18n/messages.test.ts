import { expect, it } from "vitest";
import de from "../../messages/de.json";
import en from "../../messages/en.json";

const english = en as Record<string, unknown>;
const german = de as Record<string, unknown>;

function placeholders(message: unknown): string[] {
  return [...new Set([...JSON.stringify(message).matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""))].sort();
}

it("both languages have the same messages", () => {
  expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
});

it("both languages say the same values", () => {
  for (const key of Object.keys(english)) {
    expect(placeholders(german[key]), key).toEqual(placeholders(english[key]));
  }
});

it("no message is empty", () => {
  for (const [key, message] of [...Object.entries(english), ...Object.entries(german)]) {
    expect(JSON.stringify(message).length, key).toBeGreaterThan(2);
  }
});

it("the files are sorted, so that two people seldom touch the same line", () => {
  for (const messages of [english, german]) {
    const keys = Object.keys(messages);
    expect(keys).toEqual([...keys].sort());
  }
});

import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { FAMILIES } from "@/components/family";
import { contrast, difference, simulate, VISIONS, type Vision } from "@/test/colour";

const css = readFileSync(path.join(import.meta.dirname, "tokens.css"), "utf8");
const THEMES = ["light", "dark"] as const;
type Theme = (typeof THEMES)[number];

function token(name: string, theme: Theme): string {
  const found = new RegExp(`--color-${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  const value = found?.[theme === "light" ? 1 : 2];
  if (value === undefined) throw new Error(`tokens.css has no ${name}`);
  return value;
}

describe.each(THEMES)("%s", (theme) => {
  it.each([
    ["fg", "bg"],
    ["fg", "surface"],
    ["fg", "surface-2"],
    ["fg-2", "bg"],
    ["fg-2", "surface"],
    ["fg-2", "surface-2"],
    ["fg-3", "bg"],
    ["fg-3", "surface"],
    ["fg-3", "surface-2"],
    ["accent", "surface"],
    ["on-accent", "accent"],
  ])("%s on %s can be read", (text, ground) => {
    expect(contrast(token(text, theme), token(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(FAMILIES)("%s can be read on its tint and on surfaces, and its mark be seen", (family) => {
    const text = token(`${family}-text`, theme);
    for (const ground of ["bg", "surface", `${family}-tint`]) {
      expect(contrast(text, token(ground, theme)), `text on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
    for (const ground of ["bg", "surface"]) {
      expect(
        contrast(token(`${family}-mark`, theme), token(ground, theme)),
        `mark on ${ground}`,
      ).toBeGreaterThanOrEqual(3);
    }
  });

  it("focus can be seen around everything", () => {
    for (const ground of ["bg", "surface", "surface-2"]) {
      expect(contrast(token("accent", theme), token(ground, theme))).toBeGreaterThanOrEqual(3);
    }
  });

  // The amber, red and green of habit came to 1.4 here; what is measured is what stays.
  it.each(VISIONS)("families stay apart with %s", (vision: Vision) => {
    const smallest = (kind: "mark" | "text") =>
      Math.min(
        ...FAMILIES.flatMap((one, index) =>
          FAMILIES.slice(index + 1).map((other) =>
            difference(
              simulate(token(`${one}-${kind}`, theme), vision),
              simulate(token(`${other}-${kind}`, theme), vision),
            ),
          ),
        ),
      );
    expect(smallest("mark"), "marks").toBeGreaterThanOrEqual(13);
    expect(smallest("text"), "texts").toBeGreaterThanOrEqual(7);
  });
});

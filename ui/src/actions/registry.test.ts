import { expect, it } from "vitest";
import { locales } from "@/i18n/locale";
import type { ActionDefinition } from "./definition";
import { normalForm, parseBinding } from "./keys";
import { actions } from "./registry";

const all: readonly ActionDefinition[] = actions;

it("no two actions share a key in one scope", () => {
  const owners = new Map<string, string>();
  for (const action of all) {
    for (const key of action.keys) {
      const place = `${action.scope}: ${normalForm(key)}`;
      expect(owners.get(place), `${place} belongs to two actions`).toBeUndefined();
      owners.set(place, action.id);
    }
  }
});

it("no key of a scope begins a sequence of the same scope, or of the global one", () => {
  const sequences = all.flatMap((action) =>
    action.keys.filter((key) => parseBinding(key).length > 1).map((key) => ({ scope: action.scope, key })),
  );
  for (const { scope, key } of sequences) {
    const start = normalForm(key).split(" ")[0];
    const shadows = all.filter(
      (action) =>
        (action.scope === scope || scope === "global") && action.keys.some((other) => normalForm(other) === start),
    );
    expect(
      shadows.map((action) => action.id),
      `${key} can never be finished`,
    ).toEqual([]);
  }
});

it("every action has its own id and a title in every language", () => {
  expect(new Set(all.map((action) => action.id)).size).toBe(all.length);
  for (const action of all) {
    for (const locale of locales) {
      expect(action.title({}, { locale }).trim(), `${action.id} in ${locale}`).not.toBe("");
    }
  }
});

it("plain letters never carry a dangerous action that does not ask first", () => {
  // Danger is only ever confirmed in a dialog; this keeps the flag on what cannot be undone.
  const dangerous = all.filter((action) => action.danger === true);
  for (const action of dangerous) {
    expect(action.scope, `${action.id} must belong to the object it destroys`).not.toBe("global");
  }
});

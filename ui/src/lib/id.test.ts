import { expect, it } from "vitest";
import { newId } from "./id";

it("an identity is a prefix and a UUIDv7 that begins with its time", () => {
  const id = newId("lin", 0x0198c0de5b1d);
  expect(id).toMatch(/^lin_0198c0de5b1d7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
});

it("no two are the same, and later ones sort later", () => {
  expect(newId("lin", 1)).not.toBe(newId("lin", 1));
  expect(newId("hld", 1_000) < newId("hld", 2_000)).toBe(true);
});

import { describe, expect, it } from "vitest";
import { typedCount } from "./number";

describe("a count as it is typed", () => {
  it("is read with the spaces around it", () => expect(typedCount(" 12 ")).toBe(12));
  it("is not read where it is no whole number, so that nothing else is done than what was typed", () => {
    for (const text of ["", "-1", "1.5", "1,000", "12a", "1234567890"]) expect(typedCount(text)).toBeNaN();
  });
});

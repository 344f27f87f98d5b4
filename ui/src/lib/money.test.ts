import { expect, it } from "vitest";
import { formatMoney, minorUnits } from "./money";

it("minor units follow the currency, text follows the locale", () => {
  expect(formatMoney(1250, "GBP", "en")).toBe("£12.50");
  expect(formatMoney(1250, "EUR", "de")).toBe("12,50\u00a0€");
  expect(formatMoney(1250, "JPY", "en")).toBe("¥1,250");
  expect(formatMoney(-500, "USD", "en")).toBe("-$5.00");
});

it("a currency nobody knows is shown, not guessed", () => {
  expect(formatMoney(1250, "??", "en")).toBe("1,250 ??");
});

it("typed amounts become minor units, with a point or a comma; what is no amount becomes nothing", () => {
  expect(minorUnits("12.5", "EUR")).toBe(1_250);
  expect(minorUnits("12,50", "EUR")).toBe(1_250);
  expect(minorUnits(" 12 ", "EUR")).toBe(1_200);
  expect(minorUnits("1200", "JPY")).toBe(1_200);
  for (const wrong of ["", "-1", "1.234", "1.2.3", "12 EUR", "1e3", "99999999999999999"]) {
    expect(minorUnits(wrong, "EUR"), wrong).toBeUndefined();
  }
  expect(minorUnits("1.5", "JPY")).toBeUndefined();
});

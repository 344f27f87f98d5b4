import { expect, it } from "vitest";
import { formatMoney } from "./money";

it("minor units follow the currency, text follows the locale", () => {
  expect(formatMoney(1250, "GBP", "en")).toBe("£12.50");
  expect(formatMoney(1250, "EUR", "de")).toBe("12,50\u00a0€");
  expect(formatMoney(1250, "JPY", "en")).toBe("¥1,250");
  expect(formatMoney(-500, "USD", "en")).toBe("-$5.00");
});

it("a currency nobody knows is shown, not guessed", () => {
  expect(formatMoney(1250, "??", "en")).toBe("1,250 ??");
});

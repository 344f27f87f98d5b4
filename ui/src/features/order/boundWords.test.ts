import { expect, it, onTestFinished } from "vitest";
import { chooseLocale } from "@/i18n/locale";
import { boundWords } from "./boundWords";

const sku = (line: string) => ({ lin_1: "TEA", lin_2: "MUG" })[line] ?? line;

it("says in German why fewer warehouses are impossible, with articles for line ids", () => {
  chooseLocale("de");
  onTestFinished(() => chooseLocale("en"));
  expect(boundWords("whatever ships needs a warehouse", sku)).toBe("was versendet wird, braucht ein Lager");
  expect(boundWords("line `lin_1` alone needs the stock of 2 warehouses", sku)).toBe(
    "TEA allein braucht den Bestand von 2 Lagern",
  );
  expect(boundWords("no warehouse has anything for two of the lines `lin_1`, `lin_2`", sku)).toBe(
    "kein Lager hat etwas für zwei von TEA, MUG",
  );
  expect(boundWords("a reason of tomorrow", sku)).toBe("a reason of tomorrow");
});

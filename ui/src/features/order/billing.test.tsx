import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chooseLocale } from "@/i18n/locale";
import { conflictsOf, isDraft, newDraft, readable, rebased, without, withPrice, withTotal } from "./draft";
import { editsOf, faultsOf } from "./edits";
import { detailFixture, orderFixture, previewFixture } from "./fixtures";
import { field, open, previewed, save, user } from "./screen";

beforeEach(() => localStorage.clear());
afterEach(() => chooseLocale("en"));

const gbp = (minor: number) => ({ minor, currency: "GBP" });

describe("amounts of a draft", () => {
  const draft = withTotal(withPrice(newDraft(orderFixture()), "lin_1", "10.00"), "47.40");

  it("are one edit of the total and of the prices that change", () => {
    expect(editsOf(draft)).toEqual([
      {
        edit: { kind: "billing", total: gbp(4_740), unit_prices: [{ line: "lin_1", unit_price: gbp(1_000) }] },
        fields: ["total", "lines.lin_1.unit_price"],
      },
    ]);
    expect(editsOf(withPrice(newDraft(orderFixture()), "lin_1", "10.00")).map(({ edit }) => edit)).toEqual([
      { kind: "billing", total: gbp(5_490), unit_prices: [{ line: "lin_1", unit_price: gbp(1_000) }] },
    ]);
  });

  it("that cannot be read are faults at their fields, and only where they change", () => {
    expect([...faultsOf(draft).keys()]).toEqual([]);
    expect([...faultsOf(withTotal(draft, "much")).keys()]).toEqual(["total"]);
    expect([...faultsOf(withPrice(draft, "lin_2", "")).keys()]).toEqual(["lines.lin_2.unit_price"]);
  });

  it("conflict where somebody else has changed the same one, follow the order where nobody did, and can be left out", () => {
    const theirs = orderFixture({ revision: 4, total: gbp(6_000) });
    expect(conflictsOf(draft, theirs)).toEqual([{ field: "total", base: "54.90", theirs: "60.00", yours: "47.40" }]);
    expect(rebased(newDraft(orderFixture()), theirs).yours.total).toBe("60.00");
    expect(rebased(draft, theirs).yours.prices.lin_1).toBe("10.00");
    expect(editsOf(without(draft, new Set(["total", "lines.lin_1.unit_price"])))).toEqual([]);
  });

  it("survive a restart, and are read as money", () => {
    expect(isDraft(JSON.parse(JSON.stringify(draft)))).toBe(true);
    expect(readable("total", "47.40", "GBP")).toEqual(gbp(4_740));
    expect(readable("note", "47.40", "GBP")).toBe("47.40");
  });
});

describe("changing what is paid", () => {
  it("Shift+B begins at the total; a price and the total are reviewed and saved as one edit", async () => {
    const { saved } = open(detailFixture(), {
      preview: (edits, current) => {
        const preview = previewed(edits, current);
        const change = { field: "total", before: gbp(5_490), after: gbp(4_740) };
        return Response.json(previewFixture({ ...preview, changes: [change] }));
      },
    });
    const person = user();
    await screen.findByText("Title of TEA");
    await person.keyboard("{Shift>}b{/Shift}");
    const total = await field("Total");
    await waitFor(() => expect(document.activeElement).toBe(total));
    const price = await field("Price of TEA");
    await person.clear(price);
    await person.type(price, "10");
    expect(screen.getByText(/^The total is not added up from the prices/)).toBeDefined();
    await person.clear(total);
    await person.type(total, "47,4");
    expect(screen.queryByText(/^The total is not added up/)).toBeNull();
    await person.tab();
    expect((total as HTMLInputElement).value).toBe("47.40");
    await person.keyboard("{Control>}d{/Control}");
    const dialog = await screen.findByRole("dialog", { name: "Review changes of #1001" });
    expect(await within(dialog).findByText("£54.90")).toBeDefined();
    expect(within(dialog).getByText("£47.40")).toBeDefined();
    await save(person);
    await waitFor(() => expect(saved()).toHaveLength(1));
    expect(saved()[0]?.edits).toEqual([
      { kind: "billing", total: gbp(4_740), unit_prices: [{ line: "lin_1", unit_price: gbp(1_000) }] },
    ]);
  });

  it("an amount that cannot be read is told at its field, and not reviewed", async () => {
    open();
    const person = user();
    await screen.findByText("Title of TEA");
    await person.keyboard("{Shift>}b{/Shift}");
    const total = await field("Total");
    await person.clear(total);
    await person.type(total, "lots");
    await person.keyboard("{Control>}s{/Control}");
    expect(await screen.findByText("An amount, such as 12.50.")).toBeDefined();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("in German amounts have a comma", async () => {
    chooseLocale("de");
    open();
    const person = user();
    await screen.findByText("Title of TEA");
    await person.keyboard("{Shift>}b{/Shift}");
    expect(((await field("Summe")) as HTMLInputElement).value).toBe("54,90");
  });
});

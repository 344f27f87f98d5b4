import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chooseLocale } from "@/i18n/locale";
import { problem } from "@/mocks/platform";
import { detailFixture, orderFixture, planFixture, previewFixture } from "./fixtures";
import { field, LATE, NOW, open, previewed, save, stale, typeCity, user } from "./screen";

beforeEach(() => localStorage.clear());
afterEach(() => chooseLocale("en"));

describe("editing an order", () => {
  it("E, a new city, review, a reason, save: what is sent names the revision and all edits as one", async () => {
    const { saved, sent } = open();
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    await person.click(screen.getByRole("button", { name: "One unit of TEA more" }));
    expect(screen.getByText("2 changes, not saved")).toBeDefined();
    await person.keyboard("{Control>}d{/Control}");
    const dialog = await screen.findByRole("dialog", { name: "Review changes of #1001" });
    expect(await within(dialog).findByText("Leeds")).toBeDefined();
    expect(within(dialog).getByText("York")).toBeDefined();
    await person.type(within(dialog).getByRole("textbox", { name: "Reason" }), "Customer called");
    await save(person);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.queryByText(/not saved/)).toBeNull();
    expect(saved()).toEqual([
      {
        revision: 3,
        reason: "Customer called",
        edits: [
          { kind: "address", ship_to: { ...orderFixture().ship_to, city: "York" } },
          { kind: "more_units", line: "lin_1", quantity: 4 },
        ],
      },
    ]);
    expect(sent("/preview").length).toBeGreaterThan(0);
  });

  it("nothing is saved without the review: Ctrl+S opens it first", async () => {
    const { saved } = open();
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    await person.keyboard("{Control>}s{/Control}");
    expect(await screen.findByRole("dialog", { name: "Review changes of #1001" })).toBeDefined();
    expect(saved()).toEqual([]);
  });

  it("the review tells parts, requests, plan, stock, cost and what needs a person", async () => {
    open(detailFixture(), {
      preview: () =>
        Response.json(
          previewFixture({
            order: orderFixture(),
            edits: [
              {
                verdicts: [
                  {
                    fulfillment: "ful_1",
                    stage: "accepted",
                    ruling: {
                      verdict: { kind: "change_request", what: "address", stop: false, elsewhere: false },
                      needs_approval: false,
                    },
                  },
                ],
              },
            ],
            requests: [
              {
                fulfillment: "ful_1",
                warehouse: "whs_2",
                asks: [{ kind: "address", ship_to: { ...orderFixture().ship_to, city: "York" } }],
              },
            ],
            stock: [{ warehouse: "whs_2", sku: "MUG", before: 0, after: 7 }],
            cost_before: 640,
            cost_after: 900,
            plan: planFixture().plan,
            cut_offs: [{ warehouse: "whs_1", at: "2026-11-22T15:30:00Z" }],
            attention: [
              {
                code: "SY-1101",
                what: "SW-1001-2 keeps what it has: it is too far along for this",
                detail: "",
                options: ["carrier_intercept"],
                owner: "back_office_agent",
                since: NOW,
                order: "ord_1",
              },
            ],
          }),
        ),
    });
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    await person.keyboard("{Control>}d{/Control}");
    const dialog = await screen.findByRole("dialog");
    const block = async (name: string) => within(await within(dialog).findByRole("region", { name }));
    expect((await block("Part by part")).getByText("Change request")).toBeDefined();
    expect((await block("Asked of warehouses")).getByText(/Ship to 1 High St, LS1 1AA York/)).toBeDefined();
    expect((await block("Only if the warehouse agrees")).getByText("York")).toBeDefined();
    const plan = await block("New plan");
    expect(plan.getByText("3 × TEA, 1 × MUG")).toBeDefined();
    expect(plan.getByText(/leaves .* at the earliest/)).toBeDefined();
    expect(plan.getByText("£9.00")).toBeDefined();
    expect(plan.getByText("(+£2.60)")).toBeDefined();
    expect(plan.getByRole("row", { name: /MUG/ })).toBeDefined();
    expect((await block("Would need a person")).getByText(/Ask the carrier to intercept/)).toBeDefined();
  });

  it("an edit that is refused says why and what is left, is not saved, and can be left out", async () => {
    const { saved } = open(detailFixture(), {
      preview: (edits, current) => {
        const preview = previewed(edits, current);
        const place = edits.findIndex((edit) => edit.kind === "address");
        const refused = {
          verdicts: [
            {
              fulfillment: "ful_1",
              stage: "shipped",
              ruling: {
                verdict: { kind: "refused", reason: "too_late", options: ["carrier_intercept", "announce_return"] },
                needs_approval: false,
              },
            },
          ],
          problem: { code: "SY-1101", title: "This cannot be done here", detail: "too far", next_step: "Choose." },
        };
        return Response.json({ ...preview, edits: preview.edits.map((edit, at) => (at === place ? refused : edit)) });
      },
    });
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    await person.type(screen.getByRole("textbox", { name: "Note" }), "Ring twice");
    await person.keyboard("{Control>}d{/Control}");
    const dialog = await screen.findByRole("dialog");
    const why = /too far along for this.*Ask the carrier to intercept · Announce a return/;
    expect(await within(dialog).findByText(why)).toBeDefined();
    expect(screen.getByRole("button", { name: /^Save changes/ })).toHaveProperty("disabled", true);
    await person.click(within(dialog).getByRole("button", { name: "Leave out: Ship to" }));
    await save(person);
    await waitFor(() => expect(saved()).toHaveLength(1));
    expect(saved()[0]?.edits).toEqual([{ kind: "note", note: "Ring twice" }]);
  });

  it("A adds a line; one without an article is not reviewed, an article nobody knows is told next to its field", async () => {
    open(detailFixture(), {
      preview: () =>
        Response.json(
          {
            type: "/docs/errors/SY-1102",
            title: "No order can have that",
            status: 422,
            code: "SY-1102",
            detail: "no warehouse has ever reported `NOPE`",
            instance: "1",
            next_step: "",
            fields: [],
          },
          { status: 422, headers: { "content-type": "application/problem+json" } },
        ),
    });
    const person = user();
    await screen.findByText("Title of TEA");
    await person.keyboard("a");
    const sku = await field("SKU");
    await waitFor(() => expect(document.activeElement).toBe(sku));
    await person.keyboard("{Control>}d{/Control}");
    expect(await screen.findByText("Say which article")).toBeDefined();
    expect(screen.queryByRole("dialog")).toBeNull();
    await person.type(sku, "NOPE");
    await person.keyboard("{Control>}d{/Control}");
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByText("No order can have that")).toBeDefined();
    await person.keyboard("{Escape}");
    expect(await screen.findByText("No warehouse has ever reported this SKU")).toBeDefined();
  });

  it("a draft survives a reload and is gone once discarded", async () => {
    const first = open();
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    first.unmount();
    open();
    expect(await field("City")).toHaveProperty("value", "York");
    await person.click(screen.getByRole("button", { name: "Discard changes" }));
    expect(screen.queryByRole("textbox", { name: "City" })).toBeNull();
    expect(localStorage.length).toBe(0);
  });

  it("somebody else's change of the same field shows base, theirs and yours; the choice is reviewed and saved", async () => {
    const theirs = orderFixture({ revision: 4, ship_to: { ...orderFixture().ship_to, city: "Hull" } });
    let refused = false;
    const { set, saved } = open(detailFixture(), {
      edit: () => {
        if (refused) return undefined;
        refused = true;
        set((detail) => ({ ...detail, order: theirs }));
        return stale(theirs);
      },
    });
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    await person.keyboard("{Control>}d{/Control}");
    await screen.findByRole("dialog");
    await save(person);
    const dialog = await screen.findByRole("dialog", { name: "#1001 was changed meanwhile" });
    const choice = within(await within(dialog).findByRole("group", { name: "City" }));
    for (const city of ["Leeds", "Hull", "York"]) expect(choice.getByText(city)).toBeDefined();
    await person.click(within(dialog).getByRole("button", { name: "Apply choice and review" }));
    await screen.findByRole("dialog", { name: "Review changes of #1001" });
    await save(person);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(saved().at(-1)).toMatchObject({
      revision: 4,
      edits: [{ kind: "address", ship_to: { city: "York" } }],
    });
  });

  it("somebody else's change of another field is shown before it is saved again", async () => {
    const theirs = orderFixture({ revision: 4, note: "Leave it with the neighbour" });
    let refused = false;
    const { set, saved } = open(detailFixture(), {
      edit: () => {
        if (refused) return undefined;
        refused = true;
        set((detail) => ({ ...detail, order: theirs }));
        return stale(theirs);
      },
      preview: (edits, current) =>
        Response.json({
          ...previewed(edits, current),
          ...(refused
            ? {
                conflict: {
                  base: orderFixture(),
                  theirs: [{ field: "note", before: "", after: theirs.note }],
                  yours: [],
                  both: [],
                },
              }
            : {}),
        }),
    });
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    await person.keyboard("{Control>}d{/Control}");
    const dialog = await screen.findByRole("dialog");
    await save(person);
    expect(await within(dialog).findByText("Changed by somebody else meanwhile")).toBeDefined();
    expect(within(dialog).getByText("Leave it with the neighbour")).toBeDefined();
    await save(person);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(saved().map((body) => body.revision)).toEqual([3, 4]);
  });

  it("an edit that comes too late tells what happened and offers only what works", async () => {
    const { set } = open(detailFixture(), {
      edit: () => {
        set((detail) => ({
          ...detail,
          stage: "releasing",
          fulfillments: detail.fulfillments.map((part) => ({ ...part, state: "sent" as const })),
        }));
        return problem(409, "SY-1101", LATE.title);
      },
    });
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    await person.keyboard("{Control>}d{/Control}");
    await screen.findByRole("dialog");
    await save(person);
    const dialog = await screen.findByRole("dialog", { name: "Too late to change #1001" });
    expect(within(dialog).getByText("Nothing was changed.")).toBeDefined();
    expect(
      await within(dialog).findByText(/^SW-1001-1 was handed over to .* and is “Sent, no answer yet” since /),
    ).toBeDefined();
    expect(within(dialog).getByText("Contact the warehouse")).toBeDefined();
  });
});

describe("the board", () => {
  it("the arrows pick part and warehouse with the reason why not, Enter shows what the move comes to", async () => {
    const { saved } = open(detailFixture({ plan: planFixture() }));
    const person = user();
    await screen.findByText("Title of TEA");
    await person.keyboard("w");
    expect(document.activeElement?.getAttribute("data-part")).toBe("ful_1");
    await person.keyboard("{ArrowRight}{ArrowRight}");
    expect(screen.getByText(/^Enter moves it to whs_3\. Not possible: it does not ship to GB/)).toBeDefined();
    await person.keyboard("{ArrowLeft}{Enter}");
    await screen.findByRole("dialog", { name: "Review changes of #1001" });
    await save(person);
    await waitFor(() => expect(saved()).toHaveLength(1));
    expect(saved()[0]?.edits).toEqual([{ kind: "warehouse", fulfillment: "ful_1", to: "whs_2" }]);
  });

  it("the plan names the rules that fit, what they did, and what would have to give", async () => {
    open(
      detailFixture({
        plan: planFixture({
          rules_version: 7,
          rules: [
            {
              rule: "keep-glass-near",
              matched: true,
              because: ["country GB"],
              effects: [
                { what: "exclude whs_3", in_force: true },
                { what: "shift the rank of whs_2 by +2", in_force: false, note: "rule `other` overrides it" },
              ],
            },
            { rule: "express", matched: false, because: ["no shipping option"], effects: [] },
          ],
          relaxation: [{ kind: "find_stock", sku: "TEA", units: 2 }],
        }),
      }),
    );
    const rules = within(await screen.findByRole("region", { name: "Routing rules, version 7" }));
    expect(rules.getByText("keep-glass-near")).toBeDefined();
    expect(rules.getByText("Exclude whs_3")).toBeDefined();
    expect(rules.getByText(/Not in force: Rank of whs_2 \+2/)).toBeDefined();
    expect(rules.getByText("1 rule does not fit")).toBeDefined();
    expect(screen.getByText("2 more of TEA are found")).toBeDefined();
  });
});

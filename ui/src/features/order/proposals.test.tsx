import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "@/api/problem";
import type { Choice, Edit, OrderDetail, Preview } from "@/api/types";
import { problem } from "@/mocks/platform";
import { detailFixture, orderFixture, previewFixture } from "./fixtures";
import { proposalOf } from "./proposal";
import { LATE, open, previewed, typeCity, user } from "./screen";

beforeEach(() => localStorage.clear());

type Code = NonNullable<Preview["edits"][number]["problem"]>["code"];

const refusal = (code: Code, options: Choice[] = []): Preview["edits"][number] => ({
  verdicts: [
    {
      fulfillment: "ful_1",
      stage: "open",
      ruling: {
        verdict: { kind: "refused", reason: code === "SY-1101" ? "too_late" : "not_yours", options },
        needs_approval: false,
      },
    },
  ],
  problem: { code, title: "This cannot be done here", detail: "", next_step: "" },
});

/** Every edit is refused like this. */
const refusing =
  (code: Code, options: Choice[] = []) =>
  (edits: readonly Edit[], current: OrderDetail) =>
    Response.json({ ...previewed(edits, current), edits: edits.map(() => refusal(code, options)) });

const failed = (code: Code) =>
  new ApiError({
    type: "",
    title: "",
    status: 403,
    code,
    detail: "",
    instance: "",
    next_step: "",
    fields: [],
  });

describe("what can be proposed", () => {
  const of = (...edits: Preview["edits"]) => proposalOf(previewFixture({ edits }), undefined);

  it("is what only a right stands against, in the words of the right", () => {
    expect(of(refusal("SY-1103", ["propose"]))).toBe("propose");
    expect(of(refusal("SY-1104"))).toBe("ask_for_approval");
    expect(of(refusal("SY-1101", ["ask_for_approval", "let_it_ship"]))).toBe("ask_for_approval");
    expect(of(refusal("SY-1103"), refusal("SY-1104"))).toBe("ask_for_approval");
  });

  it("is not what can be done, nor what nobody can do", () => {
    expect(of(...previewFixture().edits)).toBeUndefined();
    expect(of(refusal("SY-1101", ["carrier_intercept"]))).toBeUndefined();
    expect(of(refusal("SY-1103"), refusal("SY-1101"))).toBeUndefined();
  });

  it("is also what the last try was refused for", () => {
    expect(proposalOf(previewFixture(), failed("SY-0005"))).toBe("propose");
    expect(proposalOf(previewFixture(), failed("SY-1104"))).toBe("ask_for_approval");
    expect(proposalOf(previewFixture(), failed("SY-1102"))).toBeUndefined();
  });
});

describe("proposing", () => {
  it("a draft the role may not make is proposed as a whole with its reason, and the draft is gone", async () => {
    const { sent, saved } = open(detailFixture(), { preview: refusing("SY-1103", ["propose"]) });
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    await person.keyboard("{Control>}d{/Control}");
    const dialog = await screen.findByRole("dialog", { name: "Review changes of #1001" });
    await person.type(within(dialog).getByRole("textbox", { name: "Reason" }), "Customer called");
    await within(dialog).findByRole("button", { name: /^Propose it/ });
    await person.keyboard("{Control>}s{/Control}");
    expect(await screen.findByText(/^#1001: proposed\. It waits on the order and under Attention/)).toBeDefined();
    expect(sent("/proposals").map((asked) => asked.body)).toEqual([
      {
        revision: 3,
        reason: "Customer called",
        edits: [{ kind: "address", ship_to: { ...orderFixture().ship_to, city: "York" } }],
      },
    ]);
    expect(saved()).toEqual([]);
    expect(screen.queryByText(/not saved/)).toBeNull();
  });

  it("a cancel that takes two people is asked for, although the verb is not allowed", async () => {
    const never = { allowed: false, asks: false, why: { ...LATE, code: "SY-1104" as const } };
    const { sent } = open(detailFixture({ editable: { ...detailFixture().editable, cancel: never } }), {
      preview: refusing("SY-1104"),
    });
    const person = user();
    await screen.findByText("Title of TEA");
    await person.keyboard("{Backspace}");
    const dialog = await screen.findByRole("dialog");
    await person.click(await within(dialog).findByRole("button", { name: "Ask for approval" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent("/proposals").map((asked) => asked.body)).toEqual([
      { revision: 3, reason: "", edits: [{ kind: "cancel" }] },
    ]);
    expect(sent("/edits")).toEqual([]);
  });

  it("what came too late for this person is offered to somebody else where the engine says so", async () => {
    let late = false;
    const { sent } = open(detailFixture(), {
      preview: (edits, current) =>
        late ? refusing("SY-1101", ["ask_for_approval"])(edits, current) : Response.json(previewed(edits, current)),
      edit: () => {
        late = true;
        return problem(409, "SY-1101", LATE.title);
      },
    });
    const person = user();
    await screen.findByText("Title of TEA");
    await person.keyboard("{Backspace}");
    await person.click(await screen.findByRole("button", { name: "Cancel #1001, ship nothing" }));
    const dialog = await screen.findByRole("dialog", { name: "Too late to change #1001" });
    await person.click(await within(dialog).findByRole("button", { name: "Ask for approval" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent("/proposals")).toHaveLength(1);
  });

  it("that fails says why, and nothing is lost", async () => {
    open(detailFixture(), {
      preview: refusing("SY-1103", ["propose"]),
      propose: () => problem(422, "SY-1102", "No order can have that", [], "20 proposals wait already"),
    });
    const person = user();
    await screen.findByText("Title of TEA");
    await typeCity(person, "York");
    await person.keyboard("{Control>}d{/Control}");
    const dialog = await screen.findByRole("dialog");
    await person.click(await within(dialog).findByRole("button", { name: /^Propose it/ }));
    expect(await within(dialog).findByText("20 proposals wait already")).toBeDefined();
    expect(screen.getByText(/not saved/)).toBeDefined();
  });
});

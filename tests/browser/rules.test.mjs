/** Rules by keyboard alone: written as a draft, tried on stored orders, saved with a reason, there as a version. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { launch, openPage, PATIENCE_MS, signIn } from "./console.mjs";
import { startDaemon } from "./daemon.mjs";

const REASON = "Daventry first while Rotterdam counts its stock";
const HOLD_REASON = "Large orders are looked at first";

let daemon;
let browser;
let page;
let context;
let assertNoFaults;
before(async () => {
  daemon = await startDaemon(["--orders-per-minute", "120"]);
  browser = await launch();
  ({ page, context, assertNoFaults } = await openPage(browser, { reducedMotion: "reduce" }));
  await signIn(page, daemon.signIn);
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
});

async function api(path) {
  const answer = await context.request.get(`${daemon.origin}/api/v1${path}`);
  assert.equal(answer.status(), 200);
  return answer.json();
}

/** Orders that have been planned, by the API's own count. */
async function planned() {
  return (await api("/orders?limit=1&q=state%3Aeditable")).total.value;
}

const panel = () => page.getByRole("complementary", { name: /^Rule / });
const rule = (id) => page.locator("[data-open]").filter({ has: page.getByText(id, { exact: true }) });

/** Gives the reason in the dialog that is open, and waits until the version is written. */
async function save(reason) {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Reason" }).fill(reason);
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor({ state: "detached" });
}

/** Opens a list and takes the choice with this name, by keyboard. */
async function choose(list, name) {
  await list.press("Enter");
  const option = page.getByRole("option", { name, exact: true });
  await option.waitFor();
  await page.keyboard.press("Home");
  for (let left = 30; !(await option.evaluate((one) => one.hasAttribute("data-highlighted"))); left -= 1) {
    assert.ok(left > 0, `${name} is reached by arrows`);
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await option.waitFor({ state: "detached" });
}

test("a routing rule is written with the keyboard, tried, saved with a reason, and is a version then", {
  timeout: 6 * PATIENCE_MS,
}, async () => {
  for (let left = 2 * PATIENCE_MS; (await planned()) < 10; left -= 1_000) {
    assert.ok(left > 0, "no orders were planned");
    await page.waitForTimeout(1_000);
  }
  await page.keyboard.press("g");
  await page.keyboard.press("u");
  await page.waitForURL("**/rules");
  await page.getByText("No routing rules").waitFor();
  await page.getByRole("button", { name: "Add rule" }).waitFor();

  // The rule: every order prefers one warehouse.
  await page.keyboard.press("n");
  await panel().waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("daventry-first");
  await choose(panel().getByRole("combobox", { name: "Kind of condition" }), "Every order");
  await choose(panel().getByRole("combobox", { name: "Kind of effect" }), "Only these warehouses");
  await panel().getByRole("checkbox", { name: "Daventry Park" }).press("Space");
  await page.keyboard.press("Escape");
  await rule("daventry-first").and(page.locator(":focus")).waitFor();
  await page.getByText("→ only from Daventry Park").waitFor();
  await page.getByText("1 change, not saved").waitFor();

  // A second rule that can never count is found by the server's linter before it is saved, moved, and taken back.
  await page.keyboard.press("d");
  await page.getByRole("complementary", { name: "Rule daventry-first-2" }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator("[data-rule]").first().getByText("1 finding").waitFor();
  await page.keyboard.press("Alt+ArrowUp");
  await page.locator("[data-open]").first().getByText("daventry-first-2", { exact: true }).waitFor();
  await rule("daventry-first-2").and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Delete");
  await rule("daventry-first-2").waitFor({ state: "detached" });

  // The dry run of the draft, over orders that the sandbox has sent.
  await page.keyboard.press("r");
  await page.getByText("The draft is compared with the rules that hold.").waitFor();
  await page.keyboard.press("r");
  const summary = page.getByRole("status").filter({ hasText: /orders looked at in/ });
  await summary.waitFor();
  const [, looked, moved] = /^([\d,]+) orders looked at in .* ms\. ([\d,]+) would move/.exec(
    await summary.textContent(),
  );
  assert.ok(Number(looked.replace(",", "")) >= 10, `${looked} orders were looked at`);
  assert.ok(Number(moved.replace(",", "")) > 0, "some of them move");
  await page.getByRole("img", { name: /^Before and after: Parcels/ }).waitFor();
  const order = page.getByRole("region", { name: "Orders that would move" }).getByRole("row").nth(1);
  await order.getByRole("link", { name: /^#/ }).waitFor();
  assert.match(await order.textContent(), /Daventry Park.*daventry-first/);

  // A reload keeps the draft; the save asks for a reason.
  await page.goto(`${daemon.origin}/rules`);
  await page.getByText("1 change, not saved").waitFor();
  await rule("daventry-first").waitFor();
  await page.keyboard.press("Control+s");
  const dialog = page.getByRole("dialog", { name: "Save routing rules" });
  await dialog.getByRole("textbox", { name: "Reason" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Control+Enter");
  await dialog.getByText("Needed.").waitFor();
  await page.keyboard.type(REASON);
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor({ state: "detached" });
  const version = page.getByRole("region", { name: "Versions" }).getByRole("listitem");
  await version.filter({ hasText: REASON }).waitFor();
  assert.match(await version.first().textContent(), /^Version 1/);
  await page.getByText("1 change, not saved").waitFor({ state: "detached" });

  const known = await api("/rules/routing");
  assert.equal(known.version.version, 1);
  assert.deepEqual(
    known.rules.map((one) => [one.id, one.when, one.then.length]),
    [["daventry-first", "always", 1]],
  );
  assertNoFaults();
});

test("somebody who was faster is shown, and the draft goes on top of what they wrote", async () => {
  await page.goto(`${daemon.origin}/rules`);
  await rule("daventry-first").focus();
  await page.keyboard.press("t");
  await page.getByText("1 change, not saved").waitFor();
  const { rules } = await api("/rules/routing");
  const answer = await context.request.put(`${daemon.origin}/api/v1/rules/routing`, {
    headers: { "idempotency-key": "faster", origin: daemon.origin },
    data: { base: 1, reason: "Faster than you", rules: [{ ...rules[0], note: "A note of theirs" }] },
  });
  assert.equal(answer.status(), 200);
  await rule("daventry-first").focus();
  await page.keyboard.press("Control+s");
  const asking = page.getByRole("dialog", { name: "Save routing rules" });
  const stale = page.getByRole("dialog", { name: "Somebody wrote a version first" });
  await asking.or(stale).waitFor();
  if (await asking.isVisible()) {
    await page.keyboard.type("Off for today");
    await page.keyboard.press("Control+Enter");
  }
  await stale.getByText("Faster than you").waitFor();
  await stale
    .getByText(/A note of theirs/)
    .first()
    .waitFor();
  await stale.getByRole("button", { name: "Keep my draft" }).press("Enter");
  await asking.waitFor();
  await save("Off for today");
  await page.getByText("Off for today").waitFor();
  const known = await api("/rules/routing");
  assert.deepEqual([known.version.version, known.rules[0].enabled], [3, false]);
});

test("a hold rule, a calendar and an edit window are saved, and the calendar says its next cut-off", async () => {
  await page.goto(`${daemon.origin}/rules?tab=holds`);
  await page.getByRole("button", { name: "Add rule" }).waitFor();
  await page.keyboard.press("n");
  await panel().getByRole("textbox", { name: "At least" }).fill("400.00");
  await page.keyboard.press("Control+s");
  await save(HOLD_REASON);
  await page.getByText(HOLD_REASON).waitFor();
  const { rules } = await api("/rules/holds");
  assert.deepEqual(rules[0].when, { value: { currency: "EUR", at_least: 40_000 } });

  await page.goto(`${daemon.origin}/rules?tab=calendars`);
  await page.getByRole("button", { name: "Set up calendar" }).press("Enter");
  await page.getByLabel("Time zone").fill("Europe/Amsterdam");
  await page.getByRole("button", { name: /^Save draft/ }).press("Enter");
  await save("Working days of Rotterdam");
  await page.getByText(/^Next cut-off \w+, \w+ \d+, 14:00/).waitFor();

  await page.getByRole("button", { name: "Add window" }).press("Enter");
  await page.getByRole("button", { name: /^Save draft/ }).press("Enter");
  await save("An hour for everybody");
  await page.getByText("An hour for everybody").waitFor();
  const { choices } = await api("/edit-windows");
  assert.deepEqual(
    choices.map((choice) => choice.window),
    [{ kind: "after_receipt", seconds: 3_600 }],
  );
});

test("an earlier version of the rules opens whole, by keyboard, and says what became of it", {
  timeout: 2 * PATIENCE_MS,
}, async () => {
  await page.goto(`${daemon.origin}/rules`);
  await page.getByRole("button", { name: "Open version 1", exact: true }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Routing rules: version 1" });
  await dialog.getByRole("list", { name: "Rules of version 1" }).getByText("daventry-first").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

test("above the value limit an edit is asked for, waits on the order, and nobody agrees with themselves", {
  timeout: 4 * PATIENCE_MS,
}, async () => {
  await page.goto(`${daemon.origin}/rules?tab=calendars`);
  await page.getByRole("textbox", { name: "Value limit" }).fill("0.01");
  await page.getByRole("textbox", { name: "Currency" }).fill("gbp");
  await page.getByRole("button", { name: /^Save draft/ }).press("Enter");
  await save("Two people look at everything");
  await page.getByText("Two people look at everything").waitFor();

  const [order] = (await api("/orders?limit=1&q=state%3Aeditable&sort=-received")).items;
  await page.goto(`${daemon.origin}/orders/${order.id}`);
  await page.locator("main address").first().waitFor();
  await page.keyboard.press("e");
  await page.getByLabel("Street and number").fill("2 Second Street");
  await page.keyboard.press("Control+d");
  const review = page.getByRole("dialog");
  await review.getByRole("button", { name: /^Ask for approval/ }).waitFor();
  await review.getByRole("textbox", { name: "Reason" }).fill("the customer called");
  await page.keyboard.press("Control+s");
  await review.waitFor({ state: "detached" });

  const matters = page.getByRole("list", { name: "Waits for a person" });
  await matters.getByText(/ proposes an edit of /).waitFor();
  await matters
    .getByRole("region", { name: "What is wanted" })
    .getByText(/2 Second Street/)
    .waitFor();
  await matters.getByRole("button", { name: "Approve" }).press("Enter");
  const approve = page.getByRole("dialog", { name: "Settle: Approve" });
  await approve.getByRole("button", { name: "Approve" }).press("Enter");
  await approve.getByText("A second person has to agree").waitFor();
  await page.keyboard.press("Escape");
  await approve.waitFor({ state: "detached" });
  assert.notEqual((await api(`/orders/${order.id}`)).order.ship_to.line1, "2 Second Street");

  // The list of what waits shows the same behind D.
  await page.goto(`${daemon.origin}/attention`);
  await page.getByRole("group", { name: / proposes an edit of / }).focus();
  await page.keyboard.press("d");
  await page
    .getByRole("region", { name: "What is wanted" })
    .getByText(/2 Second Street/)
    .waitFor();
});

for (const look of [
  { name: "light and English", colorScheme: "light", language: "en" },
  { name: "dark and German", colorScheme: "dark", language: "de" },
]) {
  test(`no tab of the rules has a serious accessibility fault, ${look.name}`, {
    timeout: 6 * PATIENCE_MS,
  }, async () => {
    await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: "reduce" });
    await page.evaluate((language) => localStorage.setItem("PARAGLIDE_LOCALE", language), look.language);
    const screens = {
      "/rules": async () => {
        await rule("daventry-first").press("Enter");
        await page.getByRole("complementary").waitFor();
      },
      "/rules?": async () => {
        await page
          .locator("main ol li button", { hasText: /^(Open|Öffnen)$/ })
          .first()
          .press("Enter");
        await page.locator("[role=dialog] ol").waitFor();
      },
      "/attention": async () => {
        await page.getByRole("group").first().focus();
        await page.keyboard.press("d");
        await page.locator("main [aria-expanded=true] >> xpath=../following-sibling::div//ul").first().waitFor();
      },
      "/rules?tab=holds": async () => {
        await page.locator("[data-open]").first().press("Enter");
        await page.getByRole("complementary").waitFor();
      },
      "/rules?tab=dry-run": async () => {
        await page.locator("main button:enabled", { has: page.locator("kbd") }).press("Enter");
        await page.locator("figure [role=img]").waitFor();
      },
      "/rules?tab=calendars": () => page.locator("main input").first().waitFor(),
    };
    for (const [address, open] of Object.entries(screens)) {
      await page.goto(daemon.origin + address);
      await open();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      assert.deepEqual(
        serious.flatMap(({ id, nodes }) =>
          nodes.map((node) => `${address} ${id}: ${node.html}\n${node.failureSummary}`),
        ),
        [],
      );
    }
  });
}

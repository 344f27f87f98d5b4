/** What an operator does all day, by keyboard alone: many orders at once, the map, a draft over a restart, going home. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openPage, PATIENCE_MS, signIn } from "./console.mjs";
import { startDaemon } from "./daemon.mjs";

let daemon;
let browser;
let page;
let context;
let assertNoFaults;
before(async () => {
  daemon = await startDaemon(["--orders-per-minute", "40"]);
  browser = await launch();
  ({ page, context, assertNoFaults } = await openPage(browser, { reducedMotion: "reduce" }));
  await signIn(page, daemon.signIn);
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
});

async function orders(query) {
  await page.goto(`${daemon.origin}/orders?q=${encodeURIComponent(query)}`);
  await page.locator("[data-rank] a").first().waitFor();
}

/** Orders that match, by the API's own count. */
async function count(query) {
  const answer = await context.request.get(`${daemon.origin}/api/v1/orders?limit=1&q=${encodeURIComponent(query)}`);
  assert.equal(answer.status(), 200);
  return (await answer.json()).total.value;
}

test("three orders are held at once, and their holds are lifted again", { timeout: 3 * PATIENCE_MS }, async () => {
  await orders("state:editable");
  await page.locator("[data-rank='2'] a").waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.getByText("3 selected").waitFor();
  await page.keyboard.press("h");
  const dialog = page.getByRole("dialog", { name: "Hold 3 orders" });
  await dialog.getByRole("textbox", { name: "Note" }).fill("Flood at the warehouse");
  await dialog.getByRole("button", { name: "Hold 3 orders" }).press("Enter");
  await dialog.getByRole("status").filter({ hasText: "3 done" }).waitFor();
  assert.equal(await count("held:yes"), 3);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });

  await orders("held:yes");
  await page.keyboard.press("Control+a");
  await page.getByText("3 selected").waitFor();
  await page.keyboard.press("Shift+H");
  const lift = page.getByRole("dialog", { name: "Lift all holds of 3 orders" });
  await lift.getByRole("button", { name: "Lift all holds of 3 orders" }).press("Enter");
  await lift.getByRole("status").filter({ hasText: "3 done" }).waitFor();
  assert.equal(await count("held:yes"), 0);
  await page.keyboard.press("Escape");
  assertNoFaults();
});

test("what is refused says why: an order that has left is not held", { timeout: 6 * PATIENCE_MS }, async () => {
  // The first ones leave when their two-minute edit window closes.
  for (let left = 5 * PATIENCE_MS; (await count("state:in_warehouse")) === 0; left -= 1_000) {
    assert.ok(left > 0, "no order reached a warehouse");
    await page.waitForTimeout(1_000);
  }
  await orders("state:in_warehouse");
  await page.keyboard.press("j");
  await page.keyboard.press("h");
  const dialog = page.getByRole("dialog", { name: "Hold 1 order" });
  await dialog.getByRole("button", { name: "Hold 1 order" }).press("Enter");
  await dialog.getByRole("status").filter({ hasText: "1 refused" }).waitFor();
  await dialog
    .getByText(/This cannot be done here|too late/i)
    .first()
    .waitFor();
  await page.keyboard.press("Escape");
  assertNoFaults();
});

test("the map is one tab stop with arrows inside; Enter shows the orders behind a place", async () => {
  await page.goto(`${daemon.origin}/flow`);
  await page.locator(".react-flow__node").first().waitFor();
  assert.equal(await page.locator("[data-place][tabindex='0']").count(), 1);
  await page.locator("[data-place][tabindex='0']").focus();
  await page.keyboard.press("ArrowRight");
  const place = () => page.evaluate(() => document.activeElement?.textContent ?? "");
  const stage = await place();
  await page.keyboard.press("ArrowRight");
  assert.notEqual(await place(), stage);
  await page.keyboard.press("Enter");
  await page.locator("aside").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("aside").waitFor({ state: "detached" });
  assertNoFaults();
});

test("no text of the map is covered by a line", async () => {
  await page.goto(`${daemon.origin}/flow`);
  await page.locator(".react-flow__edge path").first().waitFor({ state: "attached" });
  const covered = await page.evaluate(() => {
    const cards = [...document.querySelectorAll(".react-flow__node")].map((node) => node.getBoundingClientRect());
    const hits = [];
    for (const path of document.querySelectorAll(".react-flow__edge-path")) {
      const matrix = path.getScreenCTM();
      const length = path.getTotalLength();
      for (let at = 0; at <= length; at += 4) {
        const { x, y } = path.getPointAtLength(at).matrixTransform(matrix);
        const inside = (box) => x > box.left + 2 && x < box.right - 2 && y > box.top + 2 && y < box.bottom - 2;
        if (cards.some(inside)) hits.push(`${path.id} at ${Math.round(x)},${Math.round(y)}`);
      }
    }
    return hits;
  });
  assert.deepEqual(covered, []);
});

test("a draft is still there in a new window, says from when it is, and goes when it is discarded", async () => {
  await orders("state:editable");
  await page.locator("[data-rank='0'] a").click();
  await page.locator("main address").first().waitFor();
  const address = page.url();
  await page.keyboard.press("e");
  await page.getByLabel("Street and number").fill("1 Draft Lane");
  await page.getByText("1 change, not saved").waitFor();
  await page.close();

  page = await context.newPage();
  await page.goto(address);
  await page.getByText(/^Draft from \d\d:\d\d/).waitFor();
  assert.equal(await page.getByLabel("Street and number").inputValue(), "1 Draft Lane");
  await page.getByRole("button", { name: "Discard changes" }).click();
  await page.getByText(/^Draft from/).waitFor({ state: "detached" });
  assert.equal(
    await page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith("switchyard.draft."))),
    false,
  );
});

test("signing out ends the session: the API knows this browser no more", async () => {
  await page.keyboard.press("Control+k");
  await page.keyboard.type("sign out");
  await page.getByRole("option", { name: "Sign out" }).and(page.locator("[aria-selected=true]")).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("You are signed out").waitFor();
  assert.equal((await context.request.get(`${daemon.origin}/api/v1/orders`)).status(), 401);
});

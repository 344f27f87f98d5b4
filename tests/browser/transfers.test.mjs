/** Goods go from one warehouse to another: by keyboard from the announcement to the closed transfer, and stock follows. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openPage, PATIENCE_MS, signIn } from "./console.mjs";
import { startDaemon } from "./daemon.mjs";

const SENT = 5;

let daemon;
let browser;
let page;
let assertNoFaults;
before(async () => {
  daemon = await startDaemon(["--orders-per-minute", "1", "--speed", "20"]);
  browser = await launch();
  ({ page, assertNoFaults } = await openPage(browser, { reducedMotion: "reduce" }));
  await signIn(page, daemon.signIn);
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
});

async function api(path) {
  const answer = await page.context().request.get(`${daemon.origin}/api/v1${path}`);
  assert.equal(answer.status(), 200, path);
  return answer.json();
}

/** A level with units to spare, and another warehouse: as soon as the warehouses have reported. */
async function places() {
  for (const started = Date.now(); ; ) {
    const { items } = await api("/connections");
    const warehouses = items.flatMap((item) => item.warehouses);
    const levels = (await api("/stock?limit=500")).items;
    const spare = levels.find((row) => row.available >= 10 * SENT);
    const from = warehouses.find((place) => place.id === spare?.level.warehouse);
    const to = warehouses.find((place) => place.id !== from?.id);
    if (from !== undefined && to !== undefined) return { sku: spare.level.sku, from, to };
    assert.ok(Date.now() - started < PATIENCE_MS, "no warehouse has reported units to spare");
    await page.waitForTimeout(250);
  }
}

/** Presses a key, and decides in the dialog it opens; `fill` says what else is to be said there. */
async function decide(key, title, fill = async () => {}) {
  await page.keyboard.press(key);
  const dialog = page.getByRole("dialog", { name: title });
  await dialog.waitFor();
  await fill(dialog);
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor({ state: "detached" });
}

const state = (text) => page.locator("main section").getByText(text, { exact: true }).first().waitFor();

test("announced, accepted, departed, counted, put away, explained and closed", {
  timeout: 4 * PATIENCE_MS,
}, async () => {
  const { sku, from, to } = await places();
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await page.waitForURL("**/transfers");
  await page.getByText("No transfers here").waitFor();

  await decide("b", "Announce goods to a warehouse", async (dialog) => {
    for (const [field, name] of [
      ["From", from.name],
      ["To", to.name],
    ]) {
      await dialog.getByRole("combobox", { name: field, exact: true }).click();
      await page.getByRole("option", { name }).click();
      await page.getByRole("option").first().waitFor({ state: "detached" });
    }
    await dialog.getByLabel("Article").fill(sku);
    await dialog.getByLabel("Units").fill(String(SENT));
    await dialog.getByLabel("Note").fill("Pallet 17");
  });
  await state("Announced");
  const [transfer] = (await api("/transfers")).items;
  assert.equal(transfer.note, "Pallet 17");
  const { reference } = transfer;

  await decide("a", `Accept ${reference}`);
  await state("Accepted");
  await decide("d", `${reference} has departed`);
  await state("On its way");
  // Four of five come: three for the shelf, one to be looked at.
  await decide("e", `Count ${sku} in`, (dialog) => dialog.getByLabel("Units").fill("4"));
  await state("Partly received");
  await decide("s", `Put ${sku} away`, async (dialog) => {
    await dialog.getByLabel("On the shelf").fill("3");
    await dialog.getByLabel("Set aside").fill("1");
  });
  await decide("n", `Nothing more comes of ${reference}`);
  await state("Received");
  await page.getByText("1 missing").waitFor();
  assert.equal(await page.getByRole("button", { name: "Close" }).getAttribute("aria-disabled"), "true");
  await decide("m", `Explain a difference of ${sku}`, (dialog) =>
    dialog.getByRole("textbox", { name: "Reason" }).fill("Fell off the pallet"),
  );
  await page.getByText("Fell off the pallet").waitFor();
  await decide("c", `Close ${reference}`);
  await state("Closed");

  // Both levels lead to it, and say what it moved.
  for (const [warehouse, moved] of [
    [from, /−5 on the shelf/],
    [to, /\+4 on the shelf/],
  ]) {
    await page.goto(`${daemon.origin}/stock?at=${encodeURIComponent(`${warehouse.id}/${sku}`)}`);
    const rows = page.locator("aside li").filter({ has: page.getByRole("link", { name: "Transfer" }) });
    await rows.filter({ hasText: moved }).first().waitFor();
    await rows.first().getByRole("link", { name: "Transfer" }).click();
    await page.waitForURL(`**/transfers?**${transfer.id}**`);
    await page.getByRole("region", { name: reference, exact: true }).waitFor();
  }
  assertNoFaults();
});

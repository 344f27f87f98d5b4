import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openPage, PATIENCE_MS, signIn } from "./console.mjs";
import { startDaemon } from "./daemon.mjs";
import { atShop, atWarehouses, unitsBySku } from "./ledger.mjs";

/** The sandbox's shops give two minutes to edit; picking and shipping are shortened by the speed. */
const WINDOW_MS = 120_000;
const NEW_STREET = "221b Baker Street";

let daemon;
let browser;
before(async () => {
  daemon = await startDaemon(["--speed", "20", "--orders-per-minute", "3", "--limit", "6"]);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
});

test("an address edited in time is the one the warehouse gets, once, and the shop learns its tracking, once", {
  timeout: WINDOW_MS + 6 * PATIENCE_MS,
}, async () => {
  const { page, assertNoFaults } = await openPage(browser);
  await signIn(page, daemon.signIn);

  // From the list into the order, by keyboard alone.
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await page.waitForURL("**/orders");
  const grid = page.getByRole("grid", { name: "Orders" });
  const editable = grid.locator("[data-rank]").filter({ hasText: "Editable" });
  await editable.first().waitFor();
  await page.keyboard.press("j");
  await grid.locator("[data-rank][data-focused]").filter({ hasText: "Editable" }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/orders\/[^/?]+$/);
  const order = page.getByRole("main").locator("header");
  await order.getByRole("button", { name: "Edit order" }).and(page.locator(":enabled")).waitFor();
  const shown = (await order.locator("p").first().textContent()).trim();
  assert.match(shown, /^#/, "the screen shows the number as the shop writes it");
  const number = shown.slice(1);
  const { published } = await atShop(daemon.ledgers, number);
  assert.equal(published.length, 1, `${number} is one order of one shop`);
  const [original] = published;

  // The edit.
  await page.keyboard.press("e");
  const street = page.getByLabel("Street and number");
  assert.equal(await street.inputValue(), original.destination.line1);
  await street.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(NEW_STREET);
  await page.getByText("1 change, not saved").waitFor();
  await page.keyboard.press("Control+d");

  // The review names the old and the new street, and nothing else.
  const dialog = page.getByRole("dialog", { name: `Review changes of ${shown}` });
  const now = dialog.getByRole("region", { name: "Changes at once" });
  await now.waitFor();
  const rows = now.getByRole("row").filter({ has: page.getByRole("cell") });
  assert.equal(await rows.count(), 1);
  const row = await rows.textContent();
  for (const word of ["Street and number", original.destination.line1, NEW_STREET]) {
    assert.ok(row.includes(word), `the review shows “${word}” in “${row}”`);
  }
  await dialog.getByRole("textbox").fill("The customer moved");
  await page.keyboard.press("Control+s");
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("main").getByText(NEW_STREET).first().waitFor();
  const early = await atWarehouses(daemon.ledgers, number);
  assert.deepEqual(early.accepted, [], "no warehouse has it before the window ends");

  // The window ends by itself; the screen follows to the end without a reload.
  // “Shipped” in the header lasts only until the shop has answered; the warehouse's part keeps the word.
  await order.getByText("Closed", { exact: true }).waitFor({ timeout: WINDOW_MS + 3 * PATIENCE_MS });
  const parts = page.getByRole("region", { name: "Fulfillment orders" });
  await parts.getByText("Shipped", { exact: true }).first().waitFor();
  await parts.getByText("Confirmed", { exact: true }).first().waitFor();

  // What really happened, by the partners' own books.
  const warehouses = await atWarehouses(daemon.ledgers, number);
  const shop = await atShop(daemon.ledgers, number);
  const goods = original.lines.filter((line) => line.kind === "goods");
  assert.ok(warehouses.accepted.length > 0, "a warehouse took it");
  for (const order of warehouses.accepted) {
    assert.deepEqual(
      { line1: order.destination.line1, city: order.destination.city, postcode: order.destination.postcode },
      { line1: NEW_STREET, city: original.destination.city, postcode: original.destination.postcode },
    );
  }
  const references = warehouses.accepted.map((order) => order.reference);
  assert.equal(new Set(references).size, references.length, "one accepted order for each reference");
  assert.deepEqual(
    unitsBySku(warehouses.accepted.flatMap((order) => order.lines)),
    unitsBySku(goods),
    "the warehouses were asked for every unit once",
  );
  assert.deepEqual(warehouses.addressChanges, [], "it went out right the first time");
  assert.deepEqual(warehouses.cancellations, []);
  assert.deepEqual(warehouses.shipped.map((parcel) => parcel.reference).sort(), [...references].sort());

  const issued = warehouses.shipped.map((parcel) => parcel.tracking.number).sort();
  const told = shop.fulfillments.flatMap((done) => done.tracking.map((tracking) => tracking.number)).sort();
  assert.deepEqual(told, issued, "the shop knows each tracking code of the warehouses once");
  assert.deepEqual(unitsBySku(shop.fulfillments.flatMap((done) => done.lines)), unitsBySku(goods));
  for (const code of issued) await parts.getByText(code).waitFor();
  assertNoFaults();
});

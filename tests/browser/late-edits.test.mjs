/** Edits in time and too late: what they would come to is shown first, and what a warehouse answers is what holds. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openPage, PATIENCE_MS, signIn } from "./console.mjs";
import { startDaemon } from "./daemon.mjs";
import { atWarehouses, entries } from "./ledger.mjs";
import { controlOf } from "./sandbox.mjs";

const ORDERS = 12;
/** How long a silent warehouse is left alone: the next try to ask it is far away by then. */
const SILENCE_MS = 20_000;

let daemon;
let control;
let browser;
let page;
let context;
/** Orders nobody has touched yet: those of one warehouse, which tell one story each. */
let fresh;

before(async () => {
  daemon = await startDaemon(["--orders-per-minute", "120", "--limit", String(ORDERS)]);
  control = await controlOf(daemon);
  browser = await launch();
  ({ page, context } = await openPage(browser, { reducedMotion: "reduce" }));
  await signIn(page, daemon.signIn);
  const all = await until("all orders are planned", async () => {
    const { items } = await api(`/orders?limit=${ORDERS}&sort=received`);
    return items.length === ORDERS && items.every((order) => order.stage === "editable") ? items : undefined;
  });
  // Nobody picks until a test says so.
  await control.speed(0);
  fresh = all.filter((order) => order.warehouses.length === 1);
  assert.ok(fresh.length >= 6, `${fresh.length} orders are of one warehouse`);
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
});

async function api(path) {
  const answer = await context.request.get(`${daemon.origin}/api/v1${path}`);
  assert.equal(answer.status(), 200, path);
  return answer.json();
}

/** Does as the console would, in the name of whoever is signed in. */
async function post(path) {
  const status = await page.evaluate(async (address) => {
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    return (await fetch(address, { method: "POST", headers })).status;
  }, `/api/v1${path}`);
  assert.equal(status, 200, path);
}

/** Asks until there is an answer. */
async function until(what, ask) {
  for (let left = 2 * PATIENCE_MS; left > 0; left -= 250) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    await page.waitForTimeout(250);
  }
  throw new Error(`never: ${what}`);
}

const detail = (order) => api(`/orders/${order.id}`);
const section = (name) => page.getByRole("region", { name, exact: true });

async function show(order) {
  await page.goto(`${daemon.origin}/orders/${order.id}`);
  await page.locator("main address").first().waitFor();
}

/** Takes an order nobody has touched, ends its edit window by hand, and waits until its warehouse has confirmed it. */
async function handedOver() {
  const order = fresh.shift();
  await show(order);
  // On a slow machine its window may have ended by itself before its turn came.
  if ((await detail(order)).stage === "editable") {
    await page.keyboard.press("Shift+R");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("region", { name: "What it comes to" }).waitFor();
    await dialog.getByRole("button", { name: /^Send to / }).click();
    await dialog.waitFor({ state: "detached" });
  }
  await until("the warehouse confirms", async () =>
    (await detail(order)).fulfillments.every((part) => part.state === "accepted"),
  );
  await section("Split and warehouses").getByText("Accepted", { exact: true }).waitFor();
  return order;
}

/** Wishes another street and shows what that comes to. */
async function reviewStreet(street) {
  await page.keyboard.press("e");
  await page.getByLabel("Street and number").fill(street);
  await page.keyboard.press("Control+d");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("region", { name: "Part by part" }).waitFor();
  return dialog;
}

/** Asks the warehouse of an order that it has for another street. */
async function askForStreet(street) {
  const dialog = await reviewStreet(street);
  await dialog.getByText("Change request", { exact: true }).waitFor();
  await dialog.getByRole("region", { name: "Only if the warehouse agrees" }).getByText(street).waitFor();
  await dialog.getByRole("button", { name: /^Ask the warehouse/ }).click();
  await dialog.waitFor({ state: "detached" });
  await section("Asked of warehouses").waitFor();
}

const streetOnScreen = (street) => section("Ship to").locator("address").getByText(street);
const atFloor = (order) => atWarehouses(daemon.ledgers, order.number.replace("#", ""));

test("an edit in time shows fields, parts, plan and stock before it is made, and several are one change", async () => {
  const order = fresh.shift();
  await show(order);
  const { order: seen } = await detail(order);
  const goods = seen.lines.find((line) => line.kind === "goods");
  await page.keyboard.press("e");
  await page.getByLabel("Street and number").fill("1 Early Street");
  await page.getByRole("button", { name: `One unit of ${goods.sku} more` }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("Ring twice");
  await page.keyboard.press("Control+d");
  const dialog = page.getByRole("dialog");
  const now = dialog.getByRole("region", { name: "Changes at once" });
  await now.getByText("1 Early Street").waitFor();
  await now.getByText("Ring twice").waitFor();
  await dialog.getByRole("region", { name: "Part by part" }).getByText("At once").first().waitFor();
  const plan = dialog.getByRole("region", { name: "New plan" });
  await plan.getByRole("row", { name: new RegExp(goods.sku) }).waitFor();
  assert.deepEqual((await detail(order)).order.ship_to, seen.ship_to, "a preview changes nothing");

  await dialog.getByRole("textbox", { name: "Reason" }).fill("the customer called");
  await page.keyboard.press("Control+s");
  await dialog.waitFor({ state: "detached" });
  await streetOnScreen("1 Early Street").waitFor();
  await section("Timeline").getByText("Several changes at once").waitFor();
  const { order: saved } = await detail(order);
  assert.equal(saved.ship_to.line1, "1 Early Street");
  assert.equal(saved.note, "Ring twice");
  assert.equal(saved.lines.find((line) => line.id === goods.id).ordered, goods.ordered + 1);
});

test("a part is moved by arrow keys; the review says what that comes to", async () => {
  const order = fresh.shift();
  await show(order);
  const { fulfillments, plan } = await detail(order);
  const able = ([id, explained]) => explained.because === "level" && id !== fulfillments[0].warehouse;
  const other = Object.entries(plan.plan.explain).find(able);
  assert.ok(other !== undefined, "no other warehouse could ship it");
  await page.keyboard.press("w");
  const columns = page.locator("[data-warehouse]");
  const places = await columns.evaluateAll((all) => all.map((column) => column.dataset.warehouse));
  for (let steps = places.indexOf(other[0]); steps > 0; steps -= 1) await page.keyboard.press("ArrowRight");
  await page.getByText(/^Enter moves it to /).waitFor();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("region", { name: "New plan" }).waitFor();
  await dialog.getByRole("button", { name: /^Save changes/ }).click();
  await dialog.waitFor({ state: "detached" });
  await until("it is planned where it was sent", async () => {
    const live = (await detail(order)).fulfillments.filter((part) => part.state === "open");
    return live.length === 1 && live[0].warehouse === other[0];
  });
});

test("a late edit becomes a request; the warehouse agrees, and only then it holds", async () => {
  const order = await handedOver();
  const { order: before } = await detail(order);
  await askForStreet("2 Late Street");
  await section("Asked of warehouses").getByText("Agreed", { exact: true }).waitFor();
  await streetOnScreen("2 Late Street").waitFor();
  assert.notEqual(before.ship_to.line1, "2 Late Street");
  const { addressChanges } = await atFloor(order);
  assert.equal(addressChanges.length, 1, "the warehouse noted it once");
  assert.deepEqual((await detail(order)).order.attention ?? [], []);
});

test("a warehouse that is picking refuses: the address stays, and a person settles it from the attention list", async () => {
  const order = await handedOver();
  const { order: before } = await detail(order);
  const { accepted } = await atFloor(order);
  const picking = async () =>
    (await entries(daemon.ledgers, "warehouse")).some(
      (entry) => entry.event === "picking_started" && entry.reference === accepted[0].reference,
    );
  await control.speed(10);
  await until("picking has begun", picking);
  await control.speed(0);
  await askForStreet("3 Refused Street");
  await section("Asked of warehouses").getByText("Refused", { exact: true }).waitFor();
  const matters = page.getByRole("list", { name: "Waits for a person" });
  await matters.getByText(/^The warehouse refused to change /).waitFor();
  await matters.getByRole("button", { name: "Let it ship" }).waitFor();
  assert.equal((await detail(order)).order.ship_to.line1, before.ship_to.line1, "a no changes nothing");
  await streetOnScreen(before.ship_to.line1).waitFor();

  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.getByRole("link", { name: /^Attention: 1 order waits/ }).waitFor();
  const row = page.getByRole("group", { name: /^The warehouse refused to change / });
  await row.waitFor();
  const number =
    1 + (await row.getByRole("button").allTextContents()).slice(1).findIndex((text) => /^Let it ship/.test(text));
  await page.keyboard.press(String(number));
  const dialog = page.getByRole("dialog", { name: "Settle: Let it ship" });
  await dialog.getByRole("textbox", { name: "Reason" }).fill("the neighbors take it");
  await dialog.getByRole("button", { name: "Let it ship" }).press("Enter");
  await dialog.waitFor({ state: "detached" });
  await page.getByText("No order waits for a person").waitFor();
  assert.deepEqual((await detail(order)).order.attention ?? [], []);
});

test("silence is no yes: nothing changes, the deadline is on the screen, and the answer counts when it comes", async () => {
  const order = await handedOver();
  const { order: before } = await detail(order);
  await control.silent(true);
  await askForStreet("4 Silent Street");
  const asked = section("Asked of warehouses");
  await asked.getByText("Asked, no answer yet", { exact: true }).waitFor();
  await asked.getByText(/answer due by /).waitFor();
  await page.waitForTimeout(5_000);
  assert.equal((await detail(order)).order.ship_to.line1, before.ship_to.line1);
  await streetOnScreen(before.ship_to.line1).waitFor();
  await control.silent(false);
  await asked.getByText("Agreed", { exact: true }).waitFor({ timeout: 2 * PATIENCE_MS });
  await streetOnScreen("4 Silent Street").waitFor();
});

test("a parcel that is faster than the answer: the request is overtaken, and the screen says what is left", async () => {
  const order = await handedOver();
  const { order: before } = await detail(order);
  await control.silent(true);
  await askForStreet("5 Overtaken Street");
  await section("Asked of warehouses").getByText("Asked, no answer yet", { exact: true }).waitFor();
  // While its connection rests nobody asks the warehouse again; once it goes on, what left is read first.
  const warehouses = (await api("/connections")).items.filter((item) => item.connection.side === "warehouse");
  for (const { connection } of warehouses) await post(`/connections/${connection.id}/pause`);
  await page.waitForTimeout(SILENCE_MS);
  await control.silent(false);
  await control.speed(60);
  await until("the parcel has left", async () => (await atFloor(order)).shipped.length > 0);
  for (const { connection } of warehouses) await post(`/connections/${connection.id}/resume`);

  await section("Asked of warehouses").getByText("The parcel was faster", { exact: true }).waitFor();
  const matters = page.getByRole("list", { name: "Waits for a person" });
  await matters.getByText(/ left before the warehouse answered the request about it$/).waitFor();
  for (const way of ["Ask the carrier to intercept", "Announce a return", "Let it ship"]) {
    await matters.getByRole("button", { name: way }).waitFor();
  }
  await streetOnScreen(before.ship_to.line1).waitFor();
  assert.deepEqual((await atFloor(order)).addressChanges, [], "what left went to the old address");
});

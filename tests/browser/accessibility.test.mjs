import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { launch, openPage, PATIENCE_MS, signIn } from "./console.mjs";
import { startDaemon } from "./daemon.mjs";

const LOOKS = [
  { name: "light and English", colorScheme: "light", locale: "en-US", language: "en" },
  { name: "dark and German", colorScheme: "dark", locale: "de-DE", language: "de" },
];
const EDITABLE_ROW = "[data-rank]:has-text('Editable'), [data-rank]:has-text('Änderbar')";

let daemon;
let browser;
let page;
let assertNoFaults;
before(async () => {
  // Without end, so that there is an order to edit however long this takes.
  // Fast partners, so that something has left by the time it can come back; the speed is the shops' too, so few orders.
  daemon = await startDaemon(["--orders-per-minute", "3", "--speed", "20"]);
  browser = await launch();
  ({ page, assertNoFaults } = await openPage(browser, { reducedMotion: "reduce" }));
  await signIn(page, daemon.signIn);
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
});

/** Each brings its screen up and returns when there is something on it to judge. */
const SCREENS = {
  flow: async () => {
    await page.goto(`${daemon.origin}/flow`);
    await page.locator(".react-flow__node").first().waitFor();
  },
  "the orders behind a place of the flow": async () => {
    await SCREENS.flow();
    // A row with numbers, which is then the chosen one.
    await page.locator(".react-flow__node button").nth(1).click();
    await page.locator("aside").waitFor();
  },
  "flow as a table": async () => {
    await page.goto(`${daemon.origin}/flow`);
    await page.locator(".react-flow__node").first().waitFor();
    await page.keyboard.press("t");
    await page.getByRole("table").first().waitFor();
  },
  "orders with the order at a glance": async () => {
    await orders();
    await page.keyboard.press("j");
    await page.locator("[data-rank][data-focused]").waitFor();
    await page.keyboard.press("Space");
    await page.locator("aside address").waitFor();
  },
  "orders with a selection": async () => {
    await orders();
    await page.locator("[data-rank='2'] a").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Shift+ArrowDown");
    await page.locator("[aria-selected=true]").nth(1).waitFor();
  },
  "a hold for several orders": async () => {
    await SCREENS["orders with a selection"]();
    await page.keyboard.press("h");
    await page.locator("[role=dialog] form").waitFor();
  },
  "the result of a hold for several orders": async () => {
    await SCREENS["a hold for several orders"]();
    await page.locator("[role=dialog] button[type=submit]").click();
    await page.locator("[role=dialog] [role=status]").waitFor();
  },
  order: openOrder,
  "what a release would come to": async () => {
    await openOrder();
    await page.keyboard.press("Shift+R");
    await page.locator("[role=dialog] section").first().waitFor();
  },
  "order being edited": async () => {
    await openOrder();
    await page.keyboard.press("e");
    await page.locator("main input").first().waitFor();
  },
  "review of an edit": async () => {
    await openOrder();
    await page.keyboard.press("e");
    await page.locator("input[name='ship_to.name']").fill("Somebody Else");
    await page.keyboard.press("Control+d");
    await page.locator("[role=dialog] table").waitFor();
  },
  attention: async () => {
    await page.goto(`${daemon.origin}/attention`);
    await page.locator("main ul, main p").first().waitFor();
  },
  "stock with a level": async () => {
    await page.goto(`${daemon.origin}/stock`);
    await page.locator("[data-level] button").first().waitFor();
    await page.keyboard.press("j");
    await page.locator("aside dl").waitFor();
  },
  "stock being set aside": async () => {
    await SCREENS["stock with a level"]();
    await page.keyboard.press("s");
    await page.locator("[role=dialog] form table").waitFor();
  },
  "announcing a return": announceDialog,
  returns: async () => {
    await page.goto(`${daemon.origin}/returns`);
    await page.locator("main nav a").first().waitFor();
    if ((await page.locator("main li").count()) === 0) {
      await announceDialog();
      await page.locator("[role=dialog] footer button").last().click();
      await page.locator("[role=dialog]").waitFor({ state: "detached" });
      await page.goto(`${daemon.origin}/returns`);
    }
    await page.locator("main table").waitFor();
  },
  "announcing a transfer": async () => {
    await page.goto(`${daemon.origin}/transfers`);
    await page.locator("main nav a").first().waitFor();
    await page.keyboard.press("b");
    await page.locator("[role=dialog] fieldset").waitFor();
  },
  transfers: () => transfer("main table"),
  "a transfer being counted": async () => {
    await transfer("main table button");
    await page.keyboard.press("e");
    await page.locator("[role=dialog] textarea").waitFor();
  },
  connections: async () => {
    await page.goto(`${daemon.origin}/connections`);
    await page.locator("main article, main section").first().waitFor();
  },
  services: async () => {
    await page.goto(`${daemon.origin}/services`);
    await page.locator("main table, main li").first().waitFor();
  },
  "command palette": async () => {
    await orders();
    await page.keyboard.press("Control+k");
    await page.locator("[cmdk-item]").first().waitFor();
  },
  "shortcut sheet": async () => {
    await orders();
    await page.keyboard.press("?");
    await page.locator("[role=dialog] kbd").first().waitFor();
  },
};

async function orders() {
  await page.goto(`${daemon.origin}/orders`);
  await page.locator("[data-rank] a").first().waitFor();
}

async function openOrder() {
  await page.goto(`${daemon.origin}/orders`);
  await page.locator(EDITABLE_ROW).first().locator("a").click();
  await page.locator("main address").first().waitFor();
}

/** A transfer that the warehouse expects, from a supplier, as the screen shows it once `shown` is there. */
async function transfer(shown) {
  let [known] = (await api("/transfers?state=accepted")).items;
  if (known === undefined) {
    const [level] = (await api("/stock?limit=1")).items;
    const lines = [{ sku: level.level.sku, units: 12 }];
    const announced = await sent("/transfers", { to: level.level.warehouse, lines, note: "Lorry 17", reason: "" });
    known = await sent(`/transfers/${announced.id}/advance`, {
      revision: announced.revision,
      reason: "",
      to: "accepted",
    });
  }
  await page.goto(`${daemon.origin}/transfers?id=${known.id}`);
  await page.locator(shown).first().waitFor();
}

/** The dialog on an order that has just left: released by hand, because the shops give longer to edit than this suite waits. */
async function announceDialog() {
  const { items } = await api(`/orders?limit=50&q=${encodeURIComponent("state:editable")}`);
  const order = items.find((one) => one.warehouses.length === 1);
  assert.ok(order !== undefined, "no order of one warehouse can still be edited");
  await page.goto(`${daemon.origin}/orders/${order.id}`);
  await page.locator("main address").first().waitFor();
  await page.keyboard.press("Shift+R");
  await page.locator("[role=dialog] section").first().waitFor();
  await page.locator("[role=dialog] footer button").last().click();
  await page.locator("[role=dialog]").waitFor({ state: "detached" });
  for (const started = Date.now(); ; ) {
    const { stage } = await api(`/orders/${order.id}`);
    // Closed, not only shipped: the shop's confirmation would still change the order under the dialog.
    if (stage === "closed") break;
    assert.ok(Date.now() - started < 2 * PATIENCE_MS, `${order.number} is ${stage} and never closed`);
    await page.waitForTimeout(250);
  }
  await page.goto(`${daemon.origin}/orders/${order.id}`);
  await page.locator("main address").first().waitFor();
  await page.keyboard.press("b");
  await page.locator("[role=dialog] textarea").waitFor();
}

async function api(path) {
  const answer = await page.context().request.get(`${daemon.origin}/api/v1${path}`);
  assert.equal(answer.status(), 200, path);
  return answer.json();
}

/** Asks for a change the way the console does: with the session, from its own origin. */
async function sent(path, data) {
  const headers = { "Idempotency-Key": crypto.randomUUID(), origin: daemon.origin };
  const answer = await page.context().request.post(`${daemon.origin}/api/v1${path}`, { data, headers });
  assert.equal(answer.status(), 200, path);
  return answer.json();
}

/** Serious and critical findings, each as a sentence that says where. */
async function findings() {
  // A text that is still being faded in would be judged as too pale. What turns for ever is not waited for.
  await page.evaluate(() => {
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    return Promise.allSettled(ending.map((one) => one.finished));
  });
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter((violation) => violation.impact === "serious" || violation.impact === "critical")
    .flatMap((violation) =>
      violation.nodes.map((node) => `${violation.id} (${violation.impact}): ${node.html}\n${node.failureSummary}`),
    );
}

test("the check sees a fault that is there", { timeout: PATIENCE_MS }, async () => {
  await orders();
  await page.locator("main").evaluate((main) => {
    const nameless = document.createElement("button");
    const pale = document.createElement("p");
    pale.textContent = "Pale words";
    pale.style.cssText = "color: #ccc; background: #fff";
    main.append(nameless, pale);
  });
  const rules = (await findings()).map((finding) => finding.split(" ")[0]);
  assert.deepEqual([...new Set(rules)].sort(), ["button-name", "color-contrast"]);
});

for (const look of LOOKS) {
  test(`in ${look.name}`, { timeout: 10 * PATIENCE_MS }, async (context) => {
    await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: "reduce" });
    // The way the console itself remembers the choice of a person.
    await page.evaluate((language) => localStorage.setItem("PARAGLIDE_LOCALE", language), look.language);
    for (const [screen, open] of Object.entries(SCREENS)) {
      await context.test(`${screen} has no serious accessibility fault`, async () => {
        await open();
        assert.equal(await page.evaluate(() => document.documentElement.lang), look.language);
        assert.deepEqual(await findings(), []);
        assertNoFaults();
      });
    }
  });
}

/** The console in Debian's Chromium, or in the browser that CHROMIUM names. */
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

/** One slow machine, one busy build beside it: generous, because a state that comes ends the wait at once. */
export const PATIENCE_MS = 60_000;

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // Chromium's own sandbox needs rights that containers seldom give; only the daemon under test is visited.
    chromiumSandbox: false,
  });
}

/**
 * A page whose console errors and uncaught errors are collected in `faults`.
 * `settings` are Playwright's context options, such as `{ colorScheme: "dark", locale: "de-DE" }`.
 */
export async function openPage(browser, settings = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...settings });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (fault) => faults.push(`uncaught: ${fault.stack ?? fault.message}`));
  return { context, page, assertNoFaults: () => assert.deepEqual(faults, [], "the console logged errors") };
}

/** Opens the one-time link and waits for the flow screen. */
export async function signIn(page, link) {
  await page.goto(link);
  await page.waitForURL("**/flow");
  await page.locator("main").waitFor();
}

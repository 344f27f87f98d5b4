/** The README's pictures, of a real daemon on simulated partners: `npm run screenshots`. Not a test. */
import { execFile } from "node:child_process";
import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { launch, openPage, PATIENCE_MS, signIn } from "./console.mjs";
import { startDaemon } from "./daemon.mjs";

const FOLDER = fileURLToPath(new URL("../../docs/screenshots", import.meta.url));
/** From the first order in a two-minute edit window to the first parcel that left, with room. */
const ALIVE_MS = 180_000 + PATIENCE_MS;
const run = promisify(execFile);

async function picture(page, name) {
  const file = path.join(FOLDER, `${name}.png`);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: file });
  try {
    await run("pngquant", ["--force", "--skip-if-larger", "--quality=80-95", "--output", file, file]);
  } catch (fault) {
    // 98: larger than before; 99: the quality cannot be kept. Without pngquant the picture stays as it is.
    if (fault.code !== "ENOENT" && fault.code !== 98 && fault.code !== 99) throw fault;
  }
  process.stdout.write(`${name}.png: ${Math.round((await stat(file)).size / 1024)} KB\n`);
}

await mkdir(FOLDER, { recursive: true });
const daemon = await startDaemon(["--orders-per-minute", "20", "--speed", "2"]);
const browser = await launch();
try {
  const { page, assertNoFaults } = await openPage(browser, { colorScheme: "light" });
  await signIn(page, daemon.signIn);

  // The map is worth a picture once parcels leave the warehouses: a closed order is in the list.
  await page.goto(`${daemon.origin}/orders?q=state:closed`);
  await page.locator("[data-rank] a").nth(4).waitFor({ timeout: ALIVE_MS });
  await page.goto(`${daemon.origin}/flow`);
  await page.locator(".react-flow__node").first().waitFor();
  // The page draws parcels as events arrive; some are on their way after a few seconds of events.
  await page.waitForTimeout(6_000);
  await picture(page, "flow-light");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.waitForTimeout(1_000);
  await picture(page, "flow-dark");

  await page.goto(`${daemon.origin}/orders`);
  await page.locator("[data-rank] a").first().waitFor();
  await picture(page, "orders-dark");

  await page.emulateMedia({ colorScheme: "light" });
  await page.locator("[data-rank]:has-text('Editable') a").first().click();
  await page.locator("main address").first().waitFor();
  await page.keyboard.press("e");
  await page.getByLabel("Street and number").fill("12 Harbour Lane");
  await page.getByText("1 change, not saved").waitFor();
  await picture(page, "order-light");
  assertNoFaults();
} finally {
  await browser.close();
  await daemon.stop();
}

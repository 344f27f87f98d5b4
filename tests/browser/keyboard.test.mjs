import { after, before, beforeEach, test } from "node:test";
import { launch, openPage, signIn } from "./console.mjs";
import { startDaemon } from "./daemon.mjs";

let daemon;
let browser;
let page;
let assertNoFaults;
before(async () => {
  daemon = await startDaemon(["--orders-per-minute", "12"]);
  browser = await launch();
  ({ page, assertNoFaults } = await openPage(browser));
  await signIn(page, daemon.signIn);
});
beforeEach(async () => {
  await page.goto(`${daemon.origin}/flow`);
  await page.getByRole("link", { name: "Orders" }).waitFor();
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
});

test("Ctrl+K opens the palette with the keyboard in it, an action runs from there, Escape closes it", async () => {
  const palette = page.getByRole("dialog", { name: "Command palette" });
  await page.keyboard.press("Control+k");
  await palette.waitFor();
  await page.keyboard.type("services");
  await palette.getByRole("option", { name: "Go to services" }).and(page.locator("[aria-selected=true]")).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/services");
  await palette.waitFor({ state: "detached" });

  await page.keyboard.press("Control+k");
  await palette.waitFor();
  await page.keyboard.press("Escape");
  await palette.waitFor({ state: "detached" });
  assertNoFaults();
});

test("what is typed before the palette is there is not lost, and commands nothing", async () => {
  let release;
  const released = new Promise((resolve) => {
    release = resolve;
  });
  await page.route("**/assets/Palette-*.js", async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(`${daemon.origin}/orders`);
  await page.locator("[data-rank] a").first().waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("go to connectionss");
  await page.keyboard.press("Backspace");
  release();
  const palette = page.getByRole("dialog", { name: "Command palette" });
  await palette.getByRole("option", { name: "Go to connections" }).and(page.locator("[aria-selected=true]")).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/connections");
  await page.unroute("**/assets/Palette-*.js");
  assertNoFaults();
});

test("a question mark shows every shortcut", async () => {
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await sheet.waitFor();
  await sheet.getByText("Go to orders").waitFor();
  await sheet.getByText("Edit order").waitFor();
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  assertNoFaults();
});

test("G and a letter go to each screen", async () => {
  for (const [letter, screen] of [
    ["o", "orders"],
    ["i", "attention"],
    ["r", "returns"],
    ["t", "transfers"],
    ["s", "stock"],
    ["c", "connections"],
    ["v", "services"],
    ["f", "flow"],
  ]) {
    await page.keyboard.press("g");
    await page.keyboard.press(letter);
    await page.waitForURL(`**/${screen}`);
    await page.locator("main").waitFor();
  }
  assertNoFaults();
});

test("units are set aside by the keyboard alone, and the ledger says so", async () => {
  await page.goto(`${daemon.origin}/stock`);
  await page.locator("[data-level] button").first().waitFor();
  await page.keyboard.press("j");
  await page.locator("aside dl").waitFor();
  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog", { name: /^Set units aside: / });
  await dialog.getByRole("row", { name: /^Available / }).waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("2");
  await page.keyboard.press("Tab");
  await page.keyboard.type("a wet pallet");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  const newest = page.locator("aside ol li").first();
  await newest.getByText("+2 set aside (to be looked at)").waitFor();
  await newest.getByText("a wet pallet").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("aside").waitFor({ state: "detached" });
  assertNoFaults();
});

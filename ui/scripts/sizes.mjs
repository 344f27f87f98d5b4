// Prints what the first screen costs and fails when it is over the performance budget (gzip, KiB).
import { readdir, readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const budget = { initialScript: 330, lazyScript: 150, style: 40 };
const dist = new URL("../dist/", import.meta.url);

const html = await readFile(new URL("index.html", dist), "utf8");
const files = (await readdir(new URL("assets/", dist))).map((name) => `assets/${name}`);
const kib = async (path) => gzipSync(await readFile(new URL(path, dist)), { level: 9 }).length / 1024;

// The entry, what the page preloads for it, and nothing else.
const initial = files.filter((file) => file.endsWith(".js") && html.includes(file));
const lazy = files.filter((file) => file.endsWith(".js") && !html.includes(file));
const styles = files.filter((file) => file.endsWith(".css"));

const failures = [];
const line = (label, size, limit) => {
  console.log(`${label.padEnd(52)} ${size.toFixed(1).padStart(7)} KiB gz  (limit ${limit})`);
  if (size > limit) failures.push(label);
};

let total = 0;
for (const file of initial) total += await kib(file);
line("initial script", total, budget.initialScript);
for (const file of lazy) line(file, await kib(file), budget.lazyScript);
let style = 0;
for (const file of styles) style += await kib(file);
line("styles", style, budget.style);

if (failures.length > 0) {
  console.error(`Over budget: ${failures.join(", ")}`);
  process.exit(1);
}

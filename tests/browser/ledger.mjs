/** What the simulated partners wrote down: the only witness that does not trust Switchyard. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** All entries of all instances of one side (`shop` or `warehouse`), each with the `place` it comes from. */
export async function entries(folder, side) {
  const files = (await readdir(folder)).filter((name) => name.startsWith(`${side}-`) && name.endsWith(".jsonl"));
  const read = files.map(async (name) => {
    const text = await readFile(path.join(folder, name), "utf8");
    // The file grows while it is read: what follows the last line feed is not a line yet.
    const lines = text
      .slice(0, text.lastIndexOf("\n") + 1)
      .split("\n")
      .slice(0, -1);
    return lines.map((line) => ({ place: path.basename(name, ".jsonl"), ...JSON.parse(line) }));
  });
  return (await Promise.all(read)).flat();
}

/** Everything the shops know about the order of this number: its publication and its fulfillments. */
export async function atShop(folder, number) {
  const all = await entries(folder, "shop");
  const published = all.filter((entry) => entry.event === "order_published" && entry.number === number);
  const ids = new Set(published.map((entry) => entry.order_id));
  return {
    published,
    fulfillments: all.filter((entry) => entry.event === "fulfillment_recorded" && ids.has(entry.order_id)),
  };
}

/**
 * Everything the warehouses know about it: what they took, what they were told afterwards, what left.
 * They were given the number as people see it, with a hash sign; the shops' ledgers hold it without.
 */
export async function atWarehouses(folder, number) {
  const all = await entries(folder, "warehouse");
  const accepted = all.filter((entry) => entry.event === "order_accepted" && entry.order_number === `#${number}`);
  const references = new Set(accepted.map((entry) => entry.reference));
  const later = (event) => all.filter((entry) => entry.event === event && references.has(entry.reference));
  return {
    accepted,
    addressChanges: later("address_changed"),
    cancellations: later("order_cancelled"),
    shipped: later("shipped"),
  };
}

/** Units by article code, sorted: `[["MUG-SND", 2]]`. */
export function unitsBySku(lines) {
  const units = new Map();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return [...units].sort(([a], [b]) => (a < b ? -1 : 1));
}

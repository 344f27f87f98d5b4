// Adds messages to both languages and keeps the files sorted, so that two people seldom touch the same line.
//   node scripts/messages.mjs add <key> <English> <German> [<key> <English> <German> ...]
//   node scripts/messages.mjs remove <key> ...
//   node scripts/messages.mjs sort
import { readFile, writeFile } from "node:fs/promises";

const [verb, ...rest] = process.argv.slice(2);
const languages = ["en", "de"];

for (const [column, language] of languages.entries()) {
  const file = new URL(`../messages/${language}.json`, import.meta.url);
  const messages = JSON.parse(await readFile(file, "utf8"));
  if (verb === "add") {
    if (rest.length % 3 !== 0) throw new Error("add needs triples: key, English, German");
    for (let index = 0; index < rest.length; index += 3) messages[rest[index]] = rest[index + 1 + column];
  } else if (verb === "remove") {
    for (const key of rest) delete messages[key];
  } else if (verb !== "sort") {
    throw new Error("usage: add | remove | sort");
  }
  const sorted = Object.fromEntries(Object.entries(messages).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(file, `${JSON.stringify(sorted, null, 2)}\n`);
}

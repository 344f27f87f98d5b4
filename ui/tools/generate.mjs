// Writes ../src/api/schema.ts from the committed API document; `--check` fails when the file is stale.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const source = new URL("../../openapi/switchyard.json", import.meta.url);
const target = new URL("../src/api/schema.ts", import.meta.url);

const banner = "// GENERATED from openapi/switchyard.json by `npm run gen:api`. Do not edit.\n\n";
const fresh = banner + astToString(await openapiTS(source, { alphabetize: true }));

if (process.argv.includes("--check")) {
  const committed = await readFile(target, "utf8");
  if (committed !== fresh) {
    console.error(`${fileURLToPath(target)} is stale: run \`npm run gen:api\` and commit it.`);
    process.exit(1);
  }
} else {
  await writeFile(target, fresh);
}

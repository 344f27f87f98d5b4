import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const tools = path.resolve(import.meta.dirname, "../../tools");

it("the API types are generated from the committed document", (context) => {
  if (!existsSync(path.join(tools, "node_modules"))) {
    // CI installs both packages; at a desk only the first may be there.
    expect(process.env.CI, "run `npm ci` in ui/tools").toBeUndefined();
    context.skip("ui/tools is not installed");
  }
  execFileSync(process.execPath, ["generate.mjs", "--check"], { cwd: tools, stdio: "pipe" });
}, 60_000);

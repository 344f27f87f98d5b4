/** One daemon with simulated shops and warehouses, in a data folder of its own that is removed at the end. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const CHECKOUT = fileURLToPath(new URL("../..", import.meta.url));
/** SWITCHYARDD names another build of the daemon. */
const PROGRAM =
  process.env.SWITCHYARDD ?? path.resolve(CHECKOUT, process.env.CARGO_TARGET_DIR ?? "target", "debug", "switchyardd");
const START_MS = 60_000;
/** What `serve` prints once, for people: the link that signs a browser in. */
const SIGN_IN = /^Sign in .*: (http:\/\/\S+)$/;

/**
 * Starts `switchyardd serve --sandbox` on a free port and waits until it has printed its sign-in link.
 * `options` are further arguments, such as `["--speed", "20"]`.
 */
export async function startDaemon(options) {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is missing; build it: cargo build --workspace --bins`);
  const data = await mkdtemp(path.join(tmpdir(), "switchyard-browser-"));
  const child = spawn(PROGRAM, ["serve", "--sandbox", "--data", data, "--listen", "127.0.0.1:0", ...options], {
    cwd: CHECKOUT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  // The last resort, for a run that ends before stop().
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    log += text;
  });
  const signIn = await new Promise((resolve, reject) => {
    const give = (why) => reject(new Error(`the daemon ${why}\n${log}`));
    const timer = setTimeout(() => {
      kill();
      give("printed no sign-in link in time");
    }, START_MS);
    child.once("error", (fault) => give(`cannot be run: ${fault.message}`));
    child.once("exit", (code) => give(`ended at its start with ${code}`));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const link = SIGN_IN.exec(line)?.[1];
      if (link === undefined) return;
      clearTimeout(timer);
      resolve(link);
    });
  });
  return {
    /** Works once. */
    signIn,
    origin: new URL(signIn).origin,
    /** The partners' ledgers: what really arrived at shops and warehouses. */
    ledgers: path.join(data, "sandbox", "partners", "ledger"),
    /** Ends the daemon as an operator would, and fails when it does not end well. */
    async stop() {
      if (child.exitCode === null) child.kill("SIGTERM");
      const [code] = await ended;
      process.off("exit", kill);
      await rm(data, { recursive: true, force: true });
      if (code !== 0) throw new Error(`the daemon ended with ${code}\n${log}`);
    },
  };
}

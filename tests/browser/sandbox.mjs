/** The sandbox's own switches: how fast its clock goes, and whether its warehouses answer. Switchyard knows none of them. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** Warehouses of the demo, as the control endpoint calls them. */
const WAREHOUSES = ["warehouse-1", "warehouse-2", "warehouse-3"];

/** The control endpoint of the sandbox behind a daemon. */
export async function controlOf(daemon) {
  const manifest = path.join(path.dirname(daemon.ledgers), "sandbox.json");
  const { control_url: url, control_token: token } = JSON.parse(await readFile(manifest, "utf8"));
  const put = async (place, body) => {
    const answer = await fetch(`${url}/_sandbox/${place}`, {
      method: "PUT",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, `${place}: ${answer.status} ${await answer.text()}`);
  };
  return {
    /** Simulated seconds in a real one; at 0 nobody picks and nothing leaves. */
    speed: (speed) => put("speed", { speed }),
    /** Whether the warehouses' systems answer nothing but errors. Their floors work on either way. */
    silent: (silent) => Promise.all(WAREHOUSES.map((name) => put(`faults/${name}`, { fail_before: silent ? 1 : 0 }))),
  };
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findLength } from "./edge";
import { type Load, RowWindows, WINDOW_ROWS, type WindowRequest } from "./windows";

interface Row {
  id: string;
  text: string;
}

const CAP = 10_000;

/** A server with `count` rows that counts to 10,000. */
function server(count: number) {
  const requests: WindowRequest[] = [];
  const load: Load<Row> = async (request) => {
    requests.push(request);
    const start = request.after === undefined ? (request.offset ?? 0) : Number(request.after);
    const end = Math.min(count, start + request.limit);
    const items = [];
    for (let rank = start; rank < end; rank += 1) items.push({ id: `o${rank}`, text: `row ${rank}` });
    return {
      items,
      next: end < count ? String(end) : null,
      total: { value: Math.min(count, CAP), capped: count > CAP },
    };
  };
  return { load, requests };
}

const settle = () => new Promise((done) => setTimeout(done));

describe("row windows", () => {
  it("read sequentially by mark and jump by offset", async () => {
    const { load, requests } = server(1000);
    const windows = new RowWindows(load, (row) => row.id);
    windows.want(0, 40, 0);
    await settle();
    windows.want(190, 230, 0);
    await settle();
    windows.want(800, 840, 0);
    await settle();
    expect(requests).toEqual([
      { limit: WINDOW_ROWS },
      { after: "200", limit: WINDOW_ROWS },
      { offset: 800, limit: WINDOW_ROWS },
    ]);
    expect(windows.at(210)?.text).toBe("row 210");
    expect(windows.at(839)?.text).toBe("row 839");
    expect(windows.at(500)).toBeUndefined();
  });

  it("prefetch one window in the direction of travel and never the same one twice", async () => {
    const { load, requests } = server(1000);
    const windows = new RowWindows(load, (row) => row.id);
    windows.want(0, 40, 1);
    await settle();
    windows.want(0, 40, 1);
    windows.want(5, 45, 1);
    await settle();
    expect(requests).toEqual([{ limit: WINDOW_ROWS }, { after: "200", limit: WINDOW_ROWS }]);
  });

  it("keep the 15 last used and forget the others", async () => {
    const { load } = server(10_000);
    const windows = new RowWindows(load, (row) => row.id);
    for (let index = 0; index < 20; index += 1) {
      windows.want(index * WINDOW_ROWS, index * WINDOW_ROWS + 10, 0);
      await settle();
    }
    expect(windows.at(0)).toBeUndefined();
    expect(windows.at(4 * WINDOW_ROWS)).toBeUndefined();
    expect(windows.at(5 * WINDOW_ROWS)).toBeDefined();
    expect(windows.at(19 * WINDOW_ROWS)).toBeDefined();
  });

  it("abandon what was asked for on the way when the thumb has moved on", async () => {
    const aborted: number[] = [];
    const load: Load<Row> = (request, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => {
          aborted.push(request.offset ?? 0);
          reject(signal.reason);
        });
      });
    const windows = new RowWindows(load, (row) => row.id);
    windows.want(4000, 4040, 0);
    windows.want(8000, 8040, 0);
    await settle();
    expect(aborted).toEqual([4000]);
    expect(windows.fault).toBeUndefined();
  });

  it("patch a row in its place", async () => {
    const { load } = server(300);
    const windows = new RowWindows(load, (row) => row.id);
    windows.want(0, 40, 0);
    await settle();
    const before = windows.version();
    windows.patch([{ id: "o7", text: "held" }]);
    expect(windows.at(7)?.text).toBe("held");
    expect(windows.at(6)?.text).toBe("row 6");
    expect(windows.version()).toBeGreaterThan(before);
  });

  it("show a failure and load again after retry", async () => {
    let fail = true;
    const { load } = server(10);
    const windows = new RowWindows<Row>(
      (request, signal) => (fail ? Promise.reject(new Error("offline")) : load(request, signal)),
      (row) => row.id,
    );
    windows.want(0, 10, 0);
    await settle();
    expect(windows.fault).toBeInstanceOf(Error);
    fail = false;
    windows.retry();
    windows.want(0, 10, 0);
    await settle();
    expect(windows.fault).toBeUndefined();
    expect(windows.length).toEqual({ rows: 10, open: false });
  });

  it("know the length exactly below the cap and as a lower bound above it", async () => {
    for (const [count, length] of [
      [0, { rows: 0, open: false }],
      [1, { rows: 1, open: false }],
      [200, { rows: 200, open: false }],
      [9_999, { rows: 9_999, open: false }],
      [25_000, { rows: 10_000, open: true }],
    ] as const) {
      const windows = new RowWindows(server(count).load, (row) => row.id);
      windows.want(0, 40, 0);
      await settle();
      expect(windows.length).toEqual(length);
    }
  });
});

describe("the length of a list beyond the cap", () => {
  it("is found exactly, in few reads", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: CAP, max: 3_000_000 }), async (count) => {
        const { load, requests } = server(count);
        expect(await findLength(load, CAP, new AbortController().signal)).toEqual({ rows: count, open: false });
        expect(requests.length).toBeLessThan(32);
      }),
      { numRuns: 60 },
    );
  });

  it("stays a lower bound when the list is longer than anybody scrolls", async () => {
    const { load } = server(90_000);
    const found = await findLength(load, CAP, new AbortController().signal, 50_000);
    expect(found.open).toBe(true);
    expect(found.rows).toBeLessThanOrEqual(90_000);
  });
});

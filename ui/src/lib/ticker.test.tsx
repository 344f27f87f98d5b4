import { act, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { onTick, serverNow, setServerNow, useTick } from "./ticker";

beforeEach(() => vi.useFakeTimers({ now: Date.parse("2026-11-22T12:00:00Z") }));
afterEach(() => vi.useRealTimers());

it("any number of listeners share one timer, and none is left when they are gone", () => {
  const stops = [onTick(() => {}), onTick(() => {}), onTick(() => {})];
  expect(vi.getTimerCount()).toBe(1);
  for (const stop of stops) stop();
  expect(vi.getTimerCount()).toBe(0);
});

it("a component renders again only when its text changes", () => {
  let renders = 0;
  const until = serverNow() + 10 * 60_000;
  function Minutes() {
    renders += 1;
    return <p>{useTick((now) => Math.ceil((until - now) / 60_000))}</p>;
  }
  const { container } = render(<Minutes />);
  const first = renders;
  act(() => void vi.advanceTimersByTime(30_000));
  expect(container.textContent).toBe("10");
  expect(renders).toBe(first);
  act(() => void vi.advanceTimersByTime(31_000));
  expect(container.textContent).toBe("9");
  expect(renders).toBe(first + 1);
});

it("knows the server's time from the quickest answer, and every tick is at the change of its second", () => {
  const here = Date.now();
  setServerNow(here + 5_250, 0);
  expect(serverNow() - Date.now()).toBe(5_250);
  // A slow answer that agrees as far as it can changes nothing; one that cannot be right any more does.
  setServerNow(here + 5_000, 600);
  expect(serverNow() - Date.now()).toBe(5_250);
  const ticks: number[] = [];
  const stop = onTick(() => ticks.push(serverNow() % 1_000));
  vi.advanceTimersByTime(3_500);
  stop();
  expect(ticks).toEqual([0, 0, 0]);
  setServerNow(Date.now() + 60_000, 600);
  expect(serverNow() - Date.now()).toBe(60_300);
  setServerNow(Date.now(), 0);
});

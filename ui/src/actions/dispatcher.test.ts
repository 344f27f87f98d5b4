import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ActionDispatcher } from "./dispatcher";

let dispatcher: ActionDispatcher;

beforeEach(() => {
  dispatcher = new ActionDispatcher();
  window.addEventListener("keydown", dispatcher.onKeyDown, { capture: true });
});

afterEach(() => {
  window.removeEventListener("keydown", dispatcher.onKeyDown, { capture: true });
  document.body.innerHTML = "";
});

function type(key: string, init: KeyboardEventInit = {}, target: Element = document.body): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
}

it("G then F goes to the flow map, and the keys do nothing else", () => {
  const go = vi.fn();
  dispatcher.bind({ "go.flow": go });
  expect(type("g").defaultPrevented).toBe(false);
  expect(type("f").defaultPrevented).toBe(true);
  expect(go).toHaveBeenCalledOnce();
});

it("a sequence broken by another key does not fire, and that key keeps its own meaning", () => {
  const go = vi.fn();
  const sheet = vi.fn();
  dispatcher.bind({ "go.flow": go, "shortcuts.open": sheet });
  type("g");
  type("?", { shiftKey: true });
  type("f");
  expect(go).not.toHaveBeenCalled();
  expect(sheet).toHaveBeenCalledOnce();
});

it("letters are dead in text fields, the palette is not", () => {
  const go = vi.fn();
  const palette = vi.fn();
  dispatcher.bind({ "go.flow": go, "palette.open": palette });
  document.body.innerHTML = "<input>";
  const field = document.querySelector("input") as HTMLInputElement;
  type("g", {}, field);
  type("f", {}, field);
  type("k", { ctrlKey: true }, field);
  expect(go).not.toHaveBeenCalled();
  expect(palette).toHaveBeenCalledOnce();
});

it("letters are dead in dialogs and menus", () => {
  const add = vi.fn();
  dispatcher.bind({ "connection.add": add });
  document.body.innerHTML = "<div role='dialog'><button>x</button></div>";
  type("c", {}, document.querySelector("button") as HTMLButtonElement);
  expect(add).not.toHaveBeenCalled();
});

it("an input method's keys are nobody's command", () => {
  const add = vi.fn();
  dispatcher.bind({ "connection.add": add });
  type("c", { isComposing: true });
  expect(add).not.toHaveBeenCalled();
});

it("an action without a handler does not exist", () => {
  const unbind = dispatcher.bind({ "connection.add": vi.fn() });
  expect(dispatcher.available("connection.add")).toBe(true);
  unbind();
  expect(dispatcher.available("connection.add")).toBe(false);
  expect(type("c").defaultPrevented).toBe(false);
  expect(dispatcher.run("connection.add")).toBe(false);
});

it("the newest handler wins, and the older one is back when it goes", () => {
  const [older, newer] = [vi.fn(), vi.fn()];
  dispatcher.bind({ "connection.add": older });
  const unbind = dispatcher.bind({ "connection.add": newer });
  type("c");
  unbind();
  type("c");
  expect(newer).toHaveBeenCalledOnce();
  expect(older).toHaveBeenCalledOnce();
});

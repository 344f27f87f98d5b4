import { beforeEach, expect, it, vi } from "vitest";
import { newDraft } from "./draft";
import { draftCount, dropAllDrafts, dropForgottenDrafts, keepDraft, storedDraft } from "./draftStore";
import { orderFixture } from "./fixtures";

const DAY = 24 * 60 * 60 * 1_000;
const stored = { draft: newDraft(orderFixture()), at: 100 * DAY };

beforeEach(() => localStorage.clear());

it("a draft is kept for each order and read back as it was", () => {
  keepDraft("ord_1", stored);
  keepDraft("ord_2", { ...stored, at: stored.at + 1 });
  expect(storedDraft("ord_1")).toEqual(stored);
  expect(storedDraft("ord_2")?.at).toBe(stored.at + 1);
  expect(storedDraft("ord_3")).toBeUndefined();
  expect(draftCount()).toBe(2);
  dropAllDrafts();
  expect(draftCount()).toBe(0);
});

it("a draft nobody came back for is forgotten, and one that cannot be read too; other settings stay", () => {
  localStorage.setItem("switchyard.theme", "dark");
  localStorage.setItem("switchyard.draft.ord_9", "{");
  keepDraft("ord_1", stored);
  keepDraft("ord_2", { ...stored, at: stored.at + 10 * DAY });
  dropForgottenDrafts(stored.at + 15 * DAY);
  expect(storedDraft("ord_1")).toBeUndefined();
  expect(storedDraft("ord_2")).toBeDefined();
  expect(localStorage.getItem("switchyard.draft.ord_9")).toBeNull();
  expect(localStorage.getItem("switchyard.theme")).toBe("dark");
});

it("a full storage is no failure: the draft lives as long as the window", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  expect(keepDraft("ord_1", stored)).toBe(false);
});

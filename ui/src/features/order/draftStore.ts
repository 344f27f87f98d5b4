/**
 * Where drafts wait: in this browser's own storage, one per order, so that a restart of the window loses none. They hold
 * people's addresses; so they go when they are saved or discarded, with a sign-out, and when nobody came back for them.
 */
import { type Draft, isDraft } from "./draft";

const PREFIX = "switchyard.draft.";
/** A draft nobody came back for, in milliseconds. */
const FORGOTTEN_AFTER_MS = 14 * 24 * 60 * 60 * 1_000;

export interface StoredDraft {
  readonly draft: Draft;
  /** When it was last changed, in milliseconds since 1970. */
  readonly at: number;
}

function keys(): string[] {
  return Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? "").filter((key) =>
    key.startsWith(PREFIX),
  );
}

function parsed(text: string | null): StoredDraft | undefined {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" &&
      value !== null &&
      "draft" in value &&
      "at" in value &&
      typeof value.at === "number" &&
      isDraft(value.draft)
      ? { draft: value.draft, at: value.at }
      : undefined;
  } catch {
    // Text of another version or a cut-off write: an unreadable draft is no draft.
    return undefined;
  }
}

/** The draft of an order, if one waits. */
export function storedDraft(order: string): StoredDraft | undefined {
  return parsed(localStorage.getItem(PREFIX + order));
}

/** Keeps the draft; says whether there was room for it. */
export function keepDraft(order: string, stored: StoredDraft): boolean {
  try {
    localStorage.setItem(PREFIX + order, JSON.stringify(stored));
    return true;
  } catch {
    // The browser's storage is full or forbidden: the draft lives as long as this window.
    return false;
  }
}

export function dropDraft(order: string): void {
  localStorage.removeItem(PREFIX + order);
}

/** How many drafts wait. */
export function draftCount(): number {
  return keys().length;
}

export function dropAllDrafts(): void {
  for (const key of keys()) localStorage.removeItem(key);
}

/** Drops what nobody came back for, and what cannot be read any more. */
export function dropForgottenDrafts(now: number): void {
  for (const key of keys()) {
    const stored = parsed(localStorage.getItem(key));
    if (stored === undefined || now - stored.at > FORGOTTEN_AFTER_MS) localStorage.removeItem(key);
  }
}

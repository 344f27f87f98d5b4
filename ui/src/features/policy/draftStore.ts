/** Where drafts of policies wait: in this browser's own storage, so that a restart of the window loses none. */

const PREFIX = "switchyard.policy-draft.";
/** Raised whenever a form changes its shape: a draft of another shape is no draft. */
const SHAPE = 1;

export interface StoredPolicyDraft<Wire, Form> {
  /** Version it was begun from. */
  readonly base: number;
  /** What that version said. */
  readonly from: Wire;
  readonly form: Form;
  /** When it was last changed, in milliseconds since 1970. */
  readonly at: number;
}

function keys(): string[] {
  return Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? "").filter((key) =>
    key.startsWith(PREFIX),
  );
}

export function storedPolicyDraft<Wire, Form>(name: string): StoredPolicyDraft<Wire, Form> | undefined {
  const text = localStorage.getItem(PREFIX + name);
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "shape" in value && value.shape === SHAPE
      ? (value as unknown as StoredPolicyDraft<Wire, Form>)
      : undefined;
  } catch {
    // Text of another version: an unreadable draft is no draft.
    return undefined;
  }
}

/** Keeps the draft; says whether there was room for it. */
export function keepPolicyDraft<Wire, Form>(name: string, draft: StoredPolicyDraft<Wire, Form>): boolean {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify({ shape: SHAPE, ...draft }));
    return true;
  } catch {
    // The browser's storage is full or forbidden: the draft lives as long as this window.
    return false;
  }
}

export function dropPolicyDraft(name: string): void {
  localStorage.removeItem(PREFIX + name);
}

/** How many drafts wait. */
export function policyDraftCount(): number {
  return keys().length;
}

export function dropAllPolicyDrafts(): void {
  for (const key of keys()) localStorage.removeItem(key);
}

import { useCallback, useState } from "react";
import type { Order } from "@/api/types";
import { changesOf, type Draft, newDraft } from "./draft";
import { dropDraft, keepDraft, type StoredDraft, storedDraft } from "./draftStore";

/** The draft of one order; it survives a restart of the window, and nothing of it is stored once it is gone. */
export interface DraftState {
  /** `undefined` while nobody edits. */
  readonly draft: Draft | undefined;
  /** When it was last changed, in milliseconds since 1970; `undefined` while it has not been. */
  readonly changedAt: number | undefined;
  /** Whether the order has another revision than the one it was begun on. */
  readonly outdated: boolean;
  readonly begin: (order: Order) => void;
  readonly change: (draft: Draft) => void;
  readonly discard: () => void;
}

interface Held {
  readonly id: string;
  readonly stored: StoredDraft | undefined;
}

export function useDraft(id: string, revision: number): DraftState {
  const [held, setHeld] = useState<Held>(() => ({ id, stored: storedDraft(id) }));
  // Another order on the same page has a draft of its own.
  const current = held.id === id ? held : { id, stored: storedDraft(id) };
  if (current !== held) setHeld(current);

  const change = useCallback(
    (draft: Draft) => {
      const stored = { draft, at: Date.now() };
      if (changesOf(draft).length === 0 && draft.reason === "") dropDraft(id);
      else keepDraft(id, stored);
      setHeld({ id, stored });
    },
    [id],
  );
  const begin = useCallback(
    (order: Order) => setHeld({ id, stored: { draft: newDraft(order), at: Date.now() } }),
    [id],
  );
  const discard = useCallback(() => {
    dropDraft(id);
    setHeld({ id, stored: undefined });
  }, [id]);
  const { stored } = current;
  const changed = stored !== undefined && changesOf(stored.draft).length > 0;
  return {
    draft: stored?.draft,
    changedAt: changed ? stored.at : undefined,
    outdated: changed && stored.draft.base.revision !== revision,
    begin,
    change,
    discard,
  };
}

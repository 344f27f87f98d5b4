import { useCallback, useState } from "react";
import type { Order } from "@/api/types";
import { changesOf, type Draft, newDraft, parseDraft } from "./draft";

const keyOf = (id: string) => `switchyard.draft.${id}`;

/** The draft of one order; it survives a reload of this window, and nothing of it is stored once it is gone. */
export interface DraftState {
  /** `undefined` while nobody edits. */
  readonly draft: Draft | undefined;
  readonly begin: (order: Order) => void;
  readonly change: (draft: Draft) => void;
  readonly discard: () => void;
}

export function useDraft(id: string): DraftState {
  const [held, setHeld] = useState(() => ({ id, draft: parseDraft(sessionStorage.getItem(keyOf(id))) }));
  // Another order on the same page has a draft of its own.
  const current = held.id === id ? held : { id, draft: parseDraft(sessionStorage.getItem(keyOf(id))) };
  if (current !== held) setHeld(current);

  const change = useCallback(
    (draft: Draft) => {
      if (changesOf(draft).length === 0 && draft.reason === "") sessionStorage.removeItem(keyOf(id));
      else sessionStorage.setItem(keyOf(id), JSON.stringify(draft));
      setHeld({ id, draft });
    },
    [id],
  );
  const begin = useCallback((order: Order) => setHeld({ id, draft: newDraft(order) }), [id]);
  const discard = useCallback(() => {
    sessionStorage.removeItem(keyOf(id));
    setHeld({ id, draft: undefined });
  }, [id]);
  return { draft: current.draft, begin, change, discard };
}

import { useCallback, useEffect, useState } from "react";
import type { Draft } from "./draft";

/** Puts the keyboard into a field by its name, as soon as it is there: a field may come with the draft. */
export function useFieldFocus(draft: Draft | undefined): (name: string) => void {
  const [wanted, setWanted] = useState<{ readonly name: string } | undefined>(undefined);
  useEffect(() => {
    if (wanted === undefined || draft === undefined) return;
    const [field] = document.getElementsByName(wanted.name);
    field?.focus();
    setWanted(undefined);
  }, [wanted, draft]);
  return useCallback((name: string) => setWanted({ name }), []);
}

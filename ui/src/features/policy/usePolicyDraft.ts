import { useCallback, useMemo, useState } from "react";
import { dropPolicyDraft, keepPolicyDraft, type StoredPolicyDraft, storedPolicyDraft } from "./draftStore";

/** A kind of policy: how what is stored becomes what a person edits, and back. */
export interface PolicyKind<Wire, Form> {
  readonly formOf: (wire: Wire) => Form;
  /** What cannot be read as a number becomes `null`, so that it never looks unchanged. */
  readonly wireOf: (form: Form) => Wire;
}

export interface PolicyDraft<Wire, Form> {
  /** What a person sees: the draft, or what holds. */
  readonly form: Form;
  readonly changed: boolean;
  /** When the draft was last changed, in milliseconds since 1970; undefined while there is none. */
  readonly changedAt: number | undefined;
  /** Version it was begun from. */
  readonly base: number;
  /** What that version said. */
  readonly from: Wire;
  /** Whether somebody wrote a version since the draft was begun. */
  readonly outdated: boolean;
  readonly change: (form: Form) => void;
  readonly discard: () => void;
  /** Keeps the draft and puts it on top of the version that holds now. */
  readonly rebase: () => void;
}

interface Held<Wire, Form> {
  readonly name: string;
  readonly stored: StoredPolicyDraft<Wire, Form> | undefined;
}

/** The same content, whatever the order of its names and however an absent part is written. */
export function saysTheSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left, inOrder) === JSON.stringify(right, inOrder);
}

function inOrder(_key: string, value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}

/** The draft of one policy; it survives a restart of the window, and nothing of it is stored once it is gone. */
export function usePolicyDraft<Wire, Form>(
  name: string,
  kind: PolicyKind<Wire, Form>,
  current: { readonly version: number; readonly value: Wire },
): PolicyDraft<Wire, Form> {
  const { formOf, wireOf } = kind;
  const [held, setHeld] = useState<Held<Wire, Form>>(() => ({ name, stored: storedPolicyDraft(name) }));
  // Another policy in the same place has a draft of its own.
  const shown = held.name === name ? held : { name, stored: storedPolicyDraft<Wire, Form>(name) };
  if (shown !== held) setHeld(shown);

  const unchanged = useMemo(() => formOf(current.value), [formOf, current.value]);
  const changed = useMemo(
    () => shown.stored !== undefined && !saysTheSame(wireOf(shown.stored.form), wireOf(formOf(shown.stored.from))),
    [shown.stored, wireOf, formOf],
  );
  // A draft that was undone stays as it was typed, until there is something newer to show.
  const stored = changed || shown.stored?.base === current.version ? shown.stored : undefined;
  const base = stored?.base ?? current.version;
  const from = stored?.from ?? current.value;
  const form = stored?.form ?? unchanged;

  const keep = useCallback(
    (next: StoredPolicyDraft<Wire, Form>) => {
      if (saysTheSame(wireOf(next.form), wireOf(formOf(next.from)))) dropPolicyDraft(name);
      else keepPolicyDraft(name, next);
      setHeld({ name, stored: next });
    },
    [name, wireOf, formOf],
  );
  const change = useCallback((next: Form) => keep({ base, from, form: next, at: Date.now() }), [keep, base, from]);
  const rebase = useCallback(
    () => keep({ base: current.version, from: current.value, form, at: Date.now() }),
    [keep, current.version, current.value, form],
  );
  const discard = useCallback(() => {
    dropPolicyDraft(name);
    setHeld({ name, stored: undefined });
  }, [name]);

  return {
    form,
    changed,
    changedAt: changed ? stored?.at : undefined,
    base,
    from,
    outdated: changed && base !== current.version,
    change,
    discard,
    rebase,
  };
}

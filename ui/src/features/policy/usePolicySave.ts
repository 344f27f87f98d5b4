import { useState } from "react";
import { useToaster } from "@/components/Toast";
import { isStale } from "@/features/policy/SaveDialog";
import type { PolicyDraft } from "@/features/policy/usePolicyDraft";
import { m } from "@/paraglide/messages.js";

export interface PolicySave {
  readonly dialog: "save" | "stale" | null;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly begin: () => void;
  readonly showTheirs: () => void;
  readonly commit: (reason: string) => Promise<void>;
  readonly keep: () => void;
  readonly takeTheirs: () => void;
  readonly discard: () => void;
  readonly close: () => void;
}

interface Steps {
  readonly send: (reason: string) => Promise<unknown>;
  readonly reread: () => Promise<unknown>;
  readonly saved: () => string;
  /** The draft is gone or replaced as a whole. */
  readonly onReplaced?: () => void;
}

/** The way from a draft to a version: a reason, the request, and what to do when somebody was faster. */
export function usePolicySave<Wire, Form>(draft: PolicyDraft<Wire, Form>, steps: Steps): PolicySave {
  const toaster = useToaster();
  const [dialog, setDialog] = useState<PolicySave["dialog"]>(null);
  const [request, setRequest] = useState<{ busy: boolean; error: Error | null }>({ busy: false, error: null });
  const open = (next: PolicySave["dialog"]) => {
    setRequest({ busy: false, error: null });
    setDialog(next);
  };
  const discard = () => {
    const before = draft.form;
    draft.discard();
    steps.onReplaced?.();
    toaster.done(m.policy_discarded(), () => {
      draft.change(before);
      steps.onReplaced?.();
    });
  };
  return {
    dialog,
    ...request,
    begin: () => open(draft.outdated ? "stale" : "save"),
    showTheirs: () => open("stale"),
    commit: async (reason) => {
      setRequest({ busy: true, error: null });
      try {
        await steps.send(reason);
        draft.discard();
        steps.onReplaced?.();
        open(null);
        toaster.done(steps.saved());
      } catch (error) {
        if (isStale(error)) {
          await steps.reread();
          open("stale");
        } else {
          setRequest({ busy: false, error: error instanceof Error ? error : new Error(String(error)) });
        }
      }
    },
    keep: () => {
      draft.rebase();
      open("save");
    },
    takeTheirs: () => {
      open(null);
      discard();
    },
    discard,
    close: () => setDialog(null),
  };
}

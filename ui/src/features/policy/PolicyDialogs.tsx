import type { PolicyVersion } from "@/api/types";
import { differencesOf, type Part } from "./differences";
import { SaveDialog, StaleDialog } from "./SaveDialog";
import type { PolicySave } from "./usePolicySave";

interface Properties {
  readonly save: PolicySave;
  readonly title: string;
  readonly current: PolicyVersion;
  /** What the draft was begun from. */
  readonly from: readonly Part[];
  /** What holds now. */
  readonly holding: readonly Part[];
  readonly yours: readonly Part[];
}

/** The dialogs on the way from a draft to a version. */
export function PolicyDialogs({ save, title, current, from, holding, yours }: Properties) {
  if (save.dialog === "save") {
    return (
      <SaveDialog
        title={title}
        differences={differencesOf(from, yours)}
        busy={save.busy}
        error={save.error}
        onSave={(reason) => void save.commit(reason)}
        onClose={save.close}
      />
    );
  }
  if (save.dialog === "stale") {
    return (
      <StaleDialog
        current={current}
        theirs={differencesOf(from, holding)}
        yours={differencesOf(holding, yours)}
        onKeep={save.keep}
        onTakeTheirs={save.takeTheirs}
        onClose={save.close}
      />
    );
  }
  return null;
}

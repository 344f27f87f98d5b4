import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { policyKeys } from "@/api/policies";
import type { PolicyVersion } from "@/api/types";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { ErrorBanner } from "@/components/Problem";
import { Skeleton } from "@/components/Skeleton";
import { Block } from "@/features/order/Block";
import type { Names } from "@/features/orders/names";
import { DifferenceList } from "@/features/policy/DifferenceList";
import { differencesOf } from "@/features/policy/differences";
import { VersionLine } from "@/features/policy/VersionList";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import type { Board } from "./board";
import type { RuleForm } from "./ruleForm";

interface Properties<Wire, Form extends RuleForm> {
  readonly board: Board<Wire, Form>;
  readonly version: PolicyVersion;
  /** The rules that hold now. */
  readonly holding: readonly Wire[];
  /** Reads the rules of a version. */
  readonly read: (version: number) => Promise<readonly Wire[]>;
  readonly names: Names;
  /** Puts the rules into the editor; undefined for who may not write. */
  readonly onUse: ((rules: readonly Wire[]) => void) | undefined;
  readonly onClose: () => void;
}

/** An earlier version of the rules, as it was written, and what became of it since. */
export function VersionDialog<Wire, Form extends RuleForm>(properties: Properties<Wire, Form>) {
  const { board, version, holding, read, names, onUse, onClose } = properties;
  const number = integer(version.version);
  const title = board.words.title();
  const close = useRef<HTMLButtonElement>(null);
  const { data, error } = useQuery({
    queryKey: policyKeys.rulesVersion(title, version.version),
    queryFn: () => read(version.version),
    meta: { tags: [] },
    // A version is never written again.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const forms = data === undefined ? [] : board.kind.formOf(data);
  const partsOf = (some: readonly Form[]) => some.map((form) => board.part(form, names));
  const since = differencesOf(partsOf(forms), partsOf(board.kind.formOf(holding)));
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="large"
      title={m.policy_version_dialog({ title, number })}
      description={m.policy_version_description()}
      initialFocus={close}
      actions={
        <>
          <Button ref={close} onClick={onClose}>
            {m.close()}
          </Button>
          {onUse !== undefined && (
            <Button
              variant="primary"
              disabled={data === undefined}
              onClick={() => {
                if (data !== undefined) onUse(data);
              }}
            >
              {m.policy_version_as_draft()}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-16">
        <p className="flex flex-wrap items-baseline gap-x-12 text-sm">
          <VersionLine version={version} />
        </p>
        {error !== null && <ErrorBanner error={error} />}
        {data === undefined && error === null && <Skeleton className="h-120" />}
        {data !== undefined && (
          <>
            {forms.length === 0 ? (
              <p className="text-sm text-fg-2">{m.policy_version_empty()}</p>
            ) : (
              <ol
                aria-label={m.policy_version_rules({ number })}
                className="flex flex-col divide-y divide-border rounded-6 border border-border"
              >
                {forms.map((form) => {
                  const { when, does, note } = board.row(form, names);
                  return (
                    <li key={form.key} className="flex flex-col gap-2 px-12 py-8 text-sm">
                      <span className="flex flex-wrap items-center gap-8">
                        <span className="font-mono font-medium wrap-anywhere">{form.id}</span>
                        {form.enabled ? null : (
                          <span className="rounded-pill border border-border px-6 text-xs text-fg-2">
                            {m.rules_disabled()}
                          </span>
                        )}
                      </span>
                      <span className="text-xs wrap-anywhere text-fg-2">{when}</span>
                      <span className="text-xs wrap-anywhere">→ {does}</span>
                      {note === "" ? null : <span className="text-xs wrap-anywhere text-fg-2">{note}</span>}
                    </li>
                  );
                })}
              </ol>
            )}
            <Block title={m.policy_version_since()}>
              <DifferenceList differences={since} label={m.policy_version_since()} />
            </Block>
          </>
        )}
      </div>
    </Dialog>
  );
}

/** Builds a condition: groups in groups, each part with the fields of its kind. */
import { Plus, X } from "lucide-react";
import { useRef } from "react";
import { Button, IconButton } from "@/components/Button";
import { Select } from "@/components/Select";
import { type Fault, ownFaultText } from "@/features/policy/faults";
import { m } from "@/paraglide/messages.js";
import { ConditionFields } from "./ConditionFields";
import { CONDITION_KINDS, type ConditionForm, isGroup, newCondition, ofKind, partPath } from "./condition";
import { CONDITION_WORDS } from "./words";

interface Properties {
  readonly form: ConditionForm;
  readonly onForm: (form: ConditionForm) => void;
  /** Where it stands, in the server's words. */
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly readOnly: boolean;
  readonly onRemove?: () => void;
}

const kinds = () => CONDITION_KINDS.map((value) => ({ value, label: CONDITION_WORDS[value]() }));

export function ConditionEditor({ form, onForm, path, faults, readOnly, onRemove }: Properties) {
  const body = useRef<HTMLDivElement>(null);
  const { kind } = form;
  /** The keyboard goes on where the new part begins. */
  const focusPart = (index: number) =>
    requestAnimationFrame(() => {
      const parts = body.current?.querySelectorAll<HTMLElement>(":scope > [data-part]");
      parts?.[index]?.querySelector<HTMLElement>("button")?.focus();
    });
  return (
    <div data-part className="flex min-w-0 flex-col gap-8 rounded-6 border border-border bg-surface p-8">
      <div className="flex items-center gap-8">
        <div className="min-w-0 flex-1">
          <Select
            label={m.rules_condition_kind()}
            value={kind}
            disabled={readOnly}
            onValueChange={(next) => onForm(ofKind(form, next))}
            options={kinds()}
          />
        </div>
        {onRemove === undefined || readOnly ? null : (
          <IconButton icon={X} label={m.rules_condition_remove()} onClick={onRemove} />
        )}
      </div>
      {isGroup(kind) ? (
        <div ref={body} className="ml-4 flex flex-col gap-8 border-l-2 border-border-strong pl-8">
          {form.parts.map((part, index) => (
            <ConditionEditor
              key={part.key}
              form={part}
              onForm={(next) => onForm({ ...form, parts: form.parts.with(index, next) })}
              path={partPath(path, kind, index)}
              faults={faults}
              readOnly={readOnly}
              onRemove={() => {
                onForm({ ...form, parts: form.parts.filter((other) => other.key !== part.key) });
                focusPart(Math.max(0, index - 1));
              }}
            />
          ))}
          {ownFaultText(faults, path, `${path}.${kind}`) === undefined ? null : (
            <p className="text-xs text-danger-text">{ownFaultText(faults, path, `${path}.${kind}`)}</p>
          )}
          {readOnly || (kind === "not" && form.parts.length > 0) ? null : (
            <span>
              <Button
                size="small"
                icon={Plus}
                onClick={() => {
                  onForm({ ...form, parts: [...form.parts, newCondition()] });
                  focusPart(form.parts.length);
                }}
              >
                {m.rules_condition_add()}
              </Button>
            </span>
          )}
        </div>
      ) : (
        <ConditionFields form={form} onForm={onForm} path={path} faults={faults} readOnly={readOnly} />
      )}
    </div>
  );
}

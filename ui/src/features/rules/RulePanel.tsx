import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { IconButton } from "@/components/Button";
import { TextField } from "@/components/Field";
import { SwitchField } from "@/components/SwitchField";
import { type Fault, faultText, within } from "@/features/policy/faults";
import { m } from "@/paraglide/messages.js";
import { ConditionEditor } from "./ConditionEditor";
import { FindingList } from "./FindingList";
import { idTyped, type RuleForm } from "./ruleForm";

interface Properties {
  readonly rule: RuleForm;
  readonly onRule: (change: Partial<RuleForm>) => void;
  /** Such as `rules[2]`. */
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly findings: readonly Fault[];
  readonly readOnly: boolean;
  readonly onClose: () => void;
  /** What the rule does. */
  readonly children: ReactNode;
}

/** One rule beside its list. */
export function RulePanel({ rule, onRule, path, faults, findings, readOnly, onClose, children }: Properties) {
  const panel = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another rule is another reason to begin at the top
  useEffect(() => {
    panel.current?.querySelector<HTMLElement>("input")?.focus();
  }, [rule.key]);
  return (
    <aside
      ref={panel}
      aria-label={m.rules_panel({ rule: rule.id })}
      onKeyDown={(event) => {
        // Menus and lists hang elsewhere in the page; their Escape is their own.
        if (event.key === "Escape" && panel.current?.contains(event.target as Node) && !event.defaultPrevented) {
          event.preventDefault();
          onClose();
        }
      }}
      className="flex min-w-0 flex-col rounded-6 border border-border bg-surface lg:sticky lg:top-16 lg:row-span-2 lg:max-h-[calc(100dvh-216px)] max-lg:[&_:is(input,button,textarea)]:scroll-mb-120"
    >
      <header className="flex h-44 shrink-0 items-center gap-8 border-b border-border pr-8 pl-16">
        <h2 className="min-w-0 flex-1 truncate font-mono text-md text-fg">{rule.id === "" ? "–" : rule.id}</h2>
        <IconButton icon={X} label={m.close()} binding="Escape" onClick={onClose} />
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-16 overflow-y-auto p-16">
        <TextField
          mono
          label={m.rules_field_id()}
          help={m.rules_field_id_help()}
          name="id"
          error={faultText(faults, `${path}.id`)}
          value={rule.id}
          onValueChange={(text) => onRule({ id: idTyped(text) })}
          maxLength={64}
          readOnly={readOnly}
          autoComplete="off"
          spellCheck={false}
        />
        <SwitchField
          label={m.rules_enabled()}
          checked={rule.enabled}
          disabled={readOnly}
          onCheckedChange={(enabled) => onRule({ enabled })}
        />
        <section aria-label={m.rules_when()} className="flex flex-col gap-8">
          <h3 className="text-xs font-medium text-fg-2">{m.rules_when()}</h3>
          <FindingList findings={within(findings, `${path}.when`)} />
          <ConditionEditor
            form={rule.when}
            onForm={(when) => onRule({ when })}
            path={`${path}.when`}
            faults={faults}
            readOnly={readOnly}
          />
        </section>
        {children}
      </div>
    </aside>
  );
}

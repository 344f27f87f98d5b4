import { Plus } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/components/Button";
import { TextAreaField } from "@/components/Field";
import { type Fault, ownFaultText, within } from "@/features/policy/faults";
import { m } from "@/paraglide/messages.js";
import { EffectEditor } from "./EffectEditor";
import { newEffect } from "./effect";
import { FindingList } from "./FindingList";
import type { PanelProperties } from "./RuleBoard";
import { RulePanel } from "./RulePanel";
import type { RoutingForm } from "./routing";

/** A routing rule: which orders, and what the router is asked about them. */
export function RoutingPanel(properties: PanelProperties<RoutingForm> & { readonly findings: readonly Fault[] }) {
  const { rule, onRule, path, faults, findings, readOnly, onClose } = properties;
  const list = useRef<HTMLElement>(null);
  const { effects } = rule;
  const focusEffect = (index: number) =>
    requestAnimationFrame(() => {
      const parts = list.current?.querySelectorAll<HTMLElement>("[data-part]");
      parts?.[index]?.querySelector<HTMLElement>("button")?.focus();
    });
  const missing = ownFaultText(faults, `${path}.then`);
  return (
    <RulePanel
      rule={rule}
      onRule={(change) => onRule({ ...rule, ...change })}
      path={path}
      faults={faults}
      findings={findings}
      readOnly={readOnly}
      onClose={onClose}
    >
      <section ref={list} aria-label={m.rules_then()} className="flex flex-col gap-8">
        <h3 className="text-xs font-medium text-fg-2">{m.rules_then()}</h3>
        {effects.map((effect, index) => (
          <div key={effect.key} className="flex flex-col gap-4">
            <FindingList findings={within(findings, `${path}.then[${index}]`)} />
            <EffectEditor
              form={effect}
              onForm={(next) => onRule({ ...rule, effects: effects.with(index, next) })}
              path={`${path}.then[${index}]`}
              faults={faults}
              readOnly={readOnly}
              onRemove={
                effects.length < 2
                  ? undefined
                  : () => {
                      onRule({ ...rule, effects: effects.filter((other) => other !== effect) });
                      focusEffect(Math.max(0, index - 1));
                    }
              }
            />
          </div>
        ))}
        {missing === undefined ? null : <p className="text-xs text-danger-text">{missing}</p>}
        {readOnly ? null : (
          <span>
            <Button
              size="small"
              icon={Plus}
              onClick={() => {
                onRule({ ...rule, effects: [...effects, newEffect()] });
                focusEffect(effects.length);
              }}
            >
              {m.rules_effect_add()}
            </Button>
          </span>
        )}
      </section>
      <TextAreaField
        label={`${m.order_hold_note()} ${m.field_optional()}`}
        help={m.rules_note_help()}
        rows={2}
        value={rule.note}
        onValueChange={(note) => (readOnly ? undefined : onRule({ ...rule, note }))}
      />
    </RulePanel>
  );
}

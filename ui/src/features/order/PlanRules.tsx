import type { StoredPlan } from "@/api/types";
import { classes } from "@/lib/classes";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { Block } from "./Block";
import type { PlanNames } from "./planWords";
import { effectWords, findingWords, noteWords } from "./ruleWords";

interface Properties {
  readonly stored: StoredPlan;
  readonly words: PlanNames;
}

/** Which routing rules fit the order and what each did, then those that did not and why. */
export function PlanRules({ stored, words }: Properties) {
  const rules = stored.rules ?? [];
  const version = stored.rules_version ?? 0;
  if (version === 0 && rules.length === 0) return <p className="text-xs text-fg-2">{m.order_rules_none()}</p>;
  const matched = rules.filter((rule) => rule.matched);
  const others = rules.filter((rule) => !rule.matched);
  return (
    <Block title={m.order_rules_title({ version: integer(version) })}>
      {matched.length === 0 && <p className="text-fg-2">{m.order_rules_no_match()}</p>}
      <ul className="flex flex-col gap-6">
        {matched.map((rule) => (
          <li key={rule.rule}>
            <p>
              <span className="font-medium">{rule.rule}</span>{" "}
              <span className="text-xs text-fg-2">{findingWords(rule.because.join("; "))}</span>
            </p>
            <ul className="mt-2 flex flex-col gap-2 pl-12 text-xs">
              {rule.effects.map((effect) => (
                <li key={effect.what} className={classes(!effect.in_force && "text-fg-2")}>
                  {effect.in_force
                    ? effectWords(effect.what, words)
                    : m.order_rule_not_in_force({ what: effectWords(effect.what, words) })}
                  {effect.note && <span className="text-fg-2"> ({noteWords(effect.note, words)})</span>}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <details className="text-xs text-fg-2">
          <summary>{m.order_rules_others({ count: integer(others.length), rows: others.length })}</summary>
          <ul className="mt-4 flex flex-col gap-2 pl-12">
            {others.map((rule) => (
              <li key={rule.rule}>
                <span className="font-medium">{rule.rule}</span> {findingWords(rule.because.join("; "))}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Block>
  );
}

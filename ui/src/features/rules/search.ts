export const RULE_TABS = ["routing", "holds", "dry-run", "calendars"] as const;
export type RuleTab = (typeof RULE_TABS)[number];

/** What the address of the rules says. */
export interface RulesSearch {
  readonly tab?: RuleTab;
  /** Id of a rule to open. */
  readonly rule?: string;
  /** Whose dry run: of routing rules unless it says holds. */
  readonly kind?: "holds";
}

/** Reads the address; parts that make no sense are left out. */
export function rulesSearch(raw: Record<string, unknown>): RulesSearch {
  const tab = RULE_TABS.find((one) => one === raw.tab);
  return {
    ...(tab === undefined || tab === "routing" ? {} : { tab }),
    ...(typeof raw.rule === "string" && raw.rule !== "" ? { rule: raw.rule } : {}),
    ...(raw.kind === "holds" ? { kind: "holds" as const } : {}),
  };
}

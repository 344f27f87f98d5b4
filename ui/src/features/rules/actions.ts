import { ArrowDown, ArrowUp, Braces, Copy, ListPlus, Play, Save, ToggleLeft, Trash2 } from "lucide-react";
import type { ActionDefinition } from "@/actions/definition";
import { m } from "@/paraglide/messages.js";

export const ruleActions = [
  { id: "rule.add", title: m.rules_add, group: "rule", icon: ListPlus, keys: ["n"], scope: "rules" },
  { id: "rule.move_up", title: m.rules_up, group: "rule", icon: ArrowUp, keys: ["Alt+ArrowUp"], scope: "rules" },
  {
    id: "rule.move_down",
    title: m.rules_down,
    group: "rule",
    icon: ArrowDown,
    keys: ["Alt+ArrowDown"],
    scope: "rules",
  },
  { id: "rule.toggle", title: m.rules_toggle, group: "rule", icon: ToggleLeft, keys: ["t"], scope: "rules" },
  { id: "rule.duplicate", title: m.rules_duplicate, group: "rule", icon: Copy, keys: ["d"], scope: "rules" },
  { id: "rule.delete", title: m.rules_delete, group: "rule", icon: Trash2, keys: ["Delete"], scope: "rules" },
  { id: "rule.json", title: m.rules_json_toggle, group: "rule", icon: Braces, keys: ["j"], scope: "rules" },
  { id: "rule.try", title: m.rules_try, group: "rule", icon: Play, keys: ["r"], scope: "rules" },
  { id: "rule.save", title: m.policy_save, group: "rule", icon: Save, keys: ["Mod+s"], scope: "rules" },
] as const satisfies readonly ActionDefinition[];

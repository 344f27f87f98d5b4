import { ArrowDown, ArrowUp, CornerDownLeft, ListChecks, ListTree, RefreshCw } from "lucide-react";
import type { ActionDefinition } from "@/actions/definition";
import { m } from "@/paraglide/messages.js";

const way = { group: "order", icon: ListChecks, scope: "attention" } as const;

export const attentionActions = [
  {
    id: "attention.next",
    title: m.attention_action_next,
    group: "view",
    icon: ArrowDown,
    keys: ["j", "ArrowDown"],
    scope: "attention",
  },
  {
    id: "attention.previous",
    title: m.attention_action_previous,
    group: "view",
    icon: ArrowUp,
    keys: ["k", "ArrowUp"],
    scope: "attention",
  },
  {
    id: "attention.open",
    title: m.attention_action_open,
    group: "order",
    icon: CornerDownLeft,
    keys: ["o"],
    scope: "attention",
  },
  { id: "attention.way_1", title: m.attention_action_way_1, keys: ["1"], ...way },
  { id: "attention.way_2", title: m.attention_action_way_2, keys: ["2"], ...way },
  { id: "attention.way_3", title: m.attention_action_way_3, keys: ["3"], ...way },
  { id: "attention.way_4", title: m.attention_action_way_4, keys: ["4"], ...way },
  { id: "attention.way_5", title: m.attention_action_way_5, keys: ["5"], ...way },
  {
    id: "attention.details",
    title: m.attention_action_details,
    group: "view",
    icon: ListTree,
    keys: ["d"],
    scope: "attention",
  },
  {
    id: "attention.refresh",
    title: m.attention_action_refresh,
    group: "view",
    icon: RefreshCw,
    keys: ["r"],
    scope: "attention",
  },
] as const satisfies readonly ActionDefinition[];

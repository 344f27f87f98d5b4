import { Gauge, Pause, Table2, X } from "lucide-react";
import type { ActionDefinition } from "@/actions/definition";
import { m } from "@/paraglide/messages.js";

export const flowActions = [
  { id: "flow.table", title: m.flow_action_table, group: "view", icon: Table2, keys: ["t"], scope: "flow" },
  { id: "flow.measure", title: m.flow_action_measure, group: "view", icon: Gauge, keys: ["m"], scope: "flow" },
  { id: "flow.motion", title: m.flow_action_motion, group: "view", icon: Pause, keys: ["p"], scope: "flow" },
  { id: "flow.close", title: m.flow_action_close, group: "view", icon: X, keys: ["Escape"], scope: "flow" },
] as const satisfies readonly ActionDefinition[];

import {
  Activity,
  Boxes,
  Command,
  Inbox,
  Keyboard,
  Languages,
  LogOut,
  Package,
  PanelLeft,
  Plug,
  Route,
  SunMoon,
  Undo2,
  Workflow,
} from "lucide-react";
import type { ActionDefinition } from "@/actions/definition";
import { m } from "@/paraglide/messages.js";

export const frameActions = [
  { id: "go.flow", title: m.action_go_flow, group: "go", icon: Workflow, keys: ["g f"], scope: "global" },
  { id: "go.orders", title: m.action_go_orders, group: "go", icon: Package, keys: ["g o"], scope: "global" },
  { id: "go.attention", title: m.action_go_attention, group: "go", icon: Inbox, keys: ["g i"], scope: "global" },
  { id: "go.returns", title: m.action_go_returns, group: "go", icon: Undo2, keys: ["g r"], scope: "global" },
  { id: "go.stock", title: m.action_go_stock, group: "go", icon: Boxes, keys: ["g s"], scope: "global" },
  { id: "go.rules", title: m.action_go_rules, group: "go", icon: Route, keys: ["g u"], scope: "global" },
  { id: "go.connections", title: m.action_go_connections, group: "go", icon: Plug, keys: ["g c"], scope: "global" },
  { id: "go.services", title: m.action_go_services, group: "go", icon: Activity, keys: ["g v"], scope: "global" },
  { id: "palette.open", title: m.action_palette, group: "help", icon: Command, keys: ["Mod+k"], scope: "global" },
  { id: "shortcuts.open", title: m.action_shortcuts, group: "help", icon: Keyboard, keys: ["?"], scope: "global" },
  {
    id: "rail.toggle",
    title: m.action_rail,
    group: "view",
    icon: PanelLeft,
    keys: ["[", "Mod+ArrowLeft"],
    scope: "global",
  },
  { id: "theme.next", title: m.action_theme, group: "view", icon: SunMoon, keys: [], scope: "global" },
  { id: "session.end", title: m.signout, group: "go", icon: LogOut, keys: [], scope: "global" },
  { id: "language.next", title: m.action_language, group: "view", icon: Languages, keys: [], scope: "global" },
] as const satisfies readonly ActionDefinition[];

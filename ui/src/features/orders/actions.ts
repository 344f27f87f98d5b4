import { ArrowDown, ArrowUp, ClipboardCopy, RefreshCw, Search } from "lucide-react";
import type { ActionDefinition } from "@/actions/definition";
import { m } from "@/paraglide/messages.js";

export const ordersActions = [
  {
    id: "orders.search",
    title: m.orders_action_search,
    group: "view",
    icon: Search,
    keys: ["/", "Mod+f"],
    scope: "grid",
  },
  { id: "orders.next", title: m.orders_action_next, group: "view", icon: ArrowDown, keys: ["j"], scope: "grid" },
  { id: "orders.previous", title: m.orders_action_previous, group: "view", icon: ArrowUp, keys: ["k"], scope: "grid" },
  { id: "orders.refresh", title: m.orders_action_refresh, group: "view", icon: RefreshCw, keys: ["r"], scope: "grid" },
  { id: "orders.copy", title: m.orders_action_copy, group: "view", icon: ClipboardCopy, keys: ["y"], scope: "grid" },
] as const satisfies readonly ActionDefinition[];

import { ArrowDown, ArrowUp, CornerDownLeft, PackageCheck, RefreshCw, Undo2, UserCheck, Warehouse } from "lucide-react";
import type { ActionDefinition } from "@/actions/definition";
import { m } from "@/paraglide/messages.js";

export const returnsActions = [
  {
    id: "returns.next",
    title: m.returns_action_next,
    group: "view",
    icon: ArrowDown,
    keys: ["j", "ArrowDown"],
    scope: "returns",
  },
  {
    id: "returns.previous",
    title: m.returns_action_previous,
    group: "view",
    icon: ArrowUp,
    keys: ["k", "ArrowUp"],
    scope: "returns",
  },
  {
    id: "returns.open_order",
    title: m.returns_action_order,
    group: "order",
    icon: CornerDownLeft,
    keys: ["o"],
    scope: "returns",
  },
  {
    id: "returns.receive",
    title: m.returns_receive,
    group: "order",
    icon: PackageCheck,
    keys: ["e"],
    scope: "returns",
  },
  {
    id: "returns.stock",
    title: m.returns_action_stock,
    group: "order",
    icon: Warehouse,
    keys: ["s"],
    scope: "returns",
  },
  {
    id: "returns.customer",
    title: m.returns_action_customer,
    group: "order",
    icon: UserCheck,
    keys: ["m"],
    scope: "returns",
  },
  { id: "returns.cancel", title: m.returns_cancel, group: "order", icon: Undo2, keys: ["x"], scope: "returns" },
  {
    id: "returns.refresh",
    title: m.attention_action_refresh,
    group: "view",
    icon: RefreshCw,
    keys: ["r"],
    scope: "returns",
  },
] as const satisfies readonly ActionDefinition[];

import { Ban, Braces, ClipboardCopy, FileDiff, Pause, Pencil, Play, Save, Send, Undo2 } from "lucide-react";
import type { ActionDefinition } from "@/actions/definition";
import { m } from "@/paraglide/messages.js";

export const orderActions = [
  { id: "order.edit", title: m.order_action_edit, group: "order", icon: Pencil, keys: ["e"], scope: "order" },
  { id: "order.hold", title: m.order_action_hold, group: "order", icon: Pause, keys: ["h"], scope: "order" },
  { id: "order.lift", title: m.order_action_lift, group: "order", icon: Play, keys: ["Shift+h"], scope: "order" },
  {
    id: "order.release",
    title: m.order_action_release,
    group: "order",
    icon: Send,
    keys: ["Shift+r"],
    scope: "order",
    danger: true,
  },
  {
    id: "order.cancel",
    title: m.order_action_cancel,
    group: "order",
    icon: Ban,
    keys: ["Backspace"],
    scope: "order",
    danger: true,
  },
  { id: "order.review", title: m.order_action_review, group: "order", icon: FileDiff, keys: ["Mod+d"], scope: "order" },
  { id: "order.save", title: m.order_action_save, group: "order", icon: Save, keys: ["Mod+s"], scope: "order" },
  { id: "order.discard", title: m.order_action_discard, group: "order", icon: Undo2, keys: [], scope: "order" },
  { id: "order.raw", title: m.order_action_raw, group: "view", icon: Braces, keys: ["v"], scope: "order" },
  { id: "order.copy", title: m.order_action_copy, group: "view", icon: ClipboardCopy, keys: ["y"], scope: "order" },
  { id: "order.back", title: m.order_action_back, group: "go", icon: Undo2, keys: ["u"], scope: "order" },
] as const satisfies readonly ActionDefinition[];

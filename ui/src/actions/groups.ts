/** Names of the action groups, in the order they are shown. */
import { m } from "@/paraglide/messages.js";
import type { Group } from "./definition";

export const groups: readonly { readonly id: Group; readonly title: () => string }[] = [
  { id: "go", title: m.group_go },
  { id: "order", title: m.group_order },
  { id: "rule", title: m.group_rule },
  { id: "stock", title: m.group_stock },
  { id: "connection", title: m.group_connection },
  { id: "view", title: m.group_view },
  { id: "help", title: m.group_help },
];

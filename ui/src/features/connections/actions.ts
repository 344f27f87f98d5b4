import { Plug } from "lucide-react";
import type { ActionDefinition } from "@/actions/definition";
import { m } from "@/paraglide/messages.js";

export const connectionActions = [
  {
    id: "connection.add",
    title: m.connections_add,
    group: "connection",
    icon: Plug,
    keys: ["c"],
    scope: "connections",
  },
] as const satisfies readonly ActionDefinition[];

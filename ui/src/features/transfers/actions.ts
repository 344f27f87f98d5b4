import {
  ArrowDown,
  ArrowUp,
  Ban,
  CircleCheck,
  CircleOff,
  ClipboardCheck,
  MessageSquareText,
  PackageCheck,
  Plus,
  RefreshCw,
  Truck,
  Warehouse,
} from "lucide-react";
import type { ActionDefinition } from "@/actions/definition";
import { m } from "@/paraglide/messages.js";

const view = { group: "view", scope: "transfers" } as const;
const change = { group: "stock", scope: "transfers" } as const;

export const transfersActions = [
  { id: "transfers.next", title: m.transfers_action_next, icon: ArrowDown, keys: ["j", "ArrowDown"], ...view },
  { id: "transfers.previous", title: m.transfers_action_previous, icon: ArrowUp, keys: ["k", "ArrowUp"], ...view },
  { id: "transfers.refresh", title: m.attention_action_refresh, icon: RefreshCw, keys: ["r"], ...view },
  { id: "transfers.announce", title: m.transfers_announce, icon: Plus, keys: ["b"], ...change },
  { id: "transfers.accept", title: m.transfers_action_accept, icon: ClipboardCheck, keys: ["a"], ...change },
  { id: "transfers.reject", title: m.transfers_action_reject, icon: Ban, keys: ["x"], danger: true, ...change },
  { id: "transfers.depart", title: m.transfers_action_depart, icon: Truck, keys: ["d"], ...change },
  { id: "transfers.receive", title: m.transfers_action_receive, icon: PackageCheck, keys: ["e"], ...change },
  { id: "transfers.put_away", title: m.transfers_action_put_away, icon: Warehouse, keys: ["s"], ...change },
  { id: "transfers.explain", title: m.transfers_action_explain, icon: MessageSquareText, keys: ["m"], ...change },
  { id: "transfers.end", title: m.transfers_action_end, icon: CircleOff, keys: ["n"], ...change },
  { id: "transfers.close", title: m.transfers_action_close, icon: CircleCheck, keys: ["c"], ...change },
] as const satisfies readonly ActionDefinition[];

import {
  ArrowDown,
  ArrowUp,
  BookmarkPlus,
  Filter,
  Hand,
  Package,
  PackageCheck,
  RefreshCw,
  Search,
  ShieldMinus,
  TextCursorInput,
} from "lucide-react";
import type { ActionDefinition } from "@/actions/definition";
import { m } from "@/paraglide/messages.js";

const view = { group: "view", scope: "stock" } as const;
const change = { group: "stock", scope: "stock" } as const;

export const stockActions = [
  { id: "stock.search", title: m.stock_action_search, icon: Search, keys: ["/"], ...view },
  { id: "stock.next", title: m.stock_action_next, icon: ArrowDown, keys: ["j", "ArrowDown"], ...view },
  { id: "stock.previous", title: m.stock_action_previous, icon: ArrowUp, keys: ["k", "ArrowUp"], ...view },
  { id: "stock.exhausted", title: m.stock_action_exhausted, icon: Filter, keys: ["x"], ...view },
  { id: "stock.bundles", title: m.stock_action_bundles, icon: Package, keys: ["Shift+B"], ...view },
  { id: "stock.refresh", title: m.stock_action_refresh, icon: RefreshCw, keys: ["r"], ...view },
  { id: "stock.close", title: m.stock_action_close, icon: ArrowUp, keys: ["Escape"], ...view },
  { id: "stock.keep_back", title: m.stock_action_keep_back, icon: ShieldMinus, keys: ["b"], ...change },
  { id: "stock.block", title: m.stock_action_block, icon: Hand, keys: ["s"], ...change },
  { id: "stock.unblock", title: m.stock_action_unblock, icon: PackageCheck, keys: ["Shift+S"], ...change },
  { id: "stock.earmark", title: m.stock_action_earmark, icon: BookmarkPlus, keys: ["m"], ...change },
  { id: "stock.correct", title: m.stock_action_correct, icon: TextCursorInput, keys: ["c"], ...change },
] as const satisfies readonly ActionDefinition[];

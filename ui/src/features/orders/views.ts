/** The built-in views: a query, sometimes with a sort of its own. */
import { m } from "@/paraglide/messages.js";

export interface View {
  readonly id: string;
  readonly label: () => string;
  readonly q: string;
  readonly sort?: string;
}

export const DEFAULT_SORT = "-received";

export const VIEWS: readonly View[] = [
  { id: "all", label: m.orders_view_all, q: "" },
  { id: "attention", label: m.orders_view_attention, q: "state:blocked,attention,unconfirmed" },
  { id: "soon", label: m.orders_view_soon, q: "state:editable cutoff:<30m", sort: "editable_until" },
  { id: "held", label: m.orders_view_held, q: "held:yes" },
  { id: "releasing", label: m.orders_view_releasing, q: "state:releasing" },
  { id: "in_warehouse", label: m.orders_view_in_warehouse, q: "state:in_warehouse" },
  { id: "shipped", label: m.orders_view_shipped, q: "state:shipped,closed" },
];

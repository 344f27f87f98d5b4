/** Every action of the console. Palette, shortcuts, sheet and tests all read this one table. */
import { attentionActions } from "@/features/attention/actions";
import { connectionActions } from "@/features/connections/actions";
import { flowActions } from "@/features/flow/actions";
import { orderActions } from "@/features/order/actions";
import { ordersActions } from "@/features/orders/actions";
import { returnsActions } from "@/features/returns/actions";
import { ruleActions } from "@/features/rules/actions";
import { stockActions } from "@/features/stock/actions";
import { transfersActions } from "@/features/transfers/actions";
import { frameActions } from "@/frame/actions";
import type { ActionDefinition } from "./definition";

export const actions = [
  ...frameActions,
  ...flowActions,
  ...ordersActions,
  ...orderActions,
  ...attentionActions,
  ...connectionActions,
  ...returnsActions,
  ...ruleActions,
  ...stockActions,
  ...transfersActions,
] as const satisfies readonly ActionDefinition[];

export type ActionId = (typeof actions)[number]["id"];

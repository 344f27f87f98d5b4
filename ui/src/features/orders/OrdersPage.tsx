import { PageBar } from "@/frame/PageBar";
import { m } from "@/paraglide/messages.js";

export function OrdersPage() {
  return <PageBar title={m.nav_orders()} />;
}

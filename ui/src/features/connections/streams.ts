/** What the streams and the aspects of a connection's health are called. */
import { m } from "@/paraglide/messages.js";

const TITLES: Readonly<Record<string, () => string>> = {
  orders: m.connections_stream_orders,
  shipments: m.connections_stream_shipments,
  stock: m.connections_stream_stock,
  returns: m.nav_returns,
  calls: m.connections_part_calls,
  errors: m.connections_part_errors,
};

/** The name in the person's language; a stream this console does not know keeps its own. */
export function streamTitle(name: string): string {
  return TITLES[name]?.() ?? name;
}

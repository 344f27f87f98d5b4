/** Which connection comes first: the one that needs a person. */
import type { ConnectionView, HealthLevel } from "@/api/types";

const URGENCY: Record<HealthLevel, number> = { degraded: 0, warning: 1, unknown: 2, healthy: 3 };

function urgency(view: ConnectionView): number {
  // Paused on purpose is nobody's emergency.
  return view.connection.paused ? URGENCY.healthy + 1 : URGENCY[view.health.level];
}

/** Shops and warehouse systems apart; worst first, else as the server orders them. */
export function bySide(views: readonly ConnectionView[]): {
  shops: readonly ConnectionView[];
  warehouses: readonly ConnectionView[];
} {
  const sorted = [...views].sort((a, b) => urgency(a) - urgency(b));
  return {
    shops: sorted.filter((view) => view.connection.side === "shop"),
    warehouses: sorted.filter((view) => view.connection.side === "warehouse"),
  };
}

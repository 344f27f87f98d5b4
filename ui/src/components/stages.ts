/** How stages and health look and what they are called. */
import {
  Archive,
  Check,
  Circle,
  CircleHelp,
  Inbox,
  Lock,
  type LucideIcon,
  OctagonX,
  Pause,
  Pencil,
  Route,
  Send,
  TriangleAlert,
  Truck,
  Warehouse,
} from "lucide-react";
import type { HealthLevel, Stage } from "@/api/types";
import { m } from "@/paraglide/messages.js";
import type { Family } from "./family";

export interface Look {
  readonly family: Family;
  readonly icon: LucideIcon;
  readonly label: () => string;
}

export const stageLook: Record<Stage, Look> = {
  received: { family: "neutral", icon: Inbox, label: m.stage_received },
  blocked: { family: "danger", icon: OctagonX, label: m.stage_blocked },
  routing: { family: "info", icon: Route, label: m.stage_routing },
  editable: { family: "info", icon: Pencil, label: m.stage_editable },
  held: { family: "attention", icon: Pause, label: m.stage_held },
  releasing: { family: "info", icon: Send, label: m.stage_releasing },
  unconfirmed: { family: "attention", icon: CircleHelp, label: m.stage_unconfirmed },
  in_warehouse: { family: "info", icon: Warehouse, label: m.stage_in_warehouse },
  shipped: { family: "success", icon: Truck, label: m.stage_shipped },
  closed: { family: "neutral", icon: Archive, label: m.stage_closed },
  cancelled: { family: "neutral", icon: Lock, label: m.stage_cancelled },
  attention: { family: "danger", icon: TriangleAlert, label: m.stage_attention },
};

export const healthLook: Record<HealthLevel, Look> = {
  healthy: { family: "success", icon: Check, label: m.health_healthy },
  warning: { family: "attention", icon: TriangleAlert, label: m.health_warning },
  degraded: { family: "danger", icon: OctagonX, label: m.health_degraded },
  unknown: { family: "neutral", icon: Circle, label: m.health_unknown },
};

/** Domain words of an order in the console's language. */
import type { Actor, HoldReason, OrderLine, Role } from "@/api/types";
import type { Names } from "@/features/orders/names";
import { serviceTitle } from "@/features/services/words";
import { m } from "@/paraglide/messages.js";

export const HOLD_REASONS = ["customer", "address", "awaiting_payment", "fraud", "stock", "operator", "other"] as const;

export function holdReasonText(reason: HoldReason): string {
  switch (reason) {
    case "awaiting_payment":
      return m.order_reason_awaiting_payment();
    case "fraud":
      return m.order_reason_fraud();
    case "address":
      return m.order_reason_address();
    case "stock":
      return m.order_reason_stock();
    case "customer":
      return m.order_reason_customer();
    case "operator":
      return m.order_reason_operator();
    case "awaiting_return":
      return m.order_reason_awaiting_return();
    case "post_purchase_offer":
      return m.order_reason_post_purchase();
    case "unknown_delivery_date":
      return m.order_reason_unknown_delivery();
    case "client":
      return m.order_reason_client();
    case "other":
      return m.order_reason_other();
  }
}

const ROLES: Readonly<Record<Role, () => string>> = {
  viewer: m.order_role_viewer,
  packer: m.order_role_packer,
  warehouse_lead: m.order_role_warehouse_lead,
  back_office_agent: m.order_role_back_office_agent,
  back_office_lead: m.order_role_back_office_lead,
  admin: m.order_role_admin,
  auditor: m.order_role_auditor,
  engine: m.order_role_engine,
};

/** Whose matter something is. */
export function roleText(role: Role): string {
  return ROLES[role]();
}

function partnerText(id: string, names: Pick<Names, "shop" | "warehouse"> | undefined): string {
  const known = [names?.warehouse(id), names?.shop(id)].find((name) => name !== undefined && name !== id);
  return known ?? m.order_actor_partner({ name: id });
}

/** Who acted; a partner by the name people call it, where `names` knows it. */
export function actorText(actor: Actor, names?: Pick<Names, "shop" | "warehouse">): string {
  switch (actor.kind) {
    case "person":
      return actor.name;
    case "service":
      return m.order_actor_service({ name: serviceTitle(actor.name) });
    case "partner":
      return partnerText(actor.name, names);
  }
}

const FIELD_WORDS: Readonly<Record<string, () => string>> = {
  cancelled: m.order_field_cancelled,
  ship_to: m.order_field_ship_to,
  "ship_to.name": m.order_field_name,
  "ship_to.company": m.order_field_company,
  "ship_to.line1": m.order_field_line1,
  "ship_to.line2": m.order_field_line2,
  "ship_to.postcode": m.order_field_postcode,
  "ship_to.city": m.order_field_city,
  "ship_to.province": m.order_field_province,
  "ship_to.country": m.order_field_country,
  "ship_to.phone": m.order_field_phone,
  state: m.order_field_state,
  shipping_option: m.order_shipping_option,
  priority: m.order_priority,
  tags: m.order_tags,
  attempt: m.order_fact_attempt,
  detail: m.order_fact_detail,
  editable_until: m.orders_field_cutoff,
  expires_at: m.order_hold_until_label,
  lines: m.order_lines_title,
  note: m.order_note,
  number: m.orders_column_number,
  reason: m.order_reason,
  reference: m.order_fact_reference,
  total: m.orders_column_total,
  tracking: m.order_fact_tracking,
  warehouse: m.orders_column_warehouses,
  warehouses: m.order_fact_warehouses,
};

/** A changed field in words; a path nobody translated stays a path. */
export function fieldText(field: string, lines: readonly OrderLine[]): string {
  const known = FIELD_WORDS[field];
  if (known !== undefined) return known();
  const skuOf = (id: string) => lines.find((line) => line.id === id)?.sku ?? m.order_field_some_line();
  const wanted = /^lines\.(.+)\.wanted$/.exec(field)?.[1];
  if (wanted !== undefined) return m.order_field_wanted({ sku: skuOf(wanted) });
  const lot = /^lines\.(.+)\.requested_lot$/.exec(field)?.[1];
  if (lot !== undefined) return m.order_field_lot({ sku: skuOf(lot) });
  const price = /^lines\.(.+)\.unit_price$/.exec(field)?.[1];
  if (price !== undefined) return m.order_field_price({ sku: skuOf(price) });
  const added = /^(?:added|lines)\.(lin_[^.]+)$/.exec(field)?.[1];
  if (added !== undefined) return m.order_field_added({ sku: lines.find((line) => line.id === added)?.sku ?? "" });
  if (/^lines\.[^.]+$/.test(field)) return m.order_field_new_line();
  const moved = /^(?:moves\.)?(.+?)(?:\.warehouse)?$/.exec(
    field.startsWith("moves.") || field.endsWith(".warehouse") ? field : "",
  )?.[1];
  if (moved !== undefined) return m.order_field_moved_part({ reference: moved });
  const release = /^(.+)\.release_at$/.exec(field)?.[1];
  if (release !== undefined) return m.order_field_release_at({ reference: release });
  const ofHold = /^holds\.[^.]+(?:\.(\w+))?$/.exec(field);
  if (ofHold !== null) return FIELD_WORDS[ofHold[1] ?? ""]?.() ?? m.order_field_hold();
  const listed = /^(\w+)\.\d+$/.exec(field)?.[1];
  if (listed !== undefined) return FIELD_WORDS[listed]?.() ?? field;
  return field;
}

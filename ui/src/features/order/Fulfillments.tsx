import { ExternalLink } from "lucide-react";
import { useEffect, useState } from "react";
import type { FulfillmentOrder, OrderDetail, Shipment } from "@/api/types";
import { Button } from "@/components/Button";
import { Chip } from "@/components/Chip";
import { ProblemBanner } from "@/components/Problem";
import type { Names } from "@/features/orders/names";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { platform } from "@/platform";
import { Moment } from "./Moment";
import { type ReportDecision, ReportDialog } from "./ReportDialog";
import { Section } from "./Section";
import { FULFILLMENT_STATES, HAND_OVER_STATES, WRITE_BACK_STATES } from "./states";

function skuOf(detail: OrderDetail, line: string): string {
  return detail.order.lines.find((candidate) => candidate.id === line)?.sku ?? line;
}

/** What a warehouse is asked for of a line, where it ships a bundle as components. */
function kitText({ quantity, kit }: FulfillmentOrder["lines"][number]): string {
  if (kit === undefined || kit === null) return "";
  const parts = kit.components.map(({ sku, units }) => `${integer(units * quantity)} × ${sku}`);
  return ` ${m.order_as_components({ components: parts.join(" + ") })}`;
}

interface ShipmentProperties {
  readonly detail: OrderDetail;
  readonly shipment: Shipment;
  readonly onReport: (decision: ReportDecision) => void;
}

function ShipmentRow({ detail, shipment, onReport }: ShipmentProperties) {
  const report = detail.write_backs.find((candidate) => candidate.shipment === shipment.id);
  const look = report === undefined ? undefined : WRITE_BACK_STATES[report.state];
  const components = shipment.components ?? [];
  // A parcel that completes no set has components alone.
  const units =
    shipment.lines.length > 0
      ? shipment.lines.map((line) => `${integer(line.quantity)} × ${skuOf(detail, line.line)}`).join(", ")
      : components.map((component) => `${integer(component.quantity)} × ${component.sku}`).join(", ");
  return (
    <li className="rounded-4 bg-surface-2 px-12 py-8">
      <p className="flex flex-wrap items-center gap-8">
        <span className="font-medium">{m.order_shipped_units({ units })}</span>
        <span className="text-fg-2">
          <Moment at={shipment.shipped_at} />
        </span>
      </p>
      <ul className="mt-4 flex flex-wrap gap-x-16 gap-y-4">
        {shipment.parcels.map((parcel) => (
          <li key={parcel.tracking_code} className="flex items-center gap-6">
            <span className="text-fg-2">{parcel.carrier}</span>
            {parcel.tracking_url === "" ? (
              <span className="font-mono text-xs">{parcel.tracking_code}</span>
            ) : (
              <button
                type="button"
                onClick={() => platform.openExternal(parcel.tracking_url)}
                className="flex items-center gap-4 font-mono text-xs text-accent hover:underline"
              >
                {parcel.tracking_code}
                <ExternalLink aria-hidden size={12} />
                <span className="sr-only">{m.order_opens_outside()}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {report !== undefined && look !== undefined && (
        <div className="mt-6 flex flex-wrap items-center gap-8 text-xs">
          <span className="text-fg-2">{m.order_write_back()}</span>
          <Chip family={look.family} icon={look.icon}>
            {look.label()}
          </Chip>
          {report.state === "due" && (
            <span className="text-fg-2">
              <Moment at={report.due_at} />
            </span>
          )}
        </div>
      )}
      {report?.last_error && (
        <div className="mt-8">
          <ProblemBanner problem={report.last_error} family="attention" />
        </div>
      )}
      {report?.state === "failed" && (
        <p className="mt-8 flex flex-wrap gap-8">
          <Button size="small" data-report={report.id} onClick={() => onReport({ report, units, kind: "again" })}>
            {m.order_report_again()}
          </Button>
          <Button size="small" onClick={() => onReport({ report, units, kind: "waive" })}>
            {m.order_report_waive()}
          </Button>
        </p>
      )}
    </li>
  );
}

interface PartProperties {
  readonly detail: OrderDetail;
  readonly part: FulfillmentOrder;
  readonly names: Names;
  readonly onReport: (decision: ReportDecision) => void;
}

function Part({ detail, part, names, onReport }: PartProperties) {
  const look = FULFILLMENT_STATES[part.state];
  const hand = detail.hand_overs.findLast((candidate) => candidate.fulfillment === part.id);
  const handLook = hand === undefined ? undefined : HAND_OVER_STATES[hand.state];
  const shipments = detail.shipments.filter((shipment) => shipment.fulfillment === part.id);
  const problem = part.problem ?? (hand?.state === "in_doubt" ? hand.last_error : undefined);
  return (
    <li className="flex flex-col gap-8 px-16 py-12 text-sm">
      <div className="flex flex-wrap items-center gap-8">
        <span className="text-md">{names.warehouse(part.warehouse)}</span>
        <Chip family={look.family} icon={look.icon}>
          {look.label()}
        </Chip>
        <span className="text-xs text-fg-2">
          <Moment at={part.state_since} />
        </span>
        <span className="flex-1" />
        <span className="font-mono text-xs text-fg-2">{part.reference}</span>
      </div>
      <p className="text-fg-2">
        {part.lines.map((line) => `${integer(line.quantity)} × ${skuOf(detail, line.line)}${kitText(line)}`).join(", ")}
        {part.remote_id ? ` · ${m.order_remote_id({ id: part.remote_id })}` : ""}
      </p>
      {part.state === "open" && (
        <p className="text-xs text-fg-2">
          {part.release_at ? (
            <>
              {m.order_release_at()} <Moment at={part.release_at} />
            </>
          ) : (
            m.order_release_by_hand()
          )}
        </p>
      )}
      {hand !== undefined && handLook !== undefined && hand.state !== "acknowledged" && (
        <p className="flex items-center gap-8 text-xs">
          <span className="text-fg-2">{m.order_hand_over()}</span>
          <Chip family={handLook.family} icon={handLook.icon}>
            {handLook.label()}
          </Chip>
          <span className="text-fg-2">{m.order_attempts({ count: integer(hand.attempts), rows: hand.attempts })}</span>
        </p>
      )}
      {problem && <ProblemBanner problem={problem} family="attention" />}
      {shipments.length > 0 && (
        <ul className="flex flex-col gap-6">
          {shipments.map((shipment) => (
            <ShipmentRow key={shipment.id} detail={detail} shipment={shipment} onReport={onReport} />
          ))}
        </ul>
      )}
    </li>
  );
}

interface Properties {
  readonly detail: OrderDetail;
  readonly names: Names;
  /** Begin at the report that the shop refused. */
  readonly atReport: boolean;
}

/** The button that reports again what the shop refused, the first of them. */
export function focusReport(): void {
  document.querySelector<HTMLElement>("[data-report]")?.focus();
}

/** What each warehouse was asked, what it answered, what left, and what the shop was told of it. */
export function Fulfillments({ detail, names, atReport }: Properties) {
  const [decision, setDecision] = useState<ReportDecision | undefined>(undefined);
  useEffect(() => {
    if (atReport) focusReport();
  }, [atReport]);
  return (
    <Section title={m.order_fulfillments_title()}>
      {detail.fulfillments.length === 0 ? (
        <p className="px-16 py-12 text-sm text-fg-2">{m.order_fulfillments_none()}</p>
      ) : (
        <ul className="divide-y divide-border">
          {detail.fulfillments.map((part) => (
            <Part key={part.id} detail={detail} part={part} names={names} onReport={setDecision} />
          ))}
        </ul>
      )}
      {decision !== undefined && (
        <ReportDialog order={detail.order} names={names} decision={decision} onClose={() => setDecision(undefined)} />
      )}
    </Section>
  );
}

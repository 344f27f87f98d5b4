import type { ReactNode } from "react";
import type { OrderDetail } from "@/api/types";
import { TextField } from "@/components/Field";
import { problemWords } from "@/components/problemSentences";
import type { Names } from "@/features/orders/names";
import { integer } from "@/lib/number";
import { absoluteTime, instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { AddressText } from "./AddressText";
import { ADDRESS_FIELDS, type Draft, withAddress } from "./draft";
import { mayTry } from "./proposal";
import { RemarkFields } from "./RemarkFields";
import { Section } from "./Section";
import { fieldText } from "./words";

interface AddressProperties {
  readonly detail: OrderDetail;
  readonly draft: Draft | undefined;
  readonly onDraft: (draft: Draft) => void;
  /** What the server found wrong, by field path. */
  readonly wrong: ReadonlyMap<string, string>;
}

/** Where it ships to; a form while it is edited. */
export function AddressSection({ detail, draft, onDraft, wrong }: AddressProperties) {
  const editing = draft !== undefined && mayTry(detail.editable.address);
  return (
    <Section title={m.order_ship_to()}>
      <div className="px-16 py-12">
        {editing ? (
          <div className="grid grid-cols-2 gap-12">
            {ADDRESS_FIELDS.map((field) => {
              const path = `ship_to.${field}`;
              const was = draft.base.ship_to[field];
              const changed = draft.yours.ship_to[field] !== was;
              const narrow = field === "postcode" || field === "city" || field === "province" || field === "country";
              return (
                <TextField
                  key={field}
                  name={path}
                  label={fieldText(path, [])}
                  autoComplete="off"
                  className={narrow ? undefined : "col-span-2"}
                  value={draft.yours.ship_to[field]}
                  maxLength={field === "country" ? 2 : 200}
                  error={wrong.get(path)}
                  help={changed ? m.order_was({ value: was === "" ? m.order_empty() : was }) : undefined}
                  onValueChange={(value: string) =>
                    onDraft(withAddress(draft, field, field === "country" ? value.toUpperCase() : value))
                  }
                />
              );
            })}
          </div>
        ) : (
          <>
            <AddressText address={detail.order.ship_to} />
            {draft !== undefined && detail.editable.address.why && (
              <p className="mt-8 text-xs text-fg-2">{problemWords(detail.editable.address.why).title}</p>
            )}
          </>
        )}
      </div>
    </Section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-fg-2">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

/** Whether it is paid, and whether the buyer is known. */
function paymentText(paid: boolean | null | undefined): string {
  if (paid === true) return m.order_paid();
  return paid === false ? m.order_unpaid() : m.order_paid_unknown();
}

function pastText(earlier: number): string {
  return earlier === 0 ? m.order_first_order() : m.order_earlier_orders({ count: integer(earlier), rows: earlier });
}

interface FactProperties extends AddressProperties {
  readonly names: Names;
}

/** Who bought, through which shop, when; and the remarks that people may always change. */
export function FactsSection({ detail, names, draft, onDraft, wrong }: FactProperties) {
  const { order } = detail;
  const time = (at: string) => absoluteTime(instant(at) ?? 0);
  return (
    <Section title={m.order_facts_title()}>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-16 gap-y-6 px-16 py-12 text-sm">
        <Fact name={m.orders_column_customer()}>
          {[order.customer.name, order.customer.email, order.customer.phone]
            .filter((part) => part !== "")
            .map((part) => (
              <span key={part} className="block wrap-anywhere">
                {part}
              </span>
            ))}
          {order.earlier_orders !== null && order.earlier_orders !== undefined && (
            <span className="block text-xs text-fg-2">{pastText(order.earlier_orders)}</span>
          )}
        </Fact>
        <Fact name={m.order_payment()}>
          <span className={order.paid === false ? "font-medium text-attention-text" : undefined}>
            {paymentText(order.paid)}
          </span>
        </Fact>
        <Fact name={m.orders_column_shop()}>{names.shop(order.shop)}</Fact>
        <Fact name={m.order_shop_order_id()}>
          <span className="font-mono text-xs">{order.shop_order_id}</span>
        </Fact>
        <Fact name={m.orders_field_placed()}>{time(order.placed_at)}</Fact>
        <Fact name={m.orders_field_received()}>{time(order.received_at)}</Fact>
        {draft === undefined && (
          <>
            {order.shipping_option !== "" && <Fact name={m.order_shipping_option()}>{order.shipping_option}</Fact>}
            {(order.priority ?? 0) !== 0 && <Fact name={m.order_priority()}>{integer(order.priority ?? 0)}</Fact>}
            {order.note !== "" && <Fact name={m.order_note()}>{order.note}</Fact>}
            {order.tags.length > 0 && <Fact name={m.order_tags()}>{order.tags.join(", ")}</Fact>}
          </>
        )}
        <Fact name={m.order_revision()}>{order.revision}</Fact>
        <Fact name={m.order_id()}>
          <span className="font-mono text-2xs text-fg-2">{order.id}</span>
        </Fact>
      </dl>
      {draft !== undefined && (
        <div className="border-t border-border px-16 py-12">
          <RemarkFields order={order} draft={draft} onDraft={onDraft} wrong={wrong} />
        </div>
      )}
    </Section>
  );
}

import { CircleDashed, Package, UserCheck } from "lucide-react";
import { useState } from "react";
import { actionById } from "@/actions/useActions";
import type { Return, ReturnItem } from "@/api/types";
import { Button } from "@/components/Button";
import { Chip } from "@/components/Chip";
import { KeyHint } from "@/components/KeyCap";
import { ProblemBanner } from "@/components/Problem";
import { Moment } from "@/features/order/Moment";
import type { Names } from "@/features/orders/names";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { firstUndecided, isExpected, isOver, isThere } from "./open";
import { ReturnDialog, type ReturnVerb } from "./ReturnDialog";
import { causeText, customerText, NOTICES, RETURN_STATES, stockText } from "./words";

const HEAD = "h-28 px-8 text-left text-2xs font-medium whitespace-nowrap text-fg-3";
const CELL = "px-8 py-6 align-middle";
/** Words that follow a column of numbers. */
const AFTER_NUMBERS = "pl-32";

/** The key of an action, where it works. */
function Key({ of }: { of: "receive" | "cancel" | "stock" | "customer" }) {
  return <KeyHint binding={actionById(`returns.${of}`).keys[0] ?? ""} />;
}

interface ItemProperties {
  readonly item: ReturnItem;
  readonly place: number;
  readonly over: boolean;
  /** Which decision about it has a key. */
  readonly keyed: { readonly stock: boolean; readonly customer: boolean };
  readonly onVerb: (verb: ReturnVerb) => void;
}

/** Units of one article with both decisions; an open one is a button. */
function Item({ item, place, over, keyed, onVerb }: ItemProperties) {
  const name = { sku: item.sku };
  return (
    <tr className="border-t border-border">
      <td className={`${CELL} pl-16`}>
        <span className="font-mono">{item.sku}</span>
        {item.condition !== "" && <q className="block text-xs wrap-anywhere text-fg-2">{item.condition}</q>}
      </td>
      <td className={`${CELL} text-right`}>{integer(item.announced)}</td>
      <td className={`${CELL} text-right`}>{integer(item.received)}</td>
      <td className={`${CELL} ${AFTER_NUMBERS}`}>
        {over || !isThere(item) ? (
          <span className={item.stock === "undecided" ? "text-fg-3" : undefined}>
            {item.stock === "undecided" && !isThere(item) ? "–" : stockText(item.stock)}
          </span>
        ) : (
          <Button
            size="small"
            variant={item.stock === "undecided" ? "default" : "quiet"}
            icon={item.stock === "undecided" ? CircleDashed : Package}
            aria-label={m.returns_stock_of({ ...name, decision: stockText(item.stock) })}
            onClick={() => onVerb({ verb: "stock", item: place })}
          >
            {stockText(item.stock)}
            {keyed.stock && <Key of="stock" />}
          </Button>
        )}
      </td>
      <td className={CELL}>
        {over ? (
          customerText(item.customer)
        ) : (
          <Button
            size="small"
            variant={item.customer === "undecided" ? "default" : "quiet"}
            icon={item.customer === "undecided" ? CircleDashed : UserCheck}
            aria-label={m.returns_customer_of({ ...name, decision: customerText(item.customer) })}
            onClick={() => onVerb({ verb: "customer", item: place })}
          >
            {customerText(item.customer)}
            {keyed.customer && <Key of="customer" />}
          </Button>
        )}
      </td>
      <td className={`${CELL} pr-16 text-right`}>
        {!over && item.received > 1 && (
          <Button
            size="small"
            variant="quiet"
            aria-label={m.returns_split_of(name)}
            onClick={() => onVerb({ verb: "split", item: place })}
          >
            {m.returns_split()}
          </Button>
        )}
      </td>
    </tr>
  );
}

interface Properties {
  readonly goods: Return;
  readonly names: Names;
  /** Asked for from outside, by a key. */
  readonly asked?: ReturnVerb | undefined;
  readonly onAsked?: () => void;
  /** The keys of its verbs work here. */
  readonly keyed?: boolean;
}

/** One return: where it is, what came, and both decisions about every item. */
export function ReturnCard({ goods, names, asked, onAsked, keyed = false }: Properties) {
  const [own, setOwn] = useState<ReturnVerb | undefined>(undefined);
  const verb = own ?? asked;
  const close = () => {
    setOwn(undefined);
    onAsked?.();
  };
  const look = RETURN_STATES[goods.state];
  // What has arrived is expected no longer.
  const notice = goods.notice === "known" && !isExpected(goods) ? undefined : NOTICES[goods.notice];
  const next = (side: "stock" | "customer") => (keyed ? firstUndecided(goods, side) : undefined);
  const [nextStock, nextCustomer] = [next("stock"), next("customer")];
  const over = isOver(goods);
  const warehouse = goods.warehouse;
  return (
    <div className="flex flex-col">
      <div className="flex flex-wrap items-center gap-x-12 gap-y-4 px-16 py-8 text-sm">
        <span className="font-mono font-medium">{goods.reference}</span>
        <Chip family={look.family} icon={look.icon}>
          {look.label()}
        </Chip>
        {notice !== undefined && (
          <Chip family={notice.family} icon={notice.icon}>
            {notice.label()}
          </Chip>
        )}
        <span className="text-fg-2">{causeText(goods.cause)}</span>
        <span className="flex-1" />
        {goods.state !== "closed" && (
          <Button size="small" onClick={() => setOwn({ verb: "receive" })}>
            {m.returns_receive()}
            {keyed && <Key of="receive" />}
          </Button>
        )}
        {isExpected(goods) && (
          <Button size="small" variant="quiet" onClick={() => setOwn({ verb: "cancel" })}>
            {m.returns_cancel()}
            {keyed && <Key of="cancel" />}
          </Button>
        )}
      </div>
      {goods.problem !== null && goods.problem !== undefined && (
        <div className="px-16 pb-8">
          <ProblemBanner problem={goods.problem} family="attention" />
        </div>
      )}
      {goods.items.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is a tab stop
        <section tabIndex={0} aria-label={m.returns_items({ reference: goods.reference })} className="overflow-x-auto">
          <table className="w-full text-sm">
            <thead className="bg-surface-2">
              <tr>
                <th className={`${HEAD} pl-16`}>{m.returns_field_sku()}</th>
                <th className={`${HEAD} text-right`}>{m.returns_column_announced()}</th>
                <th className={`${HEAD} text-right`}>{m.returns_column_received()}</th>
                <th className={`${HEAD} ${AFTER_NUMBERS}`}>{m.returns_column_stock()}</th>
                <th className={HEAD}>{m.returns_column_customer()}</th>
                <th className={`${HEAD} pr-16`}>
                  <span className="sr-only">{m.returns_split()}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {goods.items.map((item, place) => (
                <Item
                  // biome-ignore lint/suspicious/noArrayIndexKey: an item has no name but its place
                  key={`${item.sku} ${place}`}
                  item={item}
                  place={place}
                  over={over}
                  keyed={{ stock: place === nextStock, customer: place === nextCustomer }}
                  onVerb={setOwn}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      <p className="flex flex-wrap gap-x-12 px-16 py-8 text-xs text-fg-2">
        {warehouse !== null && warehouse !== undefined && <span>{names.warehouse(warehouse)}</span>}
        <span>
          {m.returns_at_announced()} <Moment at={goods.announced_at} />
        </span>
        {goods.received_at !== null && goods.received_at !== undefined && (
          <span>
            {m.returns_at_received()} <Moment at={goods.received_at} />
          </span>
        )}
        {isExpected(goods) && goods.expires_at !== null && goods.expires_at !== undefined && (
          <span>
            {m.returns_at_expires()} <Moment at={goods.expires_at} />
          </span>
        )}
        {goods.tracking_code !== "" && <span className="font-mono">{goods.tracking_code}</span>}
        {goods.remote_id !== null && goods.remote_id !== undefined && (
          <span>{m.returns_remote({ id: goods.remote_id })}</span>
        )}
      </p>
      {verb !== undefined && <ReturnDialog key={JSON.stringify(verb)} goods={goods} verb={verb} onClose={close} />}
    </div>
  );
}

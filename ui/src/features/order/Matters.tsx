import { useEffect, useRef, useState } from "react";
import type { AttentionItem, Choice, FulfillmentOrder, Order } from "@/api/types";
import { Button } from "@/components/Button";
import { Banner } from "@/components/Problem";
import type { Names } from "@/features/orders/names";
import { useTick } from "@/lib/ticker";
import { absoluteTime, age, instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { hasDetails, MatterDetails } from "./MatterDetails";
import { matterWords } from "./matterWords";
import { choiceText } from "./requestWords";
import { SettleDialog, type Settling } from "./SettleDialog";
import { roleText } from "./words";

/** How long something has waited. */
export function Waiting({ since }: { since: string }) {
  const at = instant(since);
  const text = useTick((now) => (at === undefined ? "" : age(at, now)));
  if (at === undefined) return null;
  return (
    <time dateTime={since} title={absoluteTime(at)} className="whitespace-nowrap">
      {text}
    </time>
  );
}

interface MatterProperties {
  readonly order: Order;
  readonly parts: readonly FulfillmentOrder[];
  readonly names: Names;
  readonly item: AttentionItem;
  readonly onChoose: (choice: Choice) => void;
}

/** What happened, in the partner's words where it has some, what is wanted, whose matter it is, since when, the ways out. */
function Matter({ order, parts, names, item, onChoose }: MatterProperties) {
  const { title, detail } = matterWords(item, order.number, order.lines);
  return (
    <Banner family="attention" title={title}>
      {detail !== "" && <p className="mt-2 wrap-anywhere text-fg-2">{detail}</p>}
      {hasDetails(item) && (
        <div className="mt-8">
          <MatterDetails item={item} lines={order.lines} parts={parts} names={names} />
        </div>
      )}
      <p className="mt-4 text-xs text-fg-2">
        <span className="font-mono text-2xs">{item.code}</span> · {roleText(item.owner)} ·{" "}
        <Waiting since={item.since} />
      </p>
      <p className="mt-8 flex flex-wrap gap-8">
        {item.options.map((choice) => (
          <Button key={choice} size="small" onClick={() => onChoose(choice)}>
            {choiceText(choice)}
          </Button>
        ))}
      </p>
    </Banner>
  );
}

interface Properties {
  readonly order: Order;
  readonly parts: readonly FulfillmentOrder[];
  readonly names: Names;
  /** The matter to begin with, by its place. */
  readonly focused: number | undefined;
}

/** Matters that wait for a person, each with the ways out that are left. */
export function Matters({ order, parts, names, focused }: Properties) {
  const [settling, setSettling] = useState<Settling | undefined>(undefined);
  const list = useRef<HTMLUListElement>(null);
  const matters = order.attention ?? [];
  useEffect(() => {
    if (focused !== undefined) list.current?.children[focused]?.querySelector<HTMLElement>("button")?.focus();
  }, [focused]);
  return (
    <>
      {matters.length > 0 && (
        <ul ref={list} aria-label={m.order_matters()} className="flex flex-col gap-8">
          {matters.map((item) => (
            <li key={`${item.code}-${item.request ?? item.fulfillment ?? ""}-${item.what}-${item.since}`}>
              <Matter
                order={order}
                parts={parts}
                names={names}
                item={item}
                onChoose={(choice) => setSettling({ order, item, choice })}
              />
            </li>
          ))}
        </ul>
      )}
      {settling !== undefined && (
        <SettleDialog
          settling={settling}
          parts={parts}
          names={names}
          onSettled={() => setSettling(undefined)}
          onClose={() => setSettling(undefined)}
        />
      )}
    </>
  );
}

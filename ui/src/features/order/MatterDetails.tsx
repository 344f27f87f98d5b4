import type { AttentionItem, FulfillmentOrder, OrderLine } from "@/api/types";
import type { Names } from "@/features/orders/names";
import { m } from "@/paraglide/messages.js";
import { Block } from "./Block";
import { editValue } from "./editWords";
import { ThreeWayTable } from "./ThreeWayTable";
import { editTitle } from "./verdictWords";
import { actorText } from "./words";

/** Whether there is more about a matter than its sentence. */
export function hasDetails({ wanted, difference }: AttentionItem): boolean {
  return (wanted !== null && wanted !== undefined) || (difference !== null && difference !== undefined);
}

interface Properties {
  readonly item: AttentionItem;
  readonly lines: readonly OrderLine[];
  readonly parts?: readonly Pick<FulfillmentOrder, "id" | "reference">[];
  readonly names: Names;
}

/** What differs, three ways, and which edits are wanted, by whom and why. */
export function MatterDetails({ item, lines, parts = [], names }: Properties) {
  const { difference } = item;
  // What the shop wants is a column of the table; saying it again as an edit of ours adds nothing.
  const wanted = difference && item.wanted?.by.kind !== "person" ? undefined : item.wanted;
  const by = wanted === null || wanted === undefined ? "" : actorText(wanted.by);
  return (
    <div className="flex flex-col gap-12">
      {difference !== null && difference !== undefined && (
        <ThreeWayTable difference={difference} lines={lines} names={names} />
      )}
      {wanted !== null && wanted !== undefined && (
        <Block title={m.order_wanted_title()}>
          <ul className="flex flex-col gap-2 text-sm">
            {wanted.edits.map((edit, place) => {
              const value = editValue(edit, { lines, parts, names });
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: edits are a list whose order is what they mean
                <li key={place} className="wrap-anywhere">
                  <span className="font-medium">{editTitle(edit, { lines })}</span>
                  {value !== "" && <span>: {value}</span>}
                </li>
              );
            })}
          </ul>
          <p className="text-xs wrap-anywhere text-fg-2">
            {wanted.reason === ""
              ? m.order_wanted_by({ name: by })
              : m.order_wanted_reason({ name: by, reason: wanted.reason })}
          </p>
        </Block>
      )}
    </div>
  );
}

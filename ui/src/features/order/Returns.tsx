import type { OrderDetail } from "@/api/types";
import { Button } from "@/components/Button";
import type { Names } from "@/features/orders/names";
import { ReturnCard } from "@/features/returns/ReturnCard";
import { m } from "@/paraglide/messages.js";
import { Section } from "./Section";

interface Properties {
  readonly detail: OrderDetail;
  readonly names: Names;
  readonly onAnnounce: () => void;
}

/** What comes back of an order, newest first; nothing while nothing has left. */
export function Returns({ detail, names, onAnnounce }: Properties) {
  const { returns, returnable } = detail;
  if (returns.length === 0 && returnable.length === 0) return null;
  return (
    <Section
      title={m.returns_title()}
      aside={
        returnable.length > 0 ? (
          <Button size="small" onClick={onAnnounce}>
            {m.returns_announce()}
          </Button>
        ) : null
      }
    >
      {returns.length === 0 ? (
        <p className="px-16 py-12 text-sm text-fg-2">{m.returns_none_of_order()}</p>
      ) : (
        <ul className="divide-y divide-border">
          {returns.toReversed().map((goods) => (
            <li key={goods.id}>
              <ReturnCard goods={goods} names={names} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

import type { OrderLine } from "@/api/types";
import { Banner } from "@/components/Problem";
import type { Names } from "@/features/orders/names";
import { m } from "@/paraglide/messages.js";
import { seen } from "./commit";
import { DifferenceTable } from "./DifferenceTable";
import type { Difference } from "./diff";

interface Properties {
  readonly changes: readonly Difference[];
  readonly lines: readonly OrderLine[];
  readonly names: Names;
}

/** What somebody else changed while a decision was being made: seen before it is made again. Nothing where nothing was. */
export function ChangedSince({ changes, lines, names }: Properties) {
  const shown = seen(changes);
  if (shown.length === 0) return null;
  return (
    <div role="status">
      <Banner family="changed" title={m.order_preview_since()}>
        <div className="mt-8">
          <DifferenceTable differences={shown} lines={lines} names={names} />
        </div>
      </Banner>
    </div>
  );
}

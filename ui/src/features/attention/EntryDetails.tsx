import { useQuery } from "@tanstack/react-query";
import { orderQuery } from "@/api/queries";
import type { AttentionEntry } from "@/api/types";
import { ErrorBanner } from "@/components/Problem";
import { Skeleton } from "@/components/Skeleton";
import { MatterDetails } from "@/features/order/MatterDetails";
import type { Names } from "@/features/orders/names";

/** What a matter of the list is about, with the names of the order's lines and parts, which the list does not have. */
export function EntryDetails({ entry, names }: { entry: AttentionEntry; names: Names }) {
  const { data, error } = useQuery(orderQuery(entry.order));
  if (error !== null) return <ErrorBanner error={error} />;
  if (data === undefined) return <Skeleton className="h-120" />;
  return <MatterDetails item={entry.item} lines={data.order.lines} parts={data.fulfillments} names={names} />;
}

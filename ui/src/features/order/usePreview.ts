import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { previewQuery } from "@/api/queries";
import type { Edit, Order } from "@/api/types";

/**
 * What `edits`, decided on `base`, would come to on the order as it is now. While `asking` is false nothing is asked, and
 * what was answered to the same question stays.
 */
export function usePreview(order: Order, base: Order, edits: readonly Edit[], asking: boolean) {
  return useQuery({
    ...previewQuery(base, edits, order.revision),
    enabled: asking && edits.length > 0,
    // The engine plans anew after much that happens: what is on screen is replaced, not taken away.
    placeholderData: keepPreviousData,
  });
}

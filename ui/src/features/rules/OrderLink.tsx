import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { orderQuery } from "@/api/queries";

/** What a dry run does not say about an order it lists. */
export interface OrderFacts {
  readonly number: string;
  readonly currency: string;
}

/** Read for the orders in sight alone; undefined until it is known. */
export function useOrderFacts(id: string): OrderFacts | undefined {
  const { data } = useQuery(orderQuery(id));
  return data === undefined ? undefined : { number: data.order.number, currency: data.order.total.currency };
}

export function OrderLink({ id, number }: { id: string; number: string | undefined }) {
  return (
    <Link to="/orders/$id" params={{ id }} preload={false} className="font-mono text-accent hover:underline">
      {number ?? `${id.slice(0, 12)}…`}
    </Link>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { connectionsQuery } from "@/api/queries";

/** What people call the shops and warehouses. */
export interface Names {
  /** The name of a connection, or its id while names are unknown. */
  readonly shop: (id: string) => string;
  readonly warehouse: (id: string) => string;
  /** All names, for suggestions. */
  readonly shops: readonly string[];
  readonly warehouses: readonly string[];
}

/** Names of shops and warehouses, from the connections of this installation. */
export function useNames(): Names {
  const { data } = useQuery(connectionsQuery());
  return useMemo(() => {
    const items = data?.items ?? [];
    const shops = new Map(items.map((item) => [item.connection.id, item.connection.name]));
    const warehouses = new Map(items.flatMap((item) => item.warehouses.map((place) => [place.id, place.name])));
    return {
      shop: (id) => shops.get(id) ?? id,
      warehouse: (id) => warehouses.get(id) ?? id,
      shops: items.filter((item) => item.connection.side === "shop").map((item) => item.connection.name),
      warehouses: [...warehouses.values()],
    };
  }, [data]);
}

/** The shops and warehouses that rules may name. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { connectionsQuery } from "@/api/queries";
import type { Option } from "./ChoiceList";

export interface Places {
  readonly shops: readonly Option[];
  readonly warehouses: readonly Option[];
}

export function usePlaces(): Places {
  const { data } = useQuery(connectionsQuery());
  return useMemo(() => {
    const items = data?.items ?? [];
    return {
      shops: items
        .filter((item) => item.connection.side === "shop")
        .map(({ connection }) => ({ id: connection.id, name: connection.name })),
      warehouses: items.flatMap((item) => item.warehouses.map(({ id, name }) => ({ id, name }))),
    };
  }, [data]);
}

/** How reads behave: events say when something is stale, refusals stay refusals, a lost session is noticed. */
import { QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "./problem";
import { queryKeys } from "./queries";

const UNAUTHENTICATED = 401;

export function consoleQueries(): QueryClient {
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        const [subject] = query.queryKey;
        const [session] = queryKeys.session();
        // A daemon that was started again knows no session: ask who we are, so that the frame can say so.
        if (error instanceof ApiError && error.problem.status === UNAUTHENTICATED && subject !== session) {
          void queries.invalidateQueries({ queryKey: queryKeys.session() });
        }
      },
    }),
    defaultOptions: {
      queries: {
        // Events say when something is stale; coming back to the window does not.
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        // A refusal stays a refusal; only silence is worth another try.
        retry: (count, error) => !(error instanceof ApiError) && count < 2,
        // The daemon is on this machine or network: a missing internet connection says nothing about it.
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
  return queries;
}

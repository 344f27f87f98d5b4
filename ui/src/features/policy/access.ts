/** Who may change policies and who may try them; `RULES` in `crates/server/src/caller.rs` is the authority. */
import { useQuery } from "@tanstack/react-query";
import { sessionQuery } from "@/api/queries";

export interface PolicyAccess {
  readonly mayWrite: boolean;
  readonly mayTry: boolean;
}

/** Nothing is allowed until it is known who is asking. */
export function usePolicyAccess(): PolicyAccess {
  const { data } = useQuery(sessionQuery());
  const role = data?.caller.role;
  return { mayWrite: role === "admin", mayTry: role === "admin" || role === "operator" };
}

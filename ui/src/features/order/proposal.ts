/** Whether what a person wants can be left for somebody who may do it, and in which words that is asked. */
import { ApiError } from "@/api/problem";
import type { Choice, OrderDetail, Preview } from "@/api/types";
import { m } from "@/paraglide/messages.js";

/** Refusals that are about who asks, not about what is asked: an edit of another's power, a second person, another's hold. */
const ABOUT_WHO: readonly string[] = ["SY-1103", "SY-1104", "SY-1111"];
const SECOND_PERSON = "SY-1104";
/** The role may not even ask the engine. */
const FORBIDDEN = "SY-0005";

export type Proposal = "propose" | "ask_for_approval";

export function isAboutWho(code: string | null | undefined): boolean {
  return code !== null && code !== undefined && ABOUT_WHO.includes(code);
}

/** Whether a person may at least try it: what only somebody else may do can be proposed. */
export function mayTry({ allowed, why }: OrderDetail["editable"]["address"]): boolean {
  return allowed || isAboutWho(why?.code);
}

function optionsOf({ verdicts }: Preview["edits"][number]): readonly Choice[] {
  return verdicts.flatMap(({ ruling: { verdict } }) => (verdict.kind === "refused" ? verdict.options : []));
}

/**
 * How the edits can be proposed: only when nothing but a right stands against each of them. `failure` is why the last try
 * did not happen, which the preview may not have foreseen.
 */
export function proposalOf(preview: Preview | undefined, failure: unknown): Proposal | undefined {
  const refused = (preview?.edits ?? []).filter((edit) => edit.problem);
  const ways = refused.map((edit): Proposal | undefined => {
    const options = optionsOf(edit);
    if (edit.problem?.code === SECOND_PERSON || options.includes("ask_for_approval")) return "ask_for_approval";
    return isAboutWho(edit.problem?.code) || options.includes("propose") ? "propose" : undefined;
  });
  if (ways.includes(undefined)) return undefined;
  if (failure instanceof ApiError) {
    const { code } = failure.problem;
    if (code === SECOND_PERSON) return "ask_for_approval";
    if (code === FORBIDDEN || isAboutWho(code)) return ways[0] ?? "propose";
  }
  return ways.includes("ask_for_approval") ? "ask_for_approval" : ways[0];
}

export function proposalButton(proposal: Proposal): string {
  return proposal === "propose" ? m.order_action_propose() : m.order_action_ask_approval();
}

/** Why it is proposed and not done. */
export function proposalWhy(proposal: Proposal): string {
  return proposal === "propose" ? m.order_propose_needed() : m.order_approval_needed();
}

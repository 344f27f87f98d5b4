/** What the engine found wrong with a draft, told next to the fields it is about. */
import { ApiError } from "@/api/problem";
import type { Preview } from "@/api/types";
import { fieldWords, problemWords } from "@/components/problemSentences";
import { m } from "@/paraglide/messages.js";
import type { Draft } from "./draft";
import type { DraftEdit } from "./edits";
import { isAboutWho } from "./proposal";

/** `the address lacks city, postcode` */
const LACKS = /^the address lacks (?<fields>.+)$/;
/** ``no warehouse has ever reported `TEA`, `MUG` `` */
const UNKNOWN = /^no warehouse has ever reported (?<skus>.+)$/;

function unknownSkus(detail: string): ReadonlySet<string> {
  const skus = UNKNOWN.exec(detail)?.groups?.skus ?? "";
  return new Set([...skus.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ""));
}

/** Sentences by field of the draft, such as `lines.lin_1.wanted` or `added.lin_2`. */
export function wrongOf(
  draft: Draft,
  edits: readonly DraftEdit[],
  preview: Preview | undefined,
  error: unknown,
): ReadonlyMap<string, string> {
  const wrong = new Map<string, string>();
  const unknown = (detail: string) => {
    const skus = unknownSkus(detail);
    for (const line of draft.added)
      if (skus.has(line.sku.trim())) wrong.set(`added.${line.id}`, m.order_add_sku_unknown());
  };
  for (const [place, { fields }] of edits.entries()) {
    const problem = preview?.edits[place]?.problem;
    // What only somebody else may do is not wrong: it can be proposed.
    if (problem === null || problem === undefined || isAboutWho(problem.code)) continue;
    const lacking = LACKS.exec(problem.detail)?.groups?.fields;
    if (lacking !== undefined) {
      for (const field of lacking.split(", ")) wrong.set(`ship_to.${field}`, m.problem_of_address_field());
    } else {
      unknown(problem.detail);
      const [first] = fields;
      const { title, detail } = problemWords(problem);
      if (first !== undefined && !wrong.has(first)) wrong.set(first, detail === "" ? title : detail);
    }
  }
  if (error instanceof ApiError) {
    unknown(error.problem.detail);
    for (const field of error.problem.fields) wrong.set(field.path, fieldWords(field.detail));
  }
  return wrong;
}

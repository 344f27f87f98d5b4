/** A matter in the console's language. */
import type { AttentionItem, OrderLine } from "@/api/types";
import { type ProblemWords, problemWords } from "@/components/problemSentences";
import { m } from "@/paraglide/messages.js";
import { fieldText } from "./words";

/** Our own reasons; `Way` in `crates/core/src/shop_change.rs` says them. */
const WHY: Readonly<Record<string, () => string>> = {
  "both the shop and we changed it": m.order_why_both,
  "both the shop and we changed the units": m.order_why_both_units,
  "a cancelled order does not come back to life": m.order_why_stays_cancelled,
};

/** What happened, and why in the partner's words; `number` is the order's, `lines` as far as they are known. */
export function matterWords(
  item: AttentionItem,
  number: string,
  lines: readonly OrderLine[],
  nextStep = "",
): ProblemWords {
  const words = problemWords({ code: item.code, title: item.what, detail: item.detail, next_step: nextStep });
  const { difference, wanted } = item;
  if (difference !== null && difference !== undefined) {
    const { field, why } = difference;
    // The detail says in one line what the table tells.
    return {
      ...words,
      title: m.matter_shop_change({ field: fieldText(field, lines), order: number, why: WHY[why]?.() ?? why }),
      detail: "",
    };
  }
  // A proposal's detail is its reason, which stands with what is wanted.
  return wanted?.reason === item.detail ? { ...words, detail: "" } : words;
}

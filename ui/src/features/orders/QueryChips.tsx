import { X } from "lucide-react";
import { parseQuery, type Span, without } from "@/lib/query";
import { m } from "@/paraglide/messages.js";
import { termWords } from "./queryWords";

interface Properties {
  readonly text: string;
  readonly onText: (text: string) => void;
  /** A chip was chosen for editing: its place in the text. */
  readonly onEdit: (span: Span) => void;
}

/** The terms of the query as chips: another rendering of the same text. */
export function QueryChips({ text, onText, onEdit }: Properties) {
  const query = parseQuery(text);
  if (query.terms.length === 0) return null;
  return (
    <ul aria-label={m.orders_chips_label()} className="flex min-w-0 flex-wrap items-center gap-4">
      {query.terms.map((term) => {
        const { name, value } = termWords(term);
        const wrong = query.faults.some(
          (fault) => fault.span.start >= term.span.start && fault.span.end <= term.span.end,
        );
        return (
          <li
            key={term.span.start}
            className="flex h-24 max-w-320 items-center rounded-pill border border-border bg-surface pl-8 text-xs text-fg"
          >
            <button
              type="button"
              className="flex min-w-0 items-center gap-4 outline-offset-4"
              onClick={() => onEdit(term.span)}
            >
              <span className="shrink-0 text-fg-2">{name}</span>
              <span className={wrong ? "truncate text-danger-text underline decoration-wavy" : "truncate font-medium"}>
                {value}
              </span>
            </button>
            <button
              type="button"
              aria-label={m.orders_chip_remove({ term: `${name} ${value}` })}
              className="ml-2 flex size-24 shrink-0 items-center justify-center rounded-pill text-fg-3 hover:text-fg"
              onClick={() => onText(without(query, term.span))}
            >
              <X aria-hidden size={12} strokeWidth={2} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

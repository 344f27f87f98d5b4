import { Search, X } from "lucide-react";
import { type KeyboardEvent, type Ref, useId, useImperativeHandle, useRef, useState } from "react";
import { classes } from "@/lib/classes";
import { type Fault, type KnownValues, parseQuery, replaced, type Span, type Suggestion, suggest } from "@/lib/query";
import { m } from "@/paraglide/messages.js";
import { faultText, valueText } from "./queryWords";

export interface QueryBarHandle {
  focus(): void;
  /** Selects a part of the text. */
  select(span: Span): void;
}

interface Properties {
  readonly ref?: Ref<QueryBarHandle>;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Enter or Escape: the person is done typing. */
  readonly onDone: () => void;
  readonly known: KnownValues;
  /** What the server says about the text, if it refused it. */
  readonly refused: readonly string[];
}

/** Parts of the text, the faulty ones marked. */
function marked(text: string, faults: readonly Fault[]): { text: string; wrong: boolean; start: number }[] {
  const parts: { text: string; wrong: boolean; start: number }[] = [];
  let at = 0;
  for (const { span } of faults) {
    if (span.start < at) continue;
    if (span.start > at) parts.push({ text: text.slice(at, span.start), wrong: false, start: at });
    parts.push({ text: text.slice(span.start, span.end), wrong: true, start: span.start });
    at = span.end;
  }
  parts.push({ text: text.slice(at), wrong: false, start: at });
  return parts;
}

/** The query text: typed, completed, underlined where it cannot be understood. */
export function QueryBar({ ref, text, onText, onDone, known, refused }: Properties) {
  const input = useRef<HTMLInputElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const listId = useId();
  const faultId = useId();
  const [caret, setCaret] = useState<number | undefined>(undefined);
  const [chosen, setChosen] = useState(-1);
  const query = parseQuery(text);
  const suggestions = caret === undefined ? [] : suggest(text, caret, known);
  const open = suggestions.length > 0;
  const [fault] = query.faults;
  const message = fault === undefined ? refused[0] : faultText(fault);
  // While a word is being typed it is not wrong yet.
  const typingHere = fault !== undefined && caret !== undefined && caret === fault.span.end && open;

  useImperativeHandle(ref, () => ({
    focus: () => {
      input.current?.focus();
      input.current?.select();
    },
    select: (span) => {
      input.current?.focus();
      input.current?.setSelectionRange(span.start, span.end);
    },
  }));

  const follow = () => {
    const element = input.current;
    if (element === null) return;
    if (mirror.current !== null) mirror.current.scrollLeft = element.scrollLeft;
    setCaret(element.selectionStart === element.selectionEnd ? (element.selectionStart ?? undefined) : undefined);
  };
  const take = (suggestion: Suggestion) => {
    const next = replaced(text, suggestion.span, suggestion.insert);
    const at = suggestion.span.start + suggestion.insert.length;
    setChosen(-1);
    setCaret(at);
    onText(next);
    // After the controlled value has been drawn.
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const active = suggestions[chosen];
    if (event.key === "ArrowDown" && open) setChosen((chosen + 1) % suggestions.length);
    else if (event.key === "ArrowUp" && open) setChosen((chosen <= 0 ? suggestions.length : chosen) - 1);
    else if ((event.key === "Enter" || event.key === "Tab") && active !== undefined) take(active);
    else if (event.key === "Tab" && !event.shiftKey && open && suggestions[0] !== undefined && text !== "")
      take(suggestions[0]);
    else if (event.key === "Escape" && open && chosen >= 0) setChosen(-1);
    else if (event.key === "Enter" || event.key === "Escape") {
      setCaret(undefined);
      onDone();
    } else return;
    event.preventDefault();
  };

  return (
    <div className="relative min-w-0 max-w-720 flex-1">
      <div
        className={classes(
          "relative flex h-28 items-center rounded-4 border bg-surface focus-within:border-accent",
          message !== undefined && !typingHere ? "border-danger-mark" : "border-border hover:border-border-strong",
        )}
      >
        <Search aria-hidden size={14} strokeWidth={1.75} className="ml-8 shrink-0 text-fg-3" />
        <div className="relative h-full min-w-0 flex-1">
          <div
            ref={mirror}
            aria-hidden
            className="pointer-events-none absolute inset-0 overflow-hidden px-8 font-mono text-xs leading-[26px] whitespace-pre text-transparent"
          >
            {marked(text, typingHere ? [] : query.faults).map((part) => (
              <span
                key={part.start}
                className={
                  part.wrong
                    ? "underline decoration-danger-mark decoration-wavy decoration-1 underline-offset-4"
                    : undefined
                }
              >
                {part.text}
              </span>
            ))}
          </div>
          <input
            ref={input}
            type="text"
            role="combobox"
            aria-label={m.orders_query_label()}
            aria-expanded={open}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={open && chosen >= 0 ? `${listId}-${chosen}` : undefined}
            aria-invalid={message !== undefined && !typingHere}
            aria-describedby={faultId}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            placeholder={m.orders_query_placeholder()}
            value={text}
            onChange={(event) => {
              setChosen(-1);
              setCaret(event.target.selectionStart ?? undefined);
              onText(event.target.value);
            }}
            onKeyDown={onKeyDown}
            onSelect={follow}
            onScroll={follow}
            onBlur={() => {
              setCaret(undefined);
              setChosen(-1);
            }}
            className="relative h-full w-full bg-transparent px-8 font-mono text-xs leading-[26px] text-fg outline-none placeholder:font-sans"
          />
        </div>
        {text !== "" && (
          <button
            type="button"
            aria-label={m.orders_query_clear()}
            title={m.orders_query_clear()}
            onClick={() => {
              onText("");
              input.current?.focus();
            }}
            className="mr-2 flex size-24 shrink-0 items-center justify-center rounded-4 text-fg-3 hover:bg-surface-2 hover:text-fg"
          >
            <X aria-hidden size={14} strokeWidth={1.75} />
          </button>
        )}
      </div>
      <div
        role="listbox"
        id={listId}
        aria-label={m.orders_query_suggestions()}
        className={classes(
          "absolute top-full left-24 z-30 mt-4 min-w-208 rounded-6 border border-border bg-surface p-4 shadow-popover",
          !open && "hidden",
        )}
      >
        {suggestions.map((suggestion, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the text field keeps the focus and names the active option.
          <div
            key={suggestion.insert}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === chosen}
            className={classes(
              "flex h-28 items-center justify-between gap-16 rounded-4 px-8 text-xs hover:bg-surface-2",
              index === chosen && "bg-surface-2",
            )}
            onPointerDown={(event) => {
              event.preventDefault();
              take(suggestion);
            }}
          >
            <span className="font-mono text-fg">{suggestion.insert}</span>
            <span className="text-fg-3">{valueText(suggestion.field, suggestion.value)}</span>
          </div>
        ))}
      </div>
      <div id={faultId} role="status" className="absolute top-full right-0 left-0 z-20">
        {message !== undefined && !typingHere && !open && (
          <p className="mt-4 flex w-fit items-center gap-8 rounded-4 border border-border bg-surface px-8 py-4 text-xs text-danger-text shadow-popover">
            {message}
            {fault?.nearest !== undefined && (
              <button
                type="button"
                className="rounded-4 px-4 font-medium text-accent hover:underline"
                onClick={() => onText(replaced(text, fault.span, fault.nearest ?? ""))}
              >
                {m.orders_query_use({ word: fault.nearest })}
              </button>
            )}
          </p>
        )}
      </div>
    </div>
  );
}

import { ChevronDown, ChevronRight, TriangleAlert } from "lucide-react";
import { type KeyboardEvent, type Ref, useId } from "react";
import type { AttentionEntry, Choice } from "@/api/types";
import { Button } from "@/components/Button";
import { Chip } from "@/components/Chip";
import { KeyCap } from "@/components/KeyCap";
import { titleWords } from "@/components/problemSentences";
import { hasDetails } from "@/features/order/MatterDetails";
import { Waiting } from "@/features/order/Matters";
import { matterWords } from "@/features/order/matterWords";
import { choiceText } from "@/features/order/requestWords";
import { roleText } from "@/features/order/words";
import type { Names } from "@/features/orders/names";
import { classes } from "@/lib/classes";
import { m } from "@/paraglide/messages.js";
import { EntryDetails } from "./EntryDetails";

/** A report that the shop refused: it is decided on the order. */
const REPORT = "SY-1203";

interface Properties {
  readonly entry: AttentionEntry;
  readonly names: Names;
  /** It is the one the keyboard is at. */
  readonly active: boolean;
  readonly ref: Ref<HTMLDivElement>;
  /** What is wanted and what differs is shown. */
  readonly expanded: boolean;
  readonly onExpand: () => void;
  readonly onActive: () => void;
  readonly onOpen: () => void;
  /** Takes a way out; the caller asks for the reason. */
  readonly onChoose: (choice: Choice) => void;
}

/** One matter: what happened, since when, whose it is, and the ways out. One that settles itself says how. */
export function AttentionRow(properties: Properties) {
  const { entry, names, active, ref, expanded, onExpand, onActive, onOpen, onChoose } = properties;
  const title = useId();
  const details = useId();
  const { item, matter } = entry;
  const settles = matter !== null && matter !== undefined;
  const words = matterWords(item, entry.number, [], entry.next_step);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.target !== event.currentTarget) return;
    event.preventDefault();
    onOpen();
  };
  return (
    <li className="border-b border-border last:border-b-0">
      {/* biome-ignore lint/a11y/useSemanticElements: a row with buttons in it; it takes the keyboard itself. */}
      <div
        ref={ref}
        role="group"
        aria-labelledby={title}
        tabIndex={active ? 0 : -1}
        data-active={active || undefined}
        onFocus={onActive}
        onKeyDown={onKeyDown}
        className={classes(
          "grid grid-cols-[64px_minmax(0,1fr)] items-start gap-x-16 gap-y-8 px-16 py-12 text-sm outline-offset-[-2px]",
          "lg:grid-cols-[64px_minmax(0,1fr)_auto]",
          active ? "bg-surface-3" : "hover:bg-surface-2",
        )}
      >
        <span className="pt-2 text-right text-fg-2">
          <Waiting since={item.since} />
        </span>
        <div className="flex min-w-0 flex-col gap-4">
          <p className="flex flex-wrap items-center gap-8">
            <button
              type="button"
              tabIndex={-1}
              onClick={onOpen}
              className="font-mono text-sm text-accent hover:underline"
              aria-label={m.attention_open({ number: entry.number })}
            >
              {entry.number}
            </button>
            <Chip family="attention" icon={TriangleAlert}>
              {roleText(item.owner)}
            </Chip>
            <span className="text-xs text-fg-2">{names.shop(entry.shop)}</span>
            <span className="font-mono text-2xs text-fg-2">{item.code}</span>
          </p>
          <p id={title} className="font-medium wrap-anywhere">
            {settles ? titleWords(words.title) : words.title}
          </p>
          {words.detail !== "" && <p className="wrap-anywhere text-fg-2">{words.detail}</p>}
          {entry.next_step !== "" && <p>{words.next_step}</p>}
          {hasDetails(item) && (
            <>
              {/* Its words begin where those above it do. */}
              <span className="-ml-8">
                <Button
                  size="small"
                  variant="quiet"
                  icon={expanded ? ChevronDown : ChevronRight}
                  tabIndex={active ? 0 : -1}
                  aria-expanded={expanded}
                  aria-controls={details}
                  aria-label={m.attention_details_of({ number: entry.number })}
                  onClick={onExpand}
                >
                  {m.attention_details()}
                  {active ? <KeyCap binding="d" /> : null}
                </Button>
              </span>
              <div id={details} hidden={!expanded}>
                {expanded && <EntryDetails entry={entry} names={names} />}
              </div>
            </>
          )}
          {!settles && item.code !== REPORT && <p className="text-xs text-fg-2">{m.attention_settles_itself()}</p>}
        </div>
        <div className="col-start-2 flex flex-wrap gap-6 lg:col-start-3 lg:max-w-420 lg:justify-end">
          {settles ? (
            item.options.map((choice, place) => (
              <Button key={choice} size="small" tabIndex={active ? 0 : -1} onClick={() => onChoose(choice)}>
                {choiceText(choice)}
                {active && place < 5 ? <KeyCap binding={String(place + 1)} /> : null}
              </Button>
            ))
          ) : (
            <Button size="small" tabIndex={active ? 0 : -1} onClick={onOpen}>
              {item.code === REPORT ? m.order_report_go() : m.attention_action_open()}
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}

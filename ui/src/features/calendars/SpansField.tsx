import { Plus, X } from "lucide-react";
import { useRef } from "react";
import { Button, IconButton } from "@/components/Button";
import { CONTROL } from "@/components/Field";
import { type Fault, faultText } from "@/features/policy/faults";
import { freshKey } from "@/features/policy/key";
import { classes } from "@/lib/classes";
import { m } from "@/paraglide/messages.js";
import type { SpanForm } from "./calendar";

interface Properties {
  /** The day they belong to. */
  readonly label: string;
  readonly spans: readonly SpanForm[];
  readonly onSpans: (spans: readonly SpanForm[]) => void;
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly readOnly: boolean;
}

/** Hours of one day, in order. */
export function SpansField({ label, spans, onSpans, path, faults, readOnly }: Properties) {
  const list = useRef<HTMLDivElement>(null);
  const add = () => {
    const last = spans.at(-1);
    onSpans([
      ...spans,
      { key: freshKey(), open: last === undefined ? "08:00" : last.close, close: last === undefined ? "17:00" : "" },
    ]);
    requestAnimationFrame(() => {
      const fields = list.current?.querySelectorAll("input");
      fields?.[fields.length - (last === undefined ? 2 : 1)]?.focus();
    });
  };
  const error = faultText(faults, path);
  return (
    <div ref={list} className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-12 gap-y-6">
        {spans.length === 0 ? <span className="py-6 text-sm text-fg-3">{m.calendars_closed()}</span> : null}
        {spans.map((span, index) => {
          const wrong = faultText(faults, `${path}[${index}]`) !== undefined;
          const change = (part: Partial<SpanForm>) => onSpans(spans.with(index, { ...span, ...part }));
          return (
            <span key={span.key} className="flex items-center gap-4">
              <TimeField
                label={m.calendars_opens({ day: label })}
                value={span.open}
                onValue={(open) => change({ open })}
                wrong={wrong}
                readOnly={readOnly}
              />
              <span className="text-fg-3">–</span>
              <TimeField
                label={m.calendars_closes({ day: label })}
                value={span.close}
                onValue={(close) => change({ close })}
                wrong={wrong}
                readOnly={readOnly}
              />
              {readOnly ? null : (
                <IconButton
                  icon={X}
                  label={m.calendars_span_remove({ day: label })}
                  onClick={() => {
                    onSpans(spans.filter((other) => other !== span));
                    requestAnimationFrame(() => list.current?.querySelector("button")?.focus());
                  }}
                />
              )}
            </span>
          );
        })}
        {readOnly ? null : (
          <Button
            size="small"
            variant="quiet"
            icon={Plus}
            aria-label={m.calendars_span_add_to({ day: label })}
            onClick={add}
          >
            {m.calendars_span_add()}
          </Button>
        )}
      </div>
      {error === undefined ? null : <p className="text-xs text-danger-text">{error}</p>}
    </div>
  );
}

interface TimeProperties {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly wrong: boolean;
  readonly readOnly: boolean;
}

/** A time of day as text: the browser's own field knows no 24:00. */
export function TimeField({ label, value, onValue, wrong, readOnly }: TimeProperties) {
  return (
    <span className="inline-block w-64">
      <input
        aria-label={label}
        aria-invalid={wrong}
        value={value}
        placeholder="08:00"
        maxLength={5}
        readOnly={readOnly}
        autoComplete="off"
        onChange={(event) => onValue(event.target.value)}
        className={classes(CONTROL, "text-center font-mono", wrong && "border-danger-mark")}
      />
    </span>
  );
}

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { classes } from "@/lib/classes";

/** Children shown before "more": an order of a thousand lines must not become ten thousand elements. */
const FIRST = 100;

interface Properties {
  readonly name: string | undefined;
  readonly value: unknown;
  /** Levels that start open. */
  readonly open: number;
}

function Leaf({ value }: { value: unknown }) {
  const tone =
    typeof value === "string"
      ? "text-success-text"
      : typeof value === "number"
        ? "text-info-text"
        : "text-changed-text";
  return <span className={classes("break-all", tone)}>{JSON.stringify(value)}</span>;
}

/** A JSON value that folds. */
export function JsonTree({ name, value, open }: Properties) {
  const [shown, setShown] = useState(open > 0);
  const [limit, setLimit] = useState(FIRST);
  const label = name === undefined ? null : <span className="text-fg-2">{name}: </span>;
  if (typeof value !== "object" || value === null) {
    return (
      <div className="pl-16">
        {label}
        <Leaf value={value} />
      </div>
    );
  }
  const entries = Object.entries(value);
  const [left, right] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (entries.length === 0) {
    return (
      <div className="pl-16">
        {label}
        <span className="text-fg-3">{left + right}</span>
      </div>
    );
  }
  return (
    <div>
      <button
        type="button"
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
        className="flex items-center gap-2 rounded-4 hover:bg-surface-2"
      >
        <ChevronRight aria-hidden size={14} className={classes("shrink-0 text-fg-3", shown && "rotate-90")} />
        <span>
          {label}
          <span className="text-fg-3">{shown ? left : `${left} ${entries.length} ${right}`}</span>
        </span>
      </button>
      {shown && (
        <div className="ml-6 border-l border-border pl-8">
          {entries.slice(0, limit).map(([key, child]) => (
            <JsonTree key={key} name={key} value={child} open={open - 1} />
          ))}
          {entries.length > limit && (
            <button type="button" onClick={() => setLimit(limit * 10)} className="pl-16 text-accent hover:underline">
              … {entries.length - limit}
            </button>
          )}
        </div>
      )}
      {shown && <div className="pl-16 text-fg-3">{right}</div>}
    </div>
  );
}

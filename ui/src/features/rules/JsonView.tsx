import { useId, useState } from "react";
import { CONTROL } from "@/components/Field";
import { classes } from "@/lib/classes";
import { m } from "@/paraglide/messages.js";
import type { Reading } from "./reader";

interface Properties<Rule> {
  readonly rules: readonly Rule[];
  readonly read: (json: string) => Reading<Rule>;
  /** What could be read. */
  readonly onRules: (rules: readonly Rule[]) => void;
  /** Whether the text can be read; until then the draft is what it was. */
  readonly onReadable: (readable: boolean) => void;
  readonly readOnly: boolean;
}

function written(rules: readonly unknown[]): string {
  return JSON.stringify({ rules }, null, 2);
}

/** All rules as text, for who writes them faster than any form lets them. What was typed stays as it was typed. */
export function JsonView<Rule>({ rules, read, onRules, onReadable, readOnly }: Properties<Rule>) {
  const id = useId();
  const [text, setText] = useState(() => written(rules));
  const reading = read(text);
  const fault = "fault" in reading ? reading.fault : undefined;
  return (
    <div className="flex flex-col gap-8 p-16">
      <textarea
        aria-label={m.rules_json_label()}
        aria-invalid={fault !== undefined}
        aria-describedby={id}
        value={text}
        readOnly={readOnly}
        spellCheck={false}
        rows={24}
        onChange={(event) => {
          const next = event.target.value;
          setText(next);
          const found = read(next);
          onReadable(!("fault" in found));
          if (!("fault" in found)) onRules(found.rules);
        }}
        className={classes(
          CONTROL,
          "h-auto resize-y py-8 font-mono text-xs",
          fault !== undefined && "border-danger-mark",
        )}
      />
      <p
        id={id}
        aria-live="polite"
        className={classes("text-xs wrap-anywhere", fault === undefined ? "text-fg-3" : "text-danger-text")}
      >
        {fault === undefined ? (
          m.rules_json_help()
        ) : (
          <>
            {fault.path === "" ? null : <span className="font-mono">{fault.path}: </span>}
            {fault.text}
          </>
        )}
      </p>
    </div>
  );
}

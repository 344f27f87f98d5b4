/** Rules from top to bottom; each row opens its rule, and moves by Alt and an arrow or by its handle. */
import { ArrowDown, ArrowUp, Copy, Ellipsis, GripVertical, OctagonX, Trash2, TriangleAlert } from "lucide-react";
import { type FocusEvent, type KeyboardEvent, useRef } from "react";
import { IconButton } from "@/components/Button";
import { Chip } from "@/components/Chip";
import { Menu, MenuItem, MenuSeparator } from "@/components/Menu";
import { SwitchField } from "@/components/SwitchField";
import { DIFFERENCE_WORDS } from "@/features/policy/DifferenceList";
import type { Difference } from "@/features/policy/differences";
import { classes } from "@/lib/classes";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import type { RuleForm } from "./ruleForm";
import { useDragOrder } from "./useDragOrder";

/** What a row says about its rule. */
export interface RuleRow {
  readonly rule: RuleForm;
  readonly when: string;
  readonly does: string;
  readonly note: string;
  readonly faults: number;
  readonly findings: number;
  /** How it differs from what holds. */
  readonly change: Difference["kind"] | undefined;
}

interface Properties {
  readonly label: string;
  readonly rows: readonly RuleRow[];
  readonly selected: string | null;
  readonly readOnly: boolean;
  /** The row that has the keyboard. */
  readonly onCurrent: (key: string | null) => void;
  readonly onSelect: (key: string) => void;
  readonly onMove: (key: string, to: number) => void;
  readonly onToggle: (key: string) => void;
  readonly onDuplicate: (key: string) => void;
  readonly onDelete: (key: string) => void;
}

/** Whether the keyboard goes elsewhere on the page; dialogs, menus and other windows give it back. */
function leaves({ relatedTarget, currentTarget }: FocusEvent): boolean {
  return relatedTarget === null
    ? document.activeElement !== currentTarget
    : relatedTarget.closest('[role="dialog"], [role="menu"]') === null;
}

/** Puts the keyboard on a row. */
export function focusRule(key: string): void {
  requestAnimationFrame(() => focusRow(document, key));
}

function focusRow(within: ParentNode, key: string): void {
  const rows = [...within.querySelectorAll<HTMLElement>("[data-rule]")];
  rows
    .find((row) => row.dataset.rule === key)
    ?.querySelector<HTMLElement>("[data-open]")
    ?.focus();
}

export function RuleList(properties: Properties) {
  const { label, rows, selected, readOnly, onCurrent, onSelect, onMove, onToggle } = properties;
  const list = useRef<HTMLOListElement>(null);
  const { drag, handle } = useDragOrder(list, onMove);
  const step = (event: KeyboardEvent, index: number) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }[event.key];
    const next = to === undefined ? undefined : rows[to];
    if (next === undefined) return;
    event.preventDefault();
    if (list.current !== null) focusRow(list.current, next.rule.key);
  };
  /** Where the dragged row would go: before the row at this place among the others. */
  const others = rows.filter(({ rule }) => rule.key !== drag?.key);
  const before = drag === null ? undefined : (others[drag.to]?.rule.key ?? "end");
  return (
    <ol ref={list} aria-label={label} className="flex flex-col">
      {rows.map((row, index) => {
        const { rule } = row;
        return (
          <li
            key={rule.key}
            data-rule={rule.key}
            className={classes(
              "group relative flex items-stretch border-b border-border last:border-b-0",
              selected === rule.key ? "bg-surface-3" : "hover:bg-surface-2",
              drag?.key === rule.key && "opacity-50",
              before === rule.key && "shadow-[inset_0_2px_0_var(--color-accent)]",
              before === "end" && index === rows.length - 1 && "shadow-[inset_0_-2px_0_var(--color-accent)]",
            )}
          >
            {readOnly ? (
              <span className="w-16" />
            ) : (
              <span
                aria-hidden
                {...handle(rule.key)}
                className="flex w-24 shrink-0 cursor-grab touch-none items-center justify-center text-fg-3 hover:text-fg"
              >
                <GripVertical size={14} strokeWidth={1.75} />
              </span>
            )}
            <button
              type="button"
              data-open
              aria-expanded={selected === rule.key}
              aria-keyshortcuts={readOnly ? undefined : "Alt+ArrowUp Alt+ArrowDown"}
              onFocus={() => onCurrent(rule.key)}
              onBlur={(event) => {
                if (leaves(event)) onCurrent(null);
              }}
              onClick={() => onSelect(rule.key)}
              onKeyDown={(event) => step(event, index)}
              className={classes("flex min-w-0 flex-1 gap-12 py-10 pr-8 text-left focus-visible:-outline-offset-2")}
            >
              <span className="w-20 shrink-0 text-right text-xs text-fg-2 tabular-nums">{integer(index + 1)}</span>
              <span className={classes("flex min-w-0 flex-1 flex-col gap-2", rule.enabled ? "text-fg" : "text-fg-2")}>
                <span className="flex flex-wrap items-center gap-6">
                  <span className="font-mono text-sm font-medium wrap-anywhere">{rule.id === "" ? "–" : rule.id}</span>
                  {row.change === undefined ? null : (
                    <span className="text-xs text-changed-text">{DIFFERENCE_WORDS[row.change]()}</span>
                  )}
                </span>
                <span className="text-xs wrap-anywhere text-fg-2">{row.when}</span>
                <span className="text-xs wrap-anywhere">→ {row.does}</span>
                {row.note === "" ? null : <span className="text-xs wrap-anywhere text-fg-2">{row.note}</span>}
              </span>
              <span className="flex shrink-0 flex-col items-end gap-4">
                {rule.enabled ? null : (
                  <span className="rounded-pill border border-border px-6 text-xs text-fg-2">{m.rules_disabled()}</span>
                )}
                {row.faults === 0 ? null : (
                  <Chip family="danger" icon={OctagonX}>
                    {m.rules_row_faults({ count: integer(row.faults), rows: row.faults })}
                  </Chip>
                )}
                {row.findings === 0 ? null : (
                  <Chip family="attention" icon={TriangleAlert}>
                    {m.rules_row_findings({ count: integer(row.findings), rows: row.findings })}
                  </Chip>
                )}
              </span>
            </button>
            <span className="flex shrink-0 items-center gap-8 pr-12 pl-4">
              <SwitchField
                quiet
                label={m.rules_enabled_of({ rule: rule.id })}
                checked={rule.enabled}
                disabled={readOnly}
                onCheckedChange={() => onToggle(rule.key)}
              />
              {readOnly ? null : <RowMenu {...properties} index={index} row={row} />}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function RowMenu({ rows, index, row, onMove, onDuplicate, onDelete }: Properties & { index: number; row: RuleRow }) {
  const { key, id } = row.rule;
  return (
    <Menu trigger={<IconButton icon={Ellipsis} label={m.rules_more({ rule: id })} />}>
      <MenuItem icon={ArrowUp} binding="Alt+ArrowUp" disabled={index === 0} onSelect={() => onMove(key, index - 1)}>
        {m.rules_up()}
      </MenuItem>
      <MenuItem
        icon={ArrowDown}
        binding="Alt+ArrowDown"
        disabled={index === rows.length - 1}
        onSelect={() => onMove(key, index + 1)}
      >
        {m.rules_down()}
      </MenuItem>
      <MenuItem icon={Copy} binding="d" onSelect={() => onDuplicate(key)}>
        {m.rules_duplicate()}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Trash2} binding="Delete" danger onSelect={() => onDelete(key)}>
        {m.rules_delete()}
      </MenuItem>
    </Menu>
  );
}

/** Which edit windows differ from their shop's own, as a person edits them. */
import type { EditWindow, WindowChoice } from "@/api/types";
import type { Fault } from "@/features/policy/faults";
import { freshKey } from "@/features/policy/key";
import type { PolicyKind } from "@/features/policy/usePolicyDraft";
import { type LengthForm, lengthOf, secondsOf } from "@/features/rules/length";
import { m } from "@/paraglide/messages.js";

export const WINDOW_KINDS = [
  "after_receipt",
  "until_cut_off",
  "manual",
] as const satisfies readonly EditWindow["kind"][];
export type WindowKind = (typeof WINDOW_KINDS)[number];

export interface WindowForm {
  readonly key: string;
  /** Null: of all shops. */
  readonly shop: string | null;
  /** Null: for all warehouses. */
  readonly warehouse: string | null;
  readonly kind: WindowKind;
  /** After receipt, or before the cut-off. */
  readonly length: LengthForm;
}

export type WindowForms = readonly WindowForm[];

export function newWindow(): WindowForm {
  return {
    key: freshKey(),
    shop: null,
    warehouse: null,
    kind: "after_receipt",
    length: { count: "60", unit: "minutes" },
  };
}

function formOfChoice({ shop, warehouse, window }: WindowChoice): WindowForm {
  const length =
    window.kind === "after_receipt"
      ? lengthOf(window.seconds)
      : window.kind === "until_cut_off"
        ? lengthOf(window.lead_seconds)
        : newWindow().length;
  return { key: freshKey(), shop: shop ?? null, warehouse: warehouse ?? null, kind: window.kind, length };
}

function windowOf({ kind, length }: WindowForm): EditWindow {
  const seconds = secondsOf(length) ?? Number.NaN;
  if (kind === "after_receipt") return { kind, seconds };
  return kind === "until_cut_off" ? { kind, lead_seconds: seconds } : { kind };
}

export const windowKind: PolicyKind<readonly WindowChoice[], WindowForms> = {
  formOf: (choices) => choices.map(formOfChoice),
  wireOf: (forms) => forms.map((form) => ({ shop: form.shop, warehouse: form.warehouse, window: windowOf(form) })),
};

/** What would be refused. */
export function windowFaults(forms: WindowForms): readonly Fault[] {
  return forms.flatMap((form, index) => {
    const seconds = secondsOf(form.length);
    const wrong = form.kind !== "manual" && (seconds === undefined || Number.isNaN(seconds));
    return wrong ? [{ path: `choices[${index}].window`, text: m.rules_fault_length() }] : [];
  });
}

/** What would be taken, and is worth a second look: `hasCalendar` knows the warehouses that have one. */
export function windowFindings(
  forms: WindowForms,
  hasCalendar: ReadonlySet<string>,
  all: readonly string[],
): readonly Fault[] {
  return forms.flatMap((form, index) => {
    const path = `choices[${index}]`;
    const twice = forms.findIndex((other) => other.shop === form.shop && other.warehouse === form.warehouse) < index;
    const places = form.warehouse === null ? all : [form.warehouse];
    const without = form.kind === "until_cut_off" && places.some((place) => !hasCalendar.has(place));
    return [
      ...(twice ? [{ path, text: m.calendars_window_twice() }] : []),
      ...(without ? [{ path, text: m.calendars_window_no_calendar() }] : []),
    ];
  });
}

import { Plus, X } from "lucide-react";
import { useChangeEditWindows } from "@/api/policies";
import type { EditWindowsDetail, WarehouseCalendar } from "@/api/types";
import { Button, IconButton } from "@/components/Button";
import { CONTROL } from "@/components/Field";
import { Select } from "@/components/Select";
import { Section } from "@/features/order/Section";
import { useNames } from "@/features/orders/names";
import { DraftBar } from "@/features/policy/DraftBar";
import { differencesOf } from "@/features/policy/differences";
import { faultText, within } from "@/features/policy/faults";
import { PolicyDialogs } from "@/features/policy/PolicyDialogs";
import { usePolicyDraft } from "@/features/policy/usePolicyDraft";
import { usePolicySave } from "@/features/policy/usePolicySave";
import { VersionLine } from "@/features/policy/VersionList";
import { FindingList } from "@/features/rules/FindingList";
import { lengthText, UNIT_OPTIONS } from "@/features/rules/words";
import { classes } from "@/lib/classes";
import { m } from "@/paraglide/messages.js";
import { newWindow, WINDOW_KINDS, type WindowForm, windowFaults, windowFindings, windowKind } from "./windows";
import { WINDOW_WORDS, windowParts } from "./words";

interface Properties {
  readonly detail: EditWindowsDetail;
  readonly calendars: readonly WarehouseCalendar[];
  readonly readOnly: boolean;
  readonly reread: () => Promise<unknown>;
}

const ALL = "*";

/** Until when an order can be changed without asking: what each shop says, and where it differs. */
export function WindowsEditor({ detail, calendars, readOnly, reread }: Properties) {
  const names = useNames();
  const { mutateAsync: change } = useChangeEditWindows();
  const draft = usePolicyDraft("windows", windowKind, { version: detail.version.version, value: detail.choices });
  const { form } = draft;
  const way = usePolicySave(draft, {
    send: (reason) => change({ body: { base: draft.base, reason, choices: [...windowKind.wireOf(form)] } }),
    reread,
    saved: m.calendars_windows_saved,
  });
  const faults = windowFaults(form);
  const withCalendar = calendars.filter((item) => item.calendar !== null && item.calendar !== undefined);
  const findings = windowFindings(
    form,
    new Set(withCalendar.map((item) => item.warehouse)),
    calendars.map((item) => item.warehouse),
  );
  const from = windowParts(windowKind.formOf(draft.from), names);
  const yours = windowParts(form, names);
  const shops = [
    { value: ALL, label: m.calendars_all_shops() },
    ...detail.defaults.map((shop) => ({ value: shop.shop, label: shop.name })),
  ];
  const warehouses = [
    { value: ALL, label: m.calendars_all_warehouses() },
    ...calendars.map((item) => ({ value: item.warehouse, label: item.name })),
  ];
  const known = (options: typeof shops, value: string | null, name: (id: string) => string) =>
    value === null || options.some((option) => option.value === value)
      ? options
      : [...options, { value, label: name(value) }];
  return (
    <Section
      title={m.calendars_windows()}
      aside={
        detail.version.version === 0 ? null : (
          <p className="flex min-w-0 flex-wrap items-baseline justify-end gap-x-8 text-xs">
            <VersionLine version={detail.version} />
          </p>
        )
      }
    >
      <div className="flex flex-col gap-24 p-16">
        <section aria-label={m.calendars_windows_defaults()} className="flex flex-col gap-8">
          <div>
            <h3 className="text-xs font-medium text-fg-2">{m.calendars_windows_defaults()}</h3>
            <p className="text-xs text-fg-3">{m.calendars_windows_defaults_help()}</p>
          </div>
          <dl className="grid max-w-560 grid-cols-[minmax(0,1fr)_max-content] gap-x-24 gap-y-4 text-sm">
            {detail.defaults.map((shop) => (
              <div
                key={shop.shop}
                className="col-span-2 grid grid-cols-subgrid border-b border-border py-4 last:border-b-0"
              >
                <dt className="wrap-anywhere text-fg">{shop.name}</dt>
                <dd className="text-fg-2">{m.calendars_window_text_after({ length: lengthText(shop.seconds) })}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section aria-label={m.calendars_windows_choices()} className="flex flex-col gap-8">
          <div>
            <h3 className="text-xs font-medium text-fg-2">{m.calendars_windows_choices()}</h3>
            <p className="text-xs text-fg-3">{m.calendars_windows_choices_help()}</p>
          </div>
          {form.map((window, index) => {
            const edit = (part: Partial<WindowForm>) => draft.change(form.with(index, { ...window, ...part }));
            const error = faultText(faults, `choices[${index}]`);
            return (
              <div key={window.key} className="flex flex-col gap-4">
                <div className="grid grid-cols-[repeat(3,minmax(0,1fr))_minmax(0,220px)_28px] items-start gap-8 max-md:grid-cols-2">
                  <Select
                    label={m.calendars_window_shop()}
                    value={window.shop ?? ALL}
                    disabled={readOnly}
                    onValueChange={(shop) => edit({ shop: shop === ALL ? null : shop })}
                    options={known(shops, window.shop, names.shop)}
                  />
                  <Select
                    label={m.calendars_window_warehouse()}
                    value={window.warehouse ?? ALL}
                    disabled={readOnly}
                    onValueChange={(warehouse) => edit({ warehouse: warehouse === ALL ? null : warehouse })}
                    options={known(warehouses, window.warehouse, names.warehouse)}
                  />
                  <Select
                    label={m.calendars_window_kind()}
                    value={window.kind}
                    disabled={readOnly}
                    onValueChange={(kind) => edit({ kind })}
                    options={WINDOW_KINDS.map((value) => ({ value, label: WINDOW_WORDS[value]() }))}
                  />
                  {window.kind === "manual" ? (
                    <span />
                  ) : (
                    <div className="grid grid-cols-2 gap-8">
                      <input
                        aria-label={
                          window.kind === "after_receipt" ? m.calendars_window_length() : m.calendars_window_lead()
                        }
                        aria-invalid={error !== undefined}
                        value={window.length.count}
                        onChange={(event) => edit({ length: { ...window.length, count: event.target.value } })}
                        inputMode="numeric"
                        readOnly={readOnly}
                        autoComplete="off"
                        className={classes(CONTROL, error !== undefined && "border-danger-mark")}
                      />
                      <Select
                        label={m.rules_unit()}
                        value={window.length.unit}
                        disabled={readOnly}
                        onValueChange={(unit) => edit({ length: { ...window.length, unit } })}
                        options={UNIT_OPTIONS()}
                      />
                    </div>
                  )}
                  {readOnly ? null : (
                    <span className="mt-2">
                      <IconButton
                        icon={X}
                        label={m.calendars_window_remove()}
                        onClick={() => draft.change(form.filter((other) => other !== window))}
                      />
                    </span>
                  )}
                </div>
                {error === undefined ? null : <p className="text-xs text-danger-text">{error}</p>}
                <FindingList findings={within(findings, `choices[${index}]`)} />
              </div>
            );
          })}
          {readOnly ? (
            form.length === 0 && <p className="text-sm text-fg-3">{m.calendars_windows_no_choice()}</p>
          ) : (
            <span>
              <Button size="small" icon={Plus} onClick={() => draft.change([...form, newWindow()])}>
                {m.calendars_window_add()}
              </Button>
            </span>
          )}
        </section>
      </div>
      {draft.changed ? (
        <DraftBar
          label={m.calendars_windows_draft()}
          changes={Math.max(1, differencesOf(from, yours).length)}
          changedAt={draft.changedAt}
          outdated={draft.outdated}
          faults={faults.length}
          onOutdated={way.showTheirs}
          onDiscard={way.discard}
          onSave={way.begin}
        />
      ) : null}
      <PolicyDialogs
        save={way}
        title={m.calendars_windows_save()}
        current={detail.version}
        from={from}
        holding={windowParts(windowKind.formOf(detail.choices), names)}
        yours={yours}
      />
    </Section>
  );
}

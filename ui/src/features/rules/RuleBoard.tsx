/** One kind of rules: the list, the rule beside it, the whole as JSON, versions, and the way to the next one. */
import { Braces, ListOrdered, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useActions } from "@/actions/useActions";
import type { PolicyVersion } from "@/api/types";
import { Button } from "@/components/Button";
import { EmptyState } from "@/components/EmptyState";
import { useToaster } from "@/components/Toast";
import { Section } from "@/features/order/Section";
import { useNames } from "@/features/orders/names";
import { DraftBar } from "@/features/policy/DraftBar";
import { differencesOf } from "@/features/policy/differences";
import { type Fault, within } from "@/features/policy/faults";
import { PolicyDialogs } from "@/features/policy/PolicyDialogs";
import type { PolicyDraft } from "@/features/policy/usePolicyDraft";
import { usePolicySave } from "@/features/policy/usePolicySave";
import { VersionList } from "@/features/policy/VersionList";
import { classes } from "@/lib/classes";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import type { Board } from "./board";
import { JsonView } from "./JsonView";
import { focusRule, RuleList } from "./RuleList";
import { moved, type RuleForm, replaced, without } from "./ruleForm";
import { VersionDialog } from "./VersionDialog";

export interface PanelProperties<Form extends RuleForm> {
  readonly rule: Form;
  readonly onRule: (rule: Form) => void;
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly readOnly: boolean;
  readonly onClose: () => void;
}

export interface SaveRequest<Wire> {
  readonly base: number;
  readonly reason: string;
  readonly rules: readonly Wire[];
}

interface Properties<Wire, Form extends RuleForm> {
  readonly board: Board<Wire, Form>;
  readonly draft: PolicyDraft<readonly Wire[], readonly Form[]>;
  readonly current: { readonly version: PolicyVersion; readonly rules: readonly Wire[] };
  readonly versions: readonly PolicyVersion[];
  /** What the server says about the draft, beside what is seen here. */
  readonly checked: { readonly faults: readonly Fault[]; readonly findings: readonly Fault[] };
  readonly readOnly: boolean;
  /** Id of a rule to open at the beginning. */
  readonly open: string | undefined;
  readonly onTry: (() => void) | undefined;
  readonly save: (request: SaveRequest<Wire>) => Promise<unknown>;
  /** Reads the version that holds. */
  readonly reread: () => Promise<unknown>;
  /** Reads the rules of an earlier version. */
  readonly readVersion: (version: number) => Promise<readonly Wire[]>;
  readonly panel: (properties: PanelProperties<Form>) => ReactNode;
}

export function RuleBoard<Wire, Form extends RuleForm>(properties: Properties<Wire, Form>) {
  const { board, draft, current, versions, checked, readOnly, open, onTry, save, reread, readVersion, panel } =
    properties;
  const { words, kind } = board;
  const names = useNames();
  const toaster = useToaster();
  const rules = draft.form;
  const [selected, setSelected] = useState<string | null>(() => rules.find((rule) => rule.id === open)?.key ?? null);
  const [focused, setFocused] = useState<string | null>(null);
  const [asJson, setAsJson] = useState(false);
  const [unreadable, setUnreadable] = useState(false);
  /** Raised when the draft is replaced as a whole. */
  const [generation, setGeneration] = useState(0);
  const [reading, setReading] = useState<PolicyVersion | undefined>(undefined);
  const [told, setTold] = useState("");

  const own = board.faults(rules);
  const faults = own.length > 0 ? own : checked.faults;
  const partsOf = (forms: readonly Form[]) => forms.map((form) => board.part(form, names));
  const parts = partsOf(rules);
  const base = partsOf(kind.formOf(draft.from));
  const holding = partsOf(kind.formOf(current.rules));
  const differences = differencesOf(base, parts);
  const touched = new Map(draft.changed ? differences.toReversed().map((one) => [one.name, one.kind]) : []);
  const at = rules.findIndex((rule) => rule.key === (focused ?? selected));
  const here = at < 0 ? undefined : rules[at];
  const index = rules.findIndex((rule) => rule.key === selected);
  const shown = index < 0 ? undefined : rules[index];

  const panelOpen = shown !== undefined && !asJson;

  const move = (key: string, to: number) => {
    const place = Math.max(0, Math.min(to, rules.length - 1));
    draft.change(moved(rules, key, to));
    const id = rules.find((rule) => rule.key === key)?.id ?? "";
    // A row that changes its place in the page loses the keyboard, where a palette or a menu wants to give it back.
    if (focused === key) focusRule(key);
    setTold(m.rules_moved({ rule: id, place: integer(place + 1), count: integer(rules.length) }));
  };
  const show = (key: string) => {
    setSelected(key);
    setFocused(key);
  };
  const close = () => {
    if (shown !== undefined) focusRule(shown.key);
    setFocused(selected);
    setSelected(null);
  };
  const insert = (rule: Form, to: number) => {
    draft.change(rules.toSpliced(to, 0, rule));
    setAsJson(false);
    show(rule.key);
  };
  /** Text that cannot be read would be lost on the way to the list. */
  const switchView = () => {
    if (unreadable) return;
    setAsJson(!asJson);
    setFocused(null);
  };
  const add = () => insert(board.newRule(rules), rules.length);
  const duplicate = (key: string) => {
    const place = rules.findIndex((rule) => rule.key === key);
    const rule = rules[place];
    if (rule !== undefined) insert(board.duplicate(rule, rules), place + 1);
  };
  const replace = (forms: readonly Form[]) => {
    draft.change(forms);
    setGeneration((last) => last + 1);
  };
  /** The rules of an earlier version become the draft; what the draft was comes back with an undo. */
  const take = (version: PolicyVersion, wire: readonly Wire[]) => {
    const before = rules;
    setReading(undefined);
    setSelected(null);
    setUnreadable(false);
    replace(kind.formOf(wire));
    toaster.done(m.policy_version_taken({ number: integer(version.version) }), () => replace(before));
  };
  const remove = (key: string) => {
    const place = rules.findIndex((rule) => rule.key === key);
    const rule = rules[place];
    if (rule === undefined) return;
    const left = without(rules, key);
    const next = left[Math.min(place, left.length - 1)];
    draft.change(left);
    if (selected === key) setSelected(null);
    setFocused(next?.key ?? null);
    if (next !== undefined) focusRule(next.key);
    toaster.done(m.rules_deleted({ rule: rule.id }), () => replace(rules));
  };
  const toggle = (key: string) => {
    const rule = rules.find((one) => one.key === key);
    if (rule !== undefined) draft.change(replaced(rules, { ...rule, enabled: !rule.enabled }));
  };
  const way = usePolicySave(draft, {
    send: (reason) => save({ base: draft.base, reason, rules: kind.wireOf(rules) }),
    reread,
    saved: words.saved,
    onReplaced: () => {
      setGeneration((last) => last + 1);
      setUnreadable(false);
      setSelected(null);
    },
  });
  const begin = () => {
    if (draft.changed && faults.length === 0 && !unreadable) way.begin();
  };

  const writes = !readOnly && !asJson;
  const ofHere = <T extends unknown[]>(verb: (key: string, ...rest: T) => void, ...rest: T) =>
    writes && here !== undefined ? () => verb(here.key, ...rest) : undefined;
  useActions({
    "rule.add": readOnly || unreadable ? undefined : add,
    "rule.move_up": ofHere(move, at - 1),
    "rule.move_down": ofHere(move, at + 1),
    "rule.toggle": ofHere(toggle),
    "rule.duplicate": ofHere(duplicate),
    "rule.delete": ofHere(remove),
    "rule.json": unreadable ? undefined : switchView,
    "rule.save": !readOnly && draft.changed && way.dialog === null ? begin : undefined,
    "rule.try": onTry,
  });

  return (
    <>
      <div className="flex-1 px-24 pb-24">
        <div
          className={classes(
            "grid grid-cols-[minmax(0,1fr)] items-start gap-16",
            panelOpen && "lg:grid-cols-[minmax(0,1fr)_480px] lg:grid-rows-[auto_1fr]",
          )}
        >
          <div className="min-w-0">
            <Section
              title={words.title()}
              aside={
                <>
                  <Button
                    size="small"
                    icon={asJson ? ListOrdered : Braces}
                    disabled={unreadable}
                    focusableWhenDisabled
                    onClick={switchView}
                  >
                    {asJson ? m.rules_as_list() : m.rules_as_json()}
                  </Button>
                  {readOnly ? null : (
                    <Button size="small" variant="primary" icon={Plus} disabled={unreadable} onClick={add}>
                      {words.add()}
                    </Button>
                  )}
                </>
              }
            >
              <p className="border-b border-border px-16 py-8 text-xs text-fg-2">{words.order()}</p>
              {asJson ? (
                <JsonView
                  key={`${generation} ${draft.base}`}
                  rules={kind.wireOf(rules)}
                  read={board.read}
                  onRules={(wire) => draft.change(kind.formOf(wire))}
                  onReadable={(readable) => setUnreadable(!readable)}
                  readOnly={readOnly}
                />
              ) : rules.length === 0 ? (
                <EmptyState icon={ListOrdered} title={words.empty()}>
                  {words.emptyHelp()}
                </EmptyState>
              ) : (
                <RuleList
                  label={words.title()}
                  rows={rules.map((rule, place) => ({
                    rule,
                    ...board.row(rule, names),
                    faults: within(faults, `rules[${place}]`).length,
                    findings: within(checked.findings, `rules[${place}]`).length,
                    change: touched.get(rule.id),
                  }))}
                  selected={selected}
                  readOnly={readOnly}
                  onCurrent={setFocused}
                  onSelect={show}
                  onMove={move}
                  onToggle={toggle}
                  onDuplicate={duplicate}
                  onDelete={remove}
                />
              )}
            </Section>
          </div>
          {panelOpen && shown !== undefined
            ? panel({
                rule: shown,
                onRule: (rule) => draft.change(replaced(rules, rule)),
                path: `rules[${index}]`,
                faults,
                readOnly,
                onClose: close,
              })
            : null}
          <Section title={m.policy_versions()}>
            <VersionList versions={versions} onOpen={setReading} />
          </Section>
        </div>
        <p aria-live="polite" className="sr-only">
          {told}
        </p>
      </div>
      {draft.changed || unreadable ? (
        <DraftBar
          label={words.draft()}
          changes={Math.max(1, differences.length)}
          changedAt={draft.changedAt}
          outdated={draft.outdated}
          faults={unreadable ? Math.max(1, faults.length) : faults.length}
          onOutdated={way.showTheirs}
          onDiscard={way.discard}
          onTry={onTry}
          onSave={begin}
          binding="Mod+s"
        />
      ) : null}
      {reading === undefined ? null : (
        <VersionDialog
          board={board}
          version={reading}
          holding={current.rules}
          read={readVersion}
          names={names}
          onUse={readOnly ? undefined : (wire) => take(reading, wire)}
          onClose={() => setReading(undefined)}
        />
      )}
      <PolicyDialogs
        save={way}
        title={words.save()}
        current={current.version}
        from={base}
        holding={holding}
        yours={parts}
      />
    </>
  );
}

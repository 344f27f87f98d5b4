import { useQuery } from "@tanstack/react-query";
import { Package, Plus, X } from "lucide-react";
import { useState } from "react";
import { articlesQuery, type ChangeArticle, useChangeArticle } from "@/api/articles";
import type { ArticleDetail } from "@/api/types";
import { Button, IconButton } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { EmptyState } from "@/components/EmptyState";
import { TextAreaField, TextField } from "@/components/Field";
import { ErrorBanner } from "@/components/Problem";
import { ReadError, useFailure } from "@/components/ReadError";
import { Skeleton } from "@/components/Skeleton";
import { SwitchField } from "@/components/SwitchField";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { type BundleForm, bundleChange, bundleForm, emptyBundle, isComplete, noBundle, unitsOf } from "./bundle";

export interface KnownWarehouse {
  readonly id: string;
  readonly name: string;
}

interface EditorProperties {
  /** The bundle that is changed; none for a new one. */
  readonly known: ArticleDetail | undefined;
  readonly warehouses: readonly KnownWarehouse[];
  readonly onDone: (sku: string) => void;
  readonly onBack: () => void;
}

function BundleEditor({ known, warehouses, onDone, onBack }: EditorProperties) {
  const change = useChangeArticle();
  const [form, setForm] = useState<BundleForm>(known === undefined ? emptyBundle : bundleForm(known));
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const set = (part: Partial<BundleForm>) => setForm((before) => ({ ...before, ...part }));
  const setComponent = (key: number, part: { sku?: string; units?: string }) =>
    set({ components: form.components.map((known) => (known.key === key ? { ...known, ...part } : known)) });
  const send = (intent: ChangeArticle) => {
    if (!change.isPending) change.mutate(intent, { onSuccess: () => onDone(intent.sku) });
  };
  const note = reason.trim();
  const missing = (text: string) => (tried && text.trim() === "" ? m.field_required() : undefined);
  return (
    <form
      id="change-bundle"
      noValidate
      className="flex flex-col gap-16"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (note !== "" && isComplete(form)) send(bundleChange(form, known?.version.version ?? 0, note));
      }}
    >
      <TextField
        label={m.stock_column_sku()}
        name="bundle"
        mono
        autoComplete="off"
        readOnly={known !== undefined}
        value={form.sku}
        onValueChange={(sku: string) => set({ sku })}
        error={missing(form.sku)}
      />
      <fieldset className="flex flex-col gap-8">
        <legend className="mb-8 text-sm font-medium">{m.bundle_made_of()}</legend>
        {form.components.map((component) => (
          <div key={component.key} className="grid grid-cols-[72px_minmax(0,1fr)_32px] items-start gap-8">
            <TextField
              label={m.stock_units()}
              inputMode="numeric"
              autoComplete="off"
              value={component.units}
              onValueChange={(units: string) => setComponent(component.key, { units })}
              error={
                tried && unitsOf(component.units) === undefined ? m.stock_units_fault({ least: integer(1) }) : undefined
              }
            />
            <TextField
              label={m.bundle_component()}
              mono
              autoComplete="off"
              value={component.sku}
              onValueChange={(sku: string) => setComponent(component.key, { sku })}
              error={missing(component.sku)}
            />
            <span className="mt-20">
              <IconButton
                icon={X}
                label={m.bundle_remove_component()}
                disabled={form.components.length === 1}
                onClick={() => set({ components: form.components.filter((other) => other.key !== component.key) })}
              />
            </span>
          </div>
        ))}
        <p>
          <Button
            size="small"
            onClick={() => {
              const key = Math.max(...form.components.map((component) => component.key)) + 1;
              set({ components: [...form.components, { key, sku: "", units: "1" }] });
            }}
          >
            <Plus aria-hidden size={14} />
            {m.bundle_add_component()}
          </Button>
        </p>
      </fieldset>
      <fieldset className="flex flex-col gap-8">
        <legend className="mb-4 text-sm font-medium">{m.bundle_whole()}</legend>
        <p className="text-xs text-fg-2">{m.bundle_whole_help()}</p>
        {warehouses.map((place) => (
          <SwitchField
            key={place.id}
            label={place.name}
            checked={form.whole.includes(place.id)}
            onCheckedChange={(checked) =>
              set({ whole: checked ? [...form.whole, place.id] : form.whole.filter((id) => id !== place.id) })
            }
          />
        ))}
      </fieldset>
      <TextAreaField
        label={m.order_reason()}
        help={m.order_reason_help()}
        rows={2}
        value={reason}
        onValueChange={setReason}
        error={missing(reason)}
      />
      {change.error !== null && <ErrorBanner error={change.error} />}
      <div className="flex flex-wrap items-center gap-8">
        {known !== undefined && (
          <Button
            busy={change.isPending}
            onClick={() => {
              setTried(true);
              if (note !== "") send(noBundle(known, note));
            }}
          >
            {m.bundle_dissolve()}
          </Button>
        )}
        <span className="flex-1" />
        <Button onClick={onBack}>{m.bundle_back()}</Button>
        <Button variant="primary" type="submit" busy={change.isPending}>
          {m.bundle_save()}
        </Button>
      </div>
    </form>
  );
}

function BundleRow({ known, onEdit }: { known: ArticleDetail; onEdit: () => void }) {
  const parts = (known.article.components ?? []).map(({ sku, units }) => `${integer(units)} × ${sku}`);
  return (
    <li className="flex flex-wrap items-start gap-x-16 gap-y-4 py-12">
      <div className="min-w-0 flex-1">
        <p className="font-mono text-sm font-medium">{known.article.sku}</p>
        <p className="text-sm text-fg-2">{parts.join(" + ")}</p>
        <ul className="mt-4 flex flex-wrap gap-x-16 gap-y-2 text-xs text-fg-2">
          {known.places.map((place) => (
            <li key={place.warehouse}>
              {place.keeping === "whole"
                ? m.bundle_has({ warehouse: place.name, units: integer(place.available) })
                : m.bundle_makes({ warehouse: place.name, units: integer(place.available) })}
            </li>
          ))}
        </ul>
      </div>
      <Button size="small" onClick={onEdit}>
        {m.bundle_edit({ sku: known.article.sku })}
      </Button>
    </li>
  );
}

interface Properties {
  readonly warehouses: readonly KnownWarehouse[];
  readonly onDone: (sku: string) => void;
  readonly onClose: () => void;
}

/** Which articles are made of others, and where they are kept how. */
export function BundlesDialog({ warehouses, onDone, onClose }: Properties) {
  const query = useQuery(articlesQuery());
  const { data, isFetching, refetch } = query;
  const error = useFailure(query);
  const [editing, setEditing] = useState<string | undefined>(undefined);
  const bundles = data?.items.filter((known) => (known.article.components ?? []).length > 0) ?? [];
  const known = bundles.find((bundle) => bundle.article.sku === editing);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={m.bundle_title()}
      description={m.bundle_text()}
      width="large"
    >
      {editing !== undefined ? (
        <BundleEditor
          known={known}
          warehouses={warehouses}
          onBack={() => setEditing(undefined)}
          onDone={(sku) => {
            setEditing(undefined);
            onDone(sku);
          }}
        />
      ) : (
        <div className="flex flex-col gap-8">
          <ReadError error={error} hasData={data !== undefined} busy={isFetching} onRetry={() => void refetch()} />
          {data === undefined && error === null && <Skeleton className="h-120" />}
          {data !== undefined && bundles.length === 0 && <EmptyState icon={Package} title={m.bundle_none()} />}
          <ul className="divide-y divide-border">
            {bundles.map((bundle) => (
              <BundleRow key={bundle.article.sku} known={bundle} onEdit={() => setEditing(bundle.article.sku)} />
            ))}
          </ul>
          <p>
            <Button onClick={() => setEditing("")}>
              <Plus aria-hidden size={16} />
              {m.bundle_new()}
            </Button>
          </p>
        </div>
      )}
    </Dialog>
  );
}

/** A bundle as a person writes it. */
import type { ChangeArticle } from "@/api/articles";
import type { ArticleDetail } from "@/api/types";

/** One component, as typed; `key` keeps rows apart while they are empty. */
export interface ComponentForm {
  readonly key: number;
  readonly sku: string;
  readonly units: string;
}

export interface BundleForm {
  readonly sku: string;
  readonly components: readonly ComponentForm[];
  /** Warehouses that receive it as one article. */
  readonly whole: readonly string[];
}

export const emptyBundle: BundleForm = { sku: "", components: [{ key: 0, sku: "", units: "1" }], whole: [] };

export const bundleForm = ({ article, places }: ArticleDetail): BundleForm => ({
  sku: article.sku,
  components: (article.components ?? []).map(({ sku, units }, key) => ({ key, sku, units: String(units) })),
  whole: places.filter((place) => place.keeping === "whole").map((place) => place.warehouse),
});

export const unitsOf = (typed: string): number | undefined =>
  /^[1-9]\d{0,5}$/.test(typed.trim()) ? Number(typed.trim()) : undefined;

/** Whether it can be sent: the server looks at the rest. */
export const isComplete = ({ sku, components }: BundleForm): boolean =>
  sku.trim() !== "" &&
  components.length > 0 &&
  components.every((component) => component.sku.trim() !== "" && unitsOf(component.units) !== undefined);

export const bundleChange = ({ sku, components, whole }: BundleForm, base: number, reason: string): ChangeArticle => ({
  sku: sku.trim(),
  body: {
    base,
    reason,
    components: components.map((component) => ({ sku: component.sku.trim(), units: unitsOf(component.units) ?? 0 })),
    whole_at: [...whole],
  },
});

/** An article that is no bundle any more. */
export const noBundle = ({ article, version }: ArticleDetail, reason: string): ChangeArticle => ({
  sku: article.sku,
  body: { base: version.version, reason, components: [], whole_at: [] },
});

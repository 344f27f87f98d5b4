import type { ReactNode } from "react";

/** One column of a grid. Titles are translated by the caller. */
export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** Pixels; the column with `grows` takes what is left and never less. */
  readonly width: number;
  readonly grows?: boolean;
  /** Left out when there is no room for all; the smallest number goes first. Without one it always stays. */
  readonly spare?: number;
  readonly align?: "end";
  /** The API's sort key and the direction a first click asks for; absent when the list cannot be sorted by it. */
  readonly sort?: { readonly key: string; readonly first: "ascending" | "descending" };
  /** Pixels the title stands in from the cell's edge, where the cell begins with a mark. */
  readonly inset?: number;
  /** What a cell shows. Cheap: text or a span, nothing with state of its own but the shared ticker. */
  readonly cell: (row: Row, selected: boolean) => ReactNode;
  /** The same as plain text, for copying. */
  readonly text: (row: Row) => string;
}

/** The columns that have room in `width` pixels, in their order; the ones that can be spared go first. */
export function fitting<Row>(columns: readonly Column<Row>[], width: number): readonly Column<Row>[] {
  const kept = new Set(columns);
  const wide = () => [...kept].reduce((sum, column) => sum + column.width, 0);
  const spare = columns
    .filter((column) => column.spare !== undefined)
    .sort((one, other) => (one.spare ?? 0) - (other.spare ?? 0));
  for (const column of spare) {
    if (wide() <= width) break;
    kept.delete(column);
  }
  return columns.filter((column) => kept.has(column));
}

/** What a list is sorted by. */
export interface Sort {
  readonly key: string;
  readonly descending: boolean;
}

/** `-received` is newest first. */
export function sortText(sort: Sort): string {
  return `${sort.descending ? "-" : ""}${sort.key}`;
}

/** Reads what `sortText` wrote. */
export function parseSort(text: string): Sort {
  return text.startsWith("-") ? { key: text.slice(1), descending: true } : { key: text, descending: false };
}

/** What a click on a column's header asks for: its first direction, then the other one. */
export function sortClicked<Row>(current: Sort, column: Column<Row>): Sort | undefined {
  if (column.sort === undefined) return undefined;
  if (current.key === column.sort.key) return { key: current.key, descending: !current.descending };
  return { key: column.sort.key, descending: column.sort.first === "descending" };
}

/** The rows as tab-separated text with a header line; tabs and line breaks in cells become spaces. */
export function tabSeparated<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const clean = (text: string) => text.replaceAll(/[\t\r\n]+/g, " ");
  const lines = [
    columns.map((column) => clean(column.title)),
    ...rows.map((row) => columns.map((column) => clean(column.text(row)))),
  ];
  return lines.map((cells) => cells.join("\t")).join("\n");
}

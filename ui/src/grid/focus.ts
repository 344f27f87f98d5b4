/** Where the keyboard is in a grid. The header is row -1 of the path. */
import { type Geometry, pageRows } from "./scroll";

export const HEADER = -1;

export interface Focus {
  readonly rank: number;
  readonly column: number;
}

/**
 * Where a key leads, or `undefined` when it means nothing here. `ctrl` is Ctrl or Cmd. `rows` and `columns` bound the path;
 * an empty list leaves only the header.
 */
export function moved(
  focus: Focus,
  key: string,
  ctrl: boolean,
  geometry: Geometry,
  columns: number,
): Focus | undefined {
  const last = geometry.rows - 1;
  const toRank = (rank: number): Focus => ({ ...focus, rank: Math.min(Math.max(HEADER, rank), last) });
  // From a row, only the arrow and K reach the header; longer jumps stop at the first row.
  const toRow = (rank: number): Focus => toRank(last < 0 ? HEADER : Math.max(0, rank));
  const toColumn = (column: number): Focus => ({ ...focus, column: Math.min(Math.max(0, column), columns - 1) });
  switch (key) {
    case "ArrowDown":
    case "j":
      return toRank(focus.rank + 1);
    case "ArrowUp":
    case "k":
      return toRank(focus.rank - 1);
    case "ArrowLeft":
      return toColumn(focus.column - 1);
    case "ArrowRight":
      return toColumn(focus.column + 1);
    case "PageDown":
      return toRow(focus.rank + pageRows(geometry));
    case "PageUp":
      return toRow(focus.rank - pageRows(geometry));
    case "Home":
      return ctrl ? { ...toRow(0), column: 0 } : toRow(0);
    case "End":
      return ctrl ? { ...toRow(last), column: columns - 1 } : toRow(last);
    default:
      return undefined;
  }
}

import { memo } from "react";
import type { Column } from "./column";
import styles from "./Grid.module.css";

interface Properties<Row> {
  /** `undefined` while the row is not here. */
  readonly row: Row | undefined;
  readonly rank: number;
  readonly columns: readonly Column<Row>[];
  /** Prefix of cell ids, so that the grid can name the active one. */
  readonly gridId: string;
  /** The focused column, or -1. */
  readonly focused: number;
  readonly selected: boolean;
  /** The row no longer belongs where it is shown. */
  readonly moved: boolean;
  readonly movedTitle: string;
  /** Calm variation of the skeleton's width. */
  readonly tone: string | undefined;
}

function RowView<Row>({ row, rank, columns, gridId, focused, selected, moved, movedTitle, tone }: Properties<Row>) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid itself has the focus and names its active cell.
    <div
      role="row"
      aria-rowindex={rank + 2}
      aria-selected={selected}
      className={styles.row}
      data-rank={rank}
      data-focused={focused >= 0 || undefined}
      data-moved={moved || undefined}
      data-tone={tone}
      title={moved ? movedTitle : undefined}
    >
      {columns.map((column, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: as above.
        <div
          key={column.id}
          role="gridcell"
          id={`${gridId}-${rank}-${index}`}
          aria-colindex={index + 1}
          className={styles.cell}
          data-align={column.align}
          data-active={focused === index || undefined}
        >
          {row === undefined ? (
            <span className={styles.skeleton} style={{ width: `${35 + ((rank * 7 + index * 13) % 45)}%` }} />
          ) : (
            column.cell(row, selected)
          )}
        </div>
      ))}
    </div>
  );
}

/** One row in normal flow; renders again only when its own facts change. */
export const Row = memo(RowView) as typeof RowView;

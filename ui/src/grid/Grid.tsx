import { ArrowDown, ArrowUp } from "lucide-react";
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { type Column, fitting, type Sort, sortClicked } from "./column";
import { type Focus, HEADER, moved as movedFocus } from "./focus";
import styles from "./Grid.module.css";
import { Row } from "./Row";
import { Scrollbar } from "./Scrollbar";
import { clamped, type Geometry, revealing, type Scroll, scrolls, TOP, visible } from "./scroll";
import { useGestures } from "./useGestures";
import type { RowWindows } from "./windows";

/** Rest before rows are asked for while the thumb is dragged, in milliseconds. */
const DRAG_REST_MS = 60;
const HEADER_PX = 32;

/** What a page may ask of its grid. */
export interface GridHandle {
  /** Gives the grid the keyboard and moves by this many rows; `extending` selects up to there. */
  move(rows: number, extending?: boolean): void;
  /** Selects the row the keyboard is on, or lets it go. */
  toggle(): void;
  focus(): void;
  /** Whether the top row is at the top edge. */
  atTop(): boolean;
  toTop(): void;
}

export interface GridTexts {
  readonly label: string;
  readonly scrollbar: string;
  /** Beside the thumb while dragging. */
  readonly position: (rank: number) => string;
  /** Why a row is shown where it no longer belongs. */
  readonly moved: string;
}

interface Properties<Row> {
  readonly ref?: Ref<GridHandle>;
  readonly windows: RowWindows<Row>;
  readonly columns: readonly Column<Row>[];
  readonly rowHeight: number;
  readonly rowId: (row: Row) => string;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly selected: ReadonlySet<string>;
  /** One row in or out of the selection. */
  readonly onToggle: (row: Row) => void;
  /** Everything between two ranks, both included, joins what was selected before the first of them was chosen. */
  readonly onExtend: (from: number, to: number) => void;
  readonly onOpen: (row: Row) => void;
  readonly onPeek: (row: Row) => void;
  /** Escape pressed in the grid. */
  readonly onEscape: () => void;
  /** The row the keyboard is on, whenever that changes; `undefined` in the header and while the row is loading. */
  readonly onFocusRow: (row: Row | undefined) => void;
  readonly onFocusChange: (focused: boolean) => void;
  /** The drawn range, for whoever keeps its rows fresh. */
  readonly onRange: (first: number, end: number) => void;
  readonly moved: ReadonlySet<string>;
  readonly tone?: (row: Row) => string | undefined;
  readonly texts: GridTexts;
  /** Drawn over the rows: an empty list, a failure. */
  readonly children?: ReactNode;
}

/** A grid of any number of rows. One tab stop; the active cell is named to assistive technology. */
export function Grid<Data>(props: Properties<Data>) {
  const { windows, rowHeight, rowId, sort, texts } = props;
  useSyncExternalStore(windows.subscribe, windows.version);
  const gridId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState(0);
  const [wide, setWide] = useState(Number.POSITIVE_INFINITY);
  const columns = useMemo(() => fitting(props.columns, wide), [props.columns, wide]);
  const [position, setPosition] = useState<Scroll>(TOP);
  const [focus, setFocus] = useState<Focus>({ rank: 0, column: 0 });
  const [dragging, setDragging] = useState(false);
  const direction = useRef<-1 | 0 | 1>(1);
  /** Where a range begins: the row that was chosen last. */
  const anchor = useRef<number | undefined>(undefined);

  const rows = windows.length?.rows ?? 0;
  const geometry: Geometry = { rows, rowHeight, viewport };
  const scroll = clamped(position, geometry);
  const range = visible(scroll, geometry);
  const first = range.first;
  // Before the length is known the window is full of skeleton rows.
  const end = windows.length === undefined ? Math.ceil(viewport / rowHeight) : range.end;
  const focusRank = Math.min(focus.rank, rows - 1);
  const focusedRow = focusRank >= 0 ? windows.at(focusRank) : undefined;

  useLayoutEffect(() => {
    const element = body.current;
    if (element === null) return;
    const measure = () => {
      setViewport(element.clientHeight);
      const across = element.closest(`.${styles.pane}`)?.clientWidth ?? 0;
      if (across > 0) setWide(across);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // The element itself is as wide as its columns; the pane around it is as wide as there is room.
    if (frame.current !== null) observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);

  // A new list starts at its top.
  const list = useRef(windows);
  if (list.current !== windows) {
    list.current = windows;
    anchor.current = undefined;
    setPosition(TOP);
    setFocus((before) => ({ ...before, rank: Math.min(before.rank, 0) }));
  }

  const fault = windows.fault;
  useEffect(() => {
    if (viewport === 0 || fault !== undefined) return;
    const ask = () => windows.want(first, Math.max(end, first + 1), dragging ? 0 : direction.current);
    if (!dragging) {
      ask();
      return;
    }
    const timer = setTimeout(ask, DRAG_REST_MS);
    return () => clearTimeout(timer);
  }, [windows, first, end, dragging, viewport, fault]);

  const { onRange, onFocusRow } = props;
  useEffect(() => onRange(first, end), [onRange, first, end]);
  useEffect(() => onFocusRow(focusedRow), [onFocusRow, focusedRow]);

  const scrollTo = (next: Scroll) => {
    const difference = next.rank - scroll.rank || next.pixel - scroll.pixel;
    if (difference === 0) return;
    direction.current = difference > 0 ? 1 : -1;
    setPosition(next);
  };
  useGestures(frame, geometry, setPosition, direction);

  const focusOn = (next: Focus) => {
    setFocus(next);
    if (next.rank >= 0) scrollTo(revealing(scroll, next.rank, geometry));
    const id = next.rank === HEADER ? `${gridId}-h-${next.column}` : undefined;
    if (id !== undefined) document.getElementById(id)?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  };

  const toggle = (rank: number, row: Data) => {
    anchor.current = rank;
    props.onToggle(row);
  };
  const extend = (to: number) => {
    anchor.current ??= Math.max(0, focusRank);
    props.onExtend(anchor.current, to);
  };

  useImperativeHandle(props.ref, () => ({
    move: (by, extending = false) => {
      const entered = document.activeElement === grid.current;
      grid.current?.focus({ preventScroll: true });
      const rank = entered ? focusRank + by : Math.max(0, focusRank);
      const to = Math.min(Math.max(0, rank), rows - 1);
      if (extending && to >= 0) extend(to);
      focusOn({ ...focus, rank: to });
    },
    toggle: () => {
      if (focusedRow !== undefined) toggle(focusRank, focusedRow);
    },
    focus: () => grid.current?.focus({ preventScroll: true }),
    atTop: () => scroll.rank === 0 && scroll.pixel === 0,
    toTop: () => setPosition(TOP),
  }));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.target !== grid.current) return;
    const ctrl = event.ctrlKey || event.metaKey;
    // With Shift letters arrive as capitals; they move as the small ones do.
    const key = event.shiftKey && event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const next = movedFocus({ ...focus, rank: focusRank }, key, ctrl, geometry, columns.length);
    if (next !== undefined && !(ctrl && event.key.length === 1)) {
      if (event.shiftKey && next.rank >= 0 && next.rank !== focusRank) extend(next.rank);
      focusOn(next);
    } else if (event.key === "Enter" && !ctrl) {
      const column = columns[focus.column];
      if (focusRank === HEADER && column !== undefined) {
        const clicked = sortClicked(sort, column);
        if (clicked !== undefined) props.onSort(clicked);
      } else if (focusedRow !== undefined) props.onOpen(focusedRow);
    } else if (event.key === " " && focusedRow !== undefined) props.onPeek(focusedRow);
    else if (event.key === "x" && !ctrl && focusedRow !== undefined) toggle(focusRank, focusedRow);
    else if (event.key === "Escape") props.onEscape();
    else return;
    event.preventDefault();
  };

  const rankOf = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-rank]") : null;
    return row?.dataset.rank === undefined ? undefined : Number(row.dataset.rank);
  };
  const onClick = (event: MouseEvent) => {
    const rank = rankOf(event);
    if (rank === undefined) return;
    const cell = event.target instanceof Element ? event.target.closest('[role="gridcell"]') : null;
    const column = Number(cell?.getAttribute("aria-colindex") ?? 1) - 1;
    setFocus({ rank, column });
    const row = windows.at(rank);
    if (row === undefined) return;
    if (event.shiftKey) {
      event.preventDefault();
      grid.current?.focus({ preventScroll: true });
      extend(rank);
      return;
    }
    if (event.target instanceof Element && event.target.closest("[data-select]") !== null) {
      toggle(rank, row);
      return;
    }
    const link = event.target instanceof Element && event.target.closest("a[href]") !== null;
    if (link && !event.ctrlKey && !event.metaKey) {
      // With a modifier the browser opens it elsewhere.
      event.preventDefault();
      props.onOpen(row);
    } else if (!link && (event.ctrlKey || event.metaKey)) toggle(rank, row);
  };
  const onDoubleClick = (event: MouseEvent) => {
    const rank = rankOf(event);
    const row = rank === undefined ? undefined : windows.at(rank);
    if (row !== undefined) props.onOpen(row);
  };

  const template = columns.map((column) => (column.grows ? `minmax(${column.width}px, 1fr)` : `${column.width}px`));
  const style = {
    "--grid-columns": template.join(" "),
    "--grid-row": `${rowHeight}px`,
    "--grid-width": `${columns.reduce((sum, column) => sum + column.width, 0)}px`,
  } as CSSProperties;
  /** At least as many as can be drawn at once, and the same while the window keeps its size. */
  const slots = Math.ceil(viewport / rowHeight) + 2;
  const drawn = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  const column = Math.min(focus.column, columns.length - 1);
  const active = focusRank === HEADER ? `${gridId}-h-${column}` : `${gridId}-${focusRank}-${column}`;
  const activeDrawn = focusRank === HEADER || (focusRank >= first && focusRank < end);

  return (
    <div ref={frame} className={styles.frame} style={style}>
      <div className={styles.pane}>
        <div
          ref={grid}
          id={gridId}
          role="grid"
          tabIndex={0}
          aria-label={texts.label}
          aria-rowcount={windows.length === undefined || windows.length.open ? -1 : rows + 1}
          aria-colcount={columns.length}
          aria-busy={windows.busy}
          aria-multiselectable
          aria-activedescendant={activeDrawn ? active : undefined}
          className={styles.grid}
          onKeyDown={onKeyDown}
          onFocus={() => props.onFocusChange(true)}
          onBlur={(event) => {
            // A dialog on top borrows the keyboard; it comes back.
            const to = event.relatedTarget;
            if (!(to instanceof Element && to.closest('[role="dialog"]'))) props.onFocusChange(false);
          }}
        >
          <div role="rowgroup">
            <Header
              columns={columns}
              gridId={gridId}
              sort={sort}
              focused={focusRank === HEADER ? column : -1}
              onSort={props.onSort}
            />
          </div>
          <div ref={body} role="presentation" className={styles.viewport}>
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the grid's keys do the same for the active cell. */}
            <div
              role="rowgroup"
              className={styles.block}
              style={{ top: -scroll.pixel }}
              onClick={onClick}
              onMouseDown={(event) => {
                // A range is chosen, not its text.
                if (event.shiftKey) event.preventDefault();
              }}
              onDoubleClick={onDoubleClick}
              onPointerOver={tellWhole}
            >
              {drawn.map((rank) => {
                const row = windows.at(rank);
                const id = row === undefined ? undefined : rowId(row);
                return (
                  <Row
                    // The row that leaves at one edge becomes the one that comes at the other: its elements stay.
                    key={rank % slots}
                    row={row}
                    rank={rank}
                    columns={columns}
                    gridId={gridId}
                    focused={rank === focusRank ? column : -1}
                    selected={id !== undefined && props.selected.has(id)}
                    moved={id !== undefined && props.moved.has(id)}
                    movedTitle={texts.moved}
                    tone={row === undefined ? undefined : props.tone?.(row)}
                  />
                );
              })}
            </div>
          </div>
        </div>
      </div>
      {scrolls(geometry) && (
        <Scrollbar
          geometry={geometry}
          scroll={scroll}
          controls={gridId}
          label={texts.scrollbar}
          top={HEADER_PX}
          position={texts.position}
          onScroll={scrollTo}
          onDragging={setDragging}
        />
      )}
      {props.children !== undefined && props.children !== null && (
        <div className={styles.overlay}>{props.children}</div>
      )}
    </div>
  );
}

/** A text that is cut off is told in full once the pointer is on it; until then no row pays for it. */
function tellWhole(event: PointerEvent) {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="gridcell"]') : null;
  if (cell === null || cell.firstElementChild !== null) return;
  if (cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent ?? "";
  else cell.removeAttribute("title");
}

interface HeaderProperties<Data> {
  readonly columns: readonly Column<Data>[];
  readonly gridId: string;
  readonly sort: Sort;
  readonly focused: number;
  readonly onSort: (sort: Sort) => void;
}

function Header<Data>({ columns, gridId, sort, focused, onSort }: HeaderProperties<Data>) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid itself has the focus and names its active cell.
    <div role="row" aria-rowindex={1} className={styles.header}>
      {columns.map((column, index) => {
        const sorted = column.sort?.key === sort.key;
        const Arrow = sort.descending ? ArrowDown : ArrowUp;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on the active header sorts.
          // biome-ignore lint/a11y/useFocusableInteractive: as above.
          <div
            key={column.id}
            role="columnheader"
            id={`${gridId}-h-${index}`}
            aria-colindex={index + 1}
            aria-sort={sorted ? (sort.descending ? "descending" : "ascending") : column.sort && "none"}
            className={styles.heading}
            style={column.inset === undefined ? undefined : { paddingInlineStart: column.inset }}
            data-align={column.align}
            data-sortable={column.sort === undefined ? undefined : ""}
            data-active={focused === index || undefined}
            onClick={() => {
              const clicked = sortClicked(sort, column);
              if (clicked !== undefined) onSort(clicked);
            }}
          >
            <span>{column.title}</span>
            {sorted && <Arrow size={12} aria-hidden />}
          </div>
        );
      })}
    </div>
  );
}

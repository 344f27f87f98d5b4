import { type PointerEvent, useRef, useState } from "react";
import styles from "./Grid.module.css";
import { type Geometry, pageRows, type Scroll, scrolledBy, scrollOfThumb, thumb } from "./scroll";

interface Properties {
  readonly geometry: Geometry;
  readonly scroll: Scroll;
  /** Id of what it scrolls. */
  readonly controls: string;
  readonly label: string;
  /** Height of the header beside it, which it does not cover. */
  readonly top: number;
  /** What is shown beside the thumb while it is dragged. */
  readonly position: (rank: number) => string;
  readonly onScroll: (scroll: Scroll) => void;
  readonly onDragging: (dragging: boolean) => void;
}

/** The grid's own scroll bar: maps the track to ranks, so that it is exact for any number of rows. */
export function Scrollbar({ geometry, scroll, controls, label, top, position, onScroll, onDragging }: Properties) {
  const track = useRef<HTMLDivElement>(null);
  const grabbed = useRef<number | undefined>(undefined);
  const [dragging, setDragging] = useState(false);
  const { size, start } = thumb(scroll, geometry, geometry.viewport);
  const offset = (event: PointerEvent) => event.clientY - (track.current?.getBoundingClientRect().top ?? 0);

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const at = offset(event);
    if (at >= start && at < start + size) {
      grabbed.current = at - start;
      track.current?.setPointerCapture(event.pointerId);
      setDragging(true);
      onDragging(true);
    } else {
      const page = pageRows(geometry) * geometry.rowHeight;
      onScroll(scrolledBy(scroll, at < start ? -page : page, geometry));
    }
  };
  const onPointerMove = (event: PointerEvent) => {
    if (grabbed.current !== undefined) {
      onScroll(scrollOfThumb(offset(event) - grabbed.current, geometry, geometry.viewport));
    }
  };
  const release = () => {
    if (grabbed.current === undefined) return;
    grabbed.current = undefined;
    setDragging(false);
    onDragging(false);
  };

  return (
    <div className={styles.scrollbar} style={{ paddingTop: top }}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid is the one tab stop; its keys do what this bar does. */}
      <div
        ref={track}
        role="scrollbar"
        aria-controls={controls}
        aria-orientation="vertical"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, geometry.rows - pageRows(geometry))}
        aria-valuenow={scroll.rank}
        className={styles.track}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={release}
        onPointerCancel={release}
      >
        <div className={styles.thumb} data-dragging={dragging || undefined} style={{ top: start, height: size }}>
          {dragging && <span className={styles.position}>{position(scroll.rank)}</span>}
        </div>
      </div>
    </div>
  );
}

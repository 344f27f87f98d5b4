import { type PointerEvent, type RefObject, useState } from "react";

/** How far the pointer goes before it is a drag and no click, in pixels. */
const SLOP = 4;

export interface DragOrder {
  /** What is being dragged, and the place it would get; null at rest. */
  readonly drag: { readonly key: string; readonly to: number } | null;
  /** For the handle of a row. */
  readonly handle: (key: string) => {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  };
}

/** Rows of a list follow the pointer; `onMove` gets the place among the other rows. Escape takes it back. */
export function useDragOrder(
  list: RefObject<HTMLElement | null>,
  onMove: (key: string, to: number) => void,
): DragOrder {
  const [drag, setDrag] = useState<DragOrder["drag"]>(null);

  const begin = (key: string, down: PointerEvent<HTMLElement>) => {
    if (down.button !== 0) return;
    const grip = down.currentTarget;
    grip.setPointerCapture(down.pointerId);
    let to: number | null = null;
    const placeAt = (y: number) => {
      const others = [...(list.current?.querySelectorAll<HTMLElement>("[data-rule]") ?? [])].filter(
        (row) => row.dataset.rule !== key,
      );
      return others.filter((row) => {
        const box = row.getBoundingClientRect();
        return box.top + box.height / 2 < y;
      }).length;
    };
    const move = (event: globalThis.PointerEvent) => {
      if (to === null && Math.abs(event.clientY - down.clientY) < SLOP) return;
      to = placeAt(event.clientY);
      setDrag({ key, to });
    };
    const end = (dropped: boolean) => {
      grip.removeEventListener("pointermove", move);
      grip.removeEventListener("pointerup", drop);
      grip.removeEventListener("pointercancel", cancel);
      window.removeEventListener("keydown", onEscape, true);
      setDrag(null);
      if (dropped && to !== null) onMove(key, to);
    };
    const drop = () => end(true);
    const cancel = () => end(false);
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      end(false);
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("pointerup", drop);
    grip.addEventListener("pointercancel", cancel);
    window.addEventListener("keydown", onEscape, true);
  };

  return { drag, handle: (key) => ({ onPointerDown: (event) => begin(key, event) }) };
}

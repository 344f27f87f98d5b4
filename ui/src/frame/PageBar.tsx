/** What a page puts into the frame's top bar: its title and its own controls. */
import { createContext, type ReactNode, useContext, useEffect } from "react";
import { createPortal } from "react-dom";

/** The element of the top bar that pages draw into; null until the frame is mounted. */
export const PageBarSlot = createContext<HTMLElement | null>(null);

export function PageBar({ title, children }: { title: string; children?: ReactNode }) {
  const slot = useContext(PageBarSlot);
  useEffect(() => {
    document.title = `${title} · Switchyard`;
  }, [title]);
  if (slot === null) {
    return null;
  }
  return createPortal(
    <>
      <h1 className="shrink-0 truncate text-lg text-fg">{title}</h1>
      {children}
    </>,
    slot,
  );
}

import type { ReactNode } from "react";

/** A table that scrolls sideways on narrow windows, so the keyboard has to reach it. */
export function ScrollTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is a tab stop
      tabIndex={0}
      className="overflow-x-auto focus-visible:-outline-offset-2"
    >
      <table className="w-full text-sm">{children}</table>
    </section>
  );
}

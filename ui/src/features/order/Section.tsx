import type { ReactNode } from "react";
import { useId } from "react";

interface Properties {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of the order page. */
export function Section({ title, aside, children }: Properties) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-6 border border-border bg-surface">
      <header className="flex min-h-40 items-center gap-12 border-b border-border px-16 py-6">
        <h2 id={id} className="min-w-0 flex-1 text-md font-semibold text-fg">
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

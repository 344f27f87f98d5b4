import { type ReactNode, useId } from "react";

interface Properties {
  readonly title: string;
  readonly children: ReactNode;
}

/** A titled part of a dialog or of a section. */
export function Block({ title, children }: Properties) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-6">
      <h3 id={id} className="text-xs font-semibold text-fg-2">
        {title}
      </h3>
      {children}
    </section>
  );
}

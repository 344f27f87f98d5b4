/** Says why there is nothing, and offers the one way out. */
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center justify-center gap-8 px-24 py-56 text-center">
      <Icon aria-hidden size={24} strokeWidth={1.5} className="text-fg-3" />
      <p className="text-md text-fg">{title}</p>
      {children === undefined ? null : <div className="max-w-420 text-sm text-fg-2">{children}</div>}
      {action === undefined ? null : <div className="mt-8">{action}</div>}
    </div>
  );
}

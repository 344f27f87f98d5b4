/** A name or a detail on hover and on keyboard focus. */
import { Tooltip as BaseTooltip } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { KeyCap } from "./KeyCap";

export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <BaseTooltip.Provider delay={400} closeDelay={0}>
      {children}
    </BaseTooltip.Provider>
  );
}

export interface TooltipProps {
  readonly content: ReactNode;
  readonly binding?: string | undefined;
  readonly side?: "top" | "right" | "bottom" | "left";
  /** The element it belongs to; must take a ref. */
  readonly children: ReactElement<Record<string, unknown>>;
}

export function Tooltip({ content, binding, side = "bottom", children }: TooltipProps) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner side={side} sideOffset={6} className="z-50">
          <BaseTooltip.Popup className="flex max-w-320 items-center gap-8 rounded-4 border border-border bg-surface px-8 py-4 text-xs text-fg shadow-popover transition-opacity duration-[120ms] data-ending-style:opacity-0 data-starting-style:opacity-0">
            {content}
            {binding === undefined ? null : <KeyCap binding={binding} />}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}

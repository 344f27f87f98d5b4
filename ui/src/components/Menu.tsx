/** A menu of verbs behind a button. */
import { Menu as BaseMenu } from "@base-ui/react/menu";
import type { LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { classes } from "@/lib/classes";
import { KeyCap } from "./KeyCap";

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly align?: "start" | "end";
  readonly side?: "top" | "bottom" | "right";
  readonly children: ReactNode;
}

export function Menu({ trigger, align = "end", side = "bottom", children }: MenuProps) {
  return (
    <BaseMenu.Root modal={false}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner align={align} side={side} sideOffset={4} className="z-50 outline-none">
          <BaseMenu.Popup className="min-w-160 rounded-6 border border-border bg-surface p-4 shadow-popover outline-none transition-opacity duration-[120ms] data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

const ITEM =
  "flex h-28 select-none items-center gap-8 rounded-4 px-8 text-sm outline-none data-highlighted:bg-surface-2 " +
  "data-disabled:opacity-50";

export interface MenuItemProps {
  readonly icon?: LucideIcon;
  readonly binding?: string | undefined;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

export function MenuItem({ icon: Icon, binding, danger = false, disabled = false, onSelect, children }: MenuItemProps) {
  return (
    <BaseMenu.Item
      disabled={disabled}
      onClick={onSelect}
      className={classes(ITEM, danger ? "text-danger-text" : "text-fg")}
    >
      {Icon === undefined ? null : <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0" />}
      <span className="flex-1 truncate">{children}</span>
      {binding === undefined ? null : <KeyCap binding={binding} />}
    </BaseMenu.Item>
  );
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="mx-4 my-4 h-1 bg-border" />;
}

/** Tabs over panels of one object. */
import { Tabs as BaseTabs } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { classes } from "@/lib/classes";

export interface Tab<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly panel: ReactNode;
}

export interface TabsProps<Value extends string> {
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  readonly tabs: readonly Tab<Value>[];
  readonly label: string;
  /** Over the whole width of a page: the tabs begin where its content begins. */
  readonly wide?: boolean;
}

export function Tabs<Value extends string>({ value, onValueChange, tabs, label, wide = false }: TabsProps<Value>) {
  return (
    <BaseTabs.Root
      value={value}
      onValueChange={(next: Value) => onValueChange(next)}
      className={classes("flex min-h-0 flex-col", wide && "flex-1")}
    >
      <BaseTabs.List
        aria-label={label}
        className={classes("relative flex shrink-0 gap-4 border-b border-border", wide && "px-16")}
      >
        {tabs.map((tab) => (
          <BaseTabs.Tab
            key={tab.value}
            value={tab.value}
            className="-mb-1 flex h-32 items-center gap-6 border-b-2 border-transparent px-8 text-sm font-medium text-fg-2 hover:text-fg focus-visible:-outline-offset-2 data-active:border-accent data-active:text-fg"
          >
            {tab.label}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map((tab) => (
        <BaseTabs.Panel
          key={tab.value}
          value={tab.value}
          className={classes(
            "min-h-0 flex-1 outline-offset-4",
            wide ? "flex flex-col pt-16 focus-visible:-outline-offset-2" : "pt-12",
          )}
        >
          {tab.panel}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}

/** Every key, by group; the ones that mean something on this screen are bright. */
import { useRef } from "react";
import { Dialog } from "@/components/Dialog";
import { KeyCap } from "@/components/KeyCap";
import { classes } from "@/lib/classes";
import { m } from "@/paraglide/messages.js";
import type { ActionDefinition } from "./definition";
import { groups } from "./groups";
import { actions } from "./registry";
import { useAvailableActions } from "./useActions";

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const available = useAvailableActions();
  const list = useRef<HTMLDivElement>(null);
  const all: readonly ActionDefinition[] = actions;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={m.action_shortcuts()}
      width="large"
      initialFocus={list}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the sheet may be taller than the window, and the keyboard scrolls it. */}
      <div ref={list} tabIndex={0} className="columns-2 gap-32 outline-none">
        {groups.map((group) => {
          const members = all.filter((action) => action.group === group.id && action.keys.length > 0);
          return members.length === 0 ? null : (
            <section key={group.id} className="mb-16 break-inside-avoid">
              <h3 className="pb-4 text-2xs text-fg-3">{group.title()}</h3>
              <ul>
                {members.map((action) => (
                  <li
                    key={action.id}
                    className={classes(
                      "flex min-h-28 items-center gap-12 border-b border-border py-4 text-sm",
                      available.includes(action) ? "text-fg" : "text-fg-3",
                    )}
                  >
                    <span className="min-w-0 flex-1">{action.title()}</span>
                    {action.keys.map((binding) => (
                      <KeyCap key={binding} binding={binding} />
                    ))}
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}

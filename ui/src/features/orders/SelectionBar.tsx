import { X } from "lucide-react";
import { actionById, runAction } from "@/actions/useActions";
import { Button, IconButton } from "@/components/Button";
import { KeyCap } from "@/components/KeyCap";
import { VERBS, type Verb } from "@/features/batch/verbs";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";

const ORDER: readonly Verb[] = ["hold", "lift", "release", "cancel"];

/** How many orders are selected, and what can be done to all of them. */
export function SelectionBar({ count, onCopy }: { count: number; onCopy: () => void }) {
  return (
    <section
      aria-label={m.orders_selection_label()}
      className="flex min-h-40 shrink-0 flex-wrap items-center gap-8 border-b border-border bg-surface-3 px-12 py-4 text-sm"
    >
      <output aria-live="polite" className="pr-8 font-medium whitespace-nowrap">
        {m.orders_selected({ count: integer(count), rows: count })}
      </output>
      {ORDER.map((verb) => {
        const { icon, label } = VERBS[verb];
        const [binding] = actionById(`orders.${verb}`).keys;
        return (
          <Button key={verb} size="small" icon={icon} onClick={() => runAction(`orders.${verb}`)}>
            {label()}
            {binding === undefined ? null : <KeyCap binding={binding} />}
          </Button>
        );
      })}
      <Button size="small" variant="quiet" onClick={onCopy}>
        {m.orders_copy_rows()}
      </Button>
      <span className="flex-1" />
      <IconButton icon={X} label={m.orders_action_clear()} binding="Escape" onClick={() => runAction("orders.clear")} />
    </section>
  );
}

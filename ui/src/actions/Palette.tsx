/** Finds and runs any action, and teaches its key. Orders are found by number, name, postcode or tracking code. */
import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Command } from "cmdk";
import { Package } from "lucide-react";
import { useDeferredValue, useLayoutEffect, useState } from "react";
import { ordersQuery } from "@/api/queries";
import { KeyCap } from "@/components/KeyCap";
import { StageChip } from "@/components/StateChip";
import { m } from "@/paraglide/messages.js";
import { groups } from "./groups";
import type { ActionId } from "./registry";
import { typeAhead } from "./typeAhead";
import { runAction, useAvailableActions } from "./useActions";

/** Letters needed before the server is asked. */
const SEARCH_FROM = 2;
const ORDER_HITS = 6;

const ITEM =
  "flex h-36 select-none items-center gap-12 rounded-4 px-8 text-sm text-fg data-[selected=true]:bg-surface-2";
const HEADING =
  "**:[[cmdk-group-heading]]:px-8 **:[[cmdk-group-heading]]:pt-8 **:[[cmdk-group-heading]]:pb-4 **:[[cmdk-group-heading]]:text-2xs **:[[cmdk-group-heading]]:text-fg-3";

/** The text as one quoted word of the query language, so that a colon or a minus is only a character. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', " ").trim()}"`;
}

function OrderHits({ text, onPick }: { text: string; onPick: (id: string) => void }) {
  const { data } = useQuery({
    ...ordersQuery({ q: quoted(text), limit: ORDER_HITS }),
    enabled: text.length >= SEARCH_FROM,
  });
  if (data === undefined || data.items.length === 0 || text.length < SEARCH_FROM) {
    return null;
  }
  return (
    <Command.Group heading={m.palette_orders()} className={HEADING} forceMount>
      {data.items.map((order) => (
        <Command.Item key={order.id} value={order.id} forceMount onSelect={() => onPick(order.id)} className={ITEM}>
          <Package aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-fg-3" />
          <span className="shrink-0 font-medium">{order.number}</span>
          <span className="min-w-0 flex-1 truncate text-fg-2">
            {[order.customer, order.city, order.country].filter(Boolean).join(", ")}
          </span>
          <StageChip stage={order.stage} />
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function PaletteInput({ value, onValue }: { value: string; onValue: (text: string) => void }) {
  // What was typed while this was on its way belongs here.
  useLayoutEffect(() => {
    const typed = typeAhead.end();
    if (typed !== "") {
      onValue(typed);
    }
  }, [onValue]);
  return (
    <Command.Input
      // Focused while it is drawn and not a frame later: what is typed right after Ctrl+K must not be lost.
      autoFocus
      value={value}
      onValueChange={onValue}
      placeholder={m.palette_placeholder()}
      className="h-44 w-full border-b border-border bg-surface px-16 text-md outline-none"
    />
  );
}

export function Palette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const available = useAvailableActions().filter((action) => action.id !== "palette.open");
  const [text, setText] = useState("");
  const searched = useDeferredValue(text.trim());

  // Closed first: an action may open a dialog of its own, and there is never more than one.
  const run = (id: string) => {
    onClose();
    runAction(id as ActionId);
  };

  return (
    <BaseDialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <BaseDialog.Popup
          aria-label={m.action_palette()}
          className="fixed top-[12vh] left-1/2 z-40 w-full max-w-640 -translate-x-1/2 overflow-hidden rounded-8 border border-border bg-surface shadow-dialog outline-none"
        >
          <Command label={m.action_palette()} loop>
            <PaletteInput value={text} onValue={setText} />
            <Command.List className="max-h-480 overflow-y-auto p-8 pt-0">
              <Command.Empty className="px-8 py-24 text-center text-sm text-fg-2">{m.palette_empty()}</Command.Empty>
              {groups.map((group) => {
                const members = available.filter((action) => action.group === group.id);
                return members.length === 0 ? null : (
                  <Command.Group key={group.id} heading={group.title()} className={HEADING}>
                    {members.map((action) => (
                      <Command.Item
                        key={action.id}
                        value={`${action.title()} ${action.id}`}
                        onSelect={() => run(action.id)}
                        className={ITEM}
                      >
                        <action.icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-fg-3" />
                        <span className="flex-1 truncate">{action.title()}</span>
                        {action.keys[0] === undefined ? null : <KeyCap binding={action.keys[0]} />}
                      </Command.Item>
                    ))}
                  </Command.Group>
                );
              })}
              <OrderHits
                text={searched}
                onPick={(id) => {
                  onClose();
                  void navigate({ to: "/orders/$id", params: { id } });
                }}
              />
            </Command.List>
          </Command>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

import { useState } from "react";
import type { Order } from "@/api/types";
import { TextAreaField, TextField } from "@/components/Field";
import { m } from "@/paraglide/messages.js";
import { type Draft, editableOf, tagsOf, withFields } from "./draft";

interface Properties {
  readonly order: Order;
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly wrong: ReadonlyMap<string, string>;
}

const LEAST = -2_147_483_648;
const MOST = 2_147_483_647;

/** Shipping option, priority, tags and note of an order that is being edited. */
export function RemarkFields({ order, draft, onDraft, wrong }: Properties) {
  const { yours } = draft;
  const before = editableOf(draft.base);
  const finished = order.state === "closed" || order.state === "cancelled";
  // What is typed is more than what it means: a comma at the end, a minus before the number.
  const [tags, setTags] = useState(yours.tags.join(", "));
  const [priority, setPriority] = useState(String(yours.priority));
  const tagText = tagsOf(tags).join() === yours.tags.join() ? tags : yours.tags.join(", ");
  const priorityText = (Number.parseInt(priority, 10) || 0) === yours.priority ? priority : String(yours.priority);
  const was = (now: string, then: string) =>
    now === then ? undefined : m.order_was({ value: then === "" ? m.order_empty() : then });
  return (
    <div className="flex flex-col gap-12">
      <TextField
        name="shipping_option"
        label={m.order_shipping_option()}
        autoComplete="off"
        disabled={finished}
        maxLength={200}
        value={yours.shipping_option}
        error={wrong.get("shipping_option")}
        help={was(yours.shipping_option, before.shipping_option)}
        onValueChange={(shipping_option: string) => onDraft(withFields(draft, { shipping_option }))}
      />
      <TextField
        name="priority"
        label={m.order_priority()}
        inputMode="numeric"
        autoComplete="off"
        value={priorityText}
        error={wrong.get("priority")}
        help={was(String(yours.priority), String(before.priority)) ?? m.order_priority_help()}
        onValueChange={(typed: string) => {
          const text = typed.replaceAll(/[^\d-]/g, "");
          setPriority(text);
          const number = Math.min(MOST, Math.max(LEAST, Number.parseInt(text, 10) || 0));
          onDraft(withFields(draft, { priority: number }));
        }}
      />
      <TextField
        name="tags"
        label={m.order_tags()}
        autoComplete="off"
        value={tagText}
        error={wrong.get("tags")}
        help={was(yours.tags.join(", "), before.tags.join(", ")) ?? m.order_tags_help()}
        onValueChange={(typed: string) => {
          setTags(typed);
          onDraft(withFields(draft, { tags: tagsOf(typed) }));
        }}
      />
      <TextAreaField
        name="note"
        label={m.order_note()}
        rows={3}
        value={yours.note}
        error={wrong.get("note")}
        help={was(yours.note, before.note)}
        onValueChange={(note) => onDraft(withFields(draft, { note }))}
      />
    </div>
  );
}

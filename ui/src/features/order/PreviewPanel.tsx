import { ArrowRight } from "lucide-react";
import type { Edit, Order, OrderDetail, PartVerdict, Preview } from "@/api/types";
import { Button } from "@/components/Button";
import { Chip } from "@/components/Chip";
import { Banner, ProblemBanner } from "@/components/Problem";
import { titleWords } from "@/components/problemSentences";
import type { Names } from "@/features/orders/names";
import { formatMoney } from "@/lib/money";
import { m } from "@/paraglide/messages.js";
import { Block } from "./Block";
import { DifferenceTable } from "./DifferenceTable";
import type { Difference } from "./diff";
import { PreviewPlan } from "./PreviewPlan";
import { cancels, splitRows } from "./previewRows";
import { isAboutWho } from "./proposal";
import { askText } from "./requestWords";
import { FULFILLMENT_STATES } from "./states";
import { editTitle, type VerdictLook, verdictLook, waysOut } from "./verdictWords";

/** The cost now and afterwards, where the router has one. */
function Cost({ preview, order }: { preview: Preview; order: Order }) {
  const { cost_before: before, cost_after: after } = preview;
  if (before === null || before === undefined || after === null || after === undefined) return null;
  const change = after - before;
  const signed = `${change > 0 ? "+" : "−"}${formatMoney(Math.abs(change), order.currency)}`;
  return (
    <p className="flex flex-wrap items-center gap-6 text-sm">
      {m.order_preview_cost()}
      <span className={change === 0 ? undefined : "text-fg-2"}>{formatMoney(before, order.currency)}</span>
      {change === 0 ? (
        <span className="text-fg-2">{m.order_preview_cost_same()}</span>
      ) : (
        <>
          <ArrowRight aria-hidden size={14} className="text-fg-3" />
          <span className="font-medium">{formatMoney(after, order.currency)}</span>
          <span className={change > 0 ? "text-attention-text" : "text-success-text"}>({signed})</span>
        </>
      )}
    </p>
  );
}

/** Edits that no warehouse hears of: where the units are makes no difference. */
const REMARKS: readonly Edit["kind"][] = ["note", "tags", "priority"];

/** Parts for which an edit means the same, together. */
function grouped(verdicts: readonly PartVerdict[]) {
  const groups = new Map<string, { look: VerdictLook; parts: PartVerdict["fulfillment"][] }>();
  for (const { fulfillment, ruling } of verdicts) {
    const look = verdictLook(ruling);
    const key = look.label + look.detail;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { look, parts: [fulfillment] });
    else group.parts.push(fulfillment);
  }
  return [...groups.values()];
}

interface VerdictProperties {
  readonly edit: Edit;
  readonly place: number;
  readonly preview: Preview;
  readonly detail: OrderDetail;
  readonly names: Names;
  readonly onLeaveOut: ((place: number) => void) | undefined;
}

/** What one edit means for each part of the order, and why not where it cannot be done. */
function Verdicts({ edit, place, preview, detail, names, onLeaveOut }: VerdictProperties) {
  const found = preview.edits[place];
  if (found === undefined) return null;
  const title = editTitle(edit, detail.order);
  const partText = (id: string | null | undefined) => {
    const part = detail.fulfillments.find((known) => known.id === id);
    return part === undefined
      ? m.order_preview_unplanned()
      : m.order_preview_part({
          reference: part.reference,
          warehouse: names.warehouse(part.warehouse),
          state: FULFILLMENT_STATES[part.state].label(),
        });
  };
  const nowhere = found.verdicts.length > 0 && found.verdicts.every((part) => part.ruling.verdict.kind === "refused");
  return (
    <li className="flex flex-col gap-4 py-8">
      <p className="flex items-center gap-8 text-sm font-medium">
        <span className="min-w-0 flex-1 truncate">{title}</span>
        {found.problem && onLeaveOut !== undefined && (
          <Button
            size="small"
            onClick={() => onLeaveOut(place)}
            aria-label={m.order_preview_leave_out_of({ what: title })}
          >
            {m.order_preview_leave_out()}
          </Button>
        )}
      </p>
      {found.problem && !nowhere && (
        <ProblemBanner problem={found.problem} family={isAboutWho(found.problem.code) ? "attention" : "danger"} />
      )}
      <ul className="flex flex-col gap-4">
        {grouped(found.problem && !nowhere ? [] : found.verdicts).map(({ look, parts }) => (
          <li key={look.label + look.detail} className="flex flex-wrap items-baseline gap-x-8 gap-y-2 text-xs">
            <Chip family={look.family} icon={look.icon}>
              {look.label}
            </Chip>
            {!REMARKS.includes(edit.kind) && <span className="text-fg">{parts.map(partText).join("; ")}</span>}
            {look.detail !== "" && <span className="min-w-0 text-fg-2">{look.detail}</span>}
          </li>
        ))}
      </ul>
    </li>
  );
}

interface Properties {
  readonly detail: OrderDetail;
  readonly names: Names;
  readonly edits: readonly Edit[];
  readonly preview: Preview;
  /** What the draft wants, field by field; absent for a verb. */
  readonly wishes?: readonly Difference[];
  /** It is left for somebody who may do it: nothing of it happens now. */
  readonly proposed?: boolean;
  /** Takes a refused edit out of the draft. */
  readonly onLeaveOut?: (place: number) => void;
}

/**
 * What edits would come to, before they are made: fields, parts, warehouses that would be asked, plan, stock, cost, and
 * what would need a person. Every edit of the console passes through it.
 */
export function PreviewPanel({ detail, names, edits, preview, wishes = [], proposed = false, onLeaveOut }: Properties) {
  const { order } = detail;
  const { now: rows, later: pending } = splitRows(order, edits, preview, wishes);
  const lines = preview.order.lines;
  const reference = (row: Difference) => {
    const part = detail.fulfillments.find((known) => row.path === `moves.${known.id}`);
    return part === undefined ? row : { ...row, path: `moves.${part.reference}` };
  };
  const judged = edits
    .map((edit, place) => ({ edit, place }))
    .filter(({ place }) => preview.edits[place] !== undefined);
  return (
    <section aria-label={m.order_preview_title()} className="flex flex-col gap-16 border-t border-border pt-16">
      {cancels(preview) && order.state !== "cancelled" && (
        <Banner family="attention" title={m.order_review_cancels()} />
      )}
      {proposed ? (
        <Block title={m.order_preview_proposed()}>
          <DifferenceTable differences={[...rows, ...pending].map(reference)} lines={lines} names={names} />
        </Block>
      ) : (
        <Block title={m.order_preview_fields()}>
          {rows.length === 0 && pending.length > 0 ? (
            <p className="text-sm text-fg-2">{m.order_preview_nothing_at_once()}</p>
          ) : (
            <DifferenceTable differences={rows.map(reference)} lines={lines} names={names} />
          )}
        </Block>
      )}
      {!proposed && pending.length > 0 && (
        <Block title={preview.requests.length > 0 ? m.order_preview_after_yes() : m.order_preview_not_done()}>
          <DifferenceTable differences={pending.map(reference)} lines={lines} names={names} />
        </Block>
      )}
      {judged.some(
        ({ place }) => (preview.edits[place]?.verdicts.length ?? 0) > 0 || preview.edits[place]?.problem,
      ) && (
        <Block title={m.order_preview_parts()}>
          <ul className="-my-4 divide-y divide-border">
            {judged.map(({ edit, place }) => (
              <Verdicts
                key={place}
                edit={edit}
                place={place}
                preview={preview}
                detail={detail}
                names={names}
                onLeaveOut={onLeaveOut}
              />
            ))}
          </ul>
        </Block>
      )}
      {preview.requests.length > 0 && (
        <Block title={m.order_preview_asks()}>
          <ul className="flex flex-col gap-4 text-sm">
            {preview.requests.map((request) => (
              <li key={`${request.fulfillment}-${request.warehouse}`}>
                <span className="font-medium">{names.warehouse(request.warehouse)}</span>{" "}
                <span className="text-fg-2">{request.asks.map((ask) => askText(ask, lines)).join(", ")}</span>
              </li>
            ))}
          </ul>
          <p className="text-xs text-fg-2">{m.order_review_asks()}</p>
        </Block>
      )}
      <PreviewPlan detail={detail} names={names} preview={preview} cost={<Cost preview={preview} order={order} />} />
      {preview.attention.length > 0 && (
        <Block title={m.order_preview_person()}>
          {preview.attention.map((item) => (
            <Banner
              key={`${item.code}-${item.fulfillment ?? ""}-${item.what}`}
              family="attention"
              title={titleWords(item.what)}
            >
              <p className="mt-2 text-fg-2">
                {[item.detail, waysOut(item.options)].filter((part) => part !== "").join(" ")}
              </p>
            </Banner>
          ))}
        </Block>
      )}
    </section>
  );
}

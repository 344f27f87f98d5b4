import { ArrowRight } from "lucide-react";
import { useId } from "react";
import type { ActionId } from "@/actions/registry";
import { actionById } from "@/actions/useActions";
import type { Discrepancy, Transfer, TransferLine } from "@/api/types";
import { Button } from "@/components/Button";
import { Chip } from "@/components/Chip";
import { KeyHint } from "@/components/KeyCap";
import { Moment } from "@/features/order/Moment";
import { actorText } from "@/features/order/words";
import type { Names } from "@/features/orders/names";
import { integer } from "@/lib/number";
import { dayText, instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { canDo, type LineStep, lineFor, type Step, stepsOf, toCome, unexplained } from "./steps";
import type { Asked } from "./TransferDialog";
import { bookedText, fromText, openTexts, STEP_WORDS, TRANSFER_STATES } from "./words";

const HEAD = "h-28 px-8 text-left text-2xs font-medium whitespace-nowrap text-fg-3";
const CELL = "px-8 py-6 align-top";
const COUNT = `${CELL} text-right tabular-nums`;

/** The key of a step, where it works. */
function Key({ of }: { of: Step | LineStep }) {
  const id: ActionId = `transfers.${of}`;
  return <KeyHint binding={actionById(id).keys[0] ?? ""} />;
}

const LINE_STEPS: Readonly<Record<LineStep, { button: () => string; of: (line: { sku: string }) => string }>> = {
  receive: { button: m.transfers_receive, of: m.transfers_receive_of },
  put_away: { button: m.transfers_put_away, of: m.transfers_put_away_of },
  explain: { button: m.transfers_explain, of: m.transfers_explain_of },
};
const LINE_STEP_NAMES = ["receive", "put_away", "explain"] as const satisfies readonly LineStep[];

/** A difference somebody has explained: what, who, when, and their words. */
function Booking({ booking, names }: { booking: Discrepancy; names: Names }) {
  return (
    <li className="text-xs text-fg-2">
      <span className="text-fg">{bookedText(booking.kind, booking.units)}</span>
      {" · "}
      {actorText(booking.by, names)}
      {" · "}
      <Moment at={booking.at} /> <q className="wrap-anywhere">{booking.note}</q>
    </li>
  );
}

interface LineProperties {
  readonly transfer: Transfer;
  readonly line: TransferLine;
  readonly place: number;
  readonly names: Names;
  readonly onAsk: (asked: Asked) => void;
}

/** One article: its counts, what is not accounted for, and what can be recorded about it. */
function Line({ transfer, line, place, names, onAsk }: LineProperties) {
  const over = transfer.state === "closed" || transfer.state === "rejected";
  const coming = transfer.state === "received" || over ? 0 : toCome(line);
  // What may still come is no difference yet.
  const differences = over ? [] : openTexts(coming > 0 ? { ...line, announced: line.announced - coming } : line);
  return (
    <tr className="border-t border-border">
      <td className={`${CELL} pl-16`}>
        <span className="font-mono whitespace-nowrap">{line.sku}</span>
        {line.lot !== null && line.lot !== undefined && (
          <span className="block text-xs text-fg-2">{m.transfers_lot({ lot: line.lot })}</span>
        )}
      </td>
      <td className={COUNT}>{integer(line.announced)}</td>
      <td className={COUNT}>{integer(line.received)}</td>
      <td className={COUNT}>{integer(line.stocked)}</td>
      <td className={COUNT}>{integer(line.quarantined)}</td>
      <td className={`${CELL} min-w-120 pl-24`}>
        {coming > 0 && <span className="block text-fg-2">{m.transfers_to_come({ count: integer(coming) })}</span>}
        {differences.map((text) => (
          <span key={text} className="block text-attention-text">
            {text}
          </span>
        ))}
        {line.discrepancies.length > 0 && (
          <ul>
            {line.discrepancies.map((booking) => (
              <Booking key={`${booking.at} ${booking.kind} ${booking.units}`} booking={booking} names={names} />
            ))}
          </ul>
        )}
        {coming === 0 && differences.length === 0 && line.discrepancies.length === 0 && (
          <span className="text-fg-3">–</span>
        )}
      </td>
      <td className={`${CELL} pr-16`}>
        <span className="flex justify-end gap-4">
          {LINE_STEP_NAMES.filter((step) => canDo(transfer, line, step)).map((step) => (
            <Button
              key={step}
              size="small"
              variant={step === "explain" ? "quiet" : "default"}
              aria-label={LINE_STEPS[step].of({ sku: line.sku })}
              onClick={() => onAsk({ step, line: place })}
            >
              {LINE_STEPS[step].button()}
              {lineFor(transfer, step) === place && <Key of={step} />}
            </Button>
          ))}
        </span>
      </td>
    </tr>
  );
}

interface StepsProperties {
  readonly transfer: Transfer;
  readonly onAsk: (asked: Asked) => void;
}

/** The steps the lifecycle has from here; one that does not go yet says why. */
function Steps({ transfer, onAsk }: StepsProperties) {
  const obstacle = useId();
  const left = unexplained(transfer);
  const blocked = (step: Step) => step === "close" && left.length > 0;
  const steps = stepsOf(transfer);
  return (
    <>
      {steps.map((step, place) => (
        <Button
          key={step}
          size="small"
          variant={step === "reject" || step === "end" ? "quiet" : place === 0 ? "primary" : "default"}
          disabled={blocked(step)}
          focusableWhenDisabled
          aria-describedby={blocked(step) ? obstacle : undefined}
          onClick={() => onAsk({ step })}
        >
          {STEP_WORDS[step].button()}
          {!blocked(step) && <Key of={step} />}
        </Button>
      ))}
      {steps.some(blocked) && (
        <span id={obstacle} className="basis-full text-right text-xs text-fg-2">
          {m.transfers_close_blocked({ skus: left.map((line) => line.sku).join(", ") })}
        </span>
      )}
    </>
  );
}

interface Properties {
  readonly transfer: Transfer;
  readonly names: Names;
  readonly onAsk: (asked: Asked) => void;
}

/** One transfer: from where, to where, where it is, and what became of every unit. */
export function TransferCard({ transfer, names, onAsk }: Properties) {
  const look = TRANSFER_STATES[transfer.state];
  const expected = instant(transfer.expected_at);
  return (
    <div className="flex flex-col">
      <div className="flex flex-wrap items-center gap-x-12 gap-y-4 px-16 py-8 text-sm">
        <span className="font-mono font-medium">{transfer.reference}</span>
        <Chip family={look.family} icon={look.icon}>
          {look.label()}
        </Chip>
        <span className="flex items-center gap-6">
          {fromText(transfer, names)}
          <ArrowRight aria-label={m.transfers_leads_to()} size={14} strokeWidth={1.75} className="text-fg-3" />
          {names.warehouse(transfer.to)}
        </span>
        <span className="flex-1" />
        <Steps transfer={transfer} onAsk={onAsk} />
      </div>
      {transfer.note !== "" && <p className="px-16 pb-8 text-sm wrap-anywhere text-fg-2">{transfer.note}</p>}
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is a tab stop
        tabIndex={0}
        aria-label={m.transfers_lines({ reference: transfer.reference })}
        className="overflow-x-auto"
      >
        <table className="w-full text-sm">
          <thead className="bg-surface-2">
            <tr>
              <th className={`${HEAD} pl-16`}>{m.transfers_field_sku()}</th>
              <th className={`${HEAD} text-right`}>{m.transfers_column_announced()}</th>
              <th className={`${HEAD} text-right`}>{m.transfers_column_received()}</th>
              <th className={`${HEAD} text-right`}>{m.transfers_column_stocked()}</th>
              <th className={`${HEAD} text-right`}>{m.transfers_column_quarantined()}</th>
              <th className={`${HEAD} pl-24`}>{m.transfers_column_difference()}</th>
              <th className={`${HEAD} pr-16`}>
                <span className="sr-only">{m.transfers_column_steps()}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {transfer.lines.map((line, place) => (
              <Line
                // biome-ignore lint/suspicious/noArrayIndexKey: a line's name in the API is its place
                key={place}
                transfer={transfer}
                line={line}
                place={place}
                names={names}
                onAsk={onAsk}
              />
            ))}
          </tbody>
        </table>
      </section>
      <p className="flex flex-wrap gap-x-12 px-16 py-8 text-xs text-fg-2">
        {expected !== undefined && (
          <span>
            {m.transfers_at_expected()} <time dateTime={transfer.expected_at ?? ""}>{dayText(expected)}</time>
          </span>
        )}
        <span>
          {m.transfers_at_announced()} <Moment at={transfer.created_at} />
        </span>
        {transfer.updated_at !== transfer.created_at && (
          <span>
            {m.transfers_at_updated()} <Moment at={transfer.updated_at} />
          </span>
        )}
        {transfer.remote_id !== null && transfer.remote_id !== undefined && (
          <span>{m.returns_remote({ id: transfer.remote_id })}</span>
        )}
      </p>
    </div>
  );
}

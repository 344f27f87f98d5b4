import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { ArrowLeft, ArrowRight, type LucideIcon, Store, Warehouse } from "lucide-react";
import { memo } from "react";
import type { Flow, HealthLevel, Stage } from "@/api/types";
import { Dot } from "@/components/Dot";
import { familyText } from "@/components/family";
import { healthLook, stageLook } from "@/components/stages";
import { classes } from "@/lib/classes";
import { integer, rate } from "@/lib/number";
import { useTick } from "@/lib/ticker";
import { age, instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { CARD, WAY } from "./layout";
import type { Measure } from "./measure";

/** One direction of a partner's traffic: a row of its card, at the end of its line. */
export interface Port {
  /** The way of the map; absent while the map has none. */
  readonly way: string | undefined;
  readonly direction: "right" | "left";
  readonly per_minute: number;
  readonly errors: number;
  /** What waits, in words. */
  readonly backlog: string;
  /** The same as a bare number, for the compact card. */
  readonly waiting: number;
  /** The way and its numbers, in words. */
  readonly title: string;
}

export type PartnerData = {
  id: string;
  kind: "shop" | "warehouse";
  name: string;
  nameLines: number;
  /** The system it runs on; nothing for a folded column. */
  system: string;
  health: HealthLevel;
  ports: readonly Port[];
  compact: boolean;
  measure: Measure;
  selected: string | undefined;
  onSelect: (id: string) => void;
};
export type StageData = {
  stage: Stage;
  stages: Flow["stages"];
  measure: Measure;
  selected: string | undefined;
  onSelect: (id: string) => void;
};

export type CaptionData = { kind: "shop" | "warehouse" };

export type CaptionNode = Node<CaptionData, "caption">;
export type PartnerNode = Node<PartnerData, "partner">;
export type StageNode = Node<StageData, "stage">;

const PORTS = [Position.Left, Position.Right, Position.Top, Position.Bottom];

/** Ways are drawn from the layout, not from these; the map library wants to know that a card can have them. */
function Ports() {
  return PORTS.flatMap((position) => [
    <Handle
      key={`s${position}`}
      id={position}
      type="source"
      position={position}
      isConnectable={false}
      className="invisible"
    />,
    <Handle
      key={`t${position}`}
      id={position}
      type="target"
      position={position}
      isConnectable={false}
      className="invisible"
    />,
  ]);
}

/** How long the longest one has been waiting. */
export function Oldest({ at }: { at: string | null | undefined }) {
  const since = instant(at);
  const text = useTick((now) => (since === undefined ? "" : age(since, now)));
  return text === "" ? null : m.flow_oldest({ age: text });
}

const FRAME = "w-full rounded-6 border bg-surface text-left text-sm";
const EDGE = (selected: boolean) => (selected ? "border-accent ring-1 ring-accent" : "border-border");
/** A part of a card that can be chosen. One tab stop leads into the map; arrows lead from part to part. */
const PART = "nodrag nopan flex items-center text-left focus-visible:-outline-offset-2";

function errorText(errors: number): string {
  return m.flow_errors({ count: integer(errors), rows: errors });
}

const ARROWS: Readonly<Record<Port["direction"], LucideIcon>> = { right: ArrowRight, left: ArrowLeft };
/** On the background of the chosen row the palest colour would be too pale. */
const strong = (one: boolean, zero: boolean, chosen: boolean) =>
  zero && !chosen ? "text-fg-3" : one && !zero ? "font-semibold text-fg" : "text-fg-2";

function PortRow({ port, data, half }: { port: Port; data: PartnerData; half?: "start" | "end" }) {
  const { measure, selected, onSelect } = data;
  const Arrow = ARROWS[port.direction];
  const chosen = port.way !== undefined && selected === port.way;
  return (
    <button
      type="button"
      data-place
      tabIndex={-1}
      disabled={port.way === undefined}
      aria-pressed={chosen}
      aria-label={port.title}
      title={port.title}
      onClick={() => port.way !== undefined && onSelect(port.way)}
      style={{ height: CARD.port }}
      className={classes(
        PART,
        "text-xs whitespace-nowrap tabular-nums",
        half === undefined ? "w-full gap-6 px-12" : "min-w-0 flex-1 basis-0 gap-4 px-8",
        chosen ? "bg-surface-3" : "hover:bg-surface-2",
        half === undefined ? "border-t border-border last:rounded-b-6" : "",
        half === "start" ? "rounded-bl-6 border-r border-border" : "",
        half === "end" ? "rounded-br-6" : "",
      )}
    >
      <Arrow aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-fg-2" />
      <span className={strong(measure === "throughput", port.per_minute === 0, chosen)}>
        {half === undefined ? m.flow_per_minute({ rate: rate(port.per_minute) }) : rate(port.per_minute)}
      </span>
      <span className="flex-1" />
      {port.errors > 0 && (
        <span className="flex items-center gap-4 font-medium text-danger-text">
          <Dot family="danger" />
          {half === undefined ? errorText(port.errors) : integer(port.errors)}
        </span>
      )}
      <span className={classes("truncate", strong(measure === "latency", port.waiting === 0, chosen))}>
        {half === undefined ? port.backlog : integer(port.waiting)}
      </span>
    </button>
  );
}

/** A shop or a warehouse: who it is, how it is, and its two directions, each where its line ends. */
export const PartnerCard = memo(function PartnerCard({ data }: NodeProps<PartnerNode>) {
  const { id, kind, name, nameLines, system, health, ports, compact, selected, onSelect } = data;
  const look = healthLook[health];
  const Icon = kind === "shop" ? Store : Warehouse;
  const [first, second] = ports;
  const healthy = health === "healthy";
  return (
    <>
      <Ports />
      <div className={classes(FRAME, EDGE(selected === id), "flex h-full flex-col")}>
        <button
          type="button"
          data-place
          tabIndex={-1}
          aria-pressed={selected === id}
          aria-label={[name, look.label()].join(", ")}
          title={name}
          onClick={() => onSelect(id)}
          className={classes(
            PART,
            "min-h-0 w-full flex-1 items-start gap-8 rounded-t-6 px-12 pt-8",
            selected === id ? "" : "hover:bg-surface-2",
          )}
        >
          <Icon aria-hidden size={16} strokeWidth={1.75} className="mt-2 shrink-0 text-fg-2" />
          <span className="min-w-0 flex-1">
            <span className={classes("font-medium", nameLines === 1 ? "block truncate" : "line-clamp-2")}>{name}</span>
            {!compact && (
              <span className="flex items-center gap-6 text-2xs text-fg-2">
                <Dot family={look.family} />
                <span className={classes("truncate", healthy ? "" : familyText[look.family])}>
                  {[look.label(), system].filter((part) => part !== "").join(" · ")}
                </span>
              </span>
            )}
          </span>
          {compact && (
            <span className="flex h-20 shrink-0 items-center gap-4 text-2xs">
              {!healthy && <span className={familyText[look.family]}>{look.label()}</span>}
              <Dot family={look.family} />
            </span>
          )}
        </button>
        {compact ? (
          <div className="flex border-t border-border">
            {first !== undefined && <PortRow port={first} data={data} half="start" />}
            {second !== undefined && <PortRow port={second} data={data} half="end" />}
          </div>
        ) : (
          ports.map((port) => <PortRow key={port.direction} port={port} data={data} />)
        )}
      </div>
    </>
  );
});

/** What the numbers of a compact card are, above its column. */
export const ColumnCaption = memo(function ColumnCaption({ data: { kind } }: NodeProps<CaptionNode>) {
  const words =
    kind === "shop"
      ? [m.flow_caption_waiting(), m.flow_caption_to_report()]
      : [m.flow_caption_way(), m.flow_caption_work()];
  return (
    <div aria-hidden className="flex w-full text-2xs text-fg-3">
      {words.map((word) => (
        <span key={word} className="flex min-w-0 flex-1 basis-0 justify-between gap-4 px-8">
          <span>{m.flow_caption_rate()}</span>
          <span className="truncate">{word}</span>
        </span>
      ))}
    </div>
  );
});

export const StageCard = memo(function StageCard({ data }: NodeProps<StageNode>) {
  const { stage, stages, measure, selected, onSelect } = data;
  const facts = stages.find((candidate) => candidate.stage === stage);
  const look = stageLook[stage];
  const exceptions = WAY.find((step) => step.stage === stage)?.exceptions ?? [];
  const errors = facts?.errors ?? 0;
  const orders = facts?.orders ?? 0;
  return (
    <>
      <Ports />
      <div className={classes(FRAME, EDGE(selected === stage))}>
        <button
          type="button"
          data-place
          tabIndex={-1}
          aria-pressed={selected === stage}
          onClick={() => onSelect(stage)}
          style={{ height: CARD.head - 2 }}
          className={classes(
            PART,
            "w-full flex-col justify-center gap-2 rounded-t-6 px-12 last:rounded-b-6",
            selected === stage ? "" : "hover:bg-surface-2",
          )}
        >
          <span className="flex w-full items-center gap-8">
            <look.icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-fg-2" />
            <span className="min-w-0 flex-1 truncate font-medium">{look.label()}</span>
            <span className={classes("shrink-0 text-md font-semibold tabular-nums", orders === 0 && "text-fg-3")}>
              {integer(orders)}
            </span>
          </span>
          <span className="block w-full truncate text-xs text-fg-2 tabular-nums">
            {measure === "throughput" && m.flow_leaving({ rate: rate(facts?.per_minute ?? 0) })}
            {measure === "latency" && (orders > 0 ? <Oldest at={facts?.oldest_at} /> : m.flow_nothing_waits())}
            {measure === "errors" && (
              <span className={errors > 0 ? "font-medium text-danger-text" : undefined}>{errorText(errors)}</span>
            )}
            {measure !== "errors" && errors > 0 && <span className="text-danger-text"> · {errorText(errors)}</span>}
          </span>
        </button>
        {exceptions.map((exception) => {
          const exceptional = stages.find((candidate) => candidate.stage === exception)?.orders ?? 0;
          const exceptionLook = stageLook[exception];
          return (
            <button
              key={exception}
              type="button"
              data-place
              tabIndex={-1}
              aria-pressed={selected === exception}
              onClick={() => onSelect(exception)}
              style={{ height: CARD.row }}
              className={classes(
                PART,
                "w-full gap-8 border-t border-border px-12 text-xs last:rounded-b-6",
                selected === exception ? "bg-surface-3" : "hover:bg-surface-2",
                exceptional > 0 ? "text-fg" : selected === exception ? "text-fg-2" : "text-fg-3",
              )}
            >
              <Dot family={exceptional === 0 ? "neutral" : exceptionLook.family} />
              <span className="flex-1 truncate text-left">{exceptionLook.label()}</span>
              <span className="font-medium tabular-nums">{integer(exceptional)}</span>
            </button>
          );
        })}
      </div>
    </>
  );
});

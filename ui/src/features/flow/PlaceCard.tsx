import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { Store, Warehouse } from "lucide-react";
import { memo, type ReactNode } from "react";
import type { Flow, Stage } from "@/api/types";
import { Dot } from "@/components/Dot";
import { healthLook, stageLook } from "@/components/stages";
import { classes } from "@/lib/classes";
import { integer, rate } from "@/lib/number";
import { useTick } from "@/lib/ticker";
import { age, instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { CARD, WAY } from "./layout";
import type { Measure } from "./measure";

export type ShopData = {
  shop: Flow["shops"][number];
  measure: Measure;
  selected: boolean;
  onSelect: (id: string) => void;
};
export type WarehouseData = {
  warehouse: Flow["warehouses"][number];
  measure: Measure;
  selected: boolean;
  onSelect: (id: string) => void;
};
export type StageData = {
  stage: Stage;
  stages: Flow["stages"];
  measure: Measure;
  selected: string | undefined;
  onSelect: (id: string) => void;
};
export type FoldedData = {
  id: string;
  title: string;
  detail: string;
  selected: boolean;
  onSelect: (id: string) => void;
};

export type ShopNode = Node<ShopData, "shop">;
export type StageNode = Node<StageData, "stage">;
export type WarehouseNode = Node<WarehouseData, "warehouse">;
export type FoldedNode = Node<FoldedData, "folded">;

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
const EDGE = (selected: boolean) =>
  selected ? "border-accent ring-1 ring-accent" : "border-border hover:border-border-strong";

interface CardProperties {
  readonly selected: boolean;
  readonly onClick: () => void;
  readonly head: ReactNode;
  readonly value: ReactNode;
  readonly detail: ReactNode;
}

function Card({ selected, onClick, head, value, detail }: CardProperties) {
  return (
    <button
      type="button"
      aria-pressed={selected}
      onClick={onClick}
      style={{ height: CARD.head }}
      className={classes(FRAME, EDGE(selected), "nodrag flex flex-col justify-center gap-2 px-12")}
    >
      <span className="flex items-center gap-8">
        {head}
        <span className="shrink-0 text-md font-semibold">{value}</span>
      </span>
      <span className="block truncate text-xs text-fg-2">{detail}</span>
    </button>
  );
}

function errorText(errors: number): string {
  return m.flow_errors({ count: integer(errors), rows: errors });
}

export const ShopCard = memo(function ShopCard({ data: { shop, measure, selected, onSelect } }: NodeProps<ShopNode>) {
  const health = healthLook[shop.health];
  const value =
    measure === "throughput" ? m.flow_per_minute({ rate: rate(shop.orders_per_minute) }) : integer(shop.waiting);
  return (
    <>
      <Ports />
      <Card
        selected={selected}
        onClick={() => onSelect(shop.connection)}
        head={
          <>
            <Store aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-fg-2" />
            <span className="min-w-0 flex-1 truncate font-medium">{shop.name}</span>
            <Dot family={health.family} label={health.label()} />
          </>
        }
        value={value}
        detail={m.flow_shop_detail({ connector: shop.connector, waiting: integer(shop.waiting) })}
      />
    </>
  );
});

export const WarehouseCard = memo(function WarehouseCard({
  data: { warehouse, measure, selected, onSelect },
}: NodeProps<WarehouseNode>) {
  const health = healthLook[warehouse.health];
  const value =
    measure === "throughput"
      ? m.flow_per_minute({ rate: rate(warehouse.shipped_per_minute) })
      : integer(warehouse.waiting + warehouse.in_work);
  return (
    <>
      <Ports />
      <Card
        selected={selected}
        onClick={() => onSelect(warehouse.warehouse)}
        head={
          <>
            <Warehouse aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-fg-2" />
            <span className="min-w-0 flex-1 truncate font-medium">{warehouse.name}</span>
            <Dot family={health.family} label={health.label()} />
          </>
        }
        value={value}
        detail={m.flow_warehouse_detail({ waiting: integer(warehouse.waiting), work: integer(warehouse.in_work) })}
      />
    </>
  );
});

export const StageCard = memo(function StageCard({ data }: NodeProps<StageNode>) {
  const { stage, stages, measure, selected, onSelect } = data;
  const facts = stages.find((candidate) => candidate.stage === stage);
  const look = stageLook[stage];
  const exceptions = WAY.find((step) => step.stage === stage)?.exceptions ?? [];
  const errors = facts?.errors ?? 0;
  return (
    <>
      <Ports />
      <div className={classes(FRAME, EDGE(selected === stage))}>
        <button
          type="button"
          aria-pressed={selected === stage}
          onClick={() => onSelect(stage)}
          style={{ height: CARD.head - 2 }}
          className="nodrag flex w-full flex-col justify-center gap-2 rounded-6 px-12 text-left"
        >
          <span className="flex w-full items-center gap-8">
            <look.icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-fg-2" />
            <span className="min-w-0 flex-1 truncate font-medium">{look.label()}</span>
            <span className="shrink-0 text-md font-semibold">{integer(facts?.orders ?? 0)}</span>
          </span>
          <span className="block truncate text-xs text-fg-2">
            {measure === "throughput" && m.flow_leaving({ rate: rate(facts?.per_minute ?? 0) })}
            {measure === "latency" && (facts?.orders ? <Oldest at={facts.oldest_at} /> : m.flow_nothing_waits())}
            {measure === "errors" && errorText(errors)}
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
              aria-pressed={selected === exception}
              onClick={() => onSelect(exception)}
              style={{ height: CARD.row }}
              className={classes(
                "nodrag flex w-full items-center gap-8 border-t border-border px-12 text-xs last:rounded-b-6",
                selected === exception ? "bg-surface-3" : "hover:bg-surface-2",
                exceptional === 0 ? "text-fg-3" : "text-fg",
              )}
            >
              <Dot family={exceptional === 0 ? "neutral" : exceptionLook.family} />
              <span className="flex-1 truncate text-left">{exceptionLook.label()}</span>
              <span className="font-medium">{integer(exceptional)}</span>
            </button>
          );
        })}
      </div>
    </>
  );
});

export const FoldedCard = memo(function FoldedCard({ data }: NodeProps<FoldedNode>) {
  return (
    <>
      <Ports />
      <Card
        selected={data.selected}
        onClick={() => data.onSelect(data.id)}
        head={<span className="min-w-0 flex-1 truncate font-medium">{data.title}</span>}
        value=""
        detail={data.detail}
      />
    </>
  );
});

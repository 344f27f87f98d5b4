import "@xyflow/react/dist/base.css";
import { MarkerType, ReactFlow, ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { useEffect, useMemo } from "react";
import type { Flow } from "@/api/types";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { anchor, type Curve, curve, pointAt } from "./curve";
import { FOLDED, layout, type Placed, type Way } from "./layout";
import type { Measure } from "./measure";
import { ParcelCanvas } from "./ParcelCanvas";
import {
  FoldedCard,
  type FoldedNode,
  ShopCard,
  type ShopNode,
  StageCard,
  type StageNode,
  WarehouseCard,
  type WarehouseNode,
} from "./PlaceCard";
import { nameOf } from "./selection";
import { type WayEdge, type WayLabel, WayLine } from "./WayLine";

type PlaceNode = ShopNode | StageNode | WarehouseNode | FoldedNode;

const NODE_TYPES = { shop: ShopCard, stage: StageCard, warehouse: WarehouseCard, folded: FoldedCard };
const EDGE_TYPES = { way: WayLine };
const FIT = { padding: 0.06, maxZoom: 1.15, minZoom: 0.4 };
/** Two ways between the same pair of cards leave and arrive this far apart. */
const LANE = 14;
/** Between a card and the label beside it: room for an arrow head. */
const LABEL_GAP = 18;

interface Properties {
  readonly flow: Flow;
  readonly measure: Measure;
  readonly selected: string | undefined;
  readonly onSelect: (id: string | undefined) => void;
  readonly moving: boolean;
  readonly onTooSlow: () => void;
}

function nodeOf(
  flow: Flow,
  placed: Placed,
  measure: Measure,
  selected: string | undefined,
  onSelect: (id: string) => void,
): PlaceNode | undefined {
  const shared = {
    id: placed.id,
    position: { x: placed.x, y: placed.y },
    width: placed.width,
    height: placed.height,
    draggable: false,
    selectable: false,
    focusable: false,
    // The library lets clicks through to the pane where nothing can be selected or dragged; our cards hold buttons.
    style: { pointerEvents: "all" as const },
  };
  if (placed.id === FOLDED.shop || placed.id === FOLDED.warehouse) {
    const shop = placed.id === FOLDED.shop;
    const waiting = (shop ? flow.shops : flow.warehouses).reduce((sum, one) => sum + one.waiting, 0);
    const detail = m.flow_waiting({ count: integer(waiting) });
    return {
      ...shared,
      type: "folded",
      data: { id: placed.id, title: nameOf(flow, placed.id), detail, selected: selected === placed.id, onSelect },
    };
  }
  if (placed.kind === "shop") {
    const shop = flow.shops.find((candidate) => candidate.connection === placed.id);
    return shop && { ...shared, type: "shop", data: { shop, measure, selected: selected === placed.id, onSelect } };
  }
  if (placed.kind === "warehouse") {
    const warehouse = flow.warehouses.find((candidate) => candidate.warehouse === placed.id);
    return (
      warehouse && {
        ...shared,
        type: "warehouse",
        data: { warehouse, measure, selected: selected === placed.id, onSelect },
      }
    );
  }
  const stage = flow.stages.find((candidate) => candidate.stage === placed.id)?.stage;
  return stage && { ...shared, type: "stage", data: { stage, stages: flow.stages, measure, selected, onSelect } };
}

/** A way back to the left runs below the one to the right. */
function lane(way: Way): number {
  return way.source === "left" ? LANE : way.source === "right" ? -LANE : 0;
}

/** Whether errors on a way are more than tries that are repeated: work was given up, or a partner is not well. */
function isAlarming(flow: Flow, way: Way): boolean {
  if (way.errors === 0) return false;
  const partners = [
    ...flow.shops.map((one) => [one.connection, one.health] as const),
    ...flow.warehouses.map((one) => [one.warehouse, one.health] as const),
  ];
  const own = partners.filter(([id]) => id === way.from || id === way.to);
  return own.length === 0 || own.some(([, health]) => health !== "healthy");
}

/** Labels stand beside the partner's card, where lines are apart; between two stages in the middle. */
function labelPlace(from: Placed, to: Placed, way: Way, line: Curve): WayLabel {
  if (from.kind === "stage" && to.kind === "stage") return { ...pointAt(line, 0.5), align: "center" };
  const partner = from.kind === "stage" ? to : from;
  const side = from.kind === "stage" ? way.target : way.source;
  const { y } = pointAt(line, from.kind === "stage" ? 0.86 : 0.14);
  return side === "right"
    ? { x: partner.x + partner.width + LABEL_GAP, y, align: "start" }
    : { x: partner.x - LABEL_GAP, y, align: "end" };
}

function Canvas({ flow, measure, selected, onSelect, moving, onTooSlow }: Properties) {
  const { fitView } = useReactFlow();
  const drawn = useMemo(() => layout(flow), [flow]);
  const places = useMemo(() => new Map(drawn.nodes.map((node) => [node.id, node])), [drawn]);
  const nodes = useMemo(
    () =>
      drawn.nodes.flatMap((placed) => {
        const node = nodeOf(flow, placed, measure, selected, onSelect);
        return node === undefined ? [] : [node];
      }),
    [drawn, flow, measure, selected, onSelect],
  );
  const edges = useMemo(
    () =>
      drawn.ways.flatMap((way): WayEdge[] => {
        const from = places.get(way.from);
        const to = places.get(way.to);
        if (from === undefined || to === undefined) return [];
        const line = curve(
          anchor(from, way.source, lane(way)),
          way.source,
          anchor(to, way.target, lane(way)),
          way.target,
        );
        const label = labelPlace(from, to, way, line);
        const title = m.flow_way({ from: nameOf(flow, way.from), to: nameOf(flow, way.to) });
        return [
          {
            id: way.id,
            source: way.from,
            target: way.to,
            sourceHandle: way.source,
            targetHandle: way.target,
            type: "way",
            focusable: false,
            markerEnd: {
              type: MarkerType.ArrowClosed,
              width: 16,
              height: 16,
              markerUnits: "userSpaceOnUse",
              color: "var(--color-border-strong)",
            },
            data: {
              way,
              curve: line,
              label,
              alarming: isAlarming(flow, way),
              measure,
              selected: selected === way.id,
              title,
              onSelect,
            },
          },
        ];
      }),
    [drawn, places, flow, measure, selected, onSelect],
  );
  const traffic = useMemo(
    () =>
      edges.flatMap((edge) =>
        edge.data === undefined ? [] : [{ curve: edge.data.curve, per_minute: edge.data.way.per_minute }],
      ),
    [edges],
  );
  const shape = `${drawn.width}x${drawn.height}`;
  useEffect(() => {
    const showAll = () => void fitView(FIT);
    showAll();
    // Also when the side panel takes room, and when the first partner appears.
    const frame = document.querySelector("[data-flow-map]");
    if (frame === null || shape === "") return;
    const observer = new ResizeObserver(showAll);
    observer.observe(frame);
    return () => observer.disconnect();
  }, [fitView, shape]);

  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      fitView
      fitViewOptions={FIT}
      minZoom={0.3}
      maxZoom={1.5}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      zoomOnDoubleClick={false}
      preventScrolling
      proOptions={{ hideAttribution: true }}
      onEdgeClick={(_event, edge) => onSelect(edge.id)}
      onPaneClick={() => onSelect(undefined)}
      aria-label={m.flow_map_label()}
    >
      {moving && <ParcelCanvas traffic={traffic} onTooSlow={onTooSlow} />}
    </ReactFlow>
  );
}

/** The live map. Everything on it is text and line weight; motion only repeats what the numbers say. */
export function FlowMap(properties: Properties) {
  return (
    <div data-flow-map className="relative size-full">
      <ReactFlowProvider>
        <Canvas {...properties} />
      </ReactFlowProvider>
    </div>
  );
}

import "@xyflow/react/dist/base.css";
import { MarkerType, ReactFlow, ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Flow, HealthLevel } from "@/api/types";
import { m } from "@/paraglide/messages.js";
import { type Layout, layout, type Placed, type Room, type Way } from "./layout";
import type { Measure } from "./measure";
import { ParcelCanvas } from "./ParcelCanvas";
import { type CaptionNode, ColumnCaption, PartnerCard, type PartnerNode, StageCard, type StageNode } from "./PlaceCard";
import { partnerFacts, type Systems } from "./partners";
import { useRoving } from "./useRoving";
import { type WayEdge, WayLine, wayLook } from "./WayLine";

type PlaceNode = PartnerNode | StageNode | CaptionNode;

const NODE_TYPES = { partner: PartnerCard, stage: StageCard, caption: ColumnCaption };
const EDGE_TYPES = { way: WayLine };
/** On a large screen the map grows with it, so that it can be read from a step back. */
const LARGEST_ZOOM = 1.2;
/** The room the map is drawn for at its own size. */
const READABLE: Room = { width: 1_240, height: 640 };
const FIT = { padding: 0.02, maxZoom: LARGEST_ZOOM, minZoom: 0.4 };

interface Properties {
  readonly flow: Flow;
  readonly systems: Systems;
  readonly measure: Measure;
  readonly selected: string | undefined;
  readonly onSelect: (id: string | undefined) => void;
  readonly moving: boolean;
  readonly onTooSlow: () => void;
}

/** What a place is drawn with besides its position. */
interface Drawing extends Omit<Properties, "moving" | "onTooSlow"> {
  readonly drawn: Layout;
}

const still = (placed: Omit<Placed, "id" | "nameLines">) => ({
  position: { x: placed.x, y: placed.y },
  width: placed.width,
  height: placed.height,
  draggable: false,
  selectable: false,
  focusable: false,
});

function nodeOf(placed: Placed, { flow, systems, measure, selected, onSelect, drawn }: Drawing): PlaceNode | undefined {
  const shared = {
    id: placed.id,
    ...still(placed),
    // The library lets clicks through to the pane where nothing can be selected or dragged; our cards hold buttons.
    style: { pointerEvents: "all" as const },
  };
  if (placed.kind === "stage") {
    const stage = flow.stages.find((candidate) => candidate.stage === placed.id)?.stage;
    return stage && { ...shared, type: "stage", data: { stage, stages: flow.stages, measure, selected, onSelect } };
  }
  const facts = partnerFacts(flow, drawn, placed, systems);
  return (
    facts && {
      ...shared,
      type: "partner",
      data: { ...facts, nameLines: placed.nameLines, compact: drawn.compact, measure, selected, onSelect },
    }
  );
}

/** Whether errors on a way are more than tries that are repeated: work was given up, or a partner is not well. */
function isAlarming(flow: Flow, way: Way): boolean {
  if (way.errors === 0) return false;
  const partners: [string, HealthLevel][] = [
    ...flow.shops.map((one): [string, HealthLevel] => [one.connection, one.health]),
    ...flow.warehouses.map((one): [string, HealthLevel] => [one.warehouse, one.health]),
  ];
  const own = partners.filter(([id]) => id === way.from || id === way.to);
  return own.length === 0 || own.some(([, health]) => health !== "healthy");
}

/** The side of the frame's element in pixels; a usual window until it is measured. */
function useRoom(frame: RefObject<HTMLElement | null>): Room {
  const [room, setRoom] = useState<Room>(READABLE);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0) setRoom({ width, height });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return room;
}

function Canvas({ flow, systems, measure, selected, onSelect, moving, onTooSlow, room }: Properties & { room: Room }) {
  const { fitView } = useReactFlow();
  const zoom = Math.min(
    LARGEST_ZOOM,
    Math.max(1, Math.min(room.width / READABLE.width, room.height / READABLE.height)),
  );
  const drawn = useMemo(
    () => layout(flow, { width: room.width / zoom, height: room.height / zoom }),
    [flow, room, zoom],
  );
  const nodes = useMemo(
    () =>
      [
        ...drawn.captions.map((placed): PlaceNode[] =>
          placed.kind === "stage"
            ? []
            : [{ ...still(placed), id: `caption of ${placed.kind}`, type: "caption", data: { kind: placed.kind } }],
        ),
        ...drawn.nodes.map((placed) => {
          const node = nodeOf(placed, { flow, systems, measure, selected, onSelect, drawn });
          return node === undefined ? [] : [node];
        }),
      ].flat(),
    [drawn, flow, systems, measure, selected, onSelect],
  );
  const edges = useMemo(
    () =>
      drawn.ways
        .map((way): WayEdge => {
          const look = wayLook(way, measure, isAlarming(flow, way), selected === way.id);
          return {
            id: way.id,
            source: way.from,
            target: way.to,
            type: "way",
            focusable: false,
            markerEnd: {
              type: MarkerType.ArrowClosed,
              width: 18,
              height: 18,
              markerUnits: "userSpaceOnUse",
              color: look.color,
            },
            data: { way, look, measure },
          };
        })
        .sort((one, other) => (one.data?.look.rank ?? 0) - (other.data?.look.rank ?? 0)),
    [drawn, flow, measure, selected],
  );
  const traffic = useMemo(() => drawn.ways.map((way) => ({ line: way.line, per_minute: way.per_minute })), [drawn]);
  const shape = `${drawn.width}x${drawn.height} in ${room.width}x${room.height}`;
  useEffect(() => {
    // When the side panel takes room, and when a partner appears.
    if (shape !== "") void fitView(FIT);
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
      disableKeyboardA11y
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
  const frame = useRef<HTMLDivElement>(null);
  const room = useRoom(frame);
  const roving = useRoving(frame);
  return (
    <section
      ref={frame}
      aria-label={m.flow_map_label()}
      aria-description={m.flow_map_keys()}
      className="absolute inset-0"
      onKeyDown={roving.onKeyDown}
      onFocus={roving.onFocus}
    >
      <ReactFlowProvider>
        <Canvas {...properties} room={room} />
      </ReactFlowProvider>
    </section>
  );
}

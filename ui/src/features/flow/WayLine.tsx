import { BaseEdge, type Edge, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import type { Way } from "./layout";
import { pathOf } from "./line";
import { lineWidth, type Measure, measured } from "./measure";

export type WayData = {
  way: Way;
  look: WayLook;
  measure: Measure;
};
export type WayEdge = Edge<WayData, "way">;

/** How a way is drawn. */
export interface WayLook {
  readonly color: string;
  readonly dashed: boolean;
  /** Later ones are drawn over earlier ones. */
  readonly rank: number;
}

const IDLE = "color-mix(in srgb, var(--color-border-strong) 45%, var(--color-bg))";

/** An alarming way is red and dashed, the selected one has the accent, one that carries something the colour of motion. */
export function wayLook(way: Way, measure: Measure, alarming: boolean, selected: boolean): WayLook {
  const red = alarming || (measure === "errors" && way.errors > 0);
  if (selected) return { color: "var(--color-accent)", dashed: red, rank: 3 };
  if (red) return { color: "var(--color-danger-mark)", dashed: true, rank: 2 };
  if (measured(way, measure) > 0) return { color: "var(--color-info-mark)", dashed: false, rank: 1 };
  return { color: IDLE, dashed: false, rank: 0 };
}

/** A way as a line whose weight is what is measured. Its numbers stand in the cards at its ends; nothing is animated. */
export const WayLine = memo(function WayLine({ id, data, markerEnd }: EdgeProps<WayEdge>) {
  if (data === undefined) return null;
  const { way, look, measure } = data;
  return (
    <BaseEdge
      id={id}
      path={pathOf(way.line)}
      markerEnd={markerEnd}
      style={{
        stroke: look.color,
        strokeWidth: lineWidth(measured(way, measure)),
        strokeDasharray: look.dashed ? "6 4" : undefined,
      }}
      interactionWidth={16}
    />
  );
});

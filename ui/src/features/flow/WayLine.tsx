import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { classes } from "@/lib/classes";
import { integer, rate } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import { type Curve, pathOf } from "./curve";
import type { Way } from "./layout";
import { lineWidth, type Measure } from "./measure";

/** Where the numbers of a way stand, and which part of the label that point is. */
export interface WayLabel {
  readonly x: number;
  readonly y: number;
  readonly align: "start" | "center" | "end";
}

const SHIFT = { start: "0%", center: "-50%", end: "-100%" } as const;

export type WayData = {
  way: Way;
  curve: Curve;
  label: WayLabel;
  /** Its errors deserve attention whatever is measured. */
  alarming: boolean;
  measure: Measure;
  selected: boolean;
  /** Names of its ends. */
  title: string;
  onSelect: (id: string) => void;
};
export type WayEdge = Edge<WayData, "way">;

/** Rate, backlog and errors in words; what is zero is left out, and an idle way says so. */
export function wayText(way: Way): string {
  const parts = [
    way.per_minute > 0 && m.flow_per_minute({ rate: rate(way.per_minute) }),
    way.backlog > 0 && m.flow_waiting({ count: integer(way.backlog) }),
    way.errors > 0 && m.flow_errors({ count: integer(way.errors), rows: way.errors }),
  ].filter((part) => part !== false);
  return parts.length === 0 ? m.flow_idle() : parts.join(" · ");
}

function measured(way: Way, measure: Measure): number {
  return measure === "throughput" ? way.per_minute : measure === "latency" ? way.backlog : way.errors;
}

/** A way as a line whose weight is what is measured, with its numbers as a button. Nothing on it is animated. */
export const WayLine = memo(function WayLine({ id, data, markerEnd }: EdgeProps<WayEdge>) {
  if (data === undefined) return null;
  const { way, curve, label, alarming, measure, selected, title, onSelect } = data;
  const value = measured(way, measure);
  const red = alarming || (measure === "errors" && way.errors > 0);
  const idle = way.per_minute === 0 && way.backlog === 0 && way.errors === 0;
  const color = selected
    ? "var(--color-accent)"
    : red
      ? "var(--color-danger-mark)"
      : value > 0
        ? "var(--color-info-mark)"
        : "var(--color-border-strong)";
  return (
    <>
      <BaseEdge
        id={id}
        path={pathOf(curve)}
        markerEnd={markerEnd}
        style={{
          stroke: color,
          strokeWidth: lineWidth(value),
          strokeOpacity: idle && !selected ? 0.45 : 0.8,
          strokeDasharray: red ? "6 4" : undefined,
        }}
        interactionWidth={16}
      />
      {!idle && (
        <EdgeLabelRenderer>
          <button
            type="button"
            aria-pressed={selected}
            aria-label={`${title}: ${wayText(way)}`}
            onClick={() => onSelect(way.id)}
            style={{
              transform: `translate(${SHIFT[label.align]}, -50%) translate(${label.x}px, ${label.y}px)`,
              pointerEvents: "all",
            }}
            className={classes(
              "nodrag nopan absolute flex h-24 items-center rounded-pill border bg-surface px-6 text-2xs whitespace-nowrap",
              selected ? "border-accent" : "border-border hover:border-border-strong",
              red ? "text-danger-text" : "text-fg-2",
            )}
          >
            {wayText(way)}
          </button>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

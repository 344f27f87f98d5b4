/** The three ways to read the map. */
import { m } from "@/paraglide/messages.js";
import type { Way } from "./layout";
import type { FlowSearch } from "./search";

export type Measure = "throughput" | "latency" | "errors";

export const MEASURES: readonly Measure[] = ["throughput", "latency", "errors"];

export function measureOf(search: FlowSearch): Measure {
  return search.by ?? "throughput";
}

export function measureText(measure: Measure): string {
  switch (measure) {
    case "throughput":
      return m.flow_measure_throughput();
    case "latency":
      return m.flow_measure_latency();
    case "errors":
      return m.flow_measure_errors();
  }
}

/** What a way is drawn by. */
export function measured(way: Way, measure: Measure): number {
  return measure === "throughput" ? way.per_minute : measure === "latency" ? way.backlog : way.errors;
}

/** Width of a line in pixels, 1 to 5: what is measured, on a logarithmic scale so that 1 and 1,000 both can be seen. */
export function lineWidth(value: number): number {
  return Math.min(5, 1 + Math.log10(1 + Math.max(0, value)) * 1.4);
}

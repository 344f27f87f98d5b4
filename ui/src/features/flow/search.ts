/** What the address of the flow map says. */
export interface FlowSearch {
  /** As a map or as a table; the map when absent. */
  readonly as?: "table";
  /** What edges and nodes are measured by; throughput when absent. */
  readonly by?: "latency" | "errors";
  /** The selected node or edge. */
  readonly at?: string;
}

/** Reads the address; parts that make no sense are left out. */
export function flowSearch(raw: Record<string, unknown>): FlowSearch {
  return {
    ...(raw.as === "table" ? { as: raw.as } : {}),
    ...(raw.by === "latency" || raw.by === "errors" ? { by: raw.by } : {}),
    ...(typeof raw.at === "string" && raw.at !== "" ? { at: raw.at } : {}),
  };
}

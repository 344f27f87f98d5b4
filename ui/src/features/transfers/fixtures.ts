/** Transfers for tests. */
import type { Transfer, TransferLine } from "@/api/types";

const AT = "2026-11-22T11:00:00Z";

export function lineFixture(change: Partial<TransferLine> = {}): TransferLine {
  return {
    sku: "TEA",
    lot: null,
    announced: 10,
    received: 0,
    stocked: 0,
    quarantined: 0,
    discrepancies: [],
    ...change,
  };
}

export function transferFixture(change: Partial<Transfer> = {}): Transfer {
  return {
    id: "trf_1",
    reference: "ST-1",
    remote_id: null,
    from: null,
    to: "whs_1",
    revision: 4,
    state: "announced",
    lines: [lineFixture()],
    expected_at: null,
    note: "",
    created_at: AT,
    updated_at: AT,
    ...change,
  };
}

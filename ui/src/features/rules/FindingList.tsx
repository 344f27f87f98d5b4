import { TriangleAlert } from "lucide-react";
import type { Fault } from "@/features/policy/faults";

/** What the linter says about a place: certain to be so, not certain to be a mistake. */
export function FindingList({ findings }: { findings: readonly Fault[] }) {
  if (findings.length === 0) return null;
  return (
    <ul className="flex flex-col gap-4 rounded-6 bg-attention-tint px-12 py-8 text-xs text-fg">
      {findings.map((finding) => (
        <li key={finding.path + finding.text} className="flex items-start gap-6">
          <TriangleAlert aria-hidden size={14} strokeWidth={2} className="mt-1 shrink-0 text-attention-mark" />
          <span className="min-w-0 flex-1 wrap-anywhere">
            {finding.text} <span className="font-mono text-2xs text-fg-2">{finding.path}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";
import type { Bar } from "./measures";
import { MEASURE_WORDS } from "./measureWords";

const LABEL = 172;
const WIDTH = 560;
const ROW = 46;
const BAR = 14;
/** Room for the number behind the longest bar. */
const NUMBER = 96;
const LONGEST = WIDTH - LABEL - NUMBER;
/** What is above nothing is seen. */
const LEAST = 2;

function length(share: number): number {
  return share === 0 ? 0 : Math.max(LEAST, share * LONGEST);
}

/** Before and after for each measure, each measure on its own scale. The table beside it has the same numbers. */
export function BarChart({ bars }: { bars: readonly Bar[] }) {
  const height = bars.length * ROW;
  const told = bars
    .map((bar) =>
      m.rules_chart_row({
        measure: MEASURE_WORDS[bar.measure](),
        before: integer(bar.before),
        after: integer(bar.after),
      }),
    )
    .join("; ");
  return (
    <figure className="flex flex-col gap-8">
      <figcaption className="flex flex-wrap items-center gap-x-16 gap-y-4 text-xs text-fg-2">
        <span className="flex items-center gap-6">
          <svg aria-hidden="true" width="14" height="10">
            <rect
              x="0.75"
              y="0.75"
              width="12.5"
              height="8.5"
              rx="2"
              className="fill-transparent stroke-neutral-mark"
              strokeWidth="1.5"
            />
          </svg>
          {m.rules_before()}
        </span>
        <span className="flex items-center gap-6">
          <svg aria-hidden="true" width="14" height="10">
            <rect width="14" height="10" rx="2" className="fill-info-mark" />
          </svg>
          {m.rules_after()}
        </span>
        <span>{m.rules_chart_scale()}</span>
      </figcaption>
      <svg
        role="img"
        aria-label={m.rules_chart_label({ rows: told })}
        viewBox={`0 0 ${WIDTH} ${height}`}
        className="w-full max-w-560"
      >
        {bars.map((bar, index) => {
          const top = index * ROW + 4;
          const [before, after] = [length(bar.lengths.before), length(bar.lengths.after)];
          return (
            <g key={bar.measure}>
              <text x={LABEL - 12} y={top + BAR + 5} textAnchor="end" className="fill-fg text-xs">
                {MEASURE_WORDS[bar.measure]()}
              </text>
              <line x1={LABEL} x2={LABEL} y1={top - 2} y2={top + 2 * BAR + 5} className="stroke-border-strong" />
              {before === 0 ? null : (
                <rect
                  x={LABEL + 0.75}
                  y={top + 0.75}
                  width={Math.max(0.5, before - 1.5)}
                  height={BAR - 1.5}
                  rx="2"
                  strokeWidth="1.5"
                  className="fill-transparent stroke-neutral-mark"
                />
              )}
              <text x={LABEL + before + 6} y={top + 11} className="fill-fg-2 text-2xs tabular-nums">
                {integer(bar.before)}
              </text>
              {after === 0 ? null : (
                <rect x={LABEL} y={top + BAR + 3} width={after} height={BAR} rx="2" className="fill-info-mark" />
              )}
              <text x={LABEL + after + 6} y={top + BAR + 14} className="fill-fg text-2xs tabular-nums">
                {integer(bar.after)}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

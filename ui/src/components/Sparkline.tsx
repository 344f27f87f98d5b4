/** A small line without axes: the shape of the last minutes. The number itself stands beside it. */
import { classes } from "@/lib/classes";
import { type Family, familyMark } from "./family";
import { sparkPath } from "./sparkPath";

export interface SparklineProps {
  /** Oldest first; null where nothing was measured. */
  readonly values: readonly (number | null)[];
  readonly label: string;
  readonly family?: Family;
  readonly width?: number;
  readonly height?: number;
  readonly className?: string;
}

export function Sparkline({ values, label, family = "info", width = 96, height = 24, className }: SparklineProps) {
  const { line, area } = sparkPath(values, width, height);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      preserveAspectRatio="none"
      className={classes("block overflow-visible", familyMark[family], className)}
    >
      <path d={area} fill="currentColor" opacity="0.12" />
      <path d={line} fill="none" stroke="currentColor" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

/** A state as a small shape: each family has its own, so that colour is never the only sign. */
import { classes } from "@/lib/classes";
import { type Family, familyMark } from "./family";

const SHAPES: Record<Family, React.ReactNode> = {
  neutral: <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.75" />,
  info: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  success: (
    <>
      <circle cx="5" cy="5" r="4.5" fill="currentColor" />
      <path d="m3 5.1 1.45 1.4L7.1 3.7" fill="none" stroke="var(--color-surface)" strokeWidth="1.2" />
    </>
  ),
  attention: <path d="M5 .8 9.6 9H.4Z" fill="currentColor" />,
  danger: <path d="M3.2.5h3.6l2.7 2.7v3.6L6.8 9.5H3.2L.5 6.8V3.2Z" fill="currentColor" />,
  changed: <path d="M5 .3 9.7 5 5 9.7.3 5Z" fill="currentColor" />,
};

/** Give it a `label` unless the same word stands beside it. */
export function Dot({ family, label, className }: { family: Family; label?: string; className?: string }) {
  const shape = {
    viewBox: "0 0 10 10",
    width: 10,
    height: 10,
    className: classes("shrink-0", familyMark[family], className),
  };
  if (label === undefined) {
    return (
      <svg {...shape} aria-hidden="true">
        {SHAPES[family]}
      </svg>
    );
  }
  return (
    <svg {...shape} role="img" aria-label={label}>
      {SHAPES[family]}
    </svg>
  );
}

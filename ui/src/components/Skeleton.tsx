/** A place that will be filled; appears only when the wait is long enough to notice. */
import { useEffect, useState } from "react";
import { classes } from "@/lib/classes";

/** How long nothing is shown at all, in milliseconds. */
const QUIET_MS = 120;

/** True once something has been waited for long enough. */
export function useSlow(waiting: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!waiting) {
      setSlow(false);
      return;
    }
    const timer = setTimeout(() => setSlow(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
  return waiting && slow;
}

export function Skeleton({ className }: { className?: string }) {
  const slow = useSlow(true);
  return <span aria-hidden className={classes("block rounded-4", slow && "bg-surface-2", className)} />;
}

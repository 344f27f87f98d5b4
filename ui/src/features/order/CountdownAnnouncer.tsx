import { useEffect, useState } from "react";
import type { Stage } from "@/api/types";
import { countdown, crossedMark } from "@/lib/countdown";
import { onTick, serverNow } from "@/lib/ticker";
import { instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";

interface Properties {
  /** The order a person is at, if any. */
  readonly order:
    | { readonly number: string; readonly stage: Stage; readonly editable_until?: string | null }
    | undefined;
}

/** Tells a screen reader when the edit window of this one order gets short: at 30, 10, 5 and 1 minutes. */
export function CountdownAnnouncer({ order }: Properties) {
  const [said, setSaid] = useState("");
  const number = order?.number;
  const stage = order?.stage;
  const until = instant(order?.editable_until);
  useEffect(() => {
    setSaid("");
    if (number === undefined || stage === undefined || until === undefined) return;
    let before = until - serverNow();
    return onTick(() => {
      const now = serverNow();
      const mark = crossedMark(before, until - now);
      before = until - now;
      if (mark !== undefined && countdown(stage, { from: undefined, until }, now).kind === "running") {
        setSaid(m.order_window_announced({ number, minutes: mark }));
      }
    });
  }, [number, stage, until]);
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}

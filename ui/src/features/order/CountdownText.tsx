/** The edit window of one order, ticking: cell and header draw the same. */
import { Clock, Lock, type LucideIcon, Pause } from "lucide-react";
import { classes } from "@/lib/classes";
import { type Countdown, countdown, type EditWindow, remaining } from "@/lib/countdown";
import { serverNow, useTick } from "@/lib/ticker";
import { absoluteTime, dayTime, instant, shortTime } from "@/lib/time";
import { m } from "@/paraglide/messages.js";

/** The edit window between the instants of the API. */
export function editWindow(received: string | null | undefined, editableUntil: string | null | undefined): EditWindow {
  return { from: instant(received), until: instant(editableUntil) };
}

/** What stands in the cell, without its icon. */
export function countdownText(shown: Countdown): string {
  switch (shown.kind) {
    case "waiting":
      return m.order_window_waiting();
    case "paused":
      return m.order_window_paused();
    case "due":
      return m.order_window_due();
    case "closed":
      return shown.until === undefined
        ? m.order_window_closed()
        : m.order_window_released({ time: shortTime(shown.until) });
    case "none":
      return "";
    case "running": {
      const left = remaining(shown.left, shown.until);
      if (left.form === "date") return dayTime(left.at);
      if (left.form === "hours")
        return m.order_window_hours({ hours: left.hours, minutes: String(left.minutes).padStart(2, "0") });
      if (left.form === "minutes") return m.order_window_minutes({ minutes: left.minutes });
      return left.text;
    }
  }
}

function look(shown: Countdown): { icon: LucideIcon | undefined; tone: string } {
  switch (shown.kind) {
    case "running":
      if (shown.level === "danger") return { icon: Clock, tone: "text-danger-text font-semibold" };
      if (shown.level === "attention") return { icon: Clock, tone: "text-attention-text font-semibold" };
      return { icon: undefined, tone: "text-fg" };
    case "due":
      return { icon: Clock, tone: "text-danger-text font-semibold" };
    case "paused":
      return { icon: Pause, tone: "text-attention-text" };
    case "closed":
      return { icon: Lock, tone: "text-fg-3" };
    case "waiting":
    case "none":
      return { icon: undefined, tone: "text-fg-3" };
  }
}

interface Properties {
  readonly stage: string;
  /** When the order was received and until when it can be changed, as the API tells. */
  readonly received: string | null | undefined;
  readonly editableUntil: string | null | undefined;
}

/** Renders again only when its own text or level changes; all of them share one clock. */
export function CountdownText({ stage, received, editableUntil }: Properties) {
  const edit = editWindow(received, editableUntil);
  const { until } = edit;
  useTick((now) => {
    const shown = countdown(stage, edit, now);
    return `${shown.kind}${shown.kind === "running" ? shown.level : ""}${countdownText(shown)}`;
  });
  const shown = countdown(stage, edit, serverNow());
  const { icon: Icon, tone } = look(shown);
  return (
    <span
      data-line
      className={classes("inline-flex items-center gap-4 tabular-nums", tone)}
      title={until === undefined ? undefined : absoluteTime(until)}
    >
      {Icon !== undefined && (
        <Icon
          aria-hidden
          size={12}
          strokeWidth={2}
          fill={shown.kind === "running" && shown.level === "danger" ? "currentColor" : "none"}
          fillOpacity={0.25}
          className="shrink-0"
        />
      )}
      {countdownText(shown)}
    </span>
  );
}

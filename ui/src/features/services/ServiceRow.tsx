/** One service of the engine on the board. */
import { LifeBuoy } from "lucide-react";
import type { ServiceStatus } from "@/api/types";
import { Chip } from "@/components/Chip";
import { Sparkline } from "@/components/Sparkline";
import { classes } from "@/lib/classes";
import { integer } from "@/lib/number";
import { useTick } from "@/lib/ticker";
import { absoluteTime, age, instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { needsPerson } from "./summary";
import { stateLook, wordsOf } from "./words";

const CELL = "px-12 py-8 align-top whitespace-nowrap";
const NUMBER = `${CELL} text-right`;

function Age({ at }: { at: string | null | undefined }) {
  const moment = instant(at);
  const text = useTick((now) => (moment === undefined ? "–" : age(moment, now)));
  return <span title={moment === undefined ? undefined : absoluteTime(moment)}>{text}</span>;
}

function Quantity({ value, loud = false }: { value: number; loud?: boolean }) {
  return (
    <span className={classes(value === 0 ? "text-fg-3" : loud ? "font-semibold text-danger-text" : "text-fg")}>
      {integer(value)}
    </span>
  );
}

export function ServiceRow({ service }: { service: ServiceStatus }) {
  const { title, purpose, remedy } = wordsOf(service);
  const look = stateLook[service.state];
  const loud = needsPerson(service);
  return (
    <tr className="border-t border-border hover:bg-surface-2">
      <th scope="row" className="max-w-480 min-w-240 px-16 py-8 text-left align-top font-normal">
        <span className="block text-sm font-medium text-fg">{title}</span>
        <span className="block text-xs text-fg-3">{purpose}</span>
        {service.last_error === null || service.last_error === undefined ? null : (
          <span className="mt-4 block font-mono text-2xs break-words text-danger-text">{service.last_error}</span>
        )}
        {loud || (service.last_error !== null && service.last_error !== undefined) ? (
          <span className="mt-4 flex items-start gap-6 text-xs text-fg-2">
            <LifeBuoy aria-hidden size={14} strokeWidth={1.75} className="mt-1 shrink-0" />
            {remedy}
          </span>
        ) : null}
      </th>
      <td className={CELL}>
        <Chip family={look.family} icon={look.icon}>
          {look.label()}
        </Chip>
      </td>
      <td className={NUMBER}>
        <Age at={service.heartbeat_at} />
      </td>
      <td className={NUMBER}>
        <Quantity value={service.due} />
      </td>
      <td className={NUMBER}>
        <Quantity value={service.later} />
      </td>
      <td className={NUMBER}>
        <Quantity value={service.dead} loud />
      </td>
      <td className={NUMBER}>
        <Age at={service.oldest_due} />
      </td>
      <td className={classes(NUMBER, "w-160")}>
        <span className="flex items-center justify-end gap-12">
          <Sparkline values={service.recent} label={m.services_recent({ service: title })} width={80} height={20} />
          <span className="w-32">
            <Quantity value={service.per_minute} />
          </span>
        </span>
      </td>
      <td className={NUMBER}>
        <Quantity value={service.done} />
      </td>
      <td className={NUMBER}>
        <Quantity value={service.failed} loud />
      </td>
      <td className={classes(NUMBER, "pr-16")}>
        <Quantity value={service.restarts} loud />
      </td>
    </tr>
  );
}

/** The board in five numbers. */
import type { ServiceStatus } from "@/api/types";

export interface Summary {
  readonly running: number;
  readonly all: number;
  readonly due: number;
  readonly dead: number;
  readonly perMinute: number;
  /** When the oldest due work of all services was due, in milliseconds since 1970; undefined when nothing is due. */
  readonly oldestDue: number | undefined;
}

export function summarize(services: readonly ServiceStatus[]): Summary {
  const dues = services.flatMap(({ oldest_due }) => (oldest_due ? [Date.parse(oldest_due)] : []));
  const sum = (read: (service: ServiceStatus) => number) =>
    services.reduce((total, service) => total + read(service), 0);
  return {
    running: services.filter((service) => service.state === "running").length,
    all: services.length,
    due: sum((service) => service.due),
    dead: sum((service) => service.dead),
    perMinute: sum((service) => service.per_minute),
    oldestDue: dues.length === 0 ? undefined : Math.min(...dues),
  };
}

/** Whether a person should look: it does not run, or it gave work up. */
export function needsPerson(service: ServiceStatus): boolean {
  return service.dead > 0 || service.state === "stalled" || service.state === "restarting";
}

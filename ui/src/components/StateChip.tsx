/** Chips of the two state vocabularies that appear on many screens. */
import type { HealthLevel, Stage } from "@/api/types";
import { Chip } from "./Chip";
import { healthLook, stageLook } from "./stages";

export function StageChip({ stage, pending = false }: { stage: Stage; pending?: boolean }) {
  const look = stageLook[stage];
  return (
    <Chip family={look.family} icon={look.icon} pending={pending}>
      {look.label()}
    </Chip>
  );
}

export function HealthChip({ level }: { level: HealthLevel }) {
  const look = healthLook[level];
  return (
    <Chip family={look.family} icon={look.icon}>
      {look.label()}
    </Chip>
  );
}

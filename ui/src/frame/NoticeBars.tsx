/** Bars under the top bar: no connection, no writable store, no sign-in. */
import { useQuery } from "@tanstack/react-query";
import { Database, LogIn, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { useLive } from "@/api/LiveContext";
import { useLiveState } from "@/api/live";
import { ApiError } from "@/api/problem";
import { healthQuery, sessionQuery } from "@/api/queries";
import { Button } from "@/components/Button";
import { type Family, familyText, familyTint } from "@/components/family";
import { problemWords } from "@/components/problemSentences";
import { useSlow } from "@/components/Skeleton";
import { classes } from "@/lib/classes";
import { clockTime } from "@/lib/time";
import { m } from "@/paraglide/messages.js";

interface BarProps {
  readonly family: Family;
  readonly icon: typeof WifiOff;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

function Bar({ family, icon: Icon, children, action }: BarProps) {
  return (
    <div
      role="status"
      className={classes(
        "flex min-h-36 shrink-0 items-center gap-8 border-b border-border px-16 py-2 text-sm",
        familyTint[family],
        familyText[family],
      )}
    >
      <Icon aria-hidden size={16} strokeWidth={2} className="shrink-0" />
      <span className="min-w-0 flex-1">{children}</span>
      {action}
    </div>
  );
}

export function NoticeBars() {
  const live = useLive();
  const state = useLiveState(live);
  const offline = useSlow(state.status === "offline");
  const { data: health, dataUpdatedAt } = useQuery(healthQuery());
  const { error: sessionError } = useQuery(sessionQuery());

  if (sessionError instanceof ApiError && sessionError.problem.status === 401) {
    return (
      <Bar family="attention" icon={LogIn}>
        {m.signin_needed()}
      </Bar>
    );
  }
  if (offline) {
    return (
      <Bar
        family="danger"
        icon={WifiOff}
        action={
          <Button size="small" onClick={() => live.restart()}>
            {m.offline_retry()}
          </Button>
        }
      >
        {dataUpdatedAt === 0
          ? m.offline_since({ since: clockTime(state.since) })
          : m.offline_since_data({ since: clockTime(state.since), asof: clockTime(dataUpdatedAt) })}
      </Bar>
    );
  }
  if (health?.store.problem) {
    const { code } = health.store.problem;
    const { title, detail, next_step } = problemWords(health.store.problem);
    return (
      <Bar family="danger" icon={Database}>
        <strong className="font-medium">{title}</strong> {detail} {next_step} <code className="text-2xs">{code}</code>
      </Bar>
    );
  }
  return null;
}

import { Pause } from "lucide-react";
import type { Hold } from "@/api/types";
import { Button } from "@/components/Button";
import { Banner } from "@/components/Problem";
import { absoluteTime, instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";
import { findingWords } from "./ruleWords";
import { actorText, holdReasonText } from "./words";

interface Properties {
  readonly holds: readonly Hold[];
  /** Offers to lift a hold; absent where that is not possible. */
  readonly onLift?: (hold: Hold) => void;
}

/** Every obstacle to release, with who placed it and until when. */
export function HoldList({ holds, onLift }: Properties) {
  return holds.map((hold) => {
    const placed = instant(hold.placed_at);
    const expires = instant(hold.expires_at);
    return (
      <Banner
        key={hold.id}
        family="attention"
        icon={Pause}
        title={m.order_hold_title({ reason: holdReasonText(hold.reason) })}
        actions={
          onLift === undefined ? undefined : (
            <Button size="small" onClick={() => onLift(hold)}>
              {m.order_action_lift()}
            </Button>
          )
        }
      >
        {hold.cause && (
          <p className="mt-2 break-words">
            {m.order_hold_rule({ rule: hold.cause.rule, finding: findingWords(hold.cause.finding) })}
          </p>
        )}
        {hold.note !== "" && <p className="mt-2 break-words">{hold.note}</p>}
        <p className="mt-2 text-xs text-fg-2">
          {m.order_hold_by({
            actor: actorText(hold.placed_by),
            time: placed === undefined ? "" : absoluteTime(placed),
          })}
          {expires !== undefined && ` ${m.order_hold_until({ time: absoluteTime(expires) })}`}
        </p>
      </Banner>
    );
  });
}

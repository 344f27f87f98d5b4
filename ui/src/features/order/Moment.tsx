import { useTick } from "@/lib/ticker";
import { absoluteTime, instant, relativeTime } from "@/lib/time";

/** An instant as a distance, the whole of it on hover. */
export function Moment({ at }: { at: string | null | undefined }) {
  const parsed = instant(at);
  const text = useTick((now) => (parsed === undefined ? "" : relativeTime(parsed, now)));
  if (parsed === undefined) return null;
  return (
    <time dateTime={at ?? undefined} title={absoluteTime(parsed)}>
      {text}
    </time>
  );
}

/** A failed read on its own screen. Silent while older data is shown and the frame already says "offline". */
import { useRef } from "react";
import { UnreachableError } from "@/api/problem";
import { m } from "@/paraglide/messages.js";
import { Button } from "./Button";
import { ErrorBanner } from "./Problem";

/**
 * Why a screen has nothing to show: the failure stays while the next try is under way, so that it does not flicker with
 * every event that asks for another one. `null` once there is an answer, and for another `subject`.
 */
export function useFailure(
  { data, error }: { readonly data: unknown; readonly error: Error | null },
  subject = "",
): Error | null {
  const last = useRef<{ subject: string; error: Error | null }>({ subject, error: null });
  if (error !== null || data !== undefined || last.current.subject !== subject) {
    last.current = { subject, error };
  }
  return last.current.error;
}

export interface ReadErrorProps {
  readonly error: Error | null;
  /** Whether an earlier answer is on the screen. */
  readonly hasData: boolean;
  readonly busy: boolean;
  readonly onRetry: () => void;
}

export function ReadError({ error, hasData, busy, onRetry }: ReadErrorProps) {
  if (error === null || (hasData && error instanceof UnreachableError)) {
    return null;
  }
  return (
    <ErrorBanner
      error={error}
      actions={
        <Button size="small" busy={busy} onClick={onRetry}>
          {m.try_again()}
        </Button>
      }
    />
  );
}

/** A failed read on its own screen. Silent while older data is shown and the frame already says "offline". */
import { UnreachableError } from "@/api/problem";
import { m } from "@/paraglide/messages.js";
import { Button } from "./Button";
import { ErrorBanner } from "./Problem";

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

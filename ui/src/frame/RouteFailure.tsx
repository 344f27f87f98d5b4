import type { ErrorComponentProps } from "@tanstack/react-router";
import { Button } from "@/components/Button";
import { ErrorBanner } from "@/components/Problem";
import { m } from "@/paraglide/messages.js";

/** A screen that could not be drawn: says why and offers to draw it again. */
export function RouteFailure({ error, reset }: ErrorComponentProps) {
  return (
    <div className="mx-auto max-w-720 p-24">
      <ErrorBanner
        error={error}
        actions={
          <Button size="small" onClick={reset}>
            {m.try_again()}
          </Button>
        }
      />
    </div>
  );
}

/** Turns the one-time link of the daemon into a session. */
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { KeyRound } from "lucide-react";
import { useEffect, useRef } from "react";
import { useOpenSession } from "@/api/mutations";
import { Button } from "@/components/Button";
import { EmptyState } from "@/components/EmptyState";
import { ErrorBanner } from "@/components/Problem";
import { m } from "@/paraglide/messages.js";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { ticket, left } = route.useSearch();
  const navigate = useNavigate();
  const { mutate, isPending, error } = useOpenSession();
  const sent = useRef(false);

  useEffect(() => {
    // A ticket works once: not even a second effect of the same page may spend it.
    if (ticket !== undefined && !sent.current) {
      sent.current = true;
      mutate({ ticket }, { onSuccess: () => void navigate({ to: "/flow", replace: true }) });
    }
  }, [ticket, mutate, navigate]);

  return (
    <main className="mx-auto flex h-full max-w-480 flex-col justify-center gap-16 p-24">
      <EmptyState
        icon={KeyRound}
        title={isPending ? m.signin_pending() : left ? m.signout_done_title() : m.signin_title()}
      >
        {left ? m.signout_done_text() : ticket === undefined ? m.signin_missing() : null}
      </EmptyState>
      {error === null ? null : (
        <ErrorBanner
          error={error}
          actions={
            ticket === undefined ? undefined : (
              <Button
                size="small"
                busy={isPending}
                onClick={() => mutate({ ticket }, { onSuccess: () => void navigate({ to: "/flow", replace: true }) })}
              >
                {m.try_again()}
              </Button>
            )
          }
        />
      )}
    </main>
  );
}

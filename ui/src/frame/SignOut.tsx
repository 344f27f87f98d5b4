/** Ends the session of this browser: the server forgets it, and nothing of what was read stays in the window. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useActions } from "@/actions/useActions";
import { useLive } from "@/api/LiveContext";
import { useEndSession } from "@/api/mutations";
import { sessionQuery } from "@/api/queries";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { useToaster } from "@/components/Toast";
import { draftCount, dropAllDrafts } from "@/features/order/draftStore";
import { dropAllPolicyDrafts, policyDraftCount } from "@/features/policy/draftStore";
import { integer } from "@/lib/number";
import { m } from "@/paraglide/messages.js";

/** Answers for "Sign out" where there is a session to end: in the browser, not in the desktop window. */
export function SignOut() {
  const { data: session } = useQuery(sessionQuery());
  const { mutate, isPending } = useEndSession();
  const queries = useQueryClient();
  const live = useLive();
  const navigate = useNavigate();
  const toaster = useToaster();
  const [drafts, setDrafts] = useState(0);

  const leave = () =>
    mutate(
      {},
      {
        onSuccess: () => {
          setDrafts(0);
          dropAllDrafts();
          dropAllPolicyDrafts();
          live.stop();
          void navigate({ to: "/sign-in", search: { left: true }, replace: true }).then(() => queries.clear());
        },
        onError: (error) => toaster.failed(error),
      },
    );
  const ask = () => {
    const waiting = draftCount() + policyDraftCount();
    if (waiting === 0) leave();
    else setDrafts(waiting);
  };
  useActions({ "session.end": session?.caller.kind === "session" ? ask : undefined });

  if (drafts === 0) return null;
  const many = { count: integer(drafts), rows: drafts };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) setDrafts(0);
      }}
      width="small"
      title={m.signout_drafts_title()}
      actions={
        <>
          <Button onClick={() => setDrafts(0)}>{m.signout_stay()}</Button>
          <Button variant="danger" busy={isPending} onClick={leave}>
            {m.signout_drafts_button(many)}
          </Button>
        </>
      }
    >
      <p className="text-sm text-fg-2">{m.signout_drafts_text(many)}</p>
    </Dialog>
  );
}

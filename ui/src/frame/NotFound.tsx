import { Link } from "@tanstack/react-router";
import { Map as MapIcon } from "lucide-react";
import { EmptyState } from "@/components/EmptyState";
import { m } from "@/paraglide/messages.js";

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <EmptyState
      icon={MapIcon}
      title={m.notfound_title()}
      action={
        <Link to="/flow" className="text-accent underline">
          {m.action_go_flow()}
        </Link>
      }
    />
  );
}

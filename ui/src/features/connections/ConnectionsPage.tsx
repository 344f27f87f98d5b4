/** Every shop and warehouse system, worst first. */
import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plug, Plus } from "lucide-react";
import { useState } from "react";
import { useActions } from "@/actions/useActions";
import { connectionsQuery } from "@/api/queries";
import type { ConnectionView } from "@/api/types";
import { Button } from "@/components/Button";
import { EmptyState } from "@/components/EmptyState";
import { ReadError, useFailure } from "@/components/ReadError";
import { Skeleton } from "@/components/Skeleton";
import { PageBar } from "@/frame/PageBar";
import { m } from "@/paraglide/messages.js";
import { AddConnectionDialog } from "./AddConnectionDialog";
import { ConnectionCard } from "./ConnectionCard";
import { bySide } from "./order";

function Section({ title, views }: { title: string; views: readonly ConnectionView[] }) {
  if (views.length === 0) {
    return null;
  }
  return (
    <section className="flex flex-col gap-12">
      <h2 className="text-xs font-medium text-fg-3">{title}</h2>
      <div className="grid items-start gap-16 grid-cols-[repeat(auto-fill,minmax(360px,1fr))]">
        {views.map((view) => (
          <ConnectionCard key={view.connection.id} view={view} />
        ))}
      </div>
    </section>
  );
}

/** Where credentials are kept; a file is said in the console's language. */
function secretPlace(place: string): string {
  const path = /^file (.+) \(owner only\)$/.exec(place)?.[1];
  return path === undefined ? m.connections_secret_place({ place }) : m.connections_secret_file({ path });
}

export function ConnectionsPage() {
  const query = useQuery(connectionsQuery());
  const { data, refetch, isFetching } = query;
  const error = useFailure(query);
  const [adding, setAdding] = useState(false);
  useActions({ "connection.add": () => setAdding(true) });
  const { shops, warehouses } = bySide(data?.items ?? []);

  return (
    <>
      <PageBar title={m.nav_connections()}>
        <span className="flex-1" />
        <Button size="small" variant="primary" icon={Plus} onClick={() => setAdding(true)}>
          {m.connections_add()}
        </Button>
      </PageBar>
      <div className="flex flex-col gap-24 p-24">
        <ReadError error={error} hasData={data !== undefined} busy={isFetching} onRetry={() => void refetch()} />
        {data === undefined && error === null ? (
          <div className="grid gap-16 grid-cols-[repeat(auto-fill,minmax(360px,1fr))]">
            <Skeleton className="h-240" />
            <Skeleton className="h-240" />
          </div>
        ) : null}
        {data?.items.length === 0 ? (
          <EmptyState
            icon={Plug}
            title={m.connections_empty_title()}
            action={
              <Button variant="primary" icon={Plus} onClick={() => setAdding(true)}>
                {m.connections_add()}
              </Button>
            }
          >
            {m.connections_empty_body()}
          </EmptyState>
        ) : null}
        <Section title={m.connections_shops()} views={shops} />
        <Section title={m.connections_warehouse_systems()} views={warehouses} />
        {data === undefined ? null : (
          <p className="flex items-center gap-6 text-xs text-fg-3">
            <KeyRound aria-hidden size={14} strokeWidth={1.75} />
            {secretPlace(data.secret_place)}
          </p>
        )}
      </div>
      {adding ? <AddConnectionDialog onClose={() => setAdding(false)} /> : null}
    </>
  );
}

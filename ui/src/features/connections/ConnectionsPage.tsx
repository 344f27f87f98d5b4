import { PageBar } from "@/frame/PageBar";
import { m } from "@/paraglide/messages.js";

export function ConnectionsPage() {
  return <PageBar title={m.nav_connections()} />;
}

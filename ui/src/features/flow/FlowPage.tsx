import { PageBar } from "@/frame/PageBar";
import { m } from "@/paraglide/messages.js";

export function FlowPage() {
  return <PageBar title={m.nav_flow()} />;
}

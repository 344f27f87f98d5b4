import { PageBar } from "@/frame/PageBar";
import { m } from "@/paraglide/messages.js";

export function ServicesPage() {
  return <PageBar title={m.nav_services()} />;
}

import { getRouteApi } from "@tanstack/react-router";
import { PageBar } from "@/frame/PageBar";

const route = getRouteApi("/framed/orders/$id");

export function OrderPage() {
  const { id } = route.useParams();
  return <PageBar title={id} />;
}

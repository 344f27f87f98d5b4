/** Addresses of the console. Code-based, so that every address and search parameter is typed. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";
import { flowSearch } from "@/features/flow/search";
import { orderSearch } from "@/features/order/search";
import { ordersSearch } from "@/features/orders/search";
import { returnsSearch } from "@/features/returns/search";
import { rulesSearch } from "@/features/rules/search";
import { stockSearch } from "@/features/stock/search";
import { transfersSearch } from "@/features/transfers/search";
import { Frame } from "@/frame/Frame";
import { NotFound } from "@/frame/NotFound";
import { RouteFailure } from "@/frame/RouteFailure";

const root = createRootRoute({ notFoundComponent: NotFound, errorComponent: RouteFailure });

const framed = createRoute({ getParentRoute: () => root, id: "framed", component: Frame });

const index = createRoute({
  getParentRoute: () => framed,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/flow" });
  },
});

const flow = createRoute({
  getParentRoute: () => framed,
  path: "/flow",
  validateSearch: flowSearch,
  component: lazyRouteComponent(() => import("@/features/flow/FlowPage"), "FlowPage"),
});

const orders = createRoute({
  getParentRoute: () => framed,
  path: "/orders",
  validateSearch: ordersSearch,
  component: lazyRouteComponent(() => import("@/features/orders/OrdersPage"), "OrdersPage"),
});

const order = createRoute({
  getParentRoute: () => framed,
  path: "/orders/$id",
  validateSearch: orderSearch,
  component: lazyRouteComponent(() => import("@/features/order/OrderPage"), "OrderPage"),
});

const attention = createRoute({
  getParentRoute: () => framed,
  path: "/attention",
  component: lazyRouteComponent(() => import("@/features/attention/AttentionPage"), "AttentionPage"),
});

const returns = createRoute({
  getParentRoute: () => framed,
  path: "/returns",
  validateSearch: returnsSearch,
  component: lazyRouteComponent(() => import("@/features/returns/ReturnsPage"), "ReturnsPage"),
});

const transfers = createRoute({
  getParentRoute: () => framed,
  path: "/transfers",
  validateSearch: transfersSearch,
  component: lazyRouteComponent(() => import("@/features/transfers/TransfersPage"), "TransfersPage"),
});

const connections = createRoute({
  getParentRoute: () => framed,
  path: "/connections",
  component: lazyRouteComponent(() => import("@/features/connections/ConnectionsPage"), "ConnectionsPage"),
});

const services = createRoute({
  getParentRoute: () => framed,
  path: "/services",
  component: lazyRouteComponent(() => import("@/features/services/ServicesPage"), "ServicesPage"),
});

const rules = createRoute({
  getParentRoute: () => framed,
  path: "/rules",
  validateSearch: rulesSearch,
  component: lazyRouteComponent(() => import("@/features/rules/RulesPage"), "RulesPage"),
});

const stock = createRoute({
  getParentRoute: () => framed,
  path: "/stock",
  validateSearch: stockSearch,
  component: lazyRouteComponent(() => import("@/features/stock/StockPage"), "StockPage"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (raw: Record<string, unknown>): { ticket?: string; left?: true } =>
    typeof raw.ticket === "string" ? { ticket: raw.ticket } : raw.left === true ? { left: true } : {},
  component: lazyRouteComponent(() => import("@/features/sign-in/SignInPage"), "SignInPage"),
});

function galleryRoutes() {
  return [
    createRoute({
      getParentRoute: () => root,
      path: "/__gallery",
      component: lazyRouteComponent(() => import("@/features/gallery/GalleryPage"), "GalleryPage"),
    }),
  ];
}

const pages = [index, flow, orders, order, attention, returns, transfers, stock, connections, services, rules] as const;
const tree = root.addChildren([framed.addChildren([...pages]), signIn, ...(__GALLERY__ ? galleryRoutes() : [])]);

export function consoleRouter(history?: RouterHistory) {
  return createRouter({
    routeTree: tree,
    defaultPreload: "intent",
    scrollRestoration: false,
    ...(history === undefined ? {} : { history }),
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof consoleRouter>;
  }
}

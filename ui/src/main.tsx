/** Starts the console: platform, live events, router, first paint. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@/styles/base.css";
import { App } from "@/App";
import { dispatcher } from "@/actions/dispatcher";
import { LiveEvents } from "@/api/live";
import { consoleQueries } from "@/api/queryClient";
import { dropForgottenDrafts } from "@/features/order/draftStore";
import { locale } from "@/i18n/locale";
import { platform } from "@/platform";
import { consoleRouter } from "@/routes";

const queries = consoleQueries();
const live = new LiveEvents(platform, queries);
const router = consoleRouter();

document.documentElement.lang = locale();
window.addEventListener("keydown", dispatcher.onKeyDown, { capture: true });
live.start();
dropForgottenDrafts(Date.now());

const element = document.getElementById("root");
if (element === null) {
  throw new Error("index.html has no #root");
}
createRoot(element).render(
  <StrictMode>
    <App queries={queries} live={live} router={router} />
  </StrictMode>,
);
// Two frames: the first is the one being prepared, the second proves that it was painted.
requestAnimationFrame(() => requestAnimationFrame(() => void platform.ready()));

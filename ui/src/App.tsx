/** Providers around the router. */
import { CSPProvider } from "@base-ui/react/csp-provider";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { LiveContext } from "@/api/LiveContext";
import type { LiveEvents } from "@/api/live";
import { Toasts } from "@/components/Toast";
import { TooltipProvider } from "@/components/Tooltip";
import { useLocale } from "@/i18n/locale";
import type { consoleRouter } from "@/routes";

export interface AppProps {
  readonly queries: QueryClient;
  readonly live: LiveEvents;
  readonly router: ReturnType<typeof consoleRouter>;
}

export function App({ queries, live, router }: AppProps) {
  const language = useLocale();
  return (
    // The content security policy forbids style elements; the kit's one is for its scroll bars, which base.css styles.
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <LiveContext value={live}>
          <TooltipProvider>
            <Toasts>
              {/* Compiled messages are plain functions: a new language draws the tree anew. */}
              <RouterProvider key={language} router={router} />
            </Toasts>
          </TooltipProvider>
        </LiveContext>
      </QueryClientProvider>
    </CSPProvider>
  );
}

/** Draws parts of the console as the application does: same providers, answers from a mock platform. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { type ReactElement, StrictMode } from "react";
import { onTestFinished, vi } from "vitest";
import { App } from "@/App";
import { dispatcher } from "@/actions/dispatcher";
import { LiveContext } from "@/api/LiveContext";
import { LiveEvents } from "@/api/live";
import { Toasts } from "@/components/Toast";
import { TooltipProvider } from "@/components/Tooltip";
import { health, services, session } from "@/mocks/answers";
import { type MockPlatform, mockPlatform } from "@/mocks/platform";
import { consoleRouter } from "@/routes";

type Answers = Parameters<typeof mockPlatform>[0];

const ALWAYS: Answers = {
  "GET /api/v1/health": health,
  "GET /api/v1/session": session,
  "GET /api/v1/services": services,
};

function prepared(answers: Answers): { platform: MockPlatform; queries: QueryClient; live: LiveEvents } {
  const platform = mockPlatform({ ...ALWAYS, ...answers });
  // The client is made once for the browser's platform; what goes out of it is answered here.
  vi.stubGlobal("fetch", (request: Request) => platform.fetch(request));
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 30_000 } } });
  const live = new LiveEvents(platform, queries);
  return { platform, queries, live };
}

/** One component with everything around it but the frame. */
export function renderPart(part: ReactElement, answers: Answers = {}) {
  const { platform, queries, live } = prepared(answers);
  const view = render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <LiveContext value={live}>
          <TooltipProvider>
            <Toasts>{part}</Toasts>
          </TooltipProvider>
        </LiveContext>
      </QueryClientProvider>
    </StrictMode>,
  );
  return { ...view, platform, queries, live };
}

/** The whole console at an address, with its keys. */
export function renderConsole(address: string, answers: Answers = {}) {
  const { platform, queries, live } = prepared(answers);
  const router = consoleRouter(createMemoryHistory({ initialEntries: [address] }));
  window.addEventListener("keydown", dispatcher.onKeyDown, { capture: true });
  onTestFinished(() => {
    window.removeEventListener("keydown", dispatcher.onKeyDown, { capture: true });
    live.stop();
  });
  live.start();
  const view = render(
    <StrictMode>
      <App queries={queries} live={live} router={router} />
    </StrictMode>,
  );
  return { ...view, platform, queries, live, router };
}

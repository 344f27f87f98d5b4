/** What stays while screens change: rail, top bar, notices, status bar, palette, shortcut sheet. */
import { useQuery } from "@tanstack/react-query";
import { Outlet, useNavigate } from "@tanstack/react-router";
import { FlaskConical, Search } from "lucide-react";
import { Suspense, useEffect, useState } from "react";
import { typeAhead } from "@/actions/typeAhead";
import { useActions } from "@/actions/useActions";
import { healthQuery } from "@/api/queries";
import { Chip } from "@/components/Chip";
import { KeyCap } from "@/components/KeyCap";
import { chooseLocale, locale, locales } from "@/i18n/locale";
import { setTheme, theme } from "@/lib/theme";
import { m } from "@/paraglide/messages.js";
import { NoticeBars } from "./NoticeBars";
import { PageBarSlot } from "./PageBar";
import { preloadable } from "./preloadable";
import { Rail } from "./Rail";
import { toggleRail } from "./rail";
import { SignOut } from "./SignOut";
import { StatusBar } from "./StatusBar";

// Opened by keys, so not part of the first screen; fetched as soon as that one is done.
const palette = preloadable(() => import("@/actions/Palette").then((module) => module.Palette));
const shortcutSheet = preloadable(() => import("@/actions/ShortcutSheet").then((module) => module.ShortcutSheet));

/** When the first screen is surely done, in milliseconds. */
const PRELOAD_AFTER_MS = 1_000;

const THEME_ORDER = ["system", "light", "dark"] as const;

function next<T>(values: readonly T[], current: T): T {
  return values[(values.indexOf(current) + 1) % values.length] ?? current;
}

export function Frame() {
  const navigate = useNavigate();
  const { data: health } = useQuery(healthQuery());
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const [overlay, setOverlay] = useState<"palette" | "shortcuts" | null>(null);

  useEffect(() => {
    const timer = setTimeout(() => {
      palette.preload();
      shortcutSheet.preload();
    }, PRELOAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);

  const close = () => {
    typeAhead.end();
    setOverlay(null);
  };
  const openPalette = () => {
    typeAhead.begin(close);
    setOverlay("palette");
  };

  useActions({
    "go.flow": () => void navigate({ to: "/flow" }),
    "go.orders": () => void navigate({ to: "/orders" }),
    "go.attention": () => void navigate({ to: "/attention" }),
    "go.rules": () => void navigate({ to: "/rules" }),
    "go.connections": () => void navigate({ to: "/connections" }),
    "go.returns": () => void navigate({ to: "/returns" }),
    "go.transfers": () => void navigate({ to: "/transfers" }),
    "go.stock": () => void navigate({ to: "/stock" }),
    "go.services": () => void navigate({ to: "/services" }),
    "palette.open": () => (overlay === "palette" ? close() : openPalette()),
    "shortcuts.open": () => setOverlay("shortcuts"),
    "rail.toggle": toggleRail,
    "theme.next": () => setTheme(next(THEME_ORDER, theme())),
    "language.next": () => chooseLocale(next(locales, locale())),
  });

  return (
    <div className="flex h-full flex-col">
      <div className="flex min-h-0 flex-1">
        <Rail />
        <div className="flex min-w-0 flex-1 flex-col">
          <header className="flex h-44 shrink-0 items-center gap-12 border-b border-border bg-surface px-16">
            <div ref={setSlot} className="flex min-w-0 flex-1 items-center gap-12" />
            {health?.demo ? (
              <Chip family="changed" icon={FlaskConical} title={m.demo_title()}>
                {m.demo_badge()}
              </Chip>
            ) : null}
            <button
              type="button"
              onClick={openPalette}
              onPointerEnter={palette.preload}
              className="flex h-28 shrink-0 select-none items-center gap-8 rounded-4 border border-border bg-bg pr-4 pl-8 text-xs text-fg-3 hover:border-border-strong hover:text-fg-2"
            >
              <Search aria-hidden size={14} strokeWidth={1.75} />
              {m.palette_hint()}
              <KeyCap binding="Mod+k" />
            </button>
          </header>
          <NoticeBars />
          <main className="relative min-h-0 flex-1 overflow-auto">
            <PageBarSlot value={slot}>
              <Outlet />
            </PageBarSlot>
          </main>
        </div>
      </div>
      <StatusBar />
      <SignOut />
      <Suspense fallback={null}>
        {overlay === "palette" ? <palette.Component onClose={close} /> : null}
        {overlay === "shortcuts" ? <shortcutSheet.Component onClose={close} /> : null}
      </Suspense>
    </div>
  );
}

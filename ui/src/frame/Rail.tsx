/** The way between screens: icons, or icons and words. */
import { Link } from "@tanstack/react-router";
import {
  Activity,
  ArrowLeftRight,
  Boxes,
  Command,
  Inbox,
  Keyboard,
  Languages,
  LogOut,
  type LucideIcon,
  Monitor,
  Moon,
  Package,
  PanelLeft,
  Plug,
  Route,
  Settings2,
  Sun,
  Undo2,
  Workflow,
} from "lucide-react";
import type { ActionId } from "@/actions/registry";
import { actionById, runAction, useAvailableActions } from "@/actions/useActions";
import { Menu, MenuItem, MenuSeparator } from "@/components/Menu";
import { Tooltip } from "@/components/Tooltip";
import { useAttentionCount } from "@/features/attention/useAttentionCount";
import { chooseLocale, locales, useLocale } from "@/i18n/locale";
import { classes } from "@/lib/classes";
import { integer } from "@/lib/number";
import { setTheme, type Theme, useTheme } from "@/lib/theme";
import { m } from "@/paraglide/messages.js";
import { Mark } from "./Mark";
import { useRailExpanded } from "./rail";

interface Place {
  readonly to:
    | "/flow"
    | "/orders"
    | "/attention"
    | "/returns"
    | "/transfers"
    | "/stock"
    | "/rules"
    | "/connections"
    | "/services";
  readonly label: () => string;
  readonly icon: LucideIcon;
  readonly action: ActionId;
}

const PLACES: readonly Place[] = [
  { to: "/flow", label: m.nav_flow, icon: Workflow, action: "go.flow" },
  { to: "/orders", label: m.nav_orders, icon: Package, action: "go.orders" },
  { to: "/attention", label: m.nav_attention, icon: Inbox, action: "go.attention" },
  { to: "/returns", label: m.nav_returns, icon: Undo2, action: "go.returns" },
  { to: "/transfers", label: m.nav_transfers, icon: ArrowLeftRight, action: "go.transfers" },
  { to: "/stock", label: m.nav_stock, icon: Boxes, action: "go.stock" },
  { to: "/rules", label: m.nav_rules, icon: Route, action: "go.rules" },
  { to: "/connections", label: m.nav_connections, icon: Plug, action: "go.connections" },
  { to: "/services", label: m.nav_services, icon: Activity, action: "go.services" },
];

const ENTRY =
  "flex h-36 w-full items-center gap-12 rounded-6 px-8 text-sm font-medium text-fg-2 outline-offset-0 " +
  "transition-colors duration-[80ms] hover:bg-surface-2 hover:text-fg";

const LANGUAGES = { en: "English", de: "Deutsch" } as const;

const THEMES: readonly { value: Theme; label: () => string; icon: LucideIcon }[] = [
  { value: "system", label: m.theme_system, icon: Monitor },
  { value: "light", label: m.theme_light, icon: Sun },
  { value: "dark", label: m.theme_dark, icon: Moon },
];

interface Badge {
  readonly text: string;
  /** The place with its number, for the ear. */
  readonly label: string;
}

/** How many orders wait for a person; nothing while nobody waits. */
function useAttentionBadge(): Badge | undefined {
  const count = useAttentionCount();
  if (count === undefined || count.value === 0) return undefined;
  const text = `${integer(count.value)}${count.capped ? "+" : ""}`;
  return { text, label: m.nav_attention_count({ count: text, rows: count.value }) };
}

function Entry({ place, expanded, badge }: { place: Place; expanded: boolean; badge?: Badge | undefined }) {
  const Icon = place.icon;
  const link = (
    <Link
      to={place.to}
      aria-label={badge?.label ?? place.label()}
      className={classes(ENTRY, "relative")}
      activeProps={{ className: "bg-surface-3 text-fg hover:bg-surface-3" }}
    >
      <Icon aria-hidden size={18} strokeWidth={1.75} className="shrink-0" />
      {expanded ? <span className="min-w-0 flex-1 truncate">{place.label()}</span> : null}
      {badge === undefined ? null : (
        <span
          className={classes(
            "rounded-pill bg-attention-tint px-4 text-2xs font-semibold text-attention-text",
            expanded ? "shrink-0" : "absolute top-1 right-1",
          )}
        >
          {badge.text}
        </span>
      )}
    </Link>
  );
  return (
    <Tooltip content={badge?.label ?? place.label()} binding={actionById(place.action).keys[0]} side="right">
      {link}
    </Tooltip>
  );
}

function Preferences({ expanded }: { expanded: boolean }) {
  const theme = useTheme();
  const language = useLocale();
  const mayLeave = useAvailableActions().some((action) => action.id === "session.end");
  return (
    <Menu
      side="right"
      align="end"
      trigger={
        <button type="button" aria-label={m.preferences()} className={ENTRY}>
          <Settings2 aria-hidden size={18} strokeWidth={1.75} className="shrink-0" />
          {expanded ? <span className="truncate">{m.preferences()}</span> : null}
        </button>
      }
    >
      {THEMES.map(({ value, label, icon }) => (
        <MenuItem key={value} icon={icon} onSelect={() => setTheme(value)}>
          {label()}
          {theme === value ? " ✓" : ""}
        </MenuItem>
      ))}
      <MenuSeparator />
      {locales.map((value) => (
        <MenuItem key={value} icon={Languages} onSelect={() => chooseLocale(value)}>
          {LANGUAGES[value]}
          {language === value ? " ✓" : ""}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={PanelLeft} binding="[" onSelect={() => runAction("rail.toggle")}>
        {m.action_rail()}
      </MenuItem>
      <MenuItem icon={Command} binding="Mod+k" onSelect={() => runAction("palette.open")}>
        {m.action_palette()}
      </MenuItem>
      <MenuItem icon={Keyboard} binding="?" onSelect={() => runAction("shortcuts.open")}>
        {m.action_shortcuts()}
      </MenuItem>
      {mayLeave && (
        <>
          <MenuSeparator />
          <MenuItem icon={LogOut} onSelect={() => runAction("session.end")}>
            {m.signout()}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

export function Rail() {
  const expanded = useRailExpanded();
  const waiting = useAttentionBadge();
  return (
    <nav
      aria-label={m.nav_label()}
      className={classes(
        "flex shrink-0 select-none flex-col gap-2 border-r border-border bg-surface px-10 pb-8",
        expanded ? "w-208" : "w-56",
      )}
    >
      <div className="flex h-44 shrink-0 items-center gap-10 px-6 text-fg">
        <Mark />
        {expanded ? <span className="text-md font-semibold">Switchyard</span> : null}
      </div>
      {PLACES.map((place) => (
        <Entry
          key={place.to}
          place={place}
          expanded={expanded}
          badge={place.to === "/attention" ? waiting : undefined}
        />
      ))}
      <div className="flex-1" />
      <Preferences expanded={expanded} />
    </nav>
  );
}

/** The shape of an action: everything a person can do has exactly one of these. */
import type { LucideIcon } from "lucide-react";

/** Where an action's keys work, from outermost to innermost. */
export type Scope =
  | "global"
  | "grid"
  | "order"
  | "attention"
  | "returns"
  | "transfers"
  | "flow"
  | "connections"
  | "services"
  | "rules"
  | "stock";

/** A compiled message: its text in the current language, or in the one asked for. */
export type Message = (inputs?: Record<string, never>, options?: { locale?: "en" | "de" }) => string;

export type Group = "go" | "view" | "order" | "rule" | "stock" | "connection" | "help";

export interface ActionDefinition {
  /** `noun.verb`, for ever. */
  readonly id: `${string}.${string}`;
  readonly title: Message;
  readonly group: Group;
  readonly icon: LucideIcon;
  /**
   * Bindings, each one of `Mod+k` (Ctrl, or Cmd on macOS), `Shift+x`, `?`, or a sequence such as `g f`.
   * The first is the one shown.
   */
  readonly keys: readonly string[];
  readonly scope: Scope;
  /** Changes something that matters: drawn as danger, and only ever confirmed in a dialog. */
  readonly danger?: boolean;
}

/** What can be done to many orders at once, and in which words. */
import { Ban, type LucideIcon, Pause, Play, Send } from "lucide-react";
import { m } from "@/paraglide/messages.js";

export type Verb = "hold" | "lift" | "release" | "cancel";

interface Look {
  readonly icon: LucideIcon;
  /** On a button of the selection's bar. */
  readonly label: () => string;
  /** As the title, and as the button that does it. */
  readonly title: (many: { count: string; rows: number }) => string;
  readonly consequence: () => string;
  /** Cannot be taken back. */
  readonly danger: boolean;
}

export const VERBS: Readonly<Record<Verb, Look>> = {
  hold: {
    icon: Pause,
    label: m.batch_hold,
    title: m.batch_hold_title,
    consequence: m.order_hold_consequence,
    danger: false,
  },
  lift: {
    icon: Play,
    label: m.batch_lift,
    title: m.batch_lift_title,
    consequence: m.batch_lift_consequence,
    danger: false,
  },
  release: {
    icon: Send,
    label: m.batch_release,
    title: m.batch_release_title,
    consequence: m.batch_release_consequence,
    danger: true,
  },
  cancel: {
    icon: Ban,
    label: m.batch_cancel,
    title: m.batch_cancel_title,
    consequence: m.batch_cancel_consequence,
    danger: true,
  },
};

/** What failed, why in the partner's words, what to do next, and the code to look up. */
import type { LucideIcon } from "lucide-react";
import { Info, OctagonX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "@/lib/classes";
import { m } from "@/paraglide/messages.js";
import { type Family, familyMark, familyTint } from "./family";
import { problemWords } from "./problemSentences";
import { problemText, type ProblemText as Told } from "./problemText";

const ICONS: Partial<Record<Family, LucideIcon>> = { danger: OctagonX, attention: TriangleAlert };

export interface BannerProps {
  readonly family: Family;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly icon?: LucideIcon;
}

/** A message in the page, as wide as what it is about. */
export function Banner({ family, title, children, actions, icon }: BannerProps) {
  const Icon = icon ?? ICONS[family] ?? Info;
  return (
    <div className={classes("flex items-start gap-8 rounded-6 px-12 py-8", familyTint[family])}>
      <Icon aria-hidden size={16} strokeWidth={2} className={classes("mt-2 shrink-0", familyMark[family])} />
      <div className="min-w-0 flex-1 text-sm text-fg">
        <p className="font-medium">{title}</p>
        {children}
      </div>
      {actions === undefined ? null : <div className="flex shrink-0 gap-8">{actions}</div>}
    </div>
  );
}

export interface ProblemBannerProps {
  readonly problem: Told;
  readonly family?: "danger" | "attention";
  readonly actions?: ReactNode;
}

/** A problem the API reported with an object. */
export function ProblemBanner({ problem, ...rest }: ProblemBannerProps) {
  return <ProblemText problem={{ ...problemWords(problem), code: problem.code }} {...rest} />;
}

function ProblemText({ problem, family = "danger", actions }: ProblemBannerProps) {
  return (
    <div role={family === "danger" ? "alert" : "status"}>
      <Banner family={family} title={problem.title} actions={actions}>
        {problem.detail === "" ? null : <p className="mt-2 wrap-anywhere text-fg-2">{problem.detail}</p>}
        {problem.next_step === "" ? null : <p className="mt-2 text-fg">{problem.next_step}</p>}
        {problem.code === null ? null : (
          <p className="mt-4 font-mono text-2xs text-fg-2">
            <span className="sr-only">{m.problem_code()} </span>
            {problem.code}
          </p>
        )}
      </Banner>
    </div>
  );
}

/** The same for whatever a query or mutation threw. */
export function ErrorBanner({ error, actions }: { error: unknown; actions?: ReactNode }) {
  return <ProblemText problem={problemText(error)} actions={actions} />;
}

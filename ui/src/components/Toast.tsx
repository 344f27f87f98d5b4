/** Results of the person's own actions, bottom left. Errors stay until they are closed. */
import { Toast as BaseToast } from "@base-ui/react/toast";
import { Check, OctagonX, X } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { classes } from "@/lib/classes";
import { m } from "@/paraglide/messages.js";
import { IconButton } from "./Button";
import { familyMark } from "./family";
import { problemText } from "./problemText";

const SHOWN_MS = 5_000;
/** How long an undo is offered. */
const UNDO_MS = 8_000;

export interface Toaster {
  /** Something the person asked for is done. */
  done(title: string, undo?: () => void): void;
  /** It failed, with the reason. */
  failed(error: unknown): void;
}

export function useToaster(): Toaster {
  const manager = BaseToast.useToastManager();
  return useMemo(
    () => ({
      done(title, undo) {
        manager.add({
          title,
          type: "success",
          timeout: undo === undefined ? SHOWN_MS : UNDO_MS,
          ...(undo === undefined ? {} : { actionProps: { children: m.undo(), onClick: undo } }),
        });
      },
      failed(error) {
        const problem = problemText(error);
        manager.add({
          title: problem.title,
          description: [problem.detail, problem.next_step].filter(Boolean).join(" "),
          type: "danger",
          priority: "high",
          timeout: 0,
        });
      },
    }),
    [manager],
  );
}

function ToastList() {
  const { toasts } = BaseToast.useToastManager();
  return toasts.map((toast) => (
    <BaseToast.Root
      key={toast.id}
      toast={toast}
      className="rounded-6 border border-border bg-surface shadow-popover transition-opacity duration-[160ms] data-ending-style:opacity-0 data-starting-style:opacity-0"
    >
      <BaseToast.Content className="flex items-start gap-8 py-8 pr-6 pl-12">
        {toast.type === "danger" ? (
          <OctagonX aria-hidden size={16} className={classes("mt-4 shrink-0", familyMark.danger)} />
        ) : (
          <Check aria-hidden size={16} className={classes("mt-4 shrink-0", familyMark.success)} />
        )}
        <div className="min-w-0 flex-1 py-4">
          <BaseToast.Title className="text-sm font-medium text-fg" />
          <BaseToast.Description className="mt-2 text-xs wrap-anywhere text-fg-2" />
        </div>
        <BaseToast.Action className="h-28 rounded-4 px-8 text-xs font-medium text-accent hover:bg-surface-2" />
        <BaseToast.Close render={<IconButton icon={X} label={m.close()} />} />
      </BaseToast.Content>
    </BaseToast.Root>
  ));
}

export function Toasts({ children }: { children: ReactNode }) {
  return (
    <BaseToast.Provider limit={3}>
      {children}
      <BaseToast.Portal>
        <BaseToast.Viewport className="fixed bottom-36 left-16 z-50 flex w-360 flex-col gap-8">
          <ToastList />
        </BaseToast.Viewport>
      </BaseToast.Portal>
    </BaseToast.Provider>
  );
}

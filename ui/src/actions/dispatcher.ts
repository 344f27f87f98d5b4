/** Runs the action that a key press means: innermost scope first, text fields and dialogs respected. */
import type { ActionDefinition, Scope } from "./definition";
import { type Binding, isPress, isTyping, parseBinding, SEQUENCE_MS, worksWhileTyping } from "./keys";
import { type ActionId, actions } from "./registry";

/** Innermost first. */
const PRECEDENCE: readonly Scope[] = [
  "grid",
  "order",
  "attention",
  "returns",
  "transfers",
  "flow",
  "connections",
  "services",
  "stock",
  "rules",
  "global",
];

type Handler = () => void;

interface Bound {
  readonly definition: ActionDefinition;
  readonly bindings: readonly Binding[];
}

const BOUND: readonly Bound[] = [...actions]
  .sort((a, b) => PRECEDENCE.indexOf(a.scope) - PRECEDENCE.indexOf(b.scope))
  .map((definition: ActionDefinition) => ({ definition, bindings: definition.keys.map(parseBinding) }));

/** Holds who answers for which action right now. An action without a handler does not exist for the person. */
export class ActionDispatcher {
  private readonly handlers = new Map<ActionId, Handler[]>();
  private readonly listeners = new Set<() => void>();
  private pending: KeyboardEvent[] = [];
  private pendingAt = 0;
  private version = 0;

  /** The newest handler of an action wins until it is taken back. */
  bind(handlers: Partial<Record<ActionId, Handler>>): () => void {
    const entries = Object.entries(handlers) as [ActionId, Handler][];
    for (const [id, handler] of entries) {
      this.handlers.set(id, [...(this.handlers.get(id) ?? []), handler]);
    }
    this.changed();
    return () => {
      for (const [id, handler] of entries) {
        const left = (this.handlers.get(id) ?? []).filter((other) => other !== handler);
        if (left.length === 0) {
          this.handlers.delete(id);
        } else {
          this.handlers.set(id, left);
        }
      }
      this.changed();
    };
  }

  available(id: ActionId): boolean {
    return this.handlers.has(id);
  }

  /** Runs an action if somebody answers for it; says whether. */
  run(id: ActionId): boolean {
    const handler = this.handlers.get(id)?.at(-1);
    handler?.();
    return handler !== undefined;
  }

  /** Takes a key press; on a match the default is prevented and nothing else is touched. */
  readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) {
      return;
    }
    const typing = isTyping(event.target);
    const inDialog = event.target instanceof Element && event.target.closest('[role="dialog"], [role="menu"]') !== null;
    if (event.timeStamp - this.pendingAt > SEQUENCE_MS) {
      this.pending = [];
    }
    const presses = [...this.pending, event];
    let started = false;
    for (const { definition, bindings } of BOUND) {
      if (!this.available(definition.id as ActionId)) {
        continue;
      }
      for (const binding of bindings) {
        if ((typing || inDialog) && !worksWhileTyping(binding)) {
          continue;
        }
        const begins = presses.every((press, index) => {
          const wanted = binding[index];
          return wanted !== undefined && isPress(press, wanted);
        });
        if (begins && presses.length === binding.length) {
          event.preventDefault();
          this.pending = [];
          this.run(definition.id as ActionId);
          return;
        }
        started ||= begins;
      }
    }
    if (started) {
      this.pending = presses;
      this.pendingAt = event.timeStamp;
      return;
    }
    const wasPending = this.pending.length > 0;
    this.pending = [];
    // The press broke a sequence, and may mean something by itself.
    if (wasPending) {
      this.onKeyDown(event);
    }
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): number => this.version;

  private changed(): void {
    this.version += 1;
    for (const listener of this.listeners) {
      listener();
    }
  }
}

export const dispatcher = new ActionDispatcher();

/** How components answer for actions, and how they show them. */
import { useLayoutEffect, useRef, useSyncExternalStore } from "react";
import type { ActionDefinition } from "./definition";
import { dispatcher } from "./dispatcher";
import { type ActionId, actions } from "./registry";

type Handlers = Partial<Record<ActionId, () => void>>;

/**
 * Answers for these actions while the component is mounted. Leave an action out (or undefined) while it makes no
 * sense: it then vanishes from palette and keyboard.
 */
export function useActions(handlers: Handlers): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  const ids = (Object.keys(handlers) as ActionId[]).filter((id) => handlers[id] !== undefined);
  const signature = ids.sort().join(" ");
  // With the drawing and not after it: what a person sees already answers to its keys.
  useLayoutEffect(() => {
    const bound = signature === "" ? [] : (signature.split(" ") as ActionId[]);
    return dispatcher.bind(Object.fromEntries(bound.map((id) => [id, () => latest.current[id]?.()])));
  }, [signature]);
}

/** The actions that somebody answers for right now, in table order. */
export function useAvailableActions(): readonly ActionDefinition[] {
  useSyncExternalStore(dispatcher.subscribe, dispatcher.snapshot);
  return actions.filter((action) => dispatcher.available(action.id));
}

/** One action by its id. */
export function actionById(id: ActionId): ActionDefinition {
  const found = actions.find((action) => action.id === id);
  if (found === undefined) {
    throw new Error(`no action ${id}`);
  }
  return found;
}

export function runAction(id: ActionId): boolean {
  return dispatcher.run(id);
}

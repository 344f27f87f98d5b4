/** A component that is fetched ahead of its first use and then drawn at once. */
import { type ComponentType, lazy } from "react";

export interface Preloadable<Props> {
  /** Begins to fetch it; does nothing the second time. */
  readonly preload: () => void;
  readonly Component: ComponentType<Props>;
}

/**
 * `React.lazy` alone waits for a promise at its first use even when the file is there, and React shows what was
 * suspended at most every 300 ms: too long for something opened by a key.
 */
export function preloadable<Props extends object>(load: () => Promise<ComponentType<Props>>): Preloadable<Props> {
  let fetching: Promise<ComponentType<Props>> | undefined;
  let Loaded: ComponentType<Props> | undefined;

  const fetched = () => {
    fetching ??= load().then((component) => {
      Loaded = component;
      return component;
    });
    return fetching;
  };
  const Waiting = lazy(() => fetched().then((component) => ({ default: component })));

  return {
    preload: () => void fetched(),
    // biome-ignore lint/correctness/noComponentHookFactories: called at module level, once for each component
    Component: function Preloaded(props: Props) {
      return Loaded === undefined ? <Waiting {...props} /> : <Loaded {...props} />;
    },
  };
}

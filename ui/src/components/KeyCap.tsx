/** A key binding as it stands on the keyboard. */
const APPLE = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

const NAMES: Record<string, string> = {
  Mod: APPLE ? "⌘" : "Ctrl",
  Shift: "⇧",
  Alt: APPLE ? "⌥" : "Alt",
  Escape: "Esc",
  Enter: "↵",
  Backspace: "⌫",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
};

function caps(binding: string): { id: string; text: string }[] {
  return binding
    .split(" ")
    .flatMap((press) => (press === "+" ? ["+"] : press.split("+")))
    .map((key, index) => ({
      id: `${index}${key}`,
      text: NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key),
    }));
}

export function KeyCap({ binding }: { binding: string }) {
  return (
    <span className="inline-flex shrink-0 gap-2">
      {caps(binding).map((cap) => (
        <kbd
          key={cap.id}
          className="inline-flex h-18 min-w-18 items-center justify-center rounded-4 border border-border bg-surface px-4 font-sans text-2xs text-fg-3"
        >
          {cap.text}
        </kbd>
      ))}
    </span>
  );
}

/** A key beside words that are a name: for the eyes, so that the name stays what it is. */
export function KeyHint({ binding }: { binding: string }) {
  return (
    <span aria-hidden className="contents">
      <KeyCap binding={binding} />
    </span>
  );
}

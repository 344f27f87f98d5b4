/**
 * Keeps what is typed between the key that opens a text field and the moment the field is there. Without it, a fast
 * typist on a slow machine loses letters to the page below, where a single letter may be a command.
 */

/** After this long the field is not coming, and the keyboard is given back, in milliseconds. */
const GIVE_UP_MS = 10_000;

export class TypeAhead {
  private text = "";
  private beganAt: number | undefined;
  private stop: (() => void) | undefined;

  constructor(private readonly target: Pick<EventTarget, "addEventListener" | "removeEventListener">) {}

  /** From now on printable keys are kept from the page; `onEscape` is told when the person gives up. */
  begin(onEscape: () => void): void {
    this.end();
    const listener = (event: Event) => this.onKeyDown(event as KeyboardEvent, onEscape);
    this.target.addEventListener("keydown", listener, { capture: true });
    this.stop = () => this.target.removeEventListener("keydown", listener, { capture: true });
  }

  /** The field is there, or not wanted any more: gives what was typed so far and takes no further key. */
  end(): string {
    const text = this.text;
    this.stop?.();
    this.stop = undefined;
    this.beganAt = undefined;
    this.text = "";
    return text;
  }

  private onKeyDown(event: KeyboardEvent, onEscape: () => void): void {
    this.beganAt ??= event.timeStamp;
    if (event.timeStamp - this.beganAt > GIVE_UP_MS) {
      this.end();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
      return;
    }
    if (event.key === "Escape") {
      this.end();
      onEscape();
    } else if (event.key === "Backspace") {
      this.text = this.text.slice(0, -1);
    } else if (event.key.length === 1) {
      this.text += event.key;
    } else if (event.key !== "Enter") {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

export const typeAhead = new TypeAhead(window);

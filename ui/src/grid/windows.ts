/**
 * The rows of a list too long to hold: windows of 200 rows, the 15 last used kept.
 *
 * A window after a loaded one is asked for with its neighbour's `next` mark, so that sequential reading is exact while the
 * list changes; any other is asked for by offset. An external store: components subscribe and read by rank.
 */

export const WINDOW_ROWS = 200;
export const KEPT_WINDOWS = 15;

/** Which rows are asked for. Exactly one of `after` and `offset` is set, except for the first window: neither. */
export interface WindowRequest {
  readonly after?: string;
  readonly offset?: number;
  readonly limit: number;
}

/** What the server answers. */
export interface WindowAnswer<Row> {
  readonly items: readonly Row[];
  /** Where the next window starts; `null` at the end of the list. */
  readonly next: string | null;
  /** Rows in the list; a capped number is a lower bound. */
  readonly total: { readonly value: number; readonly capped: boolean };
}

export type Load<Row> = (request: WindowRequest, signal: AbortSignal) => Promise<WindowAnswer<Row>>;

/** What is known about the length of the list. */
export interface Length {
  /** Rows the scroll bar counts on. */
  readonly rows: number;
  /** Whether there may be more. */
  readonly open: boolean;
}

interface Window<Row> {
  rows: readonly Row[];
  next: string | null;
  used: number;
}

export class RowWindows<Row> {
  readonly #load: Load<Row>;
  readonly #idOf: (row: Row) => string;
  readonly #windows = new Map<number, Window<Row>>();
  readonly #pending = new Map<number, AbortController>();
  readonly #listeners = new Set<() => void>();
  readonly #patches = new Map<string, Row>();
  #clock = 0;
  #version = 0;
  #length: Length | undefined;
  #fault: unknown;

  /** `load` fetches a window, `idOf` is the identity by which a patch finds its row. */
  constructor(load: Load<Row>, idOf: (row: Row) => string) {
    this.#load = load;
    this.#idOf = idOf;
  }

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes whenever something readable has changed. */
  readonly version = (): number => this.#version;

  /** `undefined` until the first window has arrived. */
  get length(): Length | undefined {
    return this.#length;
  }

  /** The last failure to load, until a window arrives. */
  get fault(): unknown {
    return this.#fault;
  }

  /** Whether something is being loaded. */
  get busy(): boolean {
    return this.#pending.size > 0;
  }

  /** The row at `rank`, or `undefined` while it is not here. */
  at(rank: number): Row | undefined {
    const row = this.#windows.get(Math.floor(rank / WINDOW_ROWS))?.rows[rank % WINDOW_ROWS];
    return row === undefined ? undefined : (this.#patches.get(this.#idOf(row)) ?? row);
  }

  /** Where a row is, if it is in a loaded window. */
  rankOf(id: string): number | undefined {
    for (const [index, window] of this.#windows) {
      const at = window.rows.findIndex((row) => this.#idOf(row) === id);
      if (at >= 0) return index * WINDOW_ROWS + at;
    }
    return undefined;
  }

  /** Whether every row of the range is here. */
  has(first: number, end: number): boolean {
    for (let index = Math.floor(first / WINDOW_ROWS); index * WINDOW_ROWS < end; index += 1) {
      if (!this.#windows.has(index)) return false;
    }
    return true;
  }

  /** Asks for what is missing in `first..end`, then for one window in the direction of travel. */
  want(first: number, end: number, direction: -1 | 0 | 1): void {
    const from = Math.floor(first / WINDOW_ROWS);
    const to = Math.floor(Math.max(first, end - 1) / WINDOW_ROWS);
    const wanted = new Set<number>();
    for (let index = from; index <= to; index += 1) wanted.add(index);
    const ahead = direction > 0 ? to + 1 : from - 1;
    const rows = this.#length?.rows ?? 1;
    if (direction !== 0 && ahead >= 0 && ahead * WINDOW_ROWS < rows) wanted.add(ahead);
    for (const [index, controller] of this.#pending) {
      if (!wanted.has(index)) {
        controller.abort();
        this.#pending.delete(index);
      }
    }
    for (const index of wanted) {
      const window = this.#windows.get(index);
      if (window !== undefined) {
        this.#clock += 1;
        window.used = this.#clock;
      } else if (!this.#pending.has(index)) {
        void this.#fetch(index);
      }
    }
  }

  /** How window `index` is asked for now. */
  request(index: number): WindowRequest {
    const before = this.#windows.get(index - 1)?.next;
    if (index === 0) return { limit: WINDOW_ROWS };
    return before ? { after: before, limit: WINDOW_ROWS } : { offset: index * WINDOW_ROWS, limit: WINDOW_ROWS };
  }

  /**
   * The rows of `first..end`, loading what is not here without keeping it: a range may be longer than the windows that are.
   *
   * Rejects as `load` does.
   */
  async range(first: number, end: number, signal: AbortSignal): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for (let index = Math.floor(first / WINDOW_ROWS); index * WINDOW_ROWS < end; index += 1) {
      const whole = this.#windows.has(index) ? this.rowsOf(index) : await this.peek(index, signal);
      const start = index * WINDOW_ROWS;
      rows.push(...whole.slice(Math.max(0, first - start), end - start));
    }
    return rows;
  }

  /** Loads window `index` again without showing it: what the server would answer now. */
  async peek(index: number, signal: AbortSignal): Promise<readonly Row[]> {
    return (await this.#load(this.request(index), signal)).items;
  }

  /** The rows of a loaded window, patches applied; empty when it is not here. */
  rowsOf(index: number): readonly Row[] {
    const rows = this.#windows.get(index)?.rows ?? [];
    return rows.map((row) => this.#patches.get(this.#idOf(row)) ?? row);
  }

  /** Newer facts about rows; each replaces the row with its id wherever that is, and no row moves. */
  patch(rows: readonly Row[]): void {
    for (const row of rows) this.#patches.set(this.#idOf(row), row);
    if (rows.length > 0) this.#tell();
  }

  /** The list is known to end after `rows` rows. */
  setLength(length: Length): void {
    this.#length = length;
    this.#tell();
  }

  /** Drops a failed state and lets the next `want` try again. */
  retry(): void {
    this.#fault = undefined;
    this.#tell();
  }

  /** Stops what is being loaded; the next `want` starts again. */
  abandon(): void {
    for (const controller of this.#pending.values()) controller.abort();
    this.#pending.clear();
  }

  async #fetch(index: number): Promise<void> {
    if (this.#fault !== undefined) return;
    const controller = new AbortController();
    this.#pending.set(index, controller);
    try {
      const answer = await this.#load(this.request(index), controller.signal);
      if (this.#pending.get(index) !== controller) return;
      this.#store(index, answer);
    } catch (fault) {
      if (controller.signal.aborted) return;
      this.#fault = fault;
    }
    if (this.#pending.get(index) === controller) this.#pending.delete(index);
    this.#tell();
  }

  #store(index: number, answer: WindowAnswer<Row>): void {
    this.#clock += 1;
    this.#windows.set(index, { rows: answer.items, next: answer.next, used: this.#clock });
    this.#fault = undefined;
    const seen = index * WINDOW_ROWS + answer.items.length;
    const before = this.#length;
    if (answer.next === null && (answer.items.length > 0 || index === 0)) {
      this.#length = { rows: seen, open: false };
    } else if (before === undefined || before.open) {
      const more = answer.next === null ? 0 : 1;
      const rows = Math.max(before?.rows ?? 0, answer.total.value, answer.items.length === 0 ? 0 : seen + more);
      this.#length = { rows, open: answer.total.capped };
    } else if (answer.next !== null && seen >= before.rows) {
      this.#length = { rows: seen + 1, open: false };
    }
    this.#forget();
  }

  #forget(): void {
    while (this.#windows.size > KEPT_WINDOWS) {
      let oldest: [number, Window<Row>] | undefined;
      for (const entry of this.#windows) if (oldest === undefined || entry[1].used < oldest[1].used) oldest = entry;
      if (oldest === undefined) return;
      for (const row of oldest[1].rows) this.#patches.delete(this.#idOf(row));
      this.#windows.delete(oldest[0]);
    }
  }

  #tell(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

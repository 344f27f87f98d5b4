/** Why fewer warehouses are impossible, in the console's language: the router's sentences, or its own text for a new one. */
import { m } from "@/paraglide/messages.js";

const SENTENCES: readonly {
  readonly shape: RegExp;
  readonly words: (found: Readonly<Record<string, string>>, sku: (line: string) => string) => string;
}[] = [
  { shape: /^nothing ships, so no warehouse is needed$/, words: () => m.order_bound_nothing() },
  { shape: /^whatever ships needs a warehouse$/, words: () => m.order_bound_one() },
  {
    shape: /^line `(?<line>[^`]+)` alone needs the stock of (?<count>\d+) warehouses$/,
    words: ({ line = "", count = "" }, sku) => m.order_bound_line({ sku: sku(line), count }),
  },
  {
    shape: /^no warehouse has anything for two of the lines (?<lines>.+)$/,
    words: ({ lines = "" }, sku) =>
      m.order_bound_lines({ skus: lines.replaceAll(/`([^`]+)`/g, (_whole, line: string) => sku(line)) }),
  },
  {
    shape: /^no choice of (?<count>\d+) warehouses ships as much: all were ruled out$/,
    words: ({ count = "" }) => m.order_bound_ruled_out({ count }),
  },
];

/** `sku` names a line by its id. */
export function boundWords(why: string, sku: (line: string) => string): string {
  for (const { shape, words } of SENTENCES) {
    const found = shape.exec(why);
    if (found !== null) return words(found.groups ?? {}, sku);
  }
  return why;
}

/** Sentences of the engine, found by their shape and said again in the console's language. */

export interface Sentence<Words> {
  readonly shape: RegExp;
  readonly say: (found: Readonly<Record<string, string>>, words: Words) => string;
}

/** A sentence with `{name}` for what the engine fills in. */
export function sentence<Words>(text: string, say: Sentence<Words>["say"]): Sentence<Words> {
  const parts = text
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 1 ? `(?<${part}>.+)` : part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  return { shape: new RegExp(`^${parts.join("")}$`), say };
}

/** The sentence in the console's language, or the engine's own text for one that is new. */
export function sayAgain<Words>(sentences: readonly Sentence<Words>[], text: string, words: Words): string {
  for (const { shape, say } of sentences) {
    const found = shape.exec(text);
    if (found !== null) return say(found.groups ?? {}, words);
  }
  return text;
}

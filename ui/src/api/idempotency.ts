/** One key per intent: a retry of the same call carries the same key, a new click gets a new one. */
const keys = new WeakMap<object, string>();

/** 128 random bits as hexadecimal. `crypto.randomUUID` is missing on plain-http hosts other than loopback. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The key of this intent; TanStack Query hands the same variables object to every retry. */
export function idempotencyKey(intent: object): string {
  const known = keys.get(intent);
  if (known !== undefined) {
    return known;
  }
  const key = randomKey();
  keys.set(intent, key);
  return key;
}

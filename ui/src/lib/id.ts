/** Identities made here: a prefix that names the kind and a UUIDv7 (RFC 9562), as everywhere in Switchyard. */
import { serverNow } from "./ticker";

/**
 * A new identity, such as `lin_0198c0de5b1d7cc2b7f1c0ffee123456`. Made once for each wish, so that a repeated request
 * means the same thing. `at` is in milliseconds since 1970.
 */
export function newId(prefix: "lin" | "hld", at: number = serverNow()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const time = BigInt(Math.floor(at));
  for (let place = 0; place < 6; place += 1) bytes[place] = Number((time >> BigInt(8 * (5 - place))) & 0xffn);
  // Version 7, variant 10.
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return `${prefix}_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

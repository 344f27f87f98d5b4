/** Names for rows of a form that have none of their own: stable while rows move, and different after a reload too. */
export function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(36).padStart(2, "0")).join("");
}

/**
 * Makes an idempotency key: a random UUID (RFC 9562, version 4). A widget makes one when the person
 * confirms and keeps it, so that a retry is the same write.
 */
export function newKey(): string {
  // Portals inside a clinic's network are often plain http, where `randomUUID` does not exist.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

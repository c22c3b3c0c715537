/** A text as an Attachment or a Signature carries it (https://hl7.org/fhir/R4/datatypes.html#base64Binary). */
export function toBase64(text: string): string {
  // Part by part: a call takes only so many arguments.
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (let start = 0; start < bytes.length; start += 8192) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return btoa(binary);
}

/** The text in what an Attachment or a Signature carries; nothing where it is none. */
export function fromBase64(data: unknown): string | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

// What a browser has written to its profile folder.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

/** The files below a folder with one of the words in them, in the encodings that a browser writes. */
export function filesWith(folder: string, words: readonly string[]): { file: string; word: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const texts = textsOf(readFileSync(path));
      return words
        .filter((word) => texts.some((text) => text.includes(word.toLowerCase())))
        .map((word) => ({ file: relative(folder, path), word }));
    });
}

/** The bytes as text of one byte a character, and of two from either place: and unpacked, where they are packed as a whole. */
function textsOf(bytes: Buffer): string[] {
  const unpacked = [gunzipSync, inflateSync, brotliDecompressSync].flatMap((unpack) => {
    try {
      return [unpack(bytes)];
    } catch {
      return [];
    }
  });
  return [bytes, ...unpacked].flatMap((each) => [
    each.toString('latin1').toLowerCase(),
    each.toString('utf16le').toLowerCase(),
    each.subarray(1).toString('utf16le').toLowerCase(),
  ]);
}

// What a browser has written to its profile folder.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';

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
  const unpacked = [gunzipSync, inflateSync, brotliDecompressSync, zstdDecompressSync].flatMap((unpack) => {
    try {
      return [unpack(bodyOf(bytes))];
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

/**
 * A file of the browser's cache: how it begins, how long that is, where the length of the address stands, and what
 * follows a body (https://chromium.googlesource.com/chromium/src/+/main/net/disk_cache/simple/simple_entry_format.h).
 */
const CACHED = {
  first: Buffer.from('305c72a71b6dfbfc', 'hex'),
  size: 24,
  lengthAt: 12,
  after: Buffer.from('d8410d97456ffaf4', 'hex'),
};

/** What a server has answered, as it came. What is no file of the cache is one body. */
function bodyOf(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, CACHED.first.length).equals(CACHED.first)) return bytes;
  const start = CACHED.size + bytes.readUInt32LE(CACHED.lengthAt);
  return bytes.subarray(start, bytes.indexOf(CACHED.after, start));
}

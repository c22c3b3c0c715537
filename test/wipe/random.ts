/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The seed that was asked for, or a new one. What fails says it, so that it can be run again: `WIPE_SEED=123`. */
export const seed = Number(process.env['WIPE_SEED'] ?? Date.now() % 1_000_000);

/** What a failure says besides. */
export const withSeed = `WIPE_SEED=${seed}`;

const LETTERS = 'bcdfghjkmnpqrstvwxz';

/** A word that is nowhere else. Less than 13 letters: longer ones the engine may keep in two pieces. */
export const word = (random: () => number): string =>
  `Q${Array.from({ length: 10 }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join('')}`;

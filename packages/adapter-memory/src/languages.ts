/** The language of what is not there in the one asked for. */
export const OTHERWISE = 'en';

/** A language without its dialect. */
export const primary = (language: string): string => language.split('-')[0]!.toLowerCase();

/** The words in the language asked for; a dialect that there is not is no other language. */
export function wordsIn<T>(
  words: Readonly<Record<string, T>>,
  wanted = OTHERWISE,
): { readonly language: string; readonly words: T } {
  const known = Object.keys(words);
  const language =
    known.find((tag) => tag.toLowerCase() === wanted.toLowerCase()) ??
    known.find((tag) => primary(tag) === primary(wanted)) ??
    known.find((tag) => tag === OTHERWISE) ??
    known[0]!;
  return { language, words: words[language]! };
}

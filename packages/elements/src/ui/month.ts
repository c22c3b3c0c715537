const plain = (words: string): string =>
  words
    .normalize('NFD')
    .replace(/[\p{M}\s.]/gu, '')
    .toLowerCase();

/**
 * The number of a month that somebody has typed, of two digits: as a number, or by its name in the locale or the first
 * three letters of it, as people copy it from a card. Nothing where it is no month.
 */
export function monthOf(words: string, locale: string): string | undefined {
  const typed = plain(words);
  const name = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  for (let month = 1; month <= 12; month += 1) {
    const isNamed = typed.length > 2 && plain(name.format(Date.UTC(2000, month - 1))).startsWith(typed);
    if (isNamed || (/^\d+$/.test(typed) && Number(typed) === month)) return `${month}`.padStart(2, '0');
  }
  return undefined;
}

const known = new Map<string, readonly string[]>();

/** The names of the months in a locale, as they are compared, January first. */
function monthsIn(locale: string): readonly string[] {
  let months = known.get(locale);
  if (!months) {
    const name = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
    months = Array.from({ length: 12 }, (_, month) => plain(name.format(Date.UTC(2000, month))));
    known.set(locale, months);
  }
  return months;
}

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
  const number = /^\d+$/.test(typed) ? Number(typed) : 1 + monthsIn(locale).findIndex((name) => name.startsWith(typed));
  const isMonth = number >= 1 && number <= 12 && (typed.length > 2 || /^\d/.test(typed));
  return isMonth ? `${number}`.padStart(2, '0') : undefined;
}

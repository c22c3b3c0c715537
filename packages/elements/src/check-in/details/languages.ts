/** Languages that interpreters are asked for most, spoken (ISO 639-1) and signed (ISO 639-3). */
export const SPOKEN = ['es', 'zh', 'vi', 'ar', 'tl', 'ko', 'ru', 'fr', 'ht', 'pt', 'hi', 'fa', 'uk', 'pl', 'so', 'am'];
export const SIGNED = ['ase', 'fsl', 'mfs', 'bfi'];

/** What somebody may want to be spoken to in. */
export const LANGUAGES = ['en', ...SPOKEN, ...SIGNED];

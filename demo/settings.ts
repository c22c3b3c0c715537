/** What answers the widgets of the portal. */
export const adapterNames = ['memory', 'rest', 'fhir'] as const;
export type AdapterName = (typeof adapterNames)[number];

/** What the address of a page asks for. */
export interface Settings {
  readonly adapter: AdapterName;
  readonly language: 'en' | 'es';
  readonly direction: 'ltr' | 'rtl';
  readonly patientId: string;
}

/** The pages of the portal. */
export type Page = 'index.html' | 'book.html' | 'adapter-check.html';

/** Reads the address; what it says in no known way is as if not said. */
export function settingsIn(query: URLSearchParams): Settings {
  return {
    adapter: adapterNames.find((name) => name === query.get('adapter')) ?? 'memory',
    language: query.get('lang')?.startsWith('es') ? 'es' : 'en',
    direction: query.get('dir') === 'rtl' ? 'rtl' : 'ltr',
    patientId: query.get('patient') || 'p-rosa',
  };
}

/** The address of a page with everything that was asked for kept, save for what changes. */
export function linkTo(page: Page, changes: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  return `./${page}${query.size > 0 ? `?${query}` : ''}`;
}

/** What answers the widgets of the portal. */
export const adapterNames = ['memory', 'rest', 'fhir'] as const;
export type AdapterName = (typeof adapterNames)[number];

/** What the address of a page asks for. */
export interface Settings {
  readonly adapter: AdapterName;
  readonly language: 'en' | 'es';
  readonly direction: 'ltr' | 'rtl';
  /** Who is signed in, where it is not the mother that the portal was made for. */
  readonly patientId: string;
  /** Who is signed in for that patient, where it is not the patient. */
  readonly representativeId: string;
  /** Of those that the reader acts for, the one that the page is about. */
  readonly forId: string;
  /** The order to book a time for. */
  readonly orderId: string;
  /** The form to fill in, and the visit that it is for; left out, what waits. */
  readonly formId: string;
  readonly visitId: string;
  /** How much of a form is on a page. */
  readonly paging: 'group' | 'question';
  /** Whether the patient is at the clinic, where the device is not their own. */
  readonly onSite: boolean;
}

/** The pages that show themselves without being loaded anew. */
export const views = ['index.html', 'book.html', 'appointments.html', 'forms.html'] as const;
export type View = (typeof views)[number];

/** The pages of the portal. */
export type Page = View | 'adapter-check.html' | 'check-in.html' | 'form.html';

/** What is meant for one page, and is not taken along to the next. */
const OF_ONE_PAGE = ['order', 'for', 'form', 'visit'];

/** Reads the address; what it says in no known way is as if not said. */
export function settingsIn(query: URLSearchParams): Settings {
  return {
    adapter: adapterNames.find((name) => name === query.get('adapter')) ?? 'memory',
    language: query.get('lang')?.startsWith('es') ? 'es' : 'en',
    direction: query.get('dir') === 'rtl' ? 'rtl' : 'ltr',
    patientId: query.get('patient') ?? '',
    representativeId: query.get('representative') ?? '',
    forId: query.get('for') ?? '',
    orderId: query.get('order') ?? '',
    formId: query.get('form') ?? '',
    visitId: query.get('visit') ?? '',
    paging: query.get('paging') === 'question' ? 'question' : 'group',
    onSite: query.has('on-site'),
  };
}

/** The address of a page with everything kept that was asked of the portal as a whole. */
export function linkTo(page: Page, about: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(location.search);
  for (const name of OF_ONE_PAGE) query.delete(name);
  return addressOf(page, query, about);
}

/** The address of the same page, in another language or with another clinic. */
export const linkHere = (page: Page, changes: Readonly<Record<string, string>>): string =>
  addressOf(page, new URLSearchParams(location.search), changes);

function addressOf(page: Page, query: URLSearchParams, changes: Readonly<Record<string, string>>): string {
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  return `./${page}${query.size > 0 ? `?${query}` : ''}`;
}

import type { ClinicAdapter } from '@clinic-widgets/core';
import { render, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { adapterOf } from './adapter.ts';
import { type Portal, readPortal, showFrame } from './frame.ts';
import { home } from './home.ts';
import { type AdapterName, type View, views } from './settings.ts';
import type { Text } from './text.ts';
import { applyTheme } from './theme.ts';
import { appointments, book, forms } from './widgets.ts';

/** What a page shows, with the clinic that it asks. */
type Show = (portal: Portal, clinic: Promise<ClinicAdapter>) => TemplateResult | Promise<TemplateResult>;

const pages: Readonly<Record<View, { readonly show: Show; readonly title: (text: Text) => string }>> = {
  'index.html': { show: home, title: ({ home }) => home },
  'book.html': { show: book, title: ({ bookTitle }) => bookTitle },
  'appointments.html': { show: appointments, title: ({ appointments }) => appointments },
  'forms.html': { show: forms, title: ({ forms }) => forms },
};

/** One clinic of each kind for as long as the portal is open: a clinic inside the page would be lost with the page. */
const clinics = new Map<AdapterName, Promise<ClinicAdapter>>();
/** The address of what is shown, and how often another thing was shown before it. */
let shown = '';
let visit = 0;

applyTheme();
document.addEventListener('click', follow);
addEventListener('popstate', () => addressNow() !== shown && void show({ scroll: false }));
void show({ scroll: false });

/** Goes where a link leads without loading the page anew, if it leads to a page of the portal. */
function follow(event: MouseEvent): void {
  const { button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented } = event;
  const link = (event.target as Element).closest('a');
  if (!link || link.hash || button !== 0 || metaKey || ctrlKey || shiftKey || altKey || defaultPrevented) return;
  const isHere = new URL('.', link.href).href === new URL('.', location.href).href;
  if (!isHere || !viewAt(link.pathname)) return;
  event.preventDefault();
  history.pushState(null, '', link.href);
  void show({ scroll: true });
}

async function show({ scroll }: { readonly scroll: boolean }): Promise<void> {
  const [before, address] = [shown, addressNow()];
  const isTranslation = before !== address && inEnglish(before) === inEnglish(address);
  shown = address;
  if (!isTranslation) visit += 1;

  const page = viewAt(location.pathname) ?? 'index.html';
  const portal = await readPortal();
  // Whoever is faster than the network is already elsewhere.
  if (addressNow() !== address) return;
  showFrame(page, portal, pages[page].title(portal.text));
  const content = await pages[page].show(portal, clinicOf(portal));
  if (addressNow() !== address) return;
  const main = document.querySelector('main')!;
  render(keyed(visit, content), main);
  if (!before || isTranslation) return;
  // As after loading a page: at the top of it, and read from there.
  if (scroll) scrollTo({ top: 0, behavior: 'instant' });
  main.querySelector('h1')?.focus({ preventScroll: true });
}

function clinicOf({ settings: { adapter }, config }: Portal): Promise<ClinicAdapter> {
  const known = clinics.get(adapter);
  if (known) return known;
  const clinic = adapterOf(adapter, config);
  clinics.set(adapter, clinic);
  clinic.catch(() => clinics.delete(adapter));
  return clinic;
}

function addressNow(): string {
  return location.pathname + location.search;
}

function viewAt(pathname: string): View | undefined {
  const name = pathname.split('/').at(-1) || 'index.html';
  return views.find((view) => view === name);
}

/** The same address whatever its language. */
function inEnglish(address: string): string {
  const url = new URL(address, location.href);
  url.searchParams.delete('lang');
  return url.href;
}

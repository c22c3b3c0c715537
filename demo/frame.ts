import type { Person } from '@clinic-widgets/elements';
import { html, nothing, render } from 'lit';
import { dial, phone } from './clinic-facts.ts';
import { type Config, loadConfig } from './config.ts';
import { peopleOf } from './people.ts';
import { adapterNames, linkHere, linkTo, type Page, type Settings, settingsIn } from './settings.ts';
import { text as english, type Text } from './text.ts';
import { isDark, onSystemTheme, switchTheme } from './theme.ts';

/** What a page needs to show itself. */
export interface Portal {
  readonly settings: Settings;
  readonly config: Config | undefined;
  readonly text: Text;
  /** Everyone the reader may book for; the first is the reader. */
  readonly people: readonly Person[];
}

let config: Config | undefined;
/** Shows the frame again as it is, in other colors. */
let again = () => {};
onSystemTheme(() => again());

/** Reads what the address asks for. */
export async function readPortal(): Promise<Portal> {
  const settings = settingsIn(new URLSearchParams(location.search));
  const [loaded, text] = await Promise.all([config ?? loadConfig(), wordsOf(settings.language)]);
  config = loaded;
  return { settings, config, text, people: peopleOf(settings, config) };
}

async function wordsOf(language: Settings['language']): Promise<Text> {
  return language === 'es' ? (await import('./text.es.ts')).text : english;
}

/** Shows what all pages have in common, in the language and direction asked for. */
export function showFrame(page: Page, portal: Portal, title: string): void {
  const { settings, text } = portal;
  document.documentElement.lang = settings.language;
  document.documentElement.dir = settings.direction;
  document.title = `${title} · ${text.clinic}`;
  again = () => {
    render(header(page, portal), document.querySelector('header')!);
    render(footer(page, portal), document.querySelector('footer')!);
  };
  again();
}

const header = (page: Page, { text, settings, people: [reader] }: Portal) => html`
  <a class="skip" href="#main">${text.skip}</a>
  <div class="brand">
    <svg class="logo" viewBox="0 0 48 48" aria-hidden="true">
      <circle cx="24" cy="24" r="24"></circle>
      <path class="light" d="M20 22 5 15v9zM28 22l15-7v9z"></path>
      <path class="tower" d="M19 38l2-20h6l2 20zM20 12h8v6h-8zM24 6l5 6H19z"></path>
      <path class="water" d="M4 37c5-3 8 3 13 0s8 3 13 0 8 3 14 0c-3 6-10 11-20 11S7 43 4 37z"></path>
    </svg>
    <span><strong>${text.clinic}</strong><small>${text.portal}</small></span>
  </div>
  <div class="preferences">
    ${reader?.name ? html`<span class="who">${text.signedIn(reader.name)}</span>` : nothing}
    <span role="group" aria-label=${text.language}>
      ${language('en', 'English', page, settings)} ${language('es', 'Español', page, settings)}
    </span>
    <button type="button" class="theme" aria-pressed=${isDark() ? 'true' : 'false'} @click=${changeTheme}>
      ${text.dark}
    </button>
  </div>
  <nav aria-label=${text.sections}>
    ${section('index.html', page, text.home)} ${section('book.html', page, text.book)}
    ${section('appointments.html', page, text.appointments)} ${section('forms.html', page, text.forms)}
  </nav>
`;

const section = (page: Page, current: Page, name: string) =>
  html`<a href=${linkTo(page)} aria-current=${page === current ? 'page' : nothing}>${name}</a>`;

const language = (code: string, name: string, page: Page, settings: Settings) =>
  html`<a
    href=${linkHere(page, { lang: code })}
    lang=${code}
    hreflang=${code}
    aria-current=${code === settings.language ? 'true' : nothing}
    >${name}</a
  >`;

function changeTheme(): void {
  switchTheme();
  again();
}

const footer = (page: Page, { text, settings, config }: Portal) => html`
  <section class="person">
    <h2>${text.person}</h2>
    <p>
      ${text.call} <a href=${dial(phone)} dir="ltr">${phone}</a>
      <small>${text.hours}</small>
    </p>
  </section>
  <section class="about">
    <p>${text.made} ${page === 'adapter-check.html' ? nothing : source(page, text, settings)}</p>
    <p>
      ${page === 'adapter-check.html' ? nothing : html`<a href=${linkTo('adapter-check.html')}>${text.check}</a><br />`}
      ${page === 'form.html' ? nothing : html`<a href=${linkTo('form.html')}>${text.tryForm}</a><br />`}
      ${config ? html`<a href="${linkTo('check-in.html')}#reminder=${config.reminders[settings.adapter]}">${text.tryReminder}</a>` : nothing}
    </p>
  </section>
`;

/** Says where the answers come from, and how to have them from elsewhere. */
const source = (page: Page, text: Text, { adapter }: Settings) => html`
  <span data-adapter=${adapter}>${text.sources[adapter]}</span>
  ${text.switch}:
  ${adapterNames
    .filter((name) => name !== adapter)
    .map((name) => html`<a class="other" href=${linkHere(page, { adapter: name })}>${text.adapters[name]}</a> `)}
`;

/** Where no portal is the way to go. */
export const urgent = (text: Text) => html`
  <section class="urgent">
    <h2>${text.urgent}</h2>
    <p>${text.urgentLead}</p>
  </section>
`;

/** Another way to the same, for those who would rather talk. */
export const talk = (text: Text) => html`
  <section class="card">
    <h2>${text.talk}</h2>
    <p>${text.talkLead}</p>
    <a class="button quiet" href=${dial(phone)}>${text.call} <bdi class="number">${phone}</bdi></a>
  </section>
`;

import '@clinic-widgets/elements/check-in/define.js';
import { IdleController } from '@clinic-widgets/elements/ui/idle-controller.js';
import { IdleWarning } from '@clinic-widgets/elements/ui/idle-warning.js';
import { captureScans } from '@clinic-widgets/elements/ui/scanner.js';
import { wiped } from '@clinic-widgets/elements/ui/wipe.js';
import type { SettingsEvent } from '@clinic-widgets/elements';
import { html, nothing, render } from 'lit';
import { texts } from './kiosk-text.ts';
import { sharedClinic } from './shared-clinic.ts';

const query = new URLSearchParams(location.search);
const page = document.documentElement;
const main = document.querySelector('main')!;
const start = document.querySelector<HTMLElement>('#start')!;
const footer = document.querySelector('footer')!;
const begin = () => start.querySelector<HTMLElement>('.begin');

const station = {
  kind: 'kiosk',
  deviceId: query.get('device') ?? 'lobby-1',
  locationId: query.get('location') ?? 'st-joseph',
} as const;

const USUAL: SettingsEvent['settings'] = { textSize: 'normal', contrast: false, moreTime: false };
/** How the patient wants to see it, and the step that the check-in is at. */
let settings = USUAL;
let step = '';

const shell = wiped({
  place: document.querySelector<HTMLElement>('#place')!,
  // The colors that were chosen for the portal are of no patient.
  keep: ['harbor-clinic-theme'],
  focus: begin,
  create() {
    const checkIn = document.createElement('clinic-check-in');
    Object.assign(checkIn, { station, adapter: sharedClinic(query, { device: station.deviceId }) });
    checkIn.addEventListener('clinic-visit-ended', end);
    settings = USUAL;
    checkIn.addEventListener('clinic-settings', ({ settings: chosen }) => {
      if (chosen.moreTime && !settings.moreTime) idle.giveMoreTime();
      settings = chosen;
      show();
    });
    checkIn.addEventListener('clinic-step', ({ step: next }) => {
      step = next;
      show();
    });
    // The rest of the page goes along with the language that the patient chooses.
    new MutationObserver(() => {
      page.lang = checkIn.lang || 'en';
      show();
    }).observe(checkIn, { attributeFilter: ['lang'] });
    return checkIn;
  },
});

const idle: IdleController = new IdleController(window, {
  // Shorter for who wants to see what happens.
  ...(query.has('idle') && { idle: Number(query.get('idle')) }),
  view: new IdleWarning({ language: () => page.lang }),
  // Who was still for so long may be stuck.
  onAnswer: () => shell.element.offerHelp(),
  onWipe: end,
});

captureScans(window, (code) => {
  visit();
  if (document.body.dataset['step'] === 'visit') shell.element.scanned(code);
});

/** Lets a patient begin: not before the last one is wiped, whose element may be the one that is still there. */
function visit(): void {
  if (document.body.dataset['step'] !== 'start') return;
  document.body.dataset['step'] = 'visit';
  idle.start();
  show();
  main.focus();
}

/** Nobody has to find out first how to begin. */
function askForPerson(): void {
  visit();
  if (document.body.dataset['step'] === 'visit') shell.element.offerHelp();
}

/** What does not go by itself goes with the page. */
function end(): void {
  idle.stop();
  // The start is there before the focus goes to it.
  document.body.dataset['step'] = 'wiping';
  main.scrollTo(0, 0);
  void shell.wipe().then(welcome, () => location.reload());
}

function welcome(): void {
  document.body.dataset['step'] = 'start';
  show();
  begin()?.focus();
}

function show(): void {
  const text = page.lang.startsWith('es') ? texts.es : texts.en;
  page.toggleAttribute('data-large', isLarge());
  page.toggleAttribute('data-contrast', settings.contrast);
  if (settings.contrast) main.dataset['theme'] = 'contrast';
  else delete main.dataset['theme'];
  render(
    html`<h1>Harbor Clinic</h1>
      <p class="welcome">
        <span>${texts.en.welcome}</span>
        <span lang="es">${texts.es.welcome}</span>
      </p>
      <button type="button" class="begin" @click=${visit}>
        <span>${texts.en.begin}</span>
        <span lang="es">${texts.es.begin}</span>
      </button>
      <button type="button" @click=${askForPerson}>
        <span>${texts.en.help}</span>
        <span lang="es">${texts.es.help}</span>
      </button>
      <p>
        <span>${texts.en.orDesk}</span>
        <span lang="es">${texts.es.orDesk}</span>
      </p>`,
    start,
  );
  render(
    html`<div role="group" aria-label=${text.controls}>
      ${isOffered() ? nothing : [toggle(text.larger, isLarge(), larger), toggle(text.contrast, settings.contrast, stronger)]}
      ${toggle(text.low, page.hasAttribute('data-low'), lower)}
      <span class="scroll" ?hidden=${main.scrollHeight <= main.clientHeight + 1}>
        <button type="button" @click=${() => scroll(-1)}>${text.up}</button>
        <button type="button" @click=${() => scroll(1)}>${text.down}</button>
      </span>
    </div>`,
    footer,
  );
}

/** The first screen of the check-in asks itself how it shall look. */
const isOffered = (): boolean => document.body.dataset['step'] === 'visit' && step === 'welcome';

const isLarge = (): boolean => settings.textSize !== 'normal';
const larger = (): void => shell.element.adjust({ textSize: isLarge() ? 'normal' : 'large' });
const stronger = (): void => shell.element.adjust({ contrast: !settings.contrast });

function lower(): void {
  page.toggleAttribute('data-low');
  show();
}

const toggle = (label: string, isOn: boolean, press: () => void) =>
  html`<button type="button" aria-pressed=${isOn ? 'true' : 'false'} @click=${press}>${label}</button>`;

/** Nobody has to drag. */
const scroll = (direction: number): void => main.scrollBy({ top: direction * main.clientHeight * 0.8 });

new ResizeObserver(show).observe(main);
new ResizeObserver(show).observe(document.querySelector('#place')!);
for (const type of ['contextmenu', 'dragstart']) addEventListener(type, (event) => event.preventDefault());
addEventListener('pagehide', () => shell.forget());
// A page that comes back from the browser's memory is opened anew.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());

// What a crash may have left goes first. What does not go now would not go by loading the page once more.
void shell.wipe().then(welcome, welcome);

import '@clinic-widgets/elements/check-in/define.js';
import { IdleController } from '@clinic-widgets/elements/ui/idle-controller.js';
import { IdleWarning } from '@clinic-widgets/elements/ui/idle-warning.js';
import { captureScans } from '@clinic-widgets/elements/ui/scanner.js';
import { wiped } from '@clinic-widgets/elements/ui/wipe.js';
import { html, render } from 'lit';
import { texts } from './kiosk-text.ts';
import { sharedClinic } from './shared-clinic.ts';

const query = new URLSearchParams(location.search);
const page = document.documentElement;
const main = document.querySelector('main')!;
const start = document.querySelector<HTMLElement>('#start')!;
const footer = document.querySelector('footer')!;
const begin = () => start.querySelector<HTMLElement>('button');

const station = {
  kind: 'kiosk',
  deviceId: query.get('device') ?? 'lobby-1',
  locationId: query.get('location') ?? 'st-joseph',
} as const;

const shell = wiped({
  place: document.querySelector<HTMLElement>('#place')!,
  // The colors that were chosen for the portal are of no patient.
  keep: { localStorage: ['harbor-clinic-theme'] },
  focus: begin,
  create() {
    const checkIn = document.createElement('clinic-check-in');
    Object.assign(checkIn, { station, adapter: sharedClinic(query, { device: station.deviceId }) });
    checkIn.addEventListener('clinic-visit-ended', end);
    checkIn.addEventListener('clinic-settings', ({ settings }) => {
      if (settings.moreTime) idle.giveMoreTime();
      setLook('contrast', settings.contrast);
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
  if (document.body.dataset['step'] === 'start') visit();
  shell.element.scanned(code);
});

function visit(): void {
  document.body.dataset['step'] = 'visit';
  idle.start();
  show();
  main.focus();
}

function end(): void {
  idle.stop();
  // The start is there before the focus goes to it.
  document.body.dataset['step'] = 'wiping';
  main.scrollTo(0, 0);
  delete main.dataset['theme'];
  void shell.wipe().then(() => {
    document.body.dataset['step'] = 'start';
    show();
    begin()?.focus();
  });
}

function show(): void {
  const text = page.lang.startsWith('es') ? texts.es : texts.en;
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
      <p>
        <span>${texts.en.orDesk}</span>
        <span lang="es">${texts.es.orDesk}</span>
      </p>`,
    start,
  );
  render(
    html`<div role="group" aria-label=${text.controls}>
      ${toggle('size', text.larger)} ${toggle('contrast', text.contrast)} ${toggle('low', text.low)}
      <span class="scroll" ?hidden=${main.scrollHeight <= main.clientHeight + 1}>
        <button type="button" @click=${() => scroll(-1)}>${text.up}</button>
        <button type="button" @click=${() => scroll(1)}>${text.down}</button>
      </span>
    </div>`,
    footer,
  );
}

type Look = 'size' | 'contrast' | 'low';

const toggle = (look: Look, label: string) => html`<button
  type="button"
  aria-pressed=${page.hasAttribute(`data-${look}`) ? 'true' : 'false'}
  @click=${() => setLook(look, !page.hasAttribute(`data-${look}`))}
>
  ${label}
</button>`;

function setLook(look: Look, isOn: boolean): void {
  page.toggleAttribute(`data-${look}`, isOn);
  if (page.hasAttribute('data-contrast')) main.dataset['theme'] = 'contrast';
  else delete main.dataset['theme'];
  show();
}

/** Nobody has to drag. */
const scroll = (direction: number): void => main.scrollBy({ top: direction * main.clientHeight * 0.8 });

new ResizeObserver(show).observe(main);
new ResizeObserver(show).observe(document.querySelector('#place')!);
for (const type of ['contextmenu', 'dragstart']) addEventListener(type, (event) => event.preventDefault());
addEventListener('pagehide', () => shell.forget());
// A page that comes back from the browser's memory is opened anew.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());

// What a crash may have left goes first.
end();

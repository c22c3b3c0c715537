import { cases, type World } from '@clinic-widgets/conformance';
import { type ClinicAdapter, operationNames } from '@clinic-widgets/core/adapter.js';
import { addDays, dayOf, loadTemporal } from '@clinic-widgets/core/time.js';
import { render } from 'lit';
import { check, findingOf, type Result } from './check-run.ts';
import { type CheckState, type Own, view } from './check-view.ts';
import type { Config } from './config.ts';
import { readPortal, showFrame } from './frame.ts';
import { applyTheme } from './theme.ts';

applyTheme();
const portal = await readPortal();
const { config } = portal;
showFrame('adapter-check.html', portal, 'Adapter check');
await loadTemporal();

/** How often what was found is shown while the check runs, in milliseconds. */
const PACE = 500;

/** All that is promised of one operation comes together. */
const promises = operationNames.flatMap((name) => cases.filter(({ operations }) => operations[0] === name));
const main = document.querySelector('main')!;
let state: CheckState = { step: 'asking', trouble: '', checked: undefined, own: config ? ownServers(config) : [] };
let stopped = false;

show({});
const form = document.querySelector('form')!;
const today = dayOf(new Date().toISOString(), Intl.DateTimeFormat().resolvedOptions().timeZone);
fill({ name: '', fields: { from: today, to: addDays(today, 55) } });

function show(change: Partial<CheckState>): void {
  state = { ...state, ...change };
  render(view(state, { start, stop, fill, copy }), main);
}

function stop(): void {
  stopped = true;
}

function fill({ fields }: Own): void {
  for (const [name, value] of Object.entries(fields)) {
    const control = form.elements.namedItem(name) as HTMLInputElement | RadioNodeList;
    control.value = value;
  }
}

function start(event: SubmitEvent): void {
  event.preventDefault();
  const fields = new FormData(form);
  const said = (name: string) => String(fields.get(name) ?? '').trim();
  run(said, fields.has('writes')).catch((error: unknown) => show({ step: 'ended', trouble: findingOf(error) }));
}

async function run(said: (name: string) => string, writes: boolean): Promise<void> {
  const kind = said('kind');
  const baseUrl = new URL(said('baseUrl'), location.href).href;
  const about = { kind, baseUrl, at: new Date().toISOString(), planned: promises.length };
  stopped = false;
  show({ step: 'running', trouble: '', checked: { ...about, results: [] } });
  // The button that was pressed is disabled now, and would take the focus with it.
  main.querySelector<HTMLElement>('.stop')?.focus();

  const adapter = await adapterTo(kind, baseUrl, said('token'));
  const trouble = await troubleWith(adapter);
  if (trouble) return show({ step: 'ended', trouble, checked: undefined });

  const results: Result[] = [];
  let shown = performance.now();
  for await (const result of check(promises, worldOf(adapter, said), writes)) {
    results.push(result);
    if (stopped) break;
    // The whole list is laid out and painted for each that comes: for most that takes longer than to check them.
    if (performance.now() - shown < PACE) continue;
    show({ checked: { ...about, results: [...results] } });
    shown = performance.now();
  }
  show({ step: 'ended', checked: { ...about, results } });
  main.querySelector<HTMLElement>('#results')?.focus();
}

async function adapterTo(kind: string, baseUrl: string, token: string): Promise<ClinicAdapter> {
  if (kind === 'rest') {
    const { restAdapter } = await import('@clinic-widgets/adapter-rest');
    return restAdapter({ baseUrl, ...(token && { headers: () => ({ authorization: `Bearer ${token}` }) }) });
  }
  const { fhirAdapter } = await import('@clinic-widgets/adapter-fhir');
  return fhirAdapter({ baseUrl, ...(token && { getAccessToken: () => token }) });
}

/** Nothing else is worth trying where not even the first question is answered. */
async function troubleWith(adapter: ClinicAdapter): Promise<string> {
  try {
    await adapter.describeClinic({});
    return '';
  } catch (error) {
    const hint =
      'If the address is right and the server runs, look at the console of this page: a server on another origin ' +
      'must allow this one (CORS).';
    return `The server does not say who it is. ${findingOf(error)} ${hint}`;
  }
}

function worldOf(adapter: ClinicAdapter, said: (name: string) => string): World {
  const otherPatientId = said('otherPatientId');
  const representative = { id: said('representativeId'), patientId: said('representedId') };
  return {
    adapter,
    patientId: said('patientId'),
    ...(otherPatientId && { otherPatientId }),
    ...(representative.id && representative.patientId && { representative }),
    from: said('from'),
    to: said('to'),
    now: () => new Date().toISOString(),
  };
}

function ownServers({ restBaseUrl, fhirBaseUrl }: Config): readonly Own[] {
  const people = {
    patientId: 'p-rosa',
    otherPatientId: 'p-mateo',
    representativeId: 'r-grace',
    representedId: 'p-samuel',
  };
  return [
    { name: 'The demo’s FHIR server', fields: { ...people, kind: 'fhir', baseUrl: fhirBaseUrl } },
    {
      name: 'The demo’s REST API',
      fields: { ...people, kind: 'rest', baseUrl: new URL(restBaseUrl, location.href).href },
    },
  ];
}

function copy(event: Event): void {
  const text = main.querySelector('textarea')!;
  const button = event.currentTarget as HTMLButtonElement;
  text.select();
  navigator.clipboard.writeText(text.value).then(
    () => (button.textContent = 'Copied'),
    // Not every page may write to the clipboard; the text is selected, so that the keyboard can.
    () => (button.textContent = 'Selected: press Ctrl+C'),
  );
}

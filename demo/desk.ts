import { type Attention, type CallOptions, isClinicError } from '@clinic-widgets/core';
import { dayOf, loadTemporal } from '@clinic-widgets/core/time.js';
import { html, render } from 'lit';
import { bell } from './bell.ts';
import { loadConfig } from './config.ts';
import { languageOf, placeOf, titleOf, troubles } from './desk-text.ts';
import { type DeskActions, type DeskState, isComing, view } from './desk-view.ts';
import { allOf, clinicThere, poll } from './polling.ts';
import { sharedClinic } from './shared-clinic.ts';
import { applyTheme } from './theme.ts';

/** How often the clinic is asked, and how often a call that nobody takes rings again, in milliseconds. */
const EVERY = 2000;
const RING_AGAIN = 30_000;

applyTheme();
const clinic = sharedClinic(undefined, { desk: true });
const ring = bell();
const place = document.querySelector<HTMLElement>('#desk')!;
/** What is under way: a second click does not do it twice. */
const underWay = new Set<string>();
/** What was told of, and when a call rang last. */
const told = new Set<string>();
const rang = new Map<string, number>();

let state: DeskState = {
  clinicName: 'Harbor Clinic',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  now: Date.now(),
  ...{ attention: [], arrivals: [], proposals: [], patients: [] },
  ...{ open: undefined, bellOn: false, readAt: undefined, unread: '', trouble: '' },
};

const actions: DeskActions = {
  openDesk: (open) => void act(`open ${open}`, (options) => clinic.openDesk({ open }, options)),
  async switchBell() {
    await ring.switch();
    show({ bellOn: ring.isOn() });
  },
  acknowledge: (attentionId, to) =>
    void act(`${to} ${attentionId}`, (options) => clinic.acknowledge({ attentionId, state: to }, options)),
  match: (attentionId, patientId) =>
    void act(`match ${attentionId}`, (options) => clinic.matchWalkIn({ attentionId, patientId }, options)),
  call: (appointmentId, to, kind) =>
    void act(`call ${appointmentId}`, (options) => clinic.callPatient({ appointmentId, to, kind }, options)),
  decide: ({ id, version }, decision) =>
    void act(`decide ${id}`, (options) => clinic.decideProposal({ proposal: { id, version }, decision }, options)),
  closeTrouble: () => show({ trouble: '' }),
};

render(
  html`<datalist id="rooms">${[1, 2, 3, 4, 5, 6].map((room) => html`<option value="Room ${room}"></option>`)}</datalist>
    <div></div>`,
  place,
);
show({});
const [config] = await Promise.all([loadConfig(), loadTemporal()]);
const { name, timeZone } = await clinicThere(clinic, (code) => show({ unread: troubles[code] }));
show({ clinicName: name, timeZone, patients: config?.patients ?? [] });
const reading = poll(EVERY, read);

function show(change: Partial<DeskState>): void {
  state = { ...state, ...change, now: Date.now() };
  const waiting = state.attention.filter((one) => one.state === 'waiting' && isNews(one)).length;
  document.title = `${waiting ? `(${waiting}) ` : ''}Front desk · ${state.clinicName}`;
  const card = document.activeElement?.closest<HTMLElement>('[data-id]')?.dataset['id'];
  const section = document.activeElement?.closest('section')?.getAttribute('aria-labelledby');
  render(view(state, actions), place.querySelector('div')!);
  // Whoever was at a button that is gone goes on from the next in its card, or from the list that it was in.
  if (!section || document.activeElement !== document.body) return;
  const next = card && place.querySelector<HTMLElement>(`[data-id="${CSS.escape(card)}"] button`);
  (next || document.getElementById(section))?.focus();
}

async function read(signal: AbortSignal): Promise<void> {
  const day = dayOf(new Date().toISOString(), state.timeZone);
  try {
    const [{ open }, attention, arrivals, proposals] = await Promise.all([
      clinic.describeDesk({}, { signal }),
      allOf((paging, options) => clinic.findAttention(paging, options), signal),
      allOf((paging, options) => clinic.findArrivals({ day, ...paging }, options), signal),
      allOf((paging, options) => clinic.findProposals(paging, options), signal),
    ]);
    show({ open, attention, arrivals, proposals, readAt: Date.now(), unread: '' });
    tell(attention);
  } catch (error) {
    if (!signal.aborted) show({ unread: troubles[isClinicError(error) ? error.code : 'unexpected'] });
  }
}

/** Does one thing at the clinic and reads what has become of it. */
async function act(what: string, work: (options: CallOptions) => Promise<unknown>): Promise<void> {
  if (underWay.has(what)) return;
  underWay.add(what);
  try {
    await work({ idempotencyKey: crypto.randomUUID() });
    show({ trouble: '' });
  } catch (error) {
    show({ trouble: troubles[isClinicError(error) ? error.code : 'unexpected'] });
  } finally {
    underWay.delete(what);
  }
  await reading.now();
}

/** Says what is new, once, and rings for whoever waits for a person and is not taken. */
function tell(attention: readonly Attention[]): void {
  const waiting = attention.filter((one) => one.state === 'waiting' && isNews(one));
  const fresh = waiting.filter(({ id }) => !told.has(id));
  for (const { id } of fresh) told.add(id);
  const words = (ones: readonly Attention[]) => ones.map(spoken).join(' ');
  const [danger, news] = [fresh.filter(isPressing), fresh.filter((one) => !isPressing(one))];
  if (danger.length > 0) document.querySelector('#danger')!.textContent = words(danger);
  if (news.length > 0) document.querySelector('#news')!.textContent = words(news);

  const calls = waiting.filter((one) => isComing(one) || isPressing(one));
  const due = calls.filter(({ id }) => Date.now() - (rang.get(id) ?? 0) >= RING_AGAIN);
  for (const { id } of due) rang.set(id, Date.now());
  if (due.length > 0) ring.ring();
}

/** What an arrival lacks or is to be handed, and a form with nothing flagged in it, are there to be looked at, and told to nobody. */
const isNews = ({ kind, priority }: Attention): boolean =>
  kind !== 'unfinished' && kind !== 'copy' && (kind !== 'review' || priority !== 'routine');

const isPressing = ({ priority }: Attention): boolean => priority === 'stat';

const spoken = (one: Attention): string =>
  one.kind === 'help' || one.kind === 'walk-in'
    ? `New: ${one.number ?? ''} ${titleOf(one)}. ${placeOf(one)}. ${languageOf(one)}.`
    : `New: ${titleOf(one)}.`;

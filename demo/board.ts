import type { Arrival } from '@clinic-widgets/core';
import { dayOf, loadTemporal } from '@clinic-widgets/core/time.js';
import { html, nothing, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { bell } from './bell.ts';
import { type Both, placeOf, spoken, text } from './board-text.ts';
import { allOf, clinicThere, poll } from './polling.ts';
import { sharedClinic } from './shared-clinic.ts';
import { applyTheme } from './theme.ts';

/** How often the clinic is asked, and for how long a call is marked as new, in milliseconds. */
const EVERY = 2000;
const NEW = 60_000;

/** All that is kept of an arrival: the names go no further than the answer that they came in. */
interface Ticket {
  readonly ticket: string;
  readonly state: 'waiting' | 'called' | 'moved';
  readonly to?: string;
}

interface BoardState {
  readonly clinicName: string;
  readonly tickets: readonly Ticket[];
  readonly unread: boolean;
}

applyTheme();
// Who has arrived is the desk's to know: the board is one of its screens.
const clinic = sharedClinic(undefined, { desk: true });
const chime = bell();
const place = document.querySelector<HTMLElement>('#board')!;
const news = document.querySelector<HTMLElement>('#news')!;
/** When each call was first seen. */
const seen = new Map<string, number>();
let state: BoardState = { clinicName: 'Harbor Clinic', tickets: [], unread: false };

show({});
await loadTemporal();
const { name, timeZone } = await clinicThere(clinic, () => show({ unread: true }));
show({ clinicName: name });
poll(EVERY, read);

async function read(signal: AbortSignal): Promise<void> {
  const day = dayOf(new Date().toISOString(), timeZone);
  try {
    const arrivals = await allOf((paging, options) => clinic.findArrivals({ day, ...paging }, options), signal);
    const tickets = arrivals.flatMap(ticketOf);
    tell(tickets);
    show({ tickets, unread: false });
  } catch {
    if (!signal.aborted) show({ unread: true });
  }
}

/** Where a ticket has got to; nothing of one that waits no more, or of who has none. */
function ticketOf({ ticket, state, calledTo }: Arrival): readonly Ticket[] {
  if (ticket === undefined || state === 'with-clinician') return [];
  return [{ ticket, state, ...(state !== 'waiting' && calledTo !== undefined && { to: calledTo }) }];
}

/** Says a call once, and rings for it. */
function tell(tickets: readonly Ticket[]): void {
  const fresh = tickets.filter(({ state }) => state !== 'waiting').filter((ticket) => !seen.has(keyOf(ticket)));
  for (const ticket of fresh) seen.set(keyOf(ticket), Date.now());
  if (fresh.length === 0) return;
  render(
    fresh.map((one) => inBoth(spoken(one))),
    news,
  );
  chime.ring();
}

const keyOf = ({ ticket, state, to }: Ticket): string => `${ticket} ${state} ${to}`;
const seenAt = (ticket: Ticket): number => seen.get(keyOf(ticket)) ?? 0;

function show(change: Partial<BoardState>): void {
  state = { ...state, ...change };
  document.title = `Waiting room · ${state.clinicName}`;
  render(view(state), place);
}

function view({ clinicName, tickets, unread }: BoardState): TemplateResult {
  const called = tickets.filter(({ state }) => state !== 'waiting').sort((a, b) => seenAt(b) - seenAt(a));
  const waiting = tickets.filter(({ state }) => state === 'waiting');
  return html`
    <header>
      <h1>${clinicName} <small>Waiting room</small></h1>
      <button type="button" aria-pressed=${chime.isOn() ? 'true' : 'false'} @click=${switchSound}>Sound</button>
    </header>
    <main>
      ${unread ? html`<p class="trouble">${inBoth(text.unread)}</p>` : nothing}
      <section aria-labelledby="called">
        <h2 id="called">${inBoth(text.come)}</h2>
        ${
          called.length === 0
            ? html`<p class="none">${inBoth(text.noneCalled)}</p>`
            : html`<ul class="called">
                ${repeat(called, keyOf, row)}
              </ul>`
        }
      </section>
      <section aria-labelledby="waiting">
        <h2 id="waiting">${inBoth(text.waiting)}</h2>
        ${
          waiting.length === 0
            ? html`<p class="none">${inBoth(text.noneWaiting)}</p>`
            : html`<ol class="tickets">
                ${repeat(waiting, keyOf, ({ ticket }) => html`<li>${ticket}</li>`)}
              </ol>`
        }
      </section>
    </main>
  `;
}

function inBoth({ en, es }: Both): TemplateResult {
  return html`${en} <span lang="es">${es}</span> `;
}

/** What is new is marked by a word and a frame, which stay: nothing moves or blinks. */
function row(one: Ticket): TemplateResult {
  const isNew = Date.now() - seenAt(one) < NEW;
  const place = placeOf(one.to);
  return html`
    <li data-state=${one.state} class=${isNew ? 'new' : ''}>
      <strong>${one.ticket}</strong>
      <span>
        ${inBoth(one.state === 'moved' ? text.movedTo : text.goTo)} <b>${place.en === place.es ? place.en : inBoth(place)}</b>
      </span>
      ${isNew ? html`<em>${inBoth(text.isNew)}</em>` : nothing}
    </li>
  `;
}

async function switchSound(): Promise<void> {
  await chime.switch();
  show({});
}

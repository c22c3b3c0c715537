import type { Arrival, Attention, Proposal } from '@clinic-widgets/core';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { callBys, fields, languageOf, placeOf, preparations, titleOf } from './desk-text.ts';

/** What the desk knows, and what it has said. */
export interface DeskState {
  readonly clinicName: string;
  readonly timeZone: string;
  readonly now: number;
  readonly attention: readonly Attention[];
  readonly arrivals: readonly Arrival[];
  readonly proposals: readonly Proposal[];
  readonly patients: readonly { readonly id: string; readonly name: string }[];
  /** Whether the desk is open, once that is known. */
  readonly open: boolean | undefined;
  readonly bellOn: boolean;
  /** When the lists were read last. */
  readonly readAt: number | undefined;
  /** What went wrong with the last reading, and with the last thing that was done. */
  readonly unread: string;
  readonly trouble: string;
}

/** What a member of staff may do. */
export interface DeskActions {
  readonly openDesk: (open: boolean) => void;
  readonly switchBell: () => void;
  readonly acknowledge: (attentionId: string, state: 'acknowledged' | 'done') => void;
  readonly match: (attentionId: string, patientId: string) => void;
  readonly call: (appointmentId: string, to: string, kind: 'called' | 'moved') => void;
  readonly decide: (proposal: Proposal, decision: 'accepted' | 'refused') => void;
  readonly closeTrouble: () => void;
}

/** After how long a call that nobody has taken is said to have waited too long: the kiosk tells the patient so then. */
const UNANSWERED = 30_000;

/** The whole page. */
export function view(state: DeskState, actions: DeskActions): TemplateResult {
  const of = (...kinds: Attention['kind'][]) => state.attention.filter(({ kind }) => kinds.includes(kind));
  // What somebody who is here lacks is finished where they are listed.
  const elsewhere = of('unfinished').filter(({ appointmentId }) => !state.arrivals.some(isOf(appointmentId)));
  return html`
    ${top(state, actions)}
    <main id="main" tabindex="-1">
      ${notices(state, actions)}
      <div class="columns">
        <div>
          ${list('calls', 'Calls for a person', of('help'), 'Nobody is calling.', state, actions)}
          ${list('flags', 'Safety flags', of('alert', 'review'), 'Nothing is flagged.', state, actions)}
          ${list('walk-ins', 'Walk-ins', of('walk-in'), 'Nobody without an appointment.', state, actions)}
          ${proposals(state, actions)}
          ${list('copies', 'Copies to give', of('copy'), 'No copy is wanted.', state, actions)}
          ${list('finish', 'To finish', elsewhere, 'Nothing but what is listed with the arrivals.', state, actions)}
        </div>
        <div>${arrivals(state, actions)}</div>
      </div>
    </main>
  `;
}

const isOf =
  (appointmentId: string | undefined) =>
  ({ appointment }: Arrival): boolean =>
    appointment.id === appointmentId;

const top = ({ clinicName, open, bellOn }: DeskState, { openDesk, switchBell }: DeskActions) => html`
  <header>
    <h1>Front desk <small>${clinicName}</small></h1>
    <div class="switches">
      <span role="group" aria-label="The desk">
        <button type="button" aria-pressed=${open === true ? 'true' : 'false'} @click=${() => openDesk(true)}>Desk open</button>
        <button type="button" aria-pressed=${open === false ? 'true' : 'false'} @click=${() => openDesk(false)}>Desk closed</button>
      </span>
      <button type="button" aria-pressed=${bellOn ? 'true' : 'false'} @click=${switchBell}>Bell</button>
    </div>
  </header>
`;

const notices = ({ unread, readAt, trouble, timeZone, open, bellOn }: DeskState, { closeTrouble }: DeskActions) => html`
  <div role="alert">
    ${
      unread
        ? html`<p class="trouble">
            ${unread} ${readAt === undefined ? nothing : html`What you see is from ${clock(readAt, timeZone, true)}.`} It is tried again every
            two seconds.
          </p>`
        : nothing
    }
    ${
      trouble
        ? html`<p class="trouble">
            ${trouble} <button type="button" class="small" @click=${closeTrouble}>Close</button>
          </p>`
        : nothing
    }
  </div>
  <p class="hints">
    ${open === false ? 'The desk is closed: kiosks say so, and promise nobody.' : nothing}
    ${bellOn ? nothing : 'The bell is off in this window: calls are only shown.'}
  </p>
`;

function list(
  id: string,
  title: string,
  items: readonly Attention[],
  none: string,
  state: DeskState,
  actions: DeskActions,
): TemplateResult {
  // A copy is handed over when the patient comes by, or sent in a quiet moment: it presses nobody.
  const waiting = items.filter(({ state, kind }) => state === 'waiting' && kind !== 'copy').length;
  return html`
    <section aria-labelledby=${id} class=${waiting ? 'pressing' : ''}>
      <h2 id=${id} tabindex="-1">${title} ${waiting ? html`<span class="count">${waiting} waiting</span>` : nothing}</h2>
      ${
        items.length === 0
          ? html`<p class="none">${none}</p>`
          : html`<ul>
              ${repeat(
                items,
                (one) => one.id,
                (one) => card(one, state, actions),
              )}
            </ul>`
      }
    </section>
  `;
}

function card(one: Attention, state: DeskState, actions: DeskActions): TemplateResult {
  const { id, priority, number, message, language, unfinished, kind, copyOf } = one;
  const since = state.now - Date.parse(one.at);
  const isLate = one.state === 'waiting' && kind === 'help' && !isLater(one) && since > UNANSWERED;
  const subject = subjectOf(one, state);
  const taking = isComing(one) ? 'I am coming' : 'I am on it';
  const given = copyOf?.way === 'email' ? 'Sent' : 'Handed over';
  const ending = kind === 'copy' ? given : 'Done';
  return html`
    <li class="card" data-priority=${priority} data-state=${one.state} data-id=${id} data-number=${number ?? nothing}>
      <h3>${number ? html`<span class="ticket">${number}</span> ` : nothing}${titleOf(one)}</h3>
      <p class="facts">
        ${who(one, state)}
        ${kind === 'help' || kind === 'walk-in' ? html`<span>${placeOf(one)}</span><span>${languageOf(one)}</span>` : nothing}
        <span class=${isLate ? 'late' : ''}>${ago(since)}${isLate ? ', not answered' : ''}</span>
        ${one.state === 'acknowledged' ? html`<strong>${isComing(one) ? 'Somebody is coming' : 'Somebody is on it'}</strong>` : nothing}
      </p>
      ${unfinished?.length ? html`<p>Still to do: ${unfinished.map((name) => preparations[name]).join(', ')}</p>` : nothing}
      ${message ? html`<blockquote lang=${language ?? nothing} dir="auto">${message}</blockquote>` : nothing}
      <p class="ways">
        ${
          one.state === 'waiting' && kind !== 'copy'
            ? html`<button type="button" class="button" aria-label="${taking}: ${subject}" @click=${() => actions.acknowledge(id, 'acknowledged')}>
                ${taking}
              </button>`
            : nothing
        }
        <button type="button" class="button quiet" aria-label="${ending}: ${subject}" @click=${() => actions.acknowledge(id, 'done')}>
          ${ending}
        </button>
      </p>
      ${kind === 'walk-in' ? match(one, state, actions) : nothing}
    </li>
  `;
}

/** What tells a card's buttons from those of every other card to whoever only hears them. */
const subjectOf = (one: Attention, state: DeskState): string =>
  [one.number ?? (one.patientId && nameOf(one.patientId, state)), titleOf(one)].filter(Boolean).join(', ');

/** Whether somebody stands and waits for a person. */
export const isComing = (one: Attention): boolean => one.kind === 'walk-in' || (one.kind === 'help' && !isLater(one));

/** What the patient liaison answers: nobody stands and waits for it. */
const isLater = ({ kind, priority }: Attention): boolean => kind === 'help' && priority === 'routine';

function who({ claimed, patientId }: Attention, state: DeskState): TemplateResult | typeof nothing {
  if (claimed) {
    const { name, birthDate, phone } = claimed;
    return html`<span><strong>${name}</strong> <em class="mark">not verified</em></span>
      ${birthDate ? html`<span>born ${birthDate}</span>` : nothing} ${phone ? html`<span>${phone}</span>` : nothing}`;
  }
  return patientId === undefined ? nothing : html`<strong>${nameOf(patientId, state)}</strong>`;
}

const nameOf = (patientId: string, { arrivals, patients }: DeskState): string =>
  arrivals.find(({ appointment }) => appointment.patientId === patientId)?.name ??
  patients.find(({ id }) => id === patientId)?.name ??
  patientId;

function match({ id, number }: Attention, state: DeskState, actions: DeskActions): TemplateResult {
  const matched = (event: SubmitEvent) => {
    event.preventDefault();
    const patientId = new FormData(event.currentTarget as HTMLFormElement).get('patient');
    if (patientId) actions.match(id, String(patientId));
  };
  return html`
    <form class="inline" @submit=${matched}>
      <label for="match-${id}">Patient (ID checked)</label>
      <select id="match-${id}" name="patient" required>
        <option value="">Choose a patient</option>
        ${known(state).map((one) => html`<option value=${one.id}>${one.name}</option>`)}
      </select>
      <button class="button quiet" aria-label="Match ${number ?? 'the walk-in'}">Match</button>
    </form>
  `;
}

/** Whom the desk knows of, by name. */
function known({ arrivals, patients }: DeskState): readonly { readonly id: string; readonly name: string }[] {
  const all = new Map(patients.map(({ id, name }) => [id, name]));
  for (const { appointment, name } of arrivals) all.set(appointment.patientId, name);
  return [...all].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
}

function arrivals(state: DeskState, actions: DeskActions): TemplateResult {
  return html`
    <section aria-labelledby="arrivals">
      <h2 id="arrivals" tabindex="-1">Arrivals <small>in the order of arrival</small></h2>
      ${
        state.arrivals.length === 0
          ? html`<p class="none">Nobody has arrived yet.</p>`
          : html`<ol>
              ${repeat(
                state.arrivals,
                ({ appointment }) => appointment.id,
                (one) => arrival(one, state, actions),
              )}
            </ol>`
      }
    </section>
  `;
}

function arrival(one: Arrival, state: DeskState, { call, acknowledge }: DeskActions): TemplateResult {
  const own = state.attention.filter(({ appointmentId }) => isOf(appointmentId)(one));
  const open = own.find(({ kind }) => kind === 'unfinished');
  const copies = own.flatMap(({ copyOf }) => (copyOf?.way === 'paper' ? copyOf.title : []));
  const { appointment, name, arrivedAt, ticket, lacks, callBy, calledTo, flags } = one;
  const { id, start, visitType, practitioner } = appointment;
  const called = (event: SubmitEvent) => {
    event.preventDefault();
    const to = String(new FormData(event.currentTarget as HTMLFormElement).get('to')).trim();
    if (to) call(id, to, calledTo === undefined ? 'called' : 'moved');
  };
  return html`
    <li class="card" data-id=${id} data-ticket=${ticket ?? nothing}>
      <h3>${ticket ? html`<span class="ticket">${ticket}</span> ` : nothing}${name}</h3>
      <p class="facts">
        ${start ? html`<span>${clock(Date.parse(start), state.timeZone)}</span>` : nothing}
        ${visitType ? html`<span>${visitType.name}</span>` : nothing} ${practitioner ? html`<span>${practitioner.name}</span>` : nothing}
        <span>Arrived ${clock(Date.parse(arrivedAt), state.timeZone)}, ${ago(state.now - Date.parse(arrivedAt))}</span>
      </p>
      <p class="facts">
        ${flags > 0 ? html`<strong class="late">${flags === 1 ? '1 safety flag' : `${flags} safety flags`}</strong>` : nothing}
        <span>${lacks.length > 0 ? `Still to do: ${lacks.map((what) => preparations[what]).join(', ')}` : 'Nothing left to do'}</span>
        ${callBy ? html`<span>Call by: ${callBys[callBy]}</span>` : nothing}
        ${copies.length > 0 ? html`<span>To hand over: ${copies.join(', ')}</span>` : nothing}
        ${whereabouts(one)}
      </p>
      <form class="inline" @submit=${called}>
        <label for="to-${id}">To</label>
        <input id="to-${id}" name="to" required maxlength="100" autocomplete="off" list="rooms" placeholder="Room 4" />
        <button class="button" aria-label="${calledTo === undefined ? 'Call' : 'Move'} ${ticket ?? name}">
          ${calledTo === undefined ? 'Call' : 'Move'}
        </button>
        ${
          open
            ? html`<button
                type="button"
                class="button quiet"
                aria-label="All finished for ${ticket ?? name}"
                @click=${() => acknowledge(open.id, 'done')}
              >
                All finished
              </button>`
            : nothing
        }
      </form>
    </li>
  `;
}

function whereabouts({ state, calledTo }: Arrival): TemplateResult | typeof nothing {
  if (state === 'with-clinician') return html`<strong>With a clinician</strong>`;
  return calledTo === undefined ? nothing : html`<strong>Called to ${calledTo}</strong>`;
}

const proposals = (state: DeskState, actions: DeskActions) => html`
  <section aria-labelledby="proposals">
    <h2 id="proposals" tabindex="-1">Changes to accept</h2>
    ${
      state.proposals.length === 0
        ? html`<p class="none">No change waits.</p>`
        : html`<ul>
            ${repeat(
              state.proposals,
              ({ id }) => id,
              (one) => proposal(one, state, actions),
            )}
          </ul>`
    }
  </section>
`;

function proposal(one: Proposal, state: DeskState, { decide }: DeskActions): TemplateResult {
  const subject = `${nameOf(one.patientId, state)}: ${fields[one.field]}`;
  // Nobody takes a name or a date of birth out: it was called wrong.
  const isDoubted = one.field === 'name' || one.field === 'birthDate';
  const [accept, refuse] = isDoubted ? ['Put right', 'It is right'] : ['Accept', 'Refuse'];
  return html`
    <li class="card" data-id=${one.id} data-field=${one.field}>
      <h3>${subject}</h3>
      <p class="change">
        <span><small>${isDoubted ? 'Now' : 'From'}</small> ${one.from ?? html`<em>nothing</em>`}</span>
        ${
          isDoubted
            ? html`<strong>Called wrong. See papers, and put it right in the record.</strong>`
            : html`<span><small>To</small> <strong>${one.to ?? html`<em>nothing</em>`}</strong></span>`
        }
      </p>
      <p class="facts">
        <span>${one.representativeId === undefined ? 'By the patient' : 'By somebody who acts for the patient'}</span>
        <span>${ago(state.now - Date.parse(one.at))}</span>
      </p>
      <p class="ways">
        <button type="button" class="button" aria-label="${accept} ${subject}" @click=${() => decide(one, 'accepted')}>${accept}</button>
        <button type="button" class="button quiet" aria-label="${refuse} ${subject}" @click=${() => decide(one, 'refused')}>${refuse}</button>
      </p>
    </li>
  `;
}

/** The clinic's time of day. */
export const clock = (at: number, timeZone: string, seconds = false): string =>
  new Intl.DateTimeFormat('en-US', { timeStyle: seconds ? 'medium' : 'short', timeZone }).format(at);

function ago(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  return minutes < 90 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
}

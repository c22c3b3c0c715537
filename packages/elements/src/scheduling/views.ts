import type { Appointment, Slot, VisitType } from '@clinic-widgets/core';
import { newKey } from '@clinic-widgets/core/key.js';
import { dayOf, partOfDay } from '@clinic-widgets/core/time.js';
import { html, nothing, type TemplateResult } from 'lit';
import { fullDay, monthName, sameClock, timeOfDay, viewerZone, zoneName } from '../ui/format.ts';
import { calendar } from './calendar.ts';
import { type Action, canGoBack, canRetry, type In, isUncertain, type State } from './flow.ts';
import type { Messages } from './messages.ts';

/** What every view is given besides the state. */
export interface ViewContext {
  readonly send: (action: Action) => void;
  readonly text: Messages;
  readonly locale: string;
  readonly now: () => string;
}

/** The question or the fact that a state is about. */
export function heading(state: State, text: Messages): string {
  switch (state.step) {
    case 'starting':
      return '';
    case 'visit':
      return text.chooseVisit;
    case 'time':
      return text.chooseTime;
    case 'details':
    case 'booking':
      return text.details;
    case 'booked':
      return state.appointment.status === 'booked' ? text.booked : text.requested;
    case 'failed':
      return text.failed;
  }
}

/** What is going on, said once by the live region that outlives the steps. */
export function announcement(state: State, { text, locale }: ViewContext): string {
  switch (state.step) {
    case 'starting':
      return text.opening;
    case 'time':
      return announceTime(state, text, locale);
    case 'details':
      if (state.unheld) return state.hold ? text.unheld : '';
      if (!state.clinic.supports.includes('holdSlot')) return '';
      return state.hold ? text.held : text.holding;
    case 'booking':
      return state.clinic.requestOnly ? text.asking : text.booking;
    default:
      return '';
  }
}

function announceTime(state: In<'time'>, text: Messages, locale: string): string {
  const { day, days, slots } = state;
  if (!days || (day && !slots)) return text.looking;
  if (day && slots?.length === 0) return text.noneLeft;
  if (day) return text.freeOn(fullDay(day, locale, day.slice(0, 4)), slots!.length, Boolean(state.cursor));
  if (days.length > 0) return `${text.freeDays(monthName(state.active, locale), days.length)} ${text.pickDay}`;
  if (state.nextFree === '') return text.noneAtAll;
  return text.noneIn(monthName(state.active, locale));
}

/** What the patient sees in each state, below the heading and the live region. */
export function view(state: State, context: ViewContext): TemplateResult | typeof nothing {
  switch (state.step) {
    case 'starting':
      return nothing;
    case 'visit':
      return visits(state, context);
    case 'time':
      return times(state, context);
    case 'details':
    case 'booking':
      return details(state, context);
    case 'booked':
      return booked(state, context);
    case 'failed':
      return failed(state, context);
  }
}

function visits({ visitTypes, clinic }: In<'visit'>, { send, text }: ViewContext): TemplateResult {
  if (visitTypes.length === 0)
    return html`<p>${text.noVisits}</p>
      <p>${text.askUs(clinic.phone)}</p>`;
  return html`<ul part="choices" class="choices wide">
    ${visitTypes.map((visitType) => html`<li>${visit(visitType)}</li>`)}
  </ul>`;

  function visit(visitType: VisitType): TemplateResult {
    const { name, description, minutes, modes, orderOnly } = visitType;
    const facts = [minutes && text.minutes(minutes), ...modes.map((mode) => text.modes[mode])].filter(Boolean);
    const about = html`<strong>${name}</strong>
      ${description ? html`<span>${description}</span>` : nothing}
      <span class="hint">${orderOnly ? text.orderOnly : facts.join(' · ')}</span>`;
    if (orderOnly) return html`<div part="choice" class="choice-card">${about}</div>`;
    return html`<button part="choice" class="choice-card" @click=${() => send({ type: 'chose-visit', visitType })}>
      ${about}
    </button>`;
  }
}

function times(state: In<'time'>, context: ViewContext): TemplateResult {
  const { send, text, locale } = context;
  const { visitType, mode, nextFree, day, visitTypes } = state;
  return html`<p class="wide"><strong>${visitType.name}</strong></p>
    ${state.notice ? html`<p part="notice" class="wide" role="alert">${text.taken}</p>` : nothing}
    ${visitType.modes.length > 1 ? modes() : nothing}
    <div class="sides wide">
      ${calendar(state, context)}
      <div class="stack">
        ${
          nextFree
            ? html`<button part="button" @click=${() => send({ type: 'moved', day: nextFree })}>
                ${text.nextFree(fullDay(nextFree, locale, state.active.slice(0, 4)))}
              </button>`
            : nothing
        }
        ${nextFree === '' ? html`<p>${text.askUs(state.clinic.phone)}</p>` : nothing}
        ${day ? timesOf(state, day, context) : nothing}
      </div>
    </div>
    ${
      visitTypes.length > 1
        ? html`<button part="button" @click=${() => send({ type: 'went-back' })}>${text.changeVisit}</button>`
        : nothing
    }`;

  function modes(): TemplateResult {
    return html`<fieldset>
      <legend>${text.how}</legend>
      ${visitType.modes.map(
        (each) =>
          html`<label class="choice">
            <input
              type="radio"
              name="mode"
              .checked=${each === mode}
              @change=${() => send({ type: 'chose-mode', mode: each })}
            />
            ${text.modes[each]}
          </label>`,
      )}
    </fieldset>`;
  }
}

const PARTS = ['morning', 'afternoon', 'evening'] as const;

function timesOf(state: In<'time'>, day: string, { send, text, locale }: ViewContext): TemplateResult {
  const { slots = [], cursor, more } = state;
  const several = new Set(slots.map(({ practitioner, location }) => `${practitioner?.id} ${location?.id}`)).size > 1;
  const groups = PARTS.map((part) => ({ part, of: slots.filter((s) => partOfDay(s.start, s.timeZone) === part) }));
  // The clinic's zone is named where the reader's clock shows another time: once, or at each time where places differ.
  const zones = new Set(slots.map((slot) => foreignZone(slot, locale)));
  const [zone] = zones.size === 1 ? zones : [''];
  return html`<h3 part="heading" data-focus="times" tabindex="-1">
      ${text.timesOn(fullDay(day, locale, day.slice(0, 4)))}
    </h3>
    ${zone ? html`<p part="zone" class="hint">${text.zone(zone)}</p>` : nothing}
    ${groups.map(({ part, of }) =>
      of.length === 0
        ? nothing
        : html`<h4 id=${part}>${text.parts[part]}</h4>
            <ul part="slots" class="slots wide" aria-labelledby=${part}>
              ${of.map((slot) => html`<li>${time(slot)}</li>`)}
            </ul>`,
    )}
    ${
      cursor
        ? html`<button
            part="button"
            aria-disabled=${more ? 'true' : 'false'}
            @click=${() => send({ type: 'asked-more' })}
          >
            ${text.more}
          </button>`
        : nothing
    }`;

  function time(slot: Slot): TemplateResult {
    const { start, timeZone, practitioner, location } = slot;
    const facts = [!zone && foreignZone(slot, locale), several && practitioner?.name, several && location?.name];
    const hint = facts.filter(Boolean).join(' · ');
    return html`<button part="slot" class="slot" @click=${() => send({ type: 'chose-slot', slot, key: newKey() })}>
      ${timeOfDay(start, locale, timeZone)} ${hint ? html`<span class="hint">${hint}</span>` : nothing}
    </button>`;
  }
}

/** The name of a time's zone, where the reader's clock shows something else then. */
function foreignZone({ start, timeZone }: Pick<Slot, 'start' | 'timeZone'>, locale: string): string {
  return sameClock(start, timeZone, viewerZone()) ? '' : zoneName(start, locale, timeZone);
}

function details(state: In<'details' | 'booking'>, context: ViewContext): TemplateResult {
  const { send, text } = context;
  const { slot, visitType, mode, clinic, reason } = state;
  const busy = state.step === 'booking';
  const confirm = (event: Event) => {
    event.preventDefault();
    send({ type: 'confirmed', key: newKey() });
  };
  return html` ${summary({ ...slot, mode, visitType }, context)}
    ${
      visitType.instructions
        ? html`<h3>${text.prepare}</h3>
            <p class="prose">${visitType.instructions}</p>`
        : nothing
    }
    ${clinic.requestOnly ? html`<p>${text.willConfirm}</p>` : nothing}
    <form class="stack wide" @submit=${confirm}>
      <div class="wide">
        <label for="reason">${text.reason}</label>
        <textarea
          id="reason"
          rows="3"
          maxlength="2000"
          autocomplete="off"
          .value=${reason}
          ?readonly=${busy}
          @input=${(event: InputEvent) => send({ type: 'typed', reason: (event.target as HTMLTextAreaElement).value })}
        ></textarea>
      </div>
      <div class="row">
        <button part="button primary" aria-disabled=${busy ? 'true' : 'false'}>
          ${clinic.requestOnly ? text.ask : text.confirm}
        </button>
        ${
          busy
            ? nothing
            : html`<button part="button" type="button" @click=${() => send({ type: 'went-back' })}>
                ${text.otherTime}
              </button>`
        }
      </div>
    </form>`;
}

type Summary = Pick<Appointment, 'practitioner' | 'location' | 'timeZone'> & {
  readonly mode?: Appointment['mode'];
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly visitType?: { readonly name: string } | undefined;
};

/** What was agreed: visit, time, person and place. */
function summary(of: Summary, { text, locale }: ViewContext): TemplateResult {
  const { start, end, timeZone, location } = of;
  const day = start && fullDay(dayOf(start, timeZone), locale);
  const when = start && text.at(day!, timeOfDay(start, locale, timeZone), timeOfDay(end ?? start, locale, timeZone));
  const zone = start && foreignZone({ start, timeZone }, locale);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [text.what, of.visitType?.name],
    [text.when, when && (zone ? `${when} (${zone})` : when)],
    [text.who, of.practitioner?.name],
    [text.where, of.mode === 'in-person' || !of.mode ? placeOf(location) : undefined],
    [text.way, of.mode && text.modes[of.mode]],
  ];
  return html`<dl part="details" class="facts wide">
    ${facts.map(([name, value]) =>
      value
        ? html`<dt>${name}</dt>
            <dd>${value}</dd>`
        : nothing,
    )}
  </dl>`;
}

const placeOf = (location: Appointment['location']) =>
  location && [location.name, location.address, location.directions].filter(Boolean).join('\n');

function booked({ appointment, clinic }: In<'booked'>, context: ViewContext): TemplateResult {
  const { send, text } = context;
  return html` ${appointment.status === 'booked' ? nothing : html`<p part="notice" class="wide">${text.requestedNote}</p>`}
    ${summary(appointment, context)}
    ${
      appointment.instructions
        ? html`<h3>${text.prepare}</h3>
            <p class="prose">${appointment.instructions}</p>`
        : nothing
    }
    <p>${text.change(clinic.phone)}</p>
    <button part="button" @click=${() => send({ type: 'started-over' })}>${text.bookAnother}</button>`;
}

function failed(state: In<'failed'>, { send, text }: ViewContext): TemplateResult {
  return html`<div part="alert" class="stack wide">
      <p>${text.failures[state.error.code]}</p>
      ${isUncertain(state) ? html`<p>${text.uncertain}</p>` : nothing}
      <p>${text.askUs(state.clinic?.phone)}</p>
    </div>
    <div class="row">
      ${
        canRetry(state)
          ? html`<button part="button primary" @click=${() => send({ type: 'retried' })}>${text.retry}</button>`
          : nothing
      }
      ${
        canGoBack(state)
          ? html`<button part="button" @click=${() => send({ type: 'went-back' })}>${text.back}</button>`
          : nothing
      }
    </div>`;
}

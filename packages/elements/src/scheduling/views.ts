import type { Order, VisitType } from '@clinic-widgets/core';
import { html, nothing, type TemplateResult } from 'lit';
import { fullDay, monthName } from '../ui/format.ts';
import type { Messages } from './messages.ts';
import { canGoBack, type In, isUncertain, type State } from './state.ts';
import { isRefused } from '../ui/waiting.ts';
import { worded } from '../ui/worded.ts';
import { times } from './time-view.ts';
import type { ViewContext } from './view-context.ts';

/** Whether a state shows, or soon will, what is not needed to look at the times: it is fetched meanwhile. */
export const needsMore = (state: State): boolean =>
  state.step !== 'starting' && (state.step !== 'visit' || state.host.people.length > 1);

/** The question or the fact that a state is about. */
export function heading(state: State, { text, more }: ViewContext): string {
  switch (state.step) {
    case 'starting':
      return '';
    case 'visit':
      return text.chooseVisit;
    case 'time':
      return state.moving ? text.chooseNewTime : text.chooseTime;
    case 'appointments':
      return text.appointments;
    case 'failed':
      return text.failed;
    default:
      return more?.moreHeading(state, text) ?? '';
  }
}

/** What is going on, said once by the live region that outlives the steps. */
export function announcement(state: State, { text, locale, more }: ViewContext): string {
  switch (state.step) {
    case 'starting':
      return text.opening;
    case 'visit':
      return state.orders ? '' : text.opening;
    case 'time':
      return announceTime(state, text, locale);
    case 'failed':
      return '';
    default:
      return more ? more.moreAnnouncement(state, text) : text.loading;
  }
}

function announceTime(state: In<'time'>, text: Messages, locale: string): string {
  const { day, days, slots, seeking } = state;
  if (!days || seeking || (day && !slots)) return text.looking;
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
    case 'failed':
      return failed(state, context);
    default:
      return context.more?.moreView(state, context) ?? nothing;
  }
}

function visits(state: In<'visit'>, context: ViewContext): TemplateResult | typeof nothing {
  const { clinic, orders } = state;
  // Nothing may move from under the finger: the list is shown once all of it is known.
  if (!orders || (needsMore(state) && !context.more)) return nothing;
  // What the doctor has asked for is offered as that, not a second time as what needs asking for.
  const visitTypes = state.visitTypes.filter(
    ({ id, orderOnly }) => !orderOnly || !orders.some((o) => o.visitTypeId === id),
  );
  const { send, text } = context;
  return html`
    ${context.more?.people(state, context) ?? nothing}
    ${
      clinic.supports.includes('findAppointments')
        ? html`
      <button part="button" @click=${() => send({ type: 'opened-appointments' })}>${text.appointments}</button>`
        : nothing
    }
    ${
      orders.length === 0
        ? nothing
        : html`
      <h3>${text.orders}</h3>
      <ul part="choices" class="choices wide">${orders.map((order) => html`<li>${ordered(order)}</li>`)}</ul>
      <h3>${text.otherVisits}</h3>`
    }
    ${
      visitTypes.length === 0
        ? html`<p>${text.noVisits}</p><p>${text.callUs(clinic.phone)}</p>`
        : html`
      <ul part="choices" class="choices wide">${visitTypes.map((visitType) => html`<li>${visit(visitType)}</li>`)}</ul>`
    }`;

  function ordered(order: Order): TemplateResult {
    const visitType = state.visitTypes.find(({ id }) => id === order.visitTypeId);
    const facts = [order.orderedBy && text.orderedBy(order.orderedBy), order.visits && text.visits(order.visits)];
    const about = card(order, order.instructions, facts, order.urgency === 'urgent' ? text.urgent : '');
    if (!visitType)
      return html`<div part="choice" class="card">${about}<span>${text.callToBook(clinic.phone)}</span></div>`;
    return html`
      <button part="choice" class="card" @click=${() => send({ type: 'chose-visit', visitType, order })}>${about}</button>`;
  }

  function visit(visitType: VisitType): TemplateResult {
    const { description, minutes, modes, orderOnly, series: course } = visitType;
    const facts = orderOnly
      ? [text.orderOnly]
      : [
          minutes && text.minutes(minutes),
          course && text.visits(course.visits),
          ...modes.map((mode) => text.modes[mode]),
        ];
    const about = card(visitType, description, facts);
    if (orderOnly) return html`<div part="choice" class="card">${about}</div>`;
    return html`<button part="choice" class="card" @click=${() => send({ type: 'chose-visit', visitType })}>${about}</button>`;
  }
}

const card = (
  of: VisitType | Order,
  about: string | undefined,
  facts: readonly unknown[],
  mark = '',
): TemplateResult => html`
  <strong>${worded(of.name, of)}</strong>
  ${mark ? html`<span class="mark">${mark}</span>` : nothing}
  ${about ? html`<span>${worded(about, of)}</span>` : nothing}
  <span class="hint">${facts.filter(Boolean).join(' · ')}</span>`;

function failed(state: In<'failed'>, { send, text }: ViewContext): TemplateResult {
  return html`
    <div part="alert" class="stack wide">
      <p>${text.failures[state.error.code]}</p>
      ${isUncertain(state) ? html`<p>${text.uncertain}</p>` : nothing}
      ${'reason' in state.from ? html`<p>${text.nothingLost}</p>` : nothing}
      <p>${text.askUs(state.clinic?.phone)}</p>
    </div>
    <div class="row">
      ${
        isRefused(state.error)
          ? nothing
          : html`
        <button part="button primary" @click=${() => send({ type: 'retried' })}>${text.retry}</button>`
      }
      ${
        canGoBack(state)
          ? html`
        <button part="button" @click=${() => send({ type: 'went-back' })}>${text.back}</button>`
          : nothing
      }
    </div>`;
}

import type { Appointment, ClinicAdapter, Order, WaitingForm } from '@clinic-widgets/core';
import type { Person } from '@clinic-widgets/elements';
import { html, nothing } from 'lit';
import { until } from 'lit/directives/until.js';
import { dial, phone, places } from './clinic-facts.ts';
import { type Portal, talk, urgent } from './frame.ts';
import { linkTo } from './settings.ts';
import { type Due, dueFor } from './due.ts';

/** What waits for the reader, and the ways on. */
export function home(portal: Portal, clinic: Promise<ClinicAdapter>) {
  const { text, people } = portal;
  const due = clinic
    .then((adapter) => dueFor(people, adapter))
    .then(
      (found) => html`${next(portal, found)} ${forms(portal, found)} ${orders(portal, found)}`,
      () => html`<section class="card"><p>${text.unread}</p></section>`,
    );
  return html`
    <div class="welcome">
      <h1 tabindex="-1">${text.welcome(people[0]?.name.split(' ')[0])}</h1>
      <p class="lead">${text.lead}</p>
    </div>
    <div class="cards due">${until(due, html`<p class="card" role="status">${text.reading}</p>`)}</div>
    <div class="cards">
      <section class="card first">
        <h2>${text.book}</h2>
        <p>${text.bookLead}</p>
        <a class="button" href=${linkTo('book.html')}>${text.book}</a>
      </section>
      <section class="card">
        <h2>${text.checkIn}</h2>
        <p>${text.checkInLead}</p>
        <a class="button quiet" href=${linkTo('check-in.html')}>${text.checkInTitle}</a>
      </section>
      ${talk(text)}
    </div>
    ${urgent(text)}
    <section class="places">
      <h2>${text.places}</h2>
      <ul>
        ${places.map(
          ({ name, address, phone }) => html`
            <li>
              <h3>${name}</h3>
              <address>
                ${address.map((line) => html`<bdi>${line}</bdi><br />`)}
                <a href=${dial(phone)} dir="ltr">${phone}</a>
              </address>
            </li>
          `,
        )}
      </ul>
    </section>
  `;
}

function next({ text, settings, people }: Portal, { appointment, person }: Due) {
  return html`
    <section class="card">
      <h2>${text.next}</h2>
      ${appointment ? said(appointment) : html`<p>${text.noNext}</p>`}
      <a class="button quiet" href=${linkTo('appointments.html')}>${text.appointments}</a>
    </section>
  `;

  function said({ visitType, start, timeZone, practitioner, location }: Appointment) {
    const whose = person && person !== people[0] ? text.forWhom(person.name) : '';
    const facts = [whose, practitioner?.name, location?.name].filter(Boolean);
    return html`
      <p>
        <strong class="from-clinic">${visitType?.name}</strong><br />
        ${start ? html`${inWords(start, timeZone, localeOf(settings))}<br />` : nothing}
        <small class="from-clinic">${facts.join(' · ')}</small>
      </p>
    `;
  }
}

/** Spanish as it is written in the USA: 1:30 p.m., as in the widgets. */
const localeOf = ({ language }: Portal['settings']): string => (language === 'es' ? 'es-US' : language);

/** The day and the hour at the place, with the zone named: the reader may be elsewhere. */
const inWords = (instant: string, timeZone: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'longGeneric',
    timeZone,
  }).format(Date.parse(instant));

function forms({ text, people, settings }: Portal, due: Due) {
  if (due.forms.length === 0) return nothing;
  return html`
    <section class="card">
      <h2>${text.formsDue}</h2>
      <ul class="waiting">
        ${due.forms.map(([waiting, person]) => html`<li>${one(waiting, person)}</li>`)}
      </ul>
    </section>
  `;

  function one(waiting: readonly WaitingForm[], person: Person) {
    const another = person !== people[0];
    const link = linkTo('forms.html', another ? { for: person.patientId } : {});
    const [day] = waiting.flatMap(({ due }) => due ?? []).sort();
    return html`
      ${another ? html`<small>${text.forWhom(person.name)}</small>` : nothing}
      <a class="button quiet" href=${link}>${text.fillIn(waiting.length)}</a>
      ${day ? html`<small>${text.dueBy(dayInWords(day, localeOf(settings)))}</small>` : nothing}
    `;
  }
}

const dayInWords = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(Date.parse(day));

function orders({ text, people }: Portal, due: Due) {
  if (due.orders.length === 0) return nothing;
  return html`
    <section class="card">
      <h2>${text.orders}</h2>
      <ul class="orders">
        ${due.orders.map(([order, person]) => html`<li>${one(order, person)}</li>`)}
      </ul>
    </section>
  `;

  function one({ id, name, visitTypeId, orderedBy, urgency }: Order, person: Person) {
    const another = person !== people[0];
    const facts = [another && text.forWhom(person.name), orderedBy && text.orderedBy(orderedBy)].filter(Boolean);
    const link = linkTo('book.html', { order: id, ...(another && { for: person.patientId }) });
    return html`
      ${visitTypeId ? html`<a class="from-clinic" href=${link}>${name}</a>` : html`<strong class="from-clinic">${name}</strong>`}
      ${urgency === 'urgent' ? html`<strong class="soon">${text.soon}</strong>` : nothing}
      <small>${facts.join(' · ')}</small>
      ${visitTypeId ? nothing : html`<small>${text.callToBook} <a href=${dial(phone)} dir="ltr">${phone}</a></small>`}
    `;
  }
}

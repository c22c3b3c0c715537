import type { ClinicAdapter } from '@clinic-widgets/core';
import type { Person } from '@clinic-widgets/elements';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { type Portal, talk, urgent } from './frame.ts';
import { noteOn } from './note.ts';
import { startingWith } from './people.ts';
import { linkTo } from './settings.ts';
import type { Text } from './text.ts';

type Opens = 'booking' | 'appointments';

/** Where a visit is booked. */
export const book = (portal: Portal, clinic: Promise<ClinicAdapter>) =>
  around(portal, portal.text.bookTitle, portal.text.bookIntro, picker(portal, clinic, 'booking'));

/** Where the patient sees what they have booked. */
export const appointments = (portal: Portal, clinic: Promise<ClinicAdapter>) =>
  around(portal, portal.text.appointments, portal.text.appointmentsIntro, picker(portal, clinic, 'appointments'));

/** Where forms are filled in, for one person at a time. */
export const forms = (portal: Portal, clinic: Promise<ClinicAdapter>) =>
  around(portal, portal.text.forms, portal.text.formsIntro, form(portal, clinic));

async function around({ text }: Portal, title: string, intro: string, widget: Promise<TemplateResult>) {
  const note = noteOn(text);
  return html`
    <h1 tabindex="-1">${title}</h1>
    <p class="lead">${intro}</p>
    <div class="columns">
      <div
        @clinic-appointment-booked=${note}
        @clinic-appointment-rescheduled=${note}
        @clinic-appointment-cancelled=${note}
        @clinic-form-submitted=${note}
      >
        <div class="panel">${await widget}</div>
        <div class="note" role="status"></div>
      </div>
      <aside>${talk(text)} ${urgent(text)}</aside>
    </div>
  `;
}

async function picker({ settings, people, text }: Portal, clinic: Promise<ClinicAdapter>, opens: Opens) {
  const { patientId, forId, orderId, onSite } = settings;
  try {
    const [adapter] = await Promise.all([clinic, import('@clinic-widgets/elements/define.js')]);
    // Told the same people again, the picker would start over: another language is no reason to.
    const inOrder = guard([patientId, forId], () => startingWith(forId, people));
    return html`
      <clinic-provider .adapter=${adapter}>
        <clinic-appointment-picker
          .people=${inOrder}
          order-id=${orderId}
          opens=${opens}
          ?on-site=${onSite}
        ></clinic-appointment-picker>
      </clinic-provider>
    `;
  } catch {
    return html`<p>${text.unconnected}</p>`;
  }
}

async function form({ settings, people, text }: Portal, clinic: Promise<ClinicAdapter>) {
  const { forId, formId, visitId, paging, onSite } = settings;
  const person = startingWith(forId, people)[0]!;
  try {
    const [adapter] = await Promise.all([clinic, import('@clinic-widgets/elements/define.js')]);
    return html`
      ${people.length > 1 ? whose(people, person, text) : nothing}
      <clinic-provider .adapter=${adapter}>
        <clinic-form
          patient-id=${person.patientId}
          representative-id=${person.representativeId ?? ''}
          form-id=${formId}
          appointment-id=${visitId}
          paging=${paging}
          ?on-site=${onSite}
          .drafts=${onSite ? undefined : localStorage}
        ></clinic-form>
      </clinic-provider>
      ${onSite ? nothing : html`<p class="kept">${text.formsKept}</p>`}
    `;
  } catch {
    return html`<p>${text.formsUnconnected}</p>`;
  }
}

const whose = (people: readonly Person[], chosen: Person, text: Text) => html`
  <nav class="whose" aria-label=${text.formsOf}>
    ${people.map(
      (person) => html`<a
        class="from-clinic"
        href=${linkTo('forms.html', { for: person.patientId })}
        aria-current=${person === chosen ? 'true' : nothing}
        >${person.name}</a
      >`,
    )}
  </nav>
`;

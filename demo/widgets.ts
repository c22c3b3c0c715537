import type { ClinicAdapter } from '@clinic-widgets/core';
import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { type Portal, talk, urgent } from './frame.ts';
import { noteOn } from './note.ts';
import { startingWith } from './people.ts';

type Opens = 'booking' | 'appointments';

/** Where a visit is booked. */
export const book = (portal: Portal, clinic: Promise<ClinicAdapter>) =>
  around(portal, portal.text.bookTitle, portal.text.bookIntro, picker(portal, clinic, 'booking'));

/** Where the patient sees what they have booked. */
export const appointments = (portal: Portal, clinic: Promise<ClinicAdapter>) =>
  around(portal, portal.text.appointments, portal.text.appointmentsIntro, picker(portal, clinic, 'appointments'));

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
      >
        <div class="panel">${await widget}</div>
        <div class="note" role="status"></div>
      </div>
      <aside>${talk(text)} ${urgent(text)}</aside>
    </div>
  `;
}

async function picker({ settings, people, text }: Portal, clinic: Promise<ClinicAdapter>, opens: Opens) {
  const { patientId, forId, orderId } = settings;
  try {
    const [adapter] = await Promise.all([clinic, import('@clinic-widgets/elements/define.js')]);
    // Told the same people again, the picker would start over: another language is no reason to.
    const inOrder = guard([patientId, forId], () => startingWith(forId, people));
    return html`
      <clinic-provider .adapter=${adapter}>
        <clinic-appointment-picker .people=${inOrder} order-id=${orderId} opens=${opens}></clinic-appointment-picker>
      </clinic-provider>
    `;
  } catch {
    return html`<p>${text.unconnected}</p>`;
  }
}

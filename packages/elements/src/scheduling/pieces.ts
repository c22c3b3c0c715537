import type { Appointment } from '@clinic-widgets/core';
import { dayOf } from '@clinic-widgets/core/time.js';
import { html, nothing, type TemplateResult } from 'lit';
import { foreignZone, fullDay, timeOfDay } from '../ui/format.ts';
import { type Worded, worded } from '../ui/worded.ts';
import type { Messages } from './messages.ts';
import type { Known } from './state.ts';
import type { ViewContext } from './view-context.ts';

interface Summary extends Worded {
  readonly visitType?: { readonly name: string } | undefined;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly timeZone: string;
  readonly practitioner?: Appointment['practitioner'];
  readonly location?: Appointment['location'];
  readonly mode?: Appointment['mode'];
}

/** "Tuesday, March 3, 2026, 9:00 AM to 9:30 AM", with the zone where the reader's clock differs. */
export function when(
  { start, end, timeZone }: Summary,
  { text, locale }: Pick<ViewContext, 'text' | 'locale'>,
): string {
  if (!start) return '';
  const time = (instant: string) => timeOfDay(instant, locale, timeZone);
  const said = text.at(fullDay(dayOf(start, timeZone), locale), time(start), time(end ?? start));
  const zone = foreignZone({ start, timeZone }, locale);
  return zone ? `${said} (${zone})` : said;
}

/** What was agreed: for whom, visit, time, person and place. */
export function summary(of: Summary, { host, person }: Known, context: ViewContext): TemplateResult {
  const { text } = context;
  const { location, mode } = of;
  const place = location && [location.name, location.address, location.directions].filter(Boolean).join('\n');
  const facts: readonly (readonly [string, string | undefined, (Worded | undefined)?])[] = [
    [text.patient, host.people.length > 1 ? person.name : ''],
    [text.what, of.visitType?.name, of],
    [text.when, when(of, context)],
    [text.who, of.practitioner?.name],
    [text.where, !mode || mode === 'in-person' ? place : '', location],
    [text.way, mode && text.modes[mode]],
  ];
  return html`
    <dl part="details" class="facts wide">
      ${facts.map(([name, value, by]) => (value ? html`<dt>${name}</dt><dd>${worded(value, by)}</dd>` : nothing))}
    </dl>`;
}

/** What to do before the visit; the clinic's words, as text. */
export const preparation = (
  of: (Worded & { readonly instructions?: string | undefined }) | undefined,
  text: Messages,
): TemplateResult | typeof nothing =>
  of?.instructions ? html`<h3>${text.prepare}</h3><p class="prose">${worded(of.instructions, of)}</p>` : nothing;

/** The ways on from what is done. */
export const after = ({ clinic }: Pick<Known, 'clinic'>, { send, text }: ViewContext): TemplateResult => html`
  <div class="row">
    <button part="button" @click=${() => send({ type: 'started-over' })}>${text.bookVisit}</button>
    ${
      clinic.supports.includes('findAppointments')
        ? html`
      <button part="button" @click=${() => send({ type: 'opened-appointments' })}>${text.appointments}</button>`
        : nothing
    }
  </div>`;

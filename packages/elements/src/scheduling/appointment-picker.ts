import type { Appointment, Clinic, ClinicAdapter, Need } from '@clinic-widgets/core';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { AdapterController } from '../ui/clinic-context.ts';
import { controls } from '../ui/controls.ts';
import { FlowController } from '../ui/flow-controller.ts';
import { PartController } from '../ui/part-controller.ts';
import { TextController } from '../ui/text-controller.ts';
import { tokens } from '../ui/tokens.ts';
import { appointmentFlow } from './flow.ts';
import { focusAfter } from './focus.ts';
import { type Messages, messages } from './messages.ts';
import { eventsOf } from './picker-events.ts';
import type { ViewContext } from './view-context.ts';
import type { Host, Person, State } from './state.ts';
import { styles } from './styles.ts';
import { announcement, heading, needsMore, view } from './views.ts';

/** What can change without starting over. */
const STEADY: ReadonlySet<PropertyKey> = new Set(['adapter', 'messages', 'now']);
// In a class field the compiler would leave the names of the files as they are.
const loadCalendarFile = () => import('./calendar-file.ts');
const loadMore = () => import('./more-views.ts');
const languages = { es: async () => (await import('./messages.es.ts')).messages };

/**
 * Lets a patient book a visit, or a series of them, see what they have booked, move it and call it off.
 *
 * @tag clinic-appointment-picker
 * @fires {AppointmentBookedEvent} clinic-appointment-booked - The clinic has the booking, or the request for one.
 * @fires {AppointmentRescheduledEvent} clinic-appointment-rescheduled - An appointment has moved to another time.
 * @fires {AppointmentCancelledEvent} clinic-appointment-cancelled - An appointment is off.
 * @fires {AlertRaisedEvent} clinic-alert-raised - Staff have been told of an answer that cannot wait.
 * @fires {FormSubmittedEvent} clinic-form-submitted - The clinic has the answers to the questions before a visit.
 * @fires {FormProblemEvent} clinic-form-problem - Something of the questions before a visit could not be used.
 * @fires {StepEvent} clinic-step - Another step is shown.
 * @fires {FailureEvent} clinic-error - Something failed; `code` says what.
 * @csspart heading - The question being asked, and what stands above a list.
 * @csspart status - What is going on; read out as it changes.
 * @csspart choices - The visits to choose from.
 * @csspart choice - One visit.
 * @csspart calendar - The month.
 * @csspart day - One day; one with times is also `free`.
 * @csspart slots - The free times of a part of the day.
 * @csspart slot - One free time.
 * @csspart zone - The clinic's time zone, where the reader's is another.
 * @csspart details - What is about to be booked, or has been.
 * @csspart series - The visits of a series.
 * @csspart appointments - What the patient has before them.
 * @csspart appointment - One appointment.
 * @csspart progress - How far the patient has come with the questions before a visit.
 * @csspart group - Such questions under a heading.
 * @csspart question - One such question.
 * @csspart text - Words between them.
 * @csspart error - What is wrong with an answer.
 * @csspart answers - The answers of a page.
 * @csspart help - Someone to talk to.
 * @csspart button - A way forward or back; the way forward is also `primary`.
 * @csspart notice - Something to know before going on.
 * @csspart alert - What went wrong.
 * @csspart emergency - What to do in an emergency.
 * @cssproperty [--clinic-color-surface=#fff] - What the widget stands on.
 * @cssproperty [--clinic-color-raised=#f1f5f9] - What can be chosen, and notices.
 * @cssproperty [--clinic-color-text=#16202c] - Words.
 * @cssproperty [--clinic-color-muted=#4a5868] - Words of less weight.
 * @cssproperty [--clinic-color-border=#76869a] - The edge of fields and choices.
 * @cssproperty [--clinic-color-accent=#0a5a9c] - The way forward.
 * @cssproperty [--clinic-color-on-accent=#fff] - Words on the way forward.
 * @cssproperty [--clinic-color-danger=#a3211a] - What went wrong.
 * @cssproperty [--clinic-space=0.5rem] - The unit of distance.
 * @cssproperty [--clinic-radius=0.5rem] - How round corners are.
 * @cssproperty [--clinic-target-size=3rem] - The least height of what can be pressed.
 * @cssproperty [--clinic-font=1rem/1.5 system-ui, sans-serif] - The font, as in the CSS shorthand.
 */
export class AppointmentPicker extends LitElement {
  static override readonly styles = [tokens, controls, styles];

  /** The clinic to book with. Left out, the nearest `clinic-provider` is asked. */
  @property({ attribute: false }) adapter: ClinicAdapter | undefined;

  /** Who the appointment is for. */
  @property({ attribute: 'patient-id' }) patientId = '';

  /** Who acts for the patient, such as a parent for a child. Left out, the patient acts. */
  @property({ attribute: 'representative-id' }) representativeId = '';

  /** Everyone the reader may book for, where that is more than one: the first is chosen. In place of `patient-id`. */
  @property({ attribute: false }) people: readonly Person[] = [];

  /** What to book. Left out, the patient chooses. */
  @property({ attribute: 'visit-type-id' }) visitTypeId = '';

  /** With whom. Left out, it does not matter. */
  @property({ attribute: 'practitioner-id' }) practitionerId = '';

  /** Where. Left out, it does not matter. */
  @property({ attribute: 'location-id' }) locationId = '';

  /** The order to book a time for. Left out, the patient chooses among theirs. */
  @property({ attribute: 'order-id' }) orderId = '';

  /** The first day to offer, `YYYY-MM-DD`. Left out, or past, it is today. */
  @property() from = '';

  /** The last day to offer, `YYYY-MM-DD`. Left out, it is a year ahead. */
  @property() to = '';

  /** What the patient is known to need at a visit; they can change it. */
  @property({ attribute: false }) needs: readonly Need[] = [];

  /** What is shown first: `booking`, or the patient's `appointments`. */
  @property() opens: 'booking' | 'appointments' = 'booking';

  /** Whether the patient is at the clinic: then an emergency is told to staff, not to call for help. */
  @property({ type: Boolean, attribute: 'on-site' }) onSite = false;

  /** Words to use instead of the built-in ones. */
  @property({ attribute: false }) messages: Partial<Messages> = {};

  /** Tells the time, as an instant. */
  @property({ attribute: false }) now: () => string = () => new Date().toISOString();

  readonly #clinic = new AdapterController(this);
  readonly #text = new TextController(this, messages, languages);
  readonly #flow = new FlowController(
    this,
    appointmentFlow(
      () => this.now(),
      () => this.#text.language,
    ),
    () => this.#clinic.value,
    this.#changed.bind(this),
  );
  /** What is not needed to look at the times is fetched meanwhile. */
  readonly #more = new PartController(this, () => needsMore(this.#flow.state), loadMore);
  #focus = '';
  /** Said in place of what the step says, until the next. */
  #notice = '';

  /** The appointment, once there is one. */
  get appointment(): Appointment | undefined {
    return this.#flow.state.step === 'booked' ? this.#flow.state.appointment : undefined;
  }

  /** Forgets the patient's choices and starts over. A time that was held is given back. */
  reset(): void {
    this.#flow.reset();
    this.#tellFlow();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if ([...changed.keys()].some((name) => !STEADY.has(name))) this.#tellFlow();
  }

  protected override render() {
    const text = this.#text.value;
    if (!this.#text.ready) return nothing;
    if (!this.#clinic.value) return html`<p part="notice" lang=${this.#text.language}>${text.notConnected}</p>`;
    if (this.#people().length === 0) return html`<p part="notice" lang=${this.#text.language}>${text.noPatient}</p>`;

    const { state } = this.#flow;
    const context = this.#context();
    const title = heading(state, context);
    return html`<div class="stack" lang=${this.#text.language}>
      ${title ? html`<h2 part="heading" data-focus="step" tabindex="-1">${title}</h2>` : nothing}
      <p part="status" role="status">${this.#more.failed ? text.failures.unavailable : this.#notice || announcement(state, context)}</p>
      ${view(state, context)}
      ${
        this.#more.failed
          ? html`<button part="button primary" @click=${this.#more.fetch}>${text.retry}</button>`
          : nothing
      }
    </div>`;
  }

  protected override updated(): void {
    const { state } = this.#flow;
    if ('triage' in state) state.triage?.part.adopt(this.renderRoot as ShadowRoot);
    // A step whose views are still on their way has no heading yet.
    const target = this.#focus ? this.renderRoot.querySelector<HTMLElement>(this.#focus) : null;
    if (!target) return;
    target.focus();
    this.#focus = '';
  }

  #context(): ViewContext {
    return {
      send: this.#flow.send,
      // English has its words in two parts; every other language has all of them in one.
      text: { ...this.#more.value?.moreMessages, ...this.#text.value } as Messages,
      locale: this.#text.locale,
      now: this.now,
      more: this.#more.value,
      saveToCalendar: this.#saveToCalendar,
    };
  }

  #people(): readonly Person[] {
    const { people, patientId, representativeId } = this;
    if (people.length > 0) return people;
    return patientId ? [{ patientId, name: '', ...(representativeId && { representativeId }) }] : [];
  }

  #tellFlow(): void {
    const { visitTypeId, practitionerId, locationId, orderId, needs, opens, onSite } = this;
    const [from, to] = [dayOrNone(this.from), dayOrNone(this.to)];
    const host: Host = {
      people: this.#people(),
      visitTypeId,
      practitionerId,
      locationId,
      orderId,
      from,
      to,
      needs,
      opens,
      onSite,
    };
    this.#flow.send({ type: 'host-changed', host });
  }

  #changed(from: State, to: State): void {
    this.#focus = focusAfter(from, to) || this.#focus;
    this.#notice = '';
    for (const event of eventsOf(from, to)) this.dispatchEvent(event);
  }

  readonly #saveToCalendar = async (appointment: Appointment, clinic: Clinic): Promise<void> => {
    try {
      const { saveCalendarFile } = await loadCalendarFile();
      saveCalendarFile(appointment, clinic, this.#context());
    } catch {
      this.#notice = this.#text.value.failures.unavailable;
      this.requestUpdate();
    }
  };
}

/** A page may write anything into an attribute: what is no day is left out. */
const dayOrNone = (day: string): string => (/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(day) ? day : '');

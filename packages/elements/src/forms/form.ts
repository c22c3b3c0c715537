import type { ClinicAdapter } from '@clinic-widgets/core';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { AdapterController } from '../ui/clinic-context.ts';
import { controls } from '../ui/controls.ts';
import { fields } from '../ui/fields.ts';
import { FlowController } from '../ui/flow-controller.ts';
import { PartController } from '../ui/part-controller.ts';
import { TextController } from '../ui/text-controller.ts';
import { tokens } from '../ui/tokens.ts';
import { eventsOf } from './events.ts';
import { formFlow } from './flow.ts';
import { type Messages, messages } from './messages.ts';
import type { State } from './state.ts';
import { styles } from './styles.ts';
import type { ViewContext } from './view-context.ts';
import { announcement, heading, headingLanguage, needsMore, view } from './views.ts';

/** What can change without starting over. */
const STEADY: ReadonlySet<PropertyKey> = new Set(['adapter', 'messages', 'now', 'drafts']);
// In a class field the compiler would leave the names of the files as they are.
const loadMore = () => import('./more-views.ts');
const loadDrafts = async (storage: Storage, now: () => string) => (await import('./drafts.ts')).draftsIn(storage, now);
const languages = { es: async () => (await import('./messages.es.ts')).messages };

/**
 * Lets a patient fill in a form: an intake, a safety check-list, a questionnaire from the care team.
 *
 * @tag clinic-form
 * @fires {FormSubmittedEvent} clinic-form-submitted - The clinic has the answers, or they wait to be sent.
 * @fires {AlertRaisedEvent} clinic-alert-raised - Staff have been told of an answer that cannot wait.
 * @fires {FormProblemEvent} clinic-form-problem - Something of the form could not be used; `reason` says what.
 * @fires {StepEvent} clinic-step - Another step is shown.
 * @fires {FailureEvent} clinic-error - Something failed; `code` says what.
 * @csspart heading - The group that the page is of, or the form.
 * @csspart status - What is going on; read out as it changes.
 * @csspart choices - The forms to choose from.
 * @csspart choice - One form.
 * @csspart progress - How far the patient has come.
 * @csspart group - Questions under a heading.
 * @csspart question - One question.
 * @csspart text - Words between the questions.
 * @csspart error - What is wrong with an answer.
 * @csspart answers - The answers of a page, to look through.
 * @csspart help - Someone to talk to.
 * @csspart button - A way forward or back; the way forward is also `primary`.
 * @csspart notice - Something to know before going on.
 * @csspart alert - What went wrong, and what cannot wait.
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
export class ClinicForm extends LitElement {
  static override readonly styles = [tokens, controls, fields, styles];

  /** The clinic that the form is of. Left out, the nearest `clinic-provider` is asked. */
  @property({ attribute: false }) adapter: ClinicAdapter | undefined;

  /** Whose answers they are. */
  @property({ attribute: 'patient-id' }) patientId = '';

  /** Who answers for the patient, such as a parent for a child. Left out, the patient does. */
  @property({ attribute: 'representative-id' }) representativeId = '';

  /** The form. Left out, the patient chooses among those that wait for them. */
  @property({ attribute: 'form-id' }) formId = '';

  /** The visit that the form is for. Left out, any. */
  @property({ attribute: 'appointment-id' }) appointmentId = '';

  /** How much is on a page: a `group`, or one `question`. */
  @property() paging: 'group' | 'question' = 'group';

  /** Whether the patient is at the clinic: then an emergency is told to staff, not to call for help. */
  @property({ type: Boolean, attribute: 'on-site' }) onSite = false;

  /** Where answers are kept that were not handed in, such as `localStorage` of the patient's own device. None on a kiosk. */
  @property({ attribute: false }) drafts: Storage | undefined;

  /** Words to use instead of the built-in ones. */
  @property({ attribute: false }) messages: Partial<Messages> = {};

  /** Tells the time, as an instant. */
  @property({ attribute: false }) now: () => string = () => new Date().toISOString();

  readonly #clinic = new AdapterController(this);
  readonly #text = new TextController(this, messages, languages);
  readonly #flow = new FlowController(
    this,
    formFlow({
      now: () => this.now(),
      drafts: () => this.#drafts(),
    }),
    () => (this.#text.ready ? this.#clinic.value : undefined),
    this.#changed.bind(this),
  );
  /** What the questions on one page may do without is fetched while the form is. */
  readonly #more = new PartController(this, () => needsMore(this.#flow.state), loadMore);
  #focus = '';
  #language = 'en';

  /** Forgets the patient, what was kept of their answers as well, and starts over. An alert that is on its way still arrives. */
  reset(): void {
    const { patientId } = this;
    this.#flow.reset();
    // Whatever opens a form next asks for what was kept later than this.
    this.#drafts()?.then(
      (drafts) => drafts.forget(patientId),
      () => undefined,
    );
    this.#tellFlow();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isOther = this.#text.ready && this.#text.language !== this.#language;
    this.#language = this.#text.ready ? this.#text.language : this.#language;
    if (isOther || [...changed.keys()].some((name) => !STEADY.has(name))) this.#tellFlow();
  }

  protected override render() {
    const text = this.#text.value;
    if (!this.#text.ready) return nothing;
    if (!this.#clinic.value) return html`<p part="notice" lang=${this.#text.language}>${text.notConnected}</p>`;
    if (!this.patientId) return html`<p part="notice" lang=${this.#text.language}>${text.noPatient}</p>`;

    const { state } = this.#flow;
    const context = this.#context(state);
    const title = heading(state, context);
    return html`<div class="stack" lang=${this.#text.language}>
      ${title ? html`<h2 part="heading" data-focus="step" tabindex="-1" dir="auto" lang=${headingLanguage(state, context)}>${title}</h2>` : nothing}
      <p part="status" role="status">${this.#more.failed ? text.failures.unavailable : announcement(state, context)}</p>
      ${view(state, context)}
      ${
        this.#more.failed
          ? html`<button part="button primary" @click=${this.#more.fetch}>${text.retry}</button>`
          : nothing
      }
    </div>`;
  }

  protected override updated(): void {
    const target = this.#focus ? this.renderRoot.querySelector<HTMLElement>(this.#focus) : null;
    if (!target) return;
    target.focus();
    this.#focus = '';
  }

  #drafts() {
    return this.drafts && loadDrafts(this.drafts, this.now);
  }

  #context(state: State): ViewContext {
    const clinic = 'clinic' in state ? state.clinic : undefined;
    return {
      send: this.#flow.send,
      // English has its words in two parts; every other language has all of them in one.
      text: { ...this.#more.value?.moreMessages, ...this.#text.value } as Messages,
      locale: this.#text.locale,
      timeZone: clinic?.timeZone ?? 'UTC',
      phone: clinic?.phone,
      now: this.now,
      more: this.#more.value,
    };
  }

  #tellFlow(): void {
    const { patientId, representativeId, formId, appointmentId, paging, onSite } = this;
    const acting = { patientId, ...(representativeId && { representativeId }) };
    const host = { acting, formId, appointmentId, language: this.#language, paging, onSite };
    this.#flow.leave();
    this.#flow.send({ type: 'host-changed', host });
  }

  #changed(from: State, to: State): void {
    this.#focus = focusAfter(from, to) || this.#focus;
    for (const event of eventsOf(from, to)) this.dispatchEvent(event);
  }
}

/** Where the focus goes: to a new page's heading, or to what is wrong on it. */
function focusAfter(from: State, to: State): string {
  if (from.step === 'starting' || to.step === 'starting') return '';
  // The one form that the page has opened is no step of the patient's.
  if (from.step === 'opening' && from.host.formId && !from.answers) return '';
  const [before, after] = ['filling' in from ? from.filling : undefined, 'filling' in to ? to.filling : undefined];
  const isWrong = after && after.troubles !== before?.troubles && Object.keys(after.troubles).length > 0;
  if (to.step === 'filling' && isWrong && (from.step !== 'filling' || after.changes === before?.changes))
    return '[data-focus=troubles]';
  if (from.step !== to.step || before?.page !== after?.page || before?.key !== after?.key)
    return to.step === 'opening' ? '' : '[data-focus=step]';
  return '';
}

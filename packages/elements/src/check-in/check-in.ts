import type { ClinicAdapter, Station } from '@clinic-widgets/core';
import { newKey } from '@clinic-widgets/core/key.js';
import { type CSSResult, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { AdapterController } from '../ui/clinic-context.ts';
import { controls } from '../ui/controls.ts';
import { fields } from '../ui/fields.ts';
import { FlowController } from '../ui/flow-controller.ts';
import { PartController } from '../ui/part-controller.ts';
import { protectedStyles } from '../ui/protected.ts';
import { TextController } from '../ui/text-controller.ts';
import { tokens } from '../ui/tokens.ts';
import { eventsOf, VisitEndedEvent } from './events.ts';
import { checkInFlow } from './flow.ts';
import { isOffered } from './calling.ts';
import { helpStatus, helpView } from './help-view.ts';
import { type Messages, messages } from './messages.ts';
import { laidOver, withDesk } from './overlay.ts';
import { loadPart } from './parts.ts';
import { pieceStyles } from './piece-styles.ts';
import { isOnSite, type Settings, type State } from './state.ts';
import { styles } from './styles.ts';
import type { ViewContext } from './view-context.ts';
import { announcement, heading, headingLanguage, isTurn, needsMore, view } from './views.ts';

// In a class field the compiler would leave the name of the file as it is.
const loadMore = () => import('./more-views.ts');
const languages = { es: async () => (await import('./messages.es.ts')).messages };

/**
 * Takes a patient from the door to the waiting room, and out again: who they are, what the clinic knows, what the visit
 * needs, where to go; at a kiosk or on a phone.
 *
 * @tag clinic-check-in
 * @fires {CheckedInEvent} clinic-checked-in - The clinic has checked the patient in, or everything is ready for the visit.
 * @fires {HelpAskedEvent} clinic-help-asked - Staff have been called.
 * @fires {PaymentRequestedEvent} clinic-payment-requested - The patient wants to pay now: the page's terminal takes over.
 * @fires {AppointmentBookedEvent} clinic-appointment-booked - The clinic has the booking of what comes next, or the request for one.
 * @fires {AlertRaisedEvent} clinic-alert-raised - Staff have been told of an answer before a booking that cannot wait.
 * @fires {FormSubmittedEvent} clinic-form-submitted - The clinic has the answers to the questions before a booking.
 * @fires {FormProblemEvent} clinic-form-problem - Something of the questions before a booking could not be used.
 * @fires {VisitEndedEvent} clinic-visit-ended - The patient is finished here: a shared device is wiped now.
 * @fires {SettingsEvent} clinic-settings - The patient wants other words, colours or more time.
 * @fires {StepEvent} clinic-step - Another step is shown.
 * @fires {FailureEvent} clinic-error - Something failed; `code` says what.
 * @csspart heading - The question of the step.
 * @csspart status - What is going on; read out as it changes.
 * @csspart choices - What can be chosen.
 * @csspart choice - One of them.
 * @csspart progress - How far the patient has come.
 * @csspart answers - What is left, and what was answered.
 * @csspart help - A way to a person.
 * @csspart emergency - What to do in danger.
 * @csspart button - A way forward or back; the way forward is also `primary`, a consent's two ways `accept` and `decline`.
 * @csspart details - What the clinic has on file.
 * @csspart source - Who says what is shown.
 * @csspart group - Questions under a heading.
 * @csspart question - One question.
 * @csspart text - Words between the questions.
 * @csspart error - What is wrong with an answer.
 * @csspart notice - Something to know before going on.
 * @csspart alert - What went wrong.
 * @csspart calendar - The month, where something is booked.
 * @csspart day - One day; one with times is also `free`.
 * @csspart slots - The free times of a part of the day.
 * @csspart slot - One free time.
 * @csspart zone - The clinic's time zone, where the reader's is another.
 * @csspart series - The visits of a series.
 * @csspart appointments - What the patient has before them, where the clinic shows it here.
 * @csspart appointment - One appointment.
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
export class ClinicCheckIn extends LitElement {
  static override readonly styles = [tokens, controls, fields, pieceStyles, styles, protectedStyles];

  /** The clinic. Left out, the nearest `clinic-provider` is asked. */
  @property({ attribute: false }) adapter: ClinicAdapter | undefined;

  /** Where the patient is: a kiosk with its id and place, or a phone. */
  @property({ attribute: false }) station: Station = { kind: 'phone' };

  /** What the link of a reminder has brought along: the patient is asked only whether they come. */
  @property({ attribute: 'reminder' }) reminder = '';

  /** The languages to choose from, by BCP 47 tag. */
  @property({ attribute: false }) languages: readonly string[] = ['en', 'es'];

  /** Words to use instead of the built-in ones. */
  @property({ attribute: false }) messages: Partial<Messages> = {};

  /** Tells the time, as an instant. */
  @property({ attribute: false }) now: () => string = () => new Date().toISOString();

  readonly #clinic = new AdapterController(this);
  readonly #text = new TextController(this, messages, languages);
  readonly #flow = new FlowController(
    this,
    checkInFlow({ load: loadPart, clock: () => Date.parse(this.now()) }),
    () => (this.#text.ready ? this.#clinic.value : undefined),
    this.#changed.bind(this),
  );
  readonly #more = new PartController(this, () => this.#flow.state.step !== 'starting', loadMore);
  /** The language that the page had before a patient chose another. */
  #ownLanguage: string | undefined;
  #partSheets: readonly CSSStyleSheet[] = [];
  #focus = '';
  #language = 'en';

  /** Forgets the patient and starts over. A call for a person that is on its way still arrives. */
  reset(): void {
    if (this.#ownLanguage) this.lang = this.#ownLanguage;
    // An empty one would say that the language is not known.
    else if (this.#ownLanguage === '') this.removeAttribute('lang');
    this.#ownLanguage = undefined;
    this.#focus = '';
    // It was the patient's, too: asked again, the next one would answer for them.
    this.removeAttribute('reminder');
    this.reminder = '';
    this.#adopt([]);
    this.#flow.reset();
    this.#tellFlow();
  }

  /** Offers a person, as to somebody who was asked whether they are still there. */
  offerHelp(): void {
    this.#flow.send({ type: 'offered-help' });
  }

  /** Shows it as the page's own controls say. */
  adjust(settings: Partial<Settings>): void {
    this.#flow.send({ type: 'set', settings });
  }

  /** Takes a code that a scanner has read. */
  scanned(text: string): void {
    this.#flow.send({ type: 'scanned', text, key: newKey() });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isOther = this.#text.ready && this.#text.language !== this.#language;
    this.#language = this.#text.ready ? this.#text.language : this.#language;
    if (isOther || changed.has('station') || changed.has('reminder')) this.#tellFlow();
  }

  protected override render() {
    const text = this.#words();
    if (!this.#text.ready) return nothing;
    if (!this.#clinic.value) return html`<p part="notice" lang=${this.#text.language}>${text.notConnected}</p>`;

    const { state } = this.#flow;
    const context = this.#context();
    const title = heading(state, context);
    const { textSize, contrast } = state.settings;
    const isLost = this.#more.failed && needsMore(state);
    return html`<div class="stack ${textSize} ${contrast ? 'contrast' : ''}" lang=${context.language}>
      ${title ? html`<h2 part="heading" data-focus="step" tabindex="-1" lang=${headingLanguage(state, context)}>${title}</h2>` : nothing}
      <p part="status" role="status" class=${isTurn(state) ? 'turn' : ''}>${isLost ? text.failures.unavailable : announcement(state, context)}</p>
      ${isLost ? html`<button part="button primary" @click=${this.#more.fetch}>${text.retry}</button>` : nothing}
      ${context.more?.deskClosed(state, context)}
      ${view(state, context)}
      <p class="unseen" role="status">${helpStatus(state, context)}</p>
      ${helpView(state, context)}
    </div>`;
  }

  protected override updated(): void {
    const target = this.#focus ? this.renderRoot.querySelector<HTMLElement>(this.#focus) : null;
    if (!target) return;
    // An offer is heard, and takes nobody out of what they are writing.
    const isOffer = this.#focus === HELP && isOffered(this.#flow.state.calling);
    if (!isOffer || !isWriting((this.renderRoot as ShadowRoot).activeElement)) target.focus();
    this.#focus = '';
  }

  #context(): ViewContext {
    return {
      send: this.#flow.send,
      text: this.#words(),
      locale: this.#text.locale,
      languages: this.languages,
      language: this.#text.language,
      choose: (language) => this.#choose(language),
      now: this.now,
      tell: (event) => this.dispatchEvent(event),
      more: this.#more.value,
      finish: () => this.#finish(),
    };
  }

  /** English has its words in two parts; every other language has all of them in one. Who is not here, or where nobody is at the desk, is told other things. */
  #words(): Messages {
    const text = { ...this.#more.value?.moreMessages, ...this.#text.value } as Messages;
    const { state } = this.#flow;
    return withDesk(isOnSite(state) ? text : laidOver(text, { ...text.away, ...text.awayLater }), state);
  }

  #choose(language: string): void {
    this.#ownLanguage ??= this.lang;
    this.lang = language;
  }

  #finish(): void {
    const ended = new VisitEndedEvent();
    this.dispatchEvent(ended);
    this.reset();
  }

  #tellFlow(): void {
    const { station, reminder } = this;
    const host = { station, language: this.#language, now: () => this.now(), ...(reminder && { reminder }) };
    this.#flow.send({ type: 'host-changed', host });
  }

  #changed(from: State, to: State): void {
    this.#adopt(to.step === 'part' ? [to.part.styles, ...(to.part.moreStyles?.(to.inner) ?? [])] : []);
    this.#focus = focusAfter(from, to) || this.#focus;
    for (const event of eventsOf(from, to)) this.dispatchEvent(event);
  }

  /** A part has its looks while it is shown: what it calls its own is called the same elsewhere. */
  #adopt(styles: readonly CSSResult[]): void {
    const sheets = styles.map(({ styleSheet }) => styleSheet!);
    if (sheets.length === this.#partSheets.length && sheets.every((one, at) => one === this.#partSheets[at])) return;
    const root = this.renderRoot as ShadowRoot;
    const others = root.adoptedStyleSheets.filter((one) => !this.#partSheets.includes(one));
    // What protects the patient has the last word.
    root.adoptedStyleSheets = [...others.slice(0, -1), ...sheets, ...others.slice(-1)];
    this.#partSheets = sheets;
  }
}

const HELP = '[data-focus=help]';
const WRONG = '[aria-invalid=true]';

/** Whether words can be typed into what has the focus. */
const isWriting = (focused: Element | null): boolean =>
  focused?.matches('textarea, input:not([type=radio], [type=checkbox])') ?? false;

/** Where the focus goes: to a new step's heading, to what has come of a call, or back to where one is made. */
function focusAfter(from: State, to: State): string {
  const isCall = from.calling?.state !== to.calling?.state && from.step === to.step;
  // In danger nothing draws the attention away from what to do.
  if (isCall && !(to.calling && to.step === 'emergency')) {
    return to.calling && 'refused' in to.calling ? `${HELP} ${WRONG}` : HELP;
  }
  // The button that asked for it is another one's now.
  if (from.step === 'challenged' && to.step === 'challenged' && from.factor !== to.factor) return '#factor';
  if (from.step === 'starting' || from.step === to.step) {
    if (from.step !== 'part' || to.step !== 'part' || from.part !== to.part) return '';
    const isOther = from.part.page(from.inner) !== to.part.page(to.inner);
    return isOther ? '[data-focus=step]' : (to.part.focus?.(from.inner, to.inner) ?? '');
  }
  // What was wrong is written again at once.
  if ((to.step === 'here' && to.trouble) || ('refused' in to && to.refused)) return WRONG;
  return to.step === 'loading' || to.step === 'finding' ? '' : '[data-focus=step]';
}

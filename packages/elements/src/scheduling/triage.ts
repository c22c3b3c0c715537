import type { ClinicAdapter, Outcome, Submission } from '@clinic-widgets/core';
import { isClinicError } from '@clinic-widgets/core/errors.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { dayOf } from '@clinic-widgets/core/time.js';
import { type CSSResult, html, nothing, type TemplateResult } from 'lit';
import { formEvents, FormSubmittedEvent } from '../forms/events.ts';
import {
  alertFailed,
  allTroubles,
  begin,
  fill,
  type Filling,
  type FillingAction,
  isTelling,
  outcomeText,
  pagesShown,
  resumed,
  withAnswerTold,
  withEmergency,
  withTroubles,
} from '../forms/filling.ts';
import { emergencyView } from '../forms/emergency-view.ts';
import { pageTitle } from '../forms/page-title.ts';
import { type Messages as FormMessages, messages } from '../forms/messages.ts';
import * as more from '../forms/more-views.ts';
import { filledIn, retold, written } from '../forms/response.ts';
import type { FormContext } from '../forms/view-context.ts';
import { styles } from '../forms/styles.ts';
import { answerTo, submissionOf } from '../forms/submitting.ts';
import { languageOf } from '../forms/words.ts';
import { fillingWork } from '../forms/work.ts';
import { withNumber } from '../ui/phone-number.ts';
import type { FlowAction, Work } from '../ui/flow.ts';
import type { Action } from './action.ts';
import { actingOf } from './requests.ts';
import type { Advice, Asking, In, Known, State, Triage } from './state.ts';
import type { ViewContext } from './view-context.ts';

export { isTelling, isUntold } from '../forms/filling.ts';

/** How the questions look. */
export const triageStyles: readonly CSSResult[] = [styles, more.partStyles];

/** Makes them look so in the picker. */
export function adopt({ adoptedStyleSheets }: ShadowRoot): void {
  for (const { styleSheet } of triageStyles) {
    if (!adoptedStyleSheets.includes(styleSheet!)) adoptedStyleSheets.push(styleSheet!);
  }
}

/** The state while the questions are asked, or after what they came to. They are there: they brought this part with them. */
type Triaged = In<'triage' | 'advised'>;
const triageOf = ({ triage }: Triaged): Triage => triage!;

const languages: { readonly [language: string]: () => Promise<FormMessages> } = {
  es: async () => (await import('../forms/messages.es.ts')).messages,
};

/** Fetches the questions of a visit, and the words to ask them with. */
export async function openTriage(
  { visitType, person, host }: Asking,
  language: string,
  adapter: ClinicAdapter,
  signal: AbortSignal,
): Promise<Extract<Action, { type: 'opened-triage' }>> {
  const query = { acting: actingOf(person), formId: visitType.triageFormId!, language };
  const words = languages[language.slice(0, 2)];
  const [form, text] = await Promise.all([
    adapter.getForm(query, { signal }),
    words?.() ?? { ...more.moreMessages, ...messages },
  ]);
  const filling = begin(form, { key: newKey(), onSite: host.onSite });
  return { type: 'opened-triage', triage: { part: await import('./triage.ts'), filling, text, language } };
}

/** Asks the questions, and goes by what they come to. `choose` shows the times. */
export function changeTriage(
  state: Triaged,
  action: Action | FlowAction,
  choose: (advice: Advice) => State,
  leave: () => State,
  now: () => string,
): State {
  if (action.type === 'opened-triage')
    return state.triage ? askedAnew(state, action.triage) : { ...state, triage: action.triage };
  const triage = triageOf(state);
  if (action.type === 'left') return withFilling(state, withAnswerTold(triage.filling), now());
  if (action.type === 'of-triage') return withFilling(state, fill(triage.filling, action.action), now());
  if (state.step === 'advised') return action.type === 'went-back' && state.outcome !== 'emergency' ? leave() : state;
  if (action.type === 'went-back') return goBack(state, leave);
  if (action.type === 'confirmed-triage') return confirm(state, now());
  if (!('key' in action) || !triage.submission || action.key !== keyOf(triage)) return state;
  if (action.type === 'changed-triage') return askedAnew(state, { ...action.triage, notice: 'changed' });
  if (action.type === 'refused-triage') return refused(state, action.troubles);
  if (action.type !== 'triaged') return state;
  // Staff are told once more: what was handed in meanwhile is asked for again after that, as the same write.
  if (isTelling(triage.filling)) return state;

  const { outcome } = triage.submission;
  const { responseId } = action;
  const words = outcome ? outcomeText(triage.filling, outcome) : [];
  switch (outcome) {
    case 'emergency':
    case 'nurse-call':
      return { ...advised(state, outcome), responseId };
    case 'same-day':
      return choose({ words, responseId, until: dayOf(now(), state.clinic.timeZone) });
    case 'video':
      return choose({ words, responseId, ...(state.visitType.modes.includes('video') && { mode: 'video' }) });
    default:
      return choose({ words, responseId });
  }
}

/** What was answered last may have to be told first; whether it was, the patient sees before anything else. */
function goBack(state: Triaged, leave: () => State): State {
  const triage = triageOf(state);
  const filling = withAnswerTold(triage.filling);
  return triage.submission || isTelling(filling) ? { ...state, triage: { ...triage, filling } } : leave();
}

/** The same questions as they are asked now, or in other words, with all that was answered and told. */
function askedAnew(state: Triaged, { part, filling: now, text, language, notice }: Triage): Triaged {
  const { submission, filling } = triageOf(state);
  const isOver = state.step === 'advised';
  // What it came to stands, though the questions be others by now.
  if (isOver && now.form.version !== filling.form.version) {
    return { ...state, triage: { ...triageOf(state), text, language } };
  }
  const was = withAnswerTold(filling);
  const { key, onSite, emergency, changes } = was;
  const given = retold(written(was.nodes).items, was.form, now.form);
  const begun = begin(now.form, { key, onSite }, filledIn(now.form, given));
  // Other questions are another write.
  const next = { ...resumed(begun, { ...was, changes: changes + 1 }), emergency };
  return { ...state, triage: { part, filling: next, text, language, notice, ...(isOver && { submission }) } };
}

/** The clinic does not accept all of the answers. */
function refused(state: Triaged, troubles: Filling['troubles']): Triaged {
  const back = backToQuestions(state);
  const { filling, ...triage } = triageOf(back);
  return { ...back, triage: { ...triage, filling: withTroubles(filling, troubles) } };
}

/** An emergency stops everything; what was answered goes on record meanwhile. */
function withFilling(state: Triaged, filling: Filling, at: string): State {
  const { notice, ...was } = triageOf(state);
  const triage: Triage = { ...was, filling, ...(was.filling.page === filling.page && { notice }) };
  if (!filling.emergency || state.step === 'advised') return { ...state, triage };
  return advised({ ...state, triage: { ...triage, submission: submit(state, filling, at) } }, 'emergency');
}

function advised(state: Triaged, outcome: Outcome): In<'advised'> {
  const { host, clinic, visitTypes, person, needs, stopped, visitType } = state;
  const of: Known = { host, clinic, visitTypes, person, needs, stopped };
  const next: In<'advised'> = { ...of, step: 'advised', visitType, outcome, triage: triageOf(state) };
  return outcome === 'emergency' ? { ...next, stopped: { ...stopped, [person.patientId]: next } } : next;
}

function confirm(state: Triaged, at: string): State {
  const filling = withEmergency(withAnswerTold(triageOf(state).filling));
  const troubles = filling.emergency ? {} : allTroubles(filling);
  if (Object.keys(troubles).length > 0) return withFilling(state, withTroubles(filling, troubles), at);
  if (filling.emergency) return withFilling(state, filling, at);
  return { ...state, triage: { ...triageOf(state), filling, submission: submit(state, filling, at) } };
}

const submit = ({ person }: Pick<Known, 'person'>, filling: Filling, authored: string): Submission =>
  submissionOf({ filling, appointmentId: '', host: { acting: actingOf(person) } }, authored);

/** Telling staff did not work: nothing follows before the patient has seen that. Nothing where it is something else. */
export function failTriage(state: Triaged, key: string): State | undefined {
  const { filling } = triageOf(state);
  if (key.startsWith('alert ')) {
    const triage = { ...triageOf(state), filling: alertFailed(filling, key.slice('alert '.length)) };
    return state.step === 'advised' ? { ...state, triage } : backToQuestions({ ...state, triage });
  }
  // What cannot be had in other words stays in those that it is in.
  if (key.startsWith('words ')) return state;
  // It is handed in again once staff have been told.
  if (key.startsWith('triage ') && isTelling(filling)) return state;
  if (!key.startsWith('work out ')) return undefined;
  return { ...state, triage: { ...triageOf(state), filling: { ...filling, workedOut: filling.changes } } };
}

/** The questions again, as if nothing had been handed in. Handed in again it is another write. */
export function backToQuestions(state: Triaged): Triaged {
  const { submission, ...triage } = triageOf(state);
  if (!submission) return state;
  const { filling } = triage;
  return { ...state, triage: { ...triage, filling: { ...filling, changes: filling.changes + 1 } } };
}

/** What the questions call for, handing them in, and asking them in the language that is wanted now. */
export function triageWork(state: Triaged, wanted: string): readonly Work<State, Action>[] {
  const { filling, submission, language } = triageOf(state);
  const acting = actingOf(state.person);
  const works = fillingWork({ filling, host: { acting, language } }, {}).map((work) => wrapped(work));
  const isSending = state.step === 'triage' && submission;
  if (language !== wanted && !isSending) works.push(translate(state, wanted));
  if (state.step === 'advised') {
    return submission && state.outcome === 'emergency' ? [...works, record(submission, `${filling.key}-e`)] : works;
  }
  // What the answers come to may lead away from here, and from what is said of telling staff.
  return isSending && !isTelling(filling) ? [...works, handIn(state, submission)] : works;
}

const keyOf = ({ filling }: Pick<Triage, 'filling'>): string => `${filling.key}-${filling.changes}`;

const wrapped = (work: Work<unknown, FillingAction>): Work<State, Action> => ({
  key: work.key,
  write: work.write ?? false,
  run: async (adapter, signal) => ({ type: 'of-triage', action: await work.run(adapter, signal) }),
});

const translate = (state: Triaged, language: string): Work<State, Action> => ({
  key: `words ${language} ${triageOf(state).filling.changes}`,
  run: (adapter, signal) => openTriage(state, language, adapter, signal),
});

/** What the clinic says of the answers is no failure: the patient goes back to them. */
function handIn(state: Triaged, submission: Submission): Work<State, Action> {
  const { filling, language } = triageOf(state);
  const key = keyOf({ filling });
  return {
    key: `triage ${key}`,
    write: true,
    async run(adapter, signal) {
      try {
        const { id } = await adapter.submitForm(submission, { signal, idempotencyKey: key });
        return { type: 'triaged', responseId: id, key };
      } catch (error) {
        const answer = isClinicError(error) ? answerTo(error, filling) : undefined;
        if (!answer) throw error;
        if (answer.type === 'refused') return { type: 'refused-triage', troubles: answer.troubles, key };
        const { triage } = await openTriage(state, language, adapter, signal);
        return { type: 'changed-triage', triage, key };
      }
    },
  };
}

/** Nobody waits for the record of an emergency. */
const record = (submission: Submission, key: string): Work<State, Action> => ({
  key: `record ${key}`,
  write: true,
  async run(adapter, signal) {
    const made = await adapter.submitForm(submission, { signal, idempotencyKey: key }).catch(() => undefined);
    return { type: 'triaged', responseId: made?.id ?? '', key };
  },
});

/** The question or the fact that it is about. */
export const triageHeading = (state: Triaged): string => {
  const { text, filling } = triageOf(state);
  if (state.step === 'triage') return pageTitle(filling, text);
  return state.outcome === 'emergency' ? text.emergency : text.sent;
};

/** The language of that: the questions may be in another than the words around them. */
export const triageHeadingLanguage = (state: Triaged, locale: string): string =>
  state.step === 'triage' ? languageOf(triageOf(state).filling, { locale }) : locale;

/** What the patient sees of it. */
export function triageView(state: Triaged, context: ViewContext): TemplateResult {
  const { text, filling, submission, notice } = triageOf(state);
  const { locale, send } = context;
  const { timeZone, phone } = state.clinic;
  const form: FormContext = {
    text,
    locale,
    timeZone,
    phone,
    more,
    send: (action) => send({ type: 'of-triage', action }),
  };
  if (state.step === 'advised') {
    if (state.outcome === 'emergency') return emergencyView(filling, form);
    return html`
      ${outcomeText(filling, state.outcome).map((words) => html`<p part="notice" class="prose wide" dir="auto" lang=${languageOf(filling, form)}>${words}</p>`)}
      <p>${withNumber(text.askUs(phone), phone, filling)}</p>
      <button part="button" @click=${() => send({ type: 'went-back' })}>${text.back}</button>`;
  }
  const pages = pagesShown(filling);
  const at = pages.findIndex(({ key }) => key === filling.page);
  const busy = submission !== undefined;
  const go = (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (at < pages.length - 1) form.send({ type: 'turned', to: 'next' });
    else send({ type: 'confirmed-triage' });
  };
  const isHeld = at <= 0 && isTelling(filling);
  const back = () => (at > 0 ? form.send({ type: 'turned', to: 'back' }) : send({ type: 'went-back' }));
  return html`
    ${notice ? html`<p part="notice" class="wide">${text.changed}</p>` : nothing}
    <form class="stack wide" novalidate autocomplete="off" @submit=${go} @focusout=${more.stays(filling, form.send)}>
      ${more.pageView(filling, form)}
      <div class="row">
        <button part="button primary" aria-disabled=${busy ? 'true' : 'false'}>${busy ? text.sending : text.next}</button>
        ${busy ? nothing : html`<button part="button" type="button" aria-disabled=${isHeld ? 'true' : 'false'} @click=${back}>${text.back}</button>`}
      </div>
    </form>
    <p class="hint">${withNumber(text.askUs(phone), phone, filling)}</p>`;
}

/** What the page is told of it. */
export function triageEvents(from: State, to: State): readonly Event[] {
  const [before, after] = [from, to].map((state) => ('triage' in state ? state.triage?.filling : undefined));
  const responseId = 'advice' in to ? to.advice?.responseId : 'responseId' in to ? to.responseId : undefined;
  const isHandedIn = from.step === 'triage' && before && responseId;
  return [...formEvents(before, after), ...(isHandedIn ? [new FormSubmittedEvent(before.form.id, responseId)] : [])];
}

/** Where the focus goes within it: to what is wrong, or to a new page. */
export function triageFocus(from: State, to: Triaged): string {
  const { filling, notice } = triageOf(to);
  const was = 'triage' in from ? from.triage : undefined;
  const before = was?.filling;
  if (!before || before.page !== filling.page || (notice && !was.notice)) return '[data-focus=step]';
  const isWrong = before.troubles !== filling.troubles && Object.keys(filling.troubles).length > 0;
  return isWrong && (was.submission || before.changes === filling.changes) ? '[data-focus=troubles]' : '';
}

import type { FormProblem } from '@clinic-widgets/core';
import { FailureEvent, StepEvent } from '../ui/events.ts';
import type { State } from './state.ts';

/** A form has been handed in. */
export class FormSubmittedEvent extends Event {
  readonly formId: string;
  /** What the clinic calls the response. */
  readonly responseId: string;

  constructor(formId: string, responseId: string) {
    super('clinic-form-submitted', { bubbles: true, composed: true });
    this.formId = formId;
    this.responseId = responseId;
  }
}

/** Staff have been told of an answer, or of an emergency. */
export class AlertRaisedEvent extends Event {
  readonly formId: string;

  constructor(formId: string) {
    super('clinic-alert-raised', { bubbles: true, composed: true });
    this.formId = formId;
  }
}

/** Something of a form could not be used. It does not bubble: it is for whoever looks after the form. */
export class FormProblemEvent extends Event {
  readonly formId: string;
  readonly reason: FormProblem['reason'];
  /** The item that it is about; empty where it is the whole form. */
  readonly linkId: string;

  constructor(formId: string, { reason, linkId = '' }: FormProblem) {
    super('clinic-form-problem');
    this.formId = formId;
    this.reason = reason;
    this.linkId = linkId;
  }
}

/** What the page is told of a step from one state to the next. */
export const eventsOf = (from: State, to: State): readonly Event[] => [
  ...(from.step === to.step ? [] : [new StepEvent(to.step)]),
  ...(to.step === 'failed' && from.step !== 'failed' ? [new FailureEvent(to.error.code)] : []),
  ...(from.step === 'sending' && to.step === 'sent' ? [new FormSubmittedEvent(to.form.id, to.responseId)] : []),
  ...formEvents(fillingIn(from), fillingIn(to)),
];

const fillingIn = (state: State) => {
  const of = state.step === 'failed' ? state.from : state;
  return 'filling' in of ? of.filling : undefined;
};

type Filled = ReturnType<typeof fillingIn>;

/** What came of a form while it was filled in, whichever widget it is part of. */
export function formEvents(from: Filled, to: Filled): readonly Event[] {
  if (!to || from === to) return [];
  const { id } = to.form;
  const isSame = from?.key === to.key;
  const told = to.alerts.filter(
    ({ key, state }) => state === 'sent' && !from?.alerts.some((one) => one.key === key && one.state === 'sent'),
  );
  const problems = to.problems.slice(isSame ? from.problems.length : 0);
  return [...told.map(() => new AlertRaisedEvent(id)), ...problems.map((problem) => new FormProblemEvent(id, problem))];
}

import type { Action } from './action.ts';
import type { FillingAction } from './filling.ts';
import type { Messages } from './messages.ts';

/** What is fetched while the form itself is: the rarer fields, and the views of what comes after the questions. */
export type MoreViews = typeof import('./more-views.ts');

/** What the views of a form are given besides the filling. */
export interface FormContext {
  readonly send: (action: FillingAction) => void;
  readonly text: Messages;
  readonly locale: string;
  /** The clinic's zone, for questions after a moment. */
  readonly timeZone: string;
  readonly phone: string | undefined;
  readonly more: MoreViews;
}

/** What the views of the whole widget are given besides the state, once a form can be shown. */
export interface OpenContext extends Omit<FormContext, 'send'> {
  readonly send: (action: Action) => void;
  readonly now: () => string;
}

/** The same from the start. */
export interface ViewContext extends Omit<OpenContext, 'more'> {
  readonly more: MoreViews | undefined;
}

import type { FillingAction } from './filling.ts';
import type { Messages } from './messages.ts';

/** What the views of a form are given besides the filling. */
export interface FormContext {
  readonly send: (action: FillingAction) => void;
  readonly text: Messages;
  readonly locale: string;
  /** The clinic's zone, for questions after a moment. */
  readonly timeZone: string;
  readonly phone: string | undefined;
}

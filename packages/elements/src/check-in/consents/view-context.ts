import type { PartContext } from '../part.ts';
import type { Messages } from './messages.ts';
import type { DecidingAction } from './state.ts';

/** What the views of documents are given besides the state. */
export interface DecidingContext extends Pick<PartContext<unknown>, 'session' | 'locale' | 'now' | 'ask'> {
  readonly text: Messages;
  readonly send: (action: DecidingAction) => void;
}

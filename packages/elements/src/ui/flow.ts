import type { ClinicAdapter } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';

/** What every flow may be told, whatever it is about. */
export type FlowAction =
  /** A piece of work could not be done. */
  | { readonly type: 'failed'; readonly key: string; readonly error: ClinicError }
  /** The element was taken out of the page, or is made to show something else. */
  | { readonly type: 'left' };

/** Something the current state calls for. It runs once while its key is present. */
export interface Work<State, Action> {
  readonly key: string;
  /** A write is let finish when its key goes; a read is aborted. */
  readonly write?: boolean;
  run(adapter: ClinicAdapter, signal: AbortSignal): Promise<Action>;
  /** Takes back what `run` did, once the key is gone; `state` is what it gave way to, nothing where the flow is over. */
  undo?(adapter: ClinicAdapter, action: Action, state: State | undefined): Promise<unknown> | undefined;
}

/** A widget's behaviour without its looks: pure functions of state. */
export interface Flow<State, Action> {
  readonly initial: State;
  /** What does not apply in a state leaves it as it is. */
  transition(state: State, action: Action | FlowAction): State;
  work(state: State): readonly Work<State, Action>[];
}

/** Resolves after so many milliseconds, or rejects as soon as the signal is aborted. */
export const wait = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });

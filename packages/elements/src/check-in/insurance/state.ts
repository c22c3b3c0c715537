import type { CoverageConfirmation, CoverageOnFile } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import type { PartEnd } from '../part.ts';

/** What a patient says of the insurance on file. */
export type Answer = CoverageConfirmation['answer'];

/** What is looked at. */
export interface Looking {
  readonly coverages: readonly CoverageOnFile[];
  /** Whether the member's numbers are shown in full. */
  readonly shown: boolean;
  /** Whether the clinic has changed something since the patient answered. */
  readonly changed: boolean;
}

interface Reading {
  readonly step: 'reading';
  /** What was looked at before, where the clinic has changed it since. */
  readonly before?: Looking | undefined;
}

interface Sending extends Looking {
  readonly step: 'sending';
  readonly answer: Answer;
  /** Made when the patient answered, so that trying again is the same write. */
  readonly key: string;
  readonly at: string;
}

/** How far it is. */
export type State =
  | Reading
  | ({ readonly step: 'looking' } & Looking)
  | Sending
  | { readonly step: 'told'; readonly answer: Answer; readonly queued: boolean }
  | { readonly step: 'ended'; readonly end: PartEnd }
  | { readonly step: 'failed'; readonly error: ClinicError; readonly from: Reading | Sending };

/** A state at one step. */
export type In<S extends State['step']> = Extract<State, { step: S }>;

/** What a patient does, or a clinic answers. */
export type Action =
  | { readonly type: 'found'; readonly coverages: readonly CoverageOnFile[] }
  | { readonly type: 'showed'; readonly shown: boolean }
  | { readonly type: 'answered'; readonly answer: Answer; readonly key: string; readonly at: string }
  | { readonly type: 'sent'; readonly key: string; readonly queued: boolean }
  | { readonly type: 'went-on' }
  | { readonly type: 'went-back' }
  | { readonly type: 'retried' };

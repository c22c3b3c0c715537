import type { Program } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import type { Action as FormAction } from '../../forms/action.ts';
import type { State as FormState } from '../../forms/state.ts';
import type { FlowAction } from '../../ui/flow.ts';
import type { Decided, Deciding, DecidingAction } from '../consents/state.ts';
import type { Action as InsuranceAction, Answer, State as InsuranceState } from '../insurance/state.ts';
import type { PartEnd } from '../part.ts';

/** What a programme takes. */
export type Stage = 'insurance' | 'forms' | 'documents';

/** What has been gathered for one programme. Nothing of it is asked again, whatever fails. */
export interface Gathered {
  readonly insurance: { readonly answer: Answer; readonly coverageIds: readonly string[] } | undefined;
  /** What the clinic calls the answers, by form. */
  readonly responseIds: Readonly<Record<string, string>>;
  readonly documents: readonly Decided[] | undefined;
}

/** What became of the last request. Nobody is told of what is left to the desk. */
export interface Note {
  readonly kind: 'sent' | 'queued' | 'changed' | 'at-desk';
  readonly programId: string;
}

/** What goes on beside the steps. */
export interface Known {
  readonly programs: readonly Program[];
  /** In which language they were asked for. */
  readonly language: string;
  readonly gathered: Readonly<Record<string, Gathered>>;
  readonly note: Note | undefined;
  /** Something is left to the desk. */
  readonly atDesk: boolean;
}

/** One programme that is being gone through. */
export interface Chosen extends Known {
  readonly program: Program;
}

interface Enrolling extends Chosen {
  readonly step: 'enrolling';
  /** Made when the patient sent it, so that trying again is the same write. */
  readonly key: string;
}

interface Finding extends Known {
  readonly step: 'finding';
}

/** How far it is. */
export type State =
  | Finding
  | ({ readonly step: 'choosing' } & Known)
  | ({ readonly step: 'overview' } & Chosen)
  | ({
      readonly step: 'insurance';
      readonly inner: InsuranceState;
      /** What was answered, until the clinic has it. */
      readonly said: Gathered['insurance'];
    } & Chosen)
  | ({ readonly step: 'form'; readonly formId: string; readonly form: FormState } & Chosen)
  | ({ readonly step: 'documents'; readonly deciding: Deciding } & Chosen)
  | Enrolling
  /** Something is missing, as the answers or the clinic say. */
  | ({ readonly step: 'incomplete'; readonly missing: readonly Stage[] } & Chosen)
  | ({ readonly step: 'failed'; readonly error: ClinicError; readonly from: Finding | Enrolling } & Known)
  | { readonly step: 'finished'; readonly end: PartEnd };

/** A state at one step. */
export type In<S extends State['step']> = Extract<State, { step: S }>;

/** What a patient does, or a clinic answers. */
export type Action =
  | { readonly type: 'found-programs'; readonly programs: readonly Program[]; readonly language: string }
  | { readonly type: 'chose'; readonly programId: string }
  | { readonly type: 'went-on' }
  | { readonly type: 'of-insurance'; readonly action: InsuranceAction }
  | { readonly type: 'of-form'; readonly action: FormAction | FlowAction }
  | { readonly type: 'of-documents'; readonly action: DecidingAction }
  | { readonly type: 'sent'; readonly key: string }
  | { readonly type: 'enrolled'; readonly key: string; readonly queued: boolean }
  | { readonly type: 'again' }
  | { readonly type: 'left-to-desk' }
  | { readonly type: 'listed' }
  | { readonly type: 'closed' }
  | { readonly type: 'retried' };

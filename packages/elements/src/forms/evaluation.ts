import type { Form, FormProblem, Value } from '@clinic-widgets/core/forms.js';
import type { Trouble } from './checks.ts';
import type { Nodes } from './tree.ts';

/** What is to be worked out. */
export interface Question {
  readonly form: Form;
  readonly nodes: Nodes;
  /** Which state of the answers it is. */
  readonly of: number;
  /** Whether the form has just been opened: only then what it begins with is worked out. */
  readonly first: boolean;
  /** The expressions that are not to be tried again. */
  readonly stopped: readonly string[];
}

/** What came of it. */
export interface Evaluation {
  readonly of: number;
  /** How many occurrences a group begins with, by place, those around it first. */
  readonly occurrences?: Readonly<Record<string, number>>;
  /** The answers that are calculated, by place. */
  readonly values: Readonly<Record<string, readonly Value[]>>;
  /** Whether an item is not to be asked, by place. */
  readonly hushed: Readonly<Record<string, boolean>>;
  readonly broken: Readonly<Record<string, Trouble>>;
  readonly problems: readonly FormProblem[];
  /** The expressions that failed or did not end. */
  readonly stopped: readonly string[];
}

/** Works out the expressions of a form. */
export type Evaluate = (question: Question, signal: AbortSignal) => Promise<Evaluation>;

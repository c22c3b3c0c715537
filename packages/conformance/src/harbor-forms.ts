import type { Form, FormOption } from '@clinic-widgets/core/forms.js';
import { intake } from './harbor-forms-intake.ts';
import { mriSafety } from './harbor-forms-mri.ts';
import { phq9 } from './harbor-forms-phq9.ts';
import { triageNewProblem } from './harbor-forms-triage.ts';

/** The words of a form in one language, around a structure that is the same in all. */
export type HarborWords = Omit<Form, 'version' | 'language'>;

/** A form that the clinic has, by language. */
export interface HarborForm {
  readonly id: string;
  readonly words: Readonly<Record<string, HarborWords>>;
}

/** A form that the care team asked a patient to fill in. */
export interface HarborFormRequest {
  readonly id: string;
  readonly patientId: string;
  readonly formId: string;
  readonly appointmentId?: string;
  /** The day by which it is wanted. */
  readonly due?: string;
}

/** What is to be filled in for every visit of a type. */
export interface HarborVisitForms {
  readonly visitTypeId: string;
  readonly formIds: readonly string[];
}

/** The options of a value set, by language. */
export type HarborOptionSet = Readonly<Record<string, readonly FormOption[]>>;

/** Every form of Harbor Clinic: samples that no clinician has approved. */
export const forms: readonly HarborForm[] = [mriSafety, intake, triageNewProblem, phq9];

/** What each visit of a type needs. */
export const visitForms: readonly HarborVisitForms[] = [
  { visitTypeId: 'mri-scan', formIds: ['mri-safety'] },
  { visitTypeId: 'check-up', formIds: ['intake'] },
  { visitTypeId: 'new-problem', formIds: ['intake'] },
];

import type { Preparation, PreparationState } from '@clinic-widgets/core/check-in.js';
import { chargesState } from './charges.ts';
import type { Asking } from './client.ts';
import { consentsStanding } from './consents.ts';
import { coveragesState } from './coverages.ts';
import { detailsState } from './details.ts';
import { receptionOf } from './reception.ts';
import type { Setting } from './setting.ts';
import type { NeedState, VisitAsked } from './visit.ts';
import { type FormStanding, formsForVisit } from './waiting-forms.ts';

/** A payer keeps nobody from being checked in, whatever the clinic calls mandatory. */
const NEVER_MANDATORY: readonly Preparation[] = ['insurance', 'payment'];

/** What a visit needs and how it stands, as who acts can see to it; what the visit has no need of is left out. */
export async function preparationsOf(setting: Setting, visit: VisitAsked, asking: Asking): Promise<PreparationState[]> {
  const { mandatory, screeningFirst } = receptionOf(setting);
  const does = (operation: string) => setting.ability.clinic.supports.includes(operation);
  const [details, insurance, forms, consents, payment] = await Promise.all([
    does('confirmDetails') ? detailsState(setting, visit, asking) : undefined,
    does('confirmCoverages') ? coveragesState(setting, visit, asking) : undefined,
    does('findForms') ? formsForVisit(setting, visit, asking) : [],
    does('recordConsent') ? consentsStanding(setting, visit, asking) : undefined,
    does('findCharges') ? chargesState(setting, visit, asking) : undefined,
  ]);
  // Of a form that is not to be had nobody can tell that it does not screen.
  const screens = ({ purpose }: FormStanding) =>
    screeningFirst && (!purpose || purpose === 'safety' || purpose === 'triage');
  const states: readonly (readonly [Preparation, NeedState])[] = [
    ['screening', formsState(forms.filter(screens))],
    ['details', details],
    ['insurance', insurance],
    ['forms', formsState(forms.filter((form) => !screens(form)))],
    ['consents', consents?.state],
    ['payment', payment],
  ];
  const isMandatory = (name: Preparation): boolean => {
    if (NEVER_MANDATORY.includes(name) || (name === 'consents' && !consents?.isMandatory)) return false;
    // Where screening is asked apart, it is no less needed than among the other forms.
    return mandatory.includes(name) || (name === 'screening' && mandatory.includes('forms'));
  };
  return states.flatMap(([name, state]) => (state ? [{ name, state, mandatory: isMandatory(name) }] : []));
}

function formsState(forms: readonly FormStanding[]): NeedState {
  if (!forms.length) return undefined;
  const left = forms.filter(({ isDone }) => !isDone);
  if (!left.length) return 'done';
  return left.some(({ purpose }) => purpose) ? 'open' : 'at-desk';
}

/** What the desk has to finish: all that is left once the patient is there, before that what was sent to it. */
export async function lacksOf(setting: Setting, visit: VisitAsked, asking: Asking): Promise<Preparation[]> {
  const { status } = visit.appointment;
  const hasArrived = status === 'arrived' || status === 'checked-in';
  if (!hasArrived && status !== 'booked') return [];
  const all = await preparationsOf(setting, visit, asking);
  return all.filter(({ state }) => (hasArrived ? state !== 'done' : state === 'at-desk')).map(({ name }) => name);
}

import type * as fhir from 'fhir/r4.js';
import type { Authority } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { dayOf } from '@clinic-widgets/core/time.js';
import { authorityOf } from './authorities.ts';
import { ensureActing, notThere } from './admission.ts';
import { visitTypeIdsIn } from './appointments.ts';
import type { Asking } from './client.ts';
import { receptionOf } from './reception.ts';
import type { Setting } from './setting.ts';

/** Who acts, for whom, and by what right. */
export interface Represented {
  readonly patient: fhir.Patient;
  readonly authority: Authority;
  /** Whether somebody acts for a patient who is old enough for that, or by no right on record: how to reach the patient is not theirs to see. */
  readonly isPrivate: boolean;
}

/** Lets those pass who may act for the patient, and says by what right. */
export async function represented(setting: Setting, acting: Acting, asking: Asking): Promise<Represented> {
  const { client, now } = setting;
  const { patientId, representativeId } = acting;
  const [patient, person] = await Promise.all([
    client.read<fhir.Patient>('Patient', patientId, asking),
    representativeId === undefined
      ? undefined
      : client.read<fhir.RelatedPerson>('RelatedPerson', representativeId, asking).catch(notThere),
  ]);
  if (representativeId === undefined) return { patient, authority: 'self', isPrivate: false };
  ensureActing(person, patientId, now);
  const authority = authorityOf(person);
  return { patient, authority, isPrivate: authority === 'unknown' || isOfAge(setting, patient) };
}

/** Whether a patient has reached the clinic's privacy age. Of whom it cannot be told, it is taken to be so. */
function isOfAge(setting: Setting, { birthDate }: fhir.Patient): boolean {
  const { ability, now } = setting;
  const age = receptionOf(setting).privacyAge;
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(`${birthDate}`) ?? [];
  if (!year) return true;
  const today = dayOf(new Date(now).toISOString(), ability.clinic.timeZone);
  return `${String(Number(year) + age).padStart(4, '0')}-${month}-${day}` <= today;
}

/** Whether somebody may know what a visit is for: above the clinic's privacy age, some are the patient's alone. */
export const maySee = (setting: Setting, who: Pick<Represented, 'isPrivate'>, visit: fhir.Appointment): boolean =>
  maySeeType(setting, who, visitTypeIdsIn(visit));

/** The same, by all that can be told of what a visit is for. */
export const maySeeType = (
  setting: Setting,
  { isPrivate }: Pick<Represented, 'isPrivate'>,
  visitTypeIds: readonly string[],
): boolean => !isPrivate || !visitTypeIds.some((id) => receptionOf(setting).privateVisitTypeIds.includes(id));

/** Lets those sign who may: for somebody whose authority nobody has looked into, the desk does. */
export function ensureKnown({ authority }: Pick<Represented, 'authority'>): void {
  if (authority === 'unknown') throw new ClinicError('forbidden', 'The authority to sign is not on record.');
}

/** Whether staff say it: a page has no desk, and what it says of itself is not believed. */
export const isStaff = ({ options }: Setting, { kind }: { readonly kind: string }): boolean =>
  kind === 'desk' && options.onServer !== undefined;

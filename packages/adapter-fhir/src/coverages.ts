import type * as fhir from 'fhir/r4.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { type CoverageConfirmation, CoverageOnFile } from '@clinic-widgets/core/details.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { isStaff, represented } from './authority.ts';
import type { Asking } from './client.ts';
import { asRead, keep, saidBefore, saidFor } from './confirmations.ts';
import { idAmong, idOf, wordsOf } from './datatypes.ts';
import { objectsIn, textOf } from './elements.ts';
import { held, LeftOut, lenient } from './lenient.ts';
import type { Write } from './once.ts';
import { pageOf, type Paging } from './paging.ts';
import { ownAppointment } from './participants.ts';
import { lastDayOf } from './periods.ts';
import { searchAll, type Setting } from './setting.ts';
import { tellUnfinished } from './unfinished.ts';
import type { NeedState, VisitAsked } from './visit.ts';

const CLASSES = 'http://terminology.hl7.org/CodeSystem/coverage-class';
/** What an identifier is: `MB` is the member's number (https://terminology.hl7.org/CodeSystem-v2-0203.html). */
const IDENTIFIER_TYPES = 'http://terminology.hl7.org/CodeSystem/v2-0203';

/**
 * What somebody is to the patient whom FHIR says that the patient is something to: a child's insurance is a parent's
 * (https://hl7.org/fhir/R4/coverage-definitions.html#Coverage.relationship).
 */
const SEEN_FROM_PATIENT: Readonly<Record<string, string>> = { child: 'parent', parent: 'child' };

/** The codes of https://terminology.hl7.org/CodeSystem-subscriber-relationship.html. */
const RELATIONSHIPS: readonly string[] = ['child', 'parent', 'spouse', 'common', 'other', 'self', 'injured'];

const codingsOf = (concept: fhir.CodeableConcept | undefined) => objectsIn<fhir.Coding>(concept?.coding);

/** An insurance that is on file, with the name of a payer that it only refers to. */
export function toCoverage(
  coverage: fhir.Coverage,
  payerOf: (id: string) => string | undefined,
  zone: string,
): CoverageOnFile {
  const { id = '', meta, status, order, period } = coverage;
  if (status === 'entered-in-error') throw new LeftOut('entered-in-error');
  const plan = planOf(coverage);
  const memberId = memberIdOf(coverage);
  const relationship = relationshipOf(coverage);
  const ends = lastDayOf(period?.end, zone);
  return held(CoverageOnFile, {
    id,
    version: meta?.versionId ?? '',
    payer: payerIn(coverage, payerOf) ?? '',
    ...(plan && { plan }),
    ...(memberId && { memberId }),
    ...(typeof order === 'number' && { order }),
    ...(relationship && { relationship }),
    ...(ends && { ends }),
  });
}

/** Who pays, by the name that is nearest; where nobody is named, what kind of insurance it is. */
function payerIn({ payor, type }: fhir.Coverage, payerOf: (id: string) => string | undefined): string | undefined {
  const payors = objectsIn<fhir.Reference>(payor);
  const shown = payors.map(({ display }) => textOf(display)).find(Boolean);
  const id = payerIdOf(payors);
  return shown ?? (id ? payerOf(id) : undefined) ?? wordsOf(type);
}

/** The organization among those who pay. */
const payerIdOf = (payors: readonly fhir.Reference[]): string | undefined => idAmong(payors, 'Organization');

function planOf({ class: classes }: fhir.Coverage): string | undefined {
  const plan = objectsIn<fhir.CoverageClass>(classes).find(({ type }) =>
    codingsOf(type).some(({ system, code }) => system === CLASSES && code === 'plan'),
  );
  return textOf(plan?.name) ?? textOf(plan?.value);
}

/** The number on the card: the member's own before that of who holds the insurance. */
function memberIdOf({ identifier, subscriberId }: fhir.Coverage): string | undefined {
  const all = objectsIn<fhir.Identifier>(identifier);
  const isMember = ({ type }: fhir.Identifier) =>
    codingsOf(type).some(({ system, code }) => system === IDENTIFIER_TYPES && code === 'MB');
  const own = all.filter(isMember).map(({ value }) => textOf(value));
  const others = all.filter(({ type }) => !type).map(({ value }) => textOf(value));
  return own.find(Boolean) ?? textOf(subscriberId) ?? others.find(Boolean);
}

function relationshipOf({ relationship }: fhir.Coverage): string | undefined {
  const code = codingsOf(relationship)
    .map((coding) => coding.code)
    .find((one) => one && RELATIONSHIPS.includes(one));
  return code && (SEEN_FROM_PATIENT[code] ?? code);
}

/** What insurances a patient has on file. */
async function coveragesOf(setting: Setting, patientId: string, asking: Asking): Promise<CoverageOnFile[]> {
  const query = [['patient', `Patient/${patientId}`] as const, ['status', 'active'] as const];
  const found = await searchAll<fhir.Coverage>(setting, 'Coverage', query, { ...asking, secret: true });
  const own = found.filter((one) => lenient(one, (coverage) => isActiveOf(coverage, patientId), setting.warn));
  const ids = own.flatMap((one) => lenient(one, payerMissing, setting.warn) ?? []);
  const payers = ids.length
    ? await searchAll<fhir.Organization>(setting, 'Organization', [['_id', [...new Set(ids)].join()]], {
        ...asking,
        tolerant: true,
      })
    : [];
  const payerOf = (id: string) => textOf(payers.find((one) => one.id === id)?.name);
  const { timeZone } = setting.ability.clinic;
  return own.flatMap((one) => lenient(one, (coverage) => toCoverage(coverage, payerOf, timeZone), setting.warn) ?? []);
}

const isActiveOf = ({ status, beneficiary, type }: fhir.Coverage, patientId: string): boolean =>
  status === 'active' &&
  idOf(beneficiary, 'Patient') === patientId &&
  // Who pays for themselves has no insurance (https://terminology.hl7.org/CodeSystem-coverage-selfpay.html).
  !codingsOf(type).some(({ system, code }) => code === 'pay' && `${system}`.endsWith('/coverage-selfpay'));

function payerMissing({ payor }: fhir.Coverage): string | undefined {
  const payors = objectsIn<fhir.Reference>(payor);
  return payors.some(({ display }) => textOf(display)) ? undefined : payerIdOf(payors);
}

/** The insurances on file, the first to be asked first. */
export async function findCoverages(
  setting: Setting,
  { acting, ...paging }: Paging & { readonly acting: Acting },
  asking: Asking,
) {
  const [found] = await Promise.all([
    coveragesOf(setting, acting.patientId, asking),
    represented(setting, acting, asking),
  ]);
  const keyOf = ({ order = 9999, id }: CoverageOnFile) => `${String(order).padStart(4, '0')}/${id}`;
  return pageOf(
    found.map((one) => [keyOf(one), one] as const),
    paging,
  );
}

/** Writes down whether the insurance on file is right; staff are told where it is not. */
export async function confirmCoverages(write: Write, input: CoverageConfirmation) {
  const { acting, station, at, appointmentId, answer } = input;
  const [earlier, who] = await Promise.all([
    saidBefore(write, 'coverage', acting),
    represented(write, acting, write.asking),
    appointmentId === undefined ? undefined : ownAppointment(write, acting.patientId, appointmentId, write.asking),
  ]);
  if (earlier) return { id: earlier, status: 'accepted' as const };

  const looked = await Promise.all(input.coverages.map((one) => coverageAt(write, one, acting.patientId)));
  if (answer !== 'confirmed') await tellUnfinished(write, input, 'insurance');
  // That there is none can be right or wrong as well.
  const targets = looked.length ? looked.map(asRead) : [`Patient/${acting.patientId}`];
  const act = answer === 'confirmed' ? ('confirmed' as const) : ('proposed' as const);
  const id = await keep(write, {
    about: 'coverage',
    acting,
    authority: who.authority,
    byStaff: isStaff(write, station),
    station,
    at,
    appointmentId,
    targets,
    entries: targets.map((what) => ({ field: 'coverage', act, what })),
  });
  return { id, status: 'accepted' as const };
}

/** An insurance of the patient's, if it still is as it was looked at. */
async function coverageAt(
  { client, asking }: Write,
  { id, version }: CoverageConfirmation['coverages'][number],
  patientId: string,
): Promise<fhir.Coverage> {
  const coverage = await client.read<fhir.Coverage>('Coverage', id, asking);
  if (idOf(coverage.beneficiary, 'Patient') !== patientId) {
    throw new ClinicError('not-found', 'There is no such insurance.');
  }
  if (version && coverage.meta?.versionId !== version) {
    throw new ClinicError('conflict', 'The insurance has changed.');
  }
  return coverage;
}

/** How the insurance stands for a visit: what was said to be wrong, or not there, is the desk's. */
export async function coveragesState(setting: Setting, visit: VisitAsked, asking: Asking): Promise<NeedState> {
  const said = await saidFor(setting, visit, 'coverage', asking);
  if (!said.length) return 'open';
  return said[0]!.act === 'confirmed' ? 'done' : 'at-desk';
}

import type * as fhir from 'fhir/r4.js';
import { VisitSummary } from '@clinic-widgets/core/check-in.js';
import { Language } from '@clinic-widgets/core/common.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { fromBase64 } from './base64.ts';
import type { Asking } from './client.ts';
import { codesOf, idAmong } from './datatypes.ts';
import { objectsIn, textOf } from './elements.ts';
import { languageIn } from './languages.ts';
import { held, lenient } from './lenient.ts';
import { searchAll, type Setting } from './setting.ts';
import type { VisitAsked } from './visit.ts';
import { SUMMARY_PARTS } from './vocabulary.ts';

type Words = Pick<VisitSummary, 'instructions' | 'warning'>;

/** Instructions for a patient, in LOINC (https://loinc.org/69730-0/). */
const INSTRUCTIONS = '69730-0';

/** Whether a document is what to do after a visit: a place may have documents of other kinds about a service. */
const isSummary = ({ type, content }: fhir.DocumentReference): boolean =>
  codesOf([type], 'http://loinc.org').includes(INSTRUCTIONS) ||
  objectsIn<fhir.DocumentReferenceContent>(content).some(({ format }) => format?.system === SUMMARY_PARTS);

/** What a document says after a visit, by language. */
export function wordsIn(document: fhir.DocumentReference): ReadonlyMap<string, Words> {
  const all = new Map<string, Words>();
  for (const { format, attachment } of objectsIn<fhir.DocumentReferenceContent>(document.content)) {
    const language = textOf(attachment.language) ?? textOf(document.language) ?? 'en';
    const words = fromBase64(attachment.data);
    // A part that names none of this package's is all that there is to say.
    const part = format?.system === SUMMARY_PARTS && format.code === 'warning' ? 'warning' : 'instructions';
    const isText = /^text\/plain\b/.test(`${attachment.contentType}`);
    if (!isText || words === undefined || !Language.safeParse(language).success) continue;
    all.set(language, { ...all.get(language), [part]: words });
  }
  return all;
}

const primary = (language: string): string => language.split('-')[0]!.toLowerCase();

/** The language asked for, or else another dialect of it, English, or the first. */
function chosen(known: readonly string[], wanted = 'en'): string | undefined {
  return (
    known.find((tag) => tag.toLowerCase() === wanted.toLowerCase()) ??
    known.find((tag) => primary(tag) === primary(wanted)) ??
    known.find((tag) => tag === 'en') ??
    known[0]
  );
}

/** What to do after a visit: what was written for it, or else for all visits of its kind. */
export async function summaryOf(
  setting: Setting,
  { appointmentId, visitTypeId, patientId }: VisitAsked,
  wanted: string | undefined,
  asking: Asking,
): Promise<VisitSummary> {
  const service = visitTypeId && !visitTypeId.includes('|') ? [`HealthcareService/${visitTypeId}`] : [];
  const related = [`Appointment/${appointmentId}`, ...service].join();
  const query = [
    ['related', related],
    ['status', 'current'],
  ] as const;
  const [found, patient] = await Promise.all([
    searchAll<fhir.DocumentReference>(setting, 'DocumentReference', query, { ...asking, secret: true }),
    wanted === undefined ? setting.client.read<fhir.Patient>('Patient', patientId, asking) : undefined,
  ]);
  const language = wanted ?? (patient && lenient(patient, languageIn, setting.warn));
  const isOwn = ({ context }: fhir.DocumentReference) => idAmong(context?.related ?? [], 'Appointment') !== undefined;
  const written = found.filter((one) => lenient(one, isSummary, setting.warn));
  const documents = written.sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  for (const document of documents) {
    const summary = lenient(document, (one) => shown(one, appointmentId, language), setting.warn);
    if (summary) return summary;
  }
  throw new ClinicError('not-found', 'Nothing was written down for after the visit.');
}

function shown(
  document: fhir.DocumentReference,
  appointmentId: string,
  wanted: string | undefined,
): VisitSummary | undefined {
  const words = wordsIn(document);
  const language = chosen([...words.keys()], wanted);
  return language === undefined ? undefined : held(VisitSummary, { appointmentId, language, ...words.get(language) });
}

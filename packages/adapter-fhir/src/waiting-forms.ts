import type * as fhir from 'fhir/r4.js';
import { type FormQuery, WaitingForm } from '@clinic-widgets/core/forms.js';
import type { Appointment } from '@clinic-widgets/core/appointments.js';
import { dayOf, isDay, isInstant } from '@clinic-widgets/core/time.js';
import { isHold, toAppointment } from './appointments.ts';
import { maySee, represented } from './authority.ts';
import { actorsOf } from './participants.ts';
import type { Asking } from './client.ts';
import { extensionsOf, idAmong, tokensOf } from './datatypes.ts';
import { directoryOf } from './directory.ts';
import { type FormRequest, requestsFor } from './form-requests.ts';
import { findInUse } from './known-forms.ts';
import { held, lenient } from './lenient.ts';
import { pageOf } from './paging.ts';
import { toWaitingForm } from './questionnaires.ts';
import { canonicalOf, formReadIn, visitOf } from './responses.ts';
import { searchAll, type Setting } from './setting.ts';
import type { VisitAsked } from './visit.ts';
import { serviceReferenceOf } from './visit-types.ts';
import { VISIT_FORM } from './vocabulary.ts';

/** A form that is asked for: by staff, or because of a visit. */
interface Wanted {
  /** What the Questionnaire is named by. */
  readonly name: string;
  readonly visit?: Appointment | undefined;
  readonly due?: string | undefined;
  /** Whether it is asked for each visit, and so waits until it was handed in for this one. */
  readonly perVisit?: boolean;
  /** Whether nobody wants it but for its having been handed in before. */
  readonly isAgain?: boolean;
}

/** The forms that wait for a patient: those asked for by staff, and those that the visits to come need. */
export async function findWaiting(setting: Setting, query: FormQuery, asking: Asking) {
  const { acting, appointmentId, language, ...paging } = query;
  const who = acting.representativeId === undefined ? undefined : await represented(setting, acting, asking);
  const isHidden = (visit: fhir.Appointment) => who !== undefined && !maySee(setting, who, visit);
  const { standing, toCome } = await standingOf(setting, { acting, appointmentId, language, isHidden }, asking);
  const waiting = standing.flatMap(({ form, isDone }) => (form && !isDone ? form : []));
  const starts = new Map(toCome.map(({ id, start }) => [id, start]));
  const keyOf = ({ due = '9999-12-31', appointmentId: visit = '', title, id }: WaitingForm) =>
    [due, isoOf(starts.get(visit)), title, id, visit].join('\n');
  return pageOf(
    waiting.map((one) => [keyOf(one), one] as const),
    paging,
  );
}

/** How a form of a visit stands. */
export interface FormStanding {
  /** Nothing of a form that is not to be had: nobody can fill it in, and the desk must know. */
  readonly purpose: WaitingForm['purpose'] | undefined;
  readonly isDone: boolean;
}

/** The forms of a visit that who acts may see, whether or not they were handed in. */
export async function formsForVisit(
  setting: Setting,
  { acting, appointmentId, isHidden = false }: VisitAsked,
  asking: Asking,
): Promise<FormStanding[]> {
  const query = { acting, appointmentId, language: undefined, isHidden: () => isHidden };
  const { standing } = await standingOf(setting, query, asking);
  return standing.map(({ form, isDone }) => ({ purpose: form?.purpose, isDone }));
}

/** Every form that is wanted, once for each visit, and whether it was handed in. */
async function standingOf(
  setting: Setting,
  {
    acting,
    appointmentId,
    language,
    isHidden,
  }: Pick<FormQuery, 'acting' | 'appointmentId' | 'language'> & {
    readonly isHidden: (visit: fhir.Appointment) => boolean;
  },
  asking: Asking,
) {
  const { patientId, representativeId } = acting;
  const [requests, visits] = await Promise.all([
    requestsFor(setting, patientId, asking),
    visitsOf(setting, patientId, asking),
  ]);
  // What only the type of a private visit asks for tells that type.
  const told = visits.toCome.filter(({ id }) => !visits.all.some((one) => one.id === id && isHidden(one)));
  const responses = visits.toCome.length ? await responsesOf(setting, patientId, asking) : [];
  const wanted = [
    ...requests.flatMap((request) => askedFor(setting, request, visits)),
    ...(await neededFor(setting, { ...visits, toCome: told }, asking)),
    ...told.flatMap((visit) => askedAgain(setting, visit, responses)),
  ].filter(({ visit }) => appointmentId === undefined || visit?.id === appointmentId);

  const standing = (await shownOf(setting, wanted, responses, language, asking)).filter(
    ({ form }) => !form?.patientOnly || representativeId === undefined,
  );
  return { standing, toCome: visits.toCome };
}

interface Standing {
  /** Absent where there is none by the name, or none that can be used. */
  readonly form?: WaitingForm;
  readonly isDone: boolean;
}

/** Of what is wanted each form once for each visit, and whether it was handed in already. */
async function shownOf(
  setting: Setting,
  wanted: readonly Wanted[],
  responses: readonly fhir.QuestionnaireResponse[],
  language: string | undefined,
  asking: Asking,
): Promise<Standing[]> {
  if (!wanted.length) return [];
  const names = wanted.map(({ name }) => name);
  const known = await findInUse(setting, names, asking);
  const found = new Map<string, Standing>();
  for (const one of wanted) {
    const questionnaire = known(one.name);
    const waiting = questionnaire && lenient(questionnaire, (form) => shown(form, one, language), setting.warn);
    if (!waiting) {
      if (!one.isAgain) found.set(`${one.name}\n${one.visit?.id ?? ''}`, { isDone: false });
      continue;
    }
    const key = `${waiting.id}\n${waiting.appointmentId ?? ''}`;
    const isDone =
      one.perVisit === true && responses.some((response) => settles(setting, response, questionnaire, waiting, one));
    // What was asked for once more waits, whatever was handed in before.
    if (!found.has(key) || (found.get(key)!.isDone && !isDone)) found.set(key, { form: waiting, isDone });
  }
  return [...found.values()];
}

const isoOf = (instant: string | undefined): string => (instant ? new Date(instant).toISOString() : '~');

interface Visits {
  readonly all: readonly fhir.Appointment[];
  readonly toCome: readonly Appointment[];
}

/** The patient's visits that are not over. */
async function visitsOf(setting: Setting, patientId: string, asking: Asking): Promise<Visits> {
  const query = [['patient', `Patient/${patientId}`] as const];
  const secret = { ...asking, secret: true, tolerant: true };
  const all = await searchAll<fhir.Appointment>(setting, 'Appointment', query, secret);
  const coming = all.filter((one) => lenient(one, (found) => isToCome(found, setting), setting.warn));
  const actors = coming.flatMap((one) => lenient(one, actorsOf, setting.warn) ?? []);
  const directory = coming.length ? await directoryOf(setting, actors, [], asking) : undefined;
  const { timeZone } = setting.ability.clinic;
  const toCome = coming
    .flatMap((one) => (directory && lenient(one, () => toAppointment(one, directory, timeZone), setting.warn)) ?? [])
    .filter((one) => one.patientId === patientId);
  return { all, toCome };
}

/** What is certain and not over. */
const COMING: readonly unknown[] = ['booked', 'arrived', 'checked-in'];

/** Who comes late, or waits for a doctor who is late, is asked as well: only the day is the end of it. */
function isToCome(appointment: fhir.Appointment, { ability, now }: Setting): boolean {
  const { status, start, end = start } = appointment;
  if (!COMING.includes(status) || isHold(appointment) || !end) return false;
  const { timeZone } = ability.clinic;
  return dayOf(end, timeZone) >= todayIn(now, timeZone);
}

const todayIn = (now: number, timeZone: string): string => dayOf(new Date(now).toISOString(), timeZone);

/** A request, for the visit that it names where that is the patient's; nothing for a visit that is off. */
function askedFor({ ability }: Setting, { task, name, appointmentId }: FormRequest, { all, toCome }: Visits): Wanted[] {
  const visit = toCome.find(({ id }) => id === appointmentId);
  const named = all.find(({ id }) => id === appointmentId);
  if (named && !visit) return [];
  const { timeZone } = ability.clinic;
  return [{ name, visit, due: dayIn(task.restriction?.period?.end, timeZone) }];
}

function dayIn(dateTime: string | undefined, timeZone: string): string | undefined {
  if (!dateTime) return undefined;
  if (isInstant(dateTime)) return dayOf(dateTime, timeZone);
  return isDay(dateTime) ? dateTime : undefined;
}

/** What the services of the visits say that each visit needs. */
async function neededFor(setting: Setting, { all, toCome }: Visits, asking: Asking): Promise<Wanted[]> {
  const known = new Map(all.map((one) => [one.id, lenient(one, serviceIn, setting.warn)]));
  const wanted = toCome.flatMap((visit) => ({ visit, service: known.get(visit.id) ?? {} }));
  const among = (kind: 'id' | 'token') => [...new Set(wanted.flatMap(({ service }) => service[kind] ?? []))].join();
  const search = (name: string, value: string) =>
    value
      ? searchAll<fhir.HealthcareService>(setting, 'HealthcareService', [[name, value]], { ...asking, tolerant: true })
      : [];
  const found = await Promise.all([search('_id', among('id')), search('service-type', among('token'))]);
  const services = found.flat().map((one) => lenient(one, toNeeding, setting.warn));
  return wanted.flatMap(({ visit, service }) => {
    const own = services.find((one) => one && (one.id === service.id || one.tokens.includes(service.token ?? '')));
    return (own?.names ?? []).map((name) => ({ name, visit, perVisit: true }));
  });
}

/** The service that a visit is for: by its id, or else by its code. */
function serviceIn(appointment: fhir.Appointment): { readonly id?: string; readonly token?: string } {
  const { serviceType = [] } = appointment;
  const id = idAmong([...actorsOf(appointment), ...serviceType.map(serviceReferenceOf)], 'HealthcareService');
  const [token] = tokensOf(serviceType);
  return id ? { id } : token ? { token } : {};
}

const toNeeding = (service: fhir.HealthcareService) => ({
  id: service.id,
  tokens: tokensOf(service.type),
  names: formsOf(service),
});

const formsOf = (service: fhir.HealthcareService): string[] =>
  extensionsOf(service, VISIT_FORM).flatMap(({ valueCanonical }) => valueCanonical ?? []);

const responsesOf = async (setting: Setting, patientId: string, asking: Asking) => {
  const query = [['patient', `Patient/${patientId}`] as const];
  const secret = { ...asking, secret: true, tolerant: true };
  const found = await searchAll<fhir.QuestionnaireResponse>(setting, 'QuestionnaireResponse', query, secret);
  return found.filter(({ status }) => status === 'completed' || status === 'amended');
};

/** What was handed in for a visit that is today, however it was asked for: the day may ask for it again. */
function askedAgain(setting: Setting, visit: Appointment, responses: readonly fhir.QuestionnaireResponse[]): Wanted[] {
  if (!isToday(setting, visit)) return [];
  const filled = responses.filter((response) => lenient(response, visitOf, setting.warn) === visit.id);
  return filled.flatMap((response) => {
    const name = formReadIn(response)?.id;
    return name ? [{ name, visit, perVisit: true, isAgain: true }] : [];
  });
}

const isToday = ({ now }: Setting, { start, timeZone }: Appointment): boolean =>
  start !== undefined && dayOf(start, timeZone) === todayIn(now, timeZone);

function shown(questionnaire: fhir.Questionnaire, { visit, due }: Wanted, language: string | undefined): WaitingForm {
  const day = due ?? (visit?.start && dayOf(visit.start, visit.timeZone));
  return held(WaitingForm, {
    ...toWaitingForm(questionnaire, language),
    ...(visit && { appointmentId: visit.id }),
    ...(day && { due: day }),
  });
}

/** Whether a response is all that a visit needs of a form: of a safety form, on the day itself, only one of that day. */
function settles(
  setting: Setting,
  response: fhir.QuestionnaireResponse,
  questionnaire: fhir.Questionnaire,
  { id, purpose }: WaitingForm,
  { visit }: Wanted,
): boolean {
  const settled = lenient(
    response,
    () => {
      if (!visit || visitOf(response) !== visit.id || !isOf(response, questionnaire, id)) return false;
      if (purpose !== 'safety' || !isToday(setting, visit)) return true;
      const { authored = '' } = response;
      const day = isInstant(authored) ? dayOf(authored, visit.timeZone) : authored;
      return day >= dayOf(visit.start!, visit.timeZone);
    },
    setting.warn,
  );
  return settled ?? false;
}

function isOf(response: fhir.QuestionnaireResponse, questionnaire: fhir.Questionnaire, id: string): boolean {
  const read = formReadIn(response);
  return read ? read.id === id : response.questionnaire?.split('|')[0] === canonicalOf(questionnaire).split('|')[0];
}

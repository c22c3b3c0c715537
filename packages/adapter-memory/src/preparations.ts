import type { Appointment } from '@clinic-widgets/core/appointments.js';
import type { Preparation, PreparationState } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { ByPapers } from '@clinic-widgets/core/details.js';
import { type Books, stateOf } from './books.ts';
import { decisionOn, documentsOf } from './documents.ts';
import { maySeeType, seenBy } from './privacy.ts';
import type { SeedConsentDocument, SeedForm } from './seed.ts';
import { formsOf, isHidden, isKept, wantedOf } from './wanted-forms.ts';

type Visit = Omit<Appointment, 'version'>;
type Standing = Omit<PreparationState, 'name'> | undefined;

/** What a visit needs and how it stands, as who acts can see to it; what the visit has no need of is left out. */
export function preparationsOf(books: Books, visit: Visit, acting?: Acting): readonly PreparationState[] {
  const { mandatory, screeningFirst } = books.seed.checkIn;
  const screens = (form: SeedForm) => screeningFirst && isScreening(form);
  const seen = acting ? seenBy(books, acting, visit) : visit;
  const all: readonly (readonly [Preparation, Standing])[] = [
    ['screening', formsState(books, seen, acting, screens)],
    ['details', detailsState(books, visit)],
    ['insurance', insuranceState(books, visit)],
    ['forms', formsState(books, seen, acting, (form) => !screens(form))],
    ['consents', consentsState(books, seen)],
    ['payment', acting && !maySeeType(books, acting, visit) ? undefined : paymentState(books, visit)],
  ];
  // Where screening is asked apart, it is no less needed than among the other forms.
  const isMandatory = (name: Preparation) =>
    mandatory.includes(name) || (name === 'screening' && mandatory.includes('forms'));
  return all.flatMap(([name, standing]) =>
    standing ? [{ name, state: standing.state, mandatory: standing.mandatory && isMandatory(name) }] : [],
  );
}

/** What the desk has to finish: all that is left once the patient is there, before that what was sent to it. */
export function lacksOf(books: Books, appointmentId: string): readonly Preparation[] {
  const { appointment } = books.appointments.get(appointmentId)!;
  const hasArrived = appointment.status === 'arrived' || appointment.status === 'checked-in';
  if (!hasArrived && appointment.status !== 'booked') return [];
  return preparationsOf(books, appointment)
    .filter(({ state }) => (hasArrived ? state !== 'done' : state === 'at-desk'))
    .map(({ name }) => name);
}

const isScreening = ({ words }: SeedForm): boolean =>
  Object.values(words).some(({ purpose }) => purpose === 'safety' || purpose === 'triage');

function formsState(
  books: Books,
  visit: Visit,
  acting: Acting | undefined,
  counts: (form: SeedForm) => boolean,
): Standing {
  const isAsked = (form: SeedForm) => counts(form) && !(acting && isHidden(form, acting));
  if (!formsOf(books, visit).some(isAsked)) return undefined;
  const waiting = wantedOf(books, visit.patientId).filter(
    (one) => one.visit?.id === visit.id && counts(one.form) && !(acting && isKept(books, one, acting)),
  );
  return { state: waiting.length > 0 ? 'open' : 'done', mandatory: true };
}

/** Done once somebody has looked at them for the visit, and the desk's while staff have not decided about what was called wrong. */
function detailsState(books: Books, { id, patientId }: Visit): Standing {
  if (!stateOf(books, id).detailsConfirmed) return { state: 'open', mandatory: true };
  const isDoubted = (name: ByPapers) =>
    books.confirmations.findLast((one) => one.patientId === patientId && one.field === name)?.act === 'doubted';
  return { state: ByPapers.options.some(isDoubted) ? 'at-desk' : 'done', mandatory: true };
}

/** A payer keeps nobody from being checked in, whatever the clinic calls mandatory. */
function insuranceState(books: Books, { id }: Visit): Standing {
  const { insurance } = stateOf(books, id);
  if (!insurance) return { state: 'open', mandatory: false };
  return { state: insurance === 'confirmed' ? 'done' : 'at-desk', mandatory: false };
}

/**
 * Declining keeps nobody from the visit but where the document says so: then the desk sees to it. Once what is
 * mandatory was decided at the visit, what else there is to decide was left to the desk.
 */
function consentsState(books: Books, visit: Visit): Standing {
  const asked = documentsOf(books, visit);
  if (asked.length === 0) return undefined;
  const decided = (document: SeedConsentDocument) => decisionOn(books, visit.patientId, document, visit.id);
  const needed = asked.filter(({ mandatory }) => mandatory);
  if (needed.some((document) => decided(document) === undefined)) return { state: 'open', mandatory: true };
  if (needed.some((document) => decided(document) !== 'accepted')) return { state: 'at-desk', mandatory: true };
  if (asked.every((document) => decided(document) !== undefined))
    return { state: 'done', mandatory: needed.length > 0 };
  const wereAsked = books.consents.some(
    ({ appointmentId, consent }) => appointmentId === visit.id && needed.some(({ id }) => id === consent.document.id),
  );
  return { state: wereAsked ? 'at-desk' : 'open', mandatory: false };
}

function paymentState({ seed, payments }: Books, { id }: Visit): Standing {
  const choices = seed.charges.filter(({ appointmentId }) => appointmentId === id).map((due) => payments.get(due.id));
  if (choices.length === 0) return undefined;
  if (choices.includes(undefined)) return { state: 'open', mandatory: false };
  return { state: choices.every((choice) => choice === 'paid') ? 'done' : 'at-desk', mandatory: false };
}

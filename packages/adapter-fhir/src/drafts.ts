import type * as fhir from 'fhir/r4.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import type { BookingRequest, CancelRequest, Need, WaitlistRequest } from '@clinic-widgets/core/appointments.js';
import type { Mode } from '@clinic-widgets/core/scheduling.js';
import { idOf } from './datatypes.ts';
import { isResource, MODES } from './visit-types.ts';
import { CANCEL_REASONS, MODE, NEED, NEED_CODES, SERVICE_MODES, SERVICE_REFERENCE, WRITE_KEY } from './vocabulary.ts';

/** A service as the type of a visit: by its codes, its name and, where it is a resource, a link to it. */
function fromService({ id = '', name, type = [] }: fhir.HealthcareService): fhir.CodeableConcept {
  const coding = type.flatMap(({ coding = [] }) => coding);
  const valueReference = { reference: `HealthcareService/${id}` };
  return {
    ...(coding.length && { coding }),
    ...(name && { text: name }),
    ...(isResource(id) && { extension: [{ url: SERVICE_REFERENCE, valueReference }] }),
  };
}

/** A way of meeting, for an element to name. */
const fromMode = (mode: Mode): fhir.Extension => ({
  url: MODE,
  valueCodeableConcept: {
    coding: [{ system: SERVICE_MODES, code: Object.keys(MODES).find((code) => MODES[code] === mode)! }],
  },
});

/** A need, for an element to name. */
export function fromNeed(need: Need): fhir.Extension {
  const kind = { url: 'kind', valueCoding: { system: NEED_CODES, code: need.kind } };
  const language = 'language' in need ? [{ url: 'language', valueCode: need.language }] : [];
  return { url: NEED, extension: [kind, ...language] };
}

const NEED_WORDS: Readonly<Record<Need['kind'], string>> = {
  'spoken-interpreter': 'interpreter',
  'sign-interpreter': 'sign-language interpreter',
  'transfer-equipment': 'transfer equipment',
  'more-time': 'more time',
};

const inWords = (need: Need): string => NEED_WORDS[need.kind] + ('language' in need ? ` (${need.language})` : '');

/** What a booking or a place on the waitlist says beyond the request of the patient. */
export interface Draft {
  readonly status: 'booked' | 'proposed' | 'waitlist';
  readonly key: string;
  readonly now: number;
  readonly service: fhir.HealthcareService;
  /** Who and where, apart from the patient. */
  readonly actors: readonly fhir.Reference[];
  readonly mode?: Mode | undefined;
  readonly instructions?: string | undefined;
}

/** A new appointment at a time. */
export function fromBooking(request: Omit<BookingRequest, 'slot'>, slot: Time, draft: Draft): fhir.Appointment {
  const { reason } = request;
  return {
    ...fromDraft(request, draft),
    ...timeOf(slot),
    ...(reason && { reasonCode: [{ text: reason }] }),
  };
}

/** A place on the waitlist. What several could do is left to the staff to choose from. */
export function fromWaitlist(request: WaitlistRequest, draft: Draft): fhir.Appointment {
  const { from, to, partOfDay, practitionerIds = [], locationIds = [] } = request;
  const named = (type: string, ids: readonly string[]) => ids.map((id) => ({ reference: `${type}/${id}` }));
  const wishes = [named('Practitioner', practitionerIds), named('Location', locationIds)];
  const several = wishes.filter(({ length }) => length > 1).flat();
  const actors = wishes.filter(({ length }) => length === 1).flat();
  const appointment = fromDraft(request, { ...draft, actors });
  const comment = [appointment.comment, partOfDay && `Wanted: ${partOfDay}`].filter(Boolean).join('\n');
  return {
    ...appointment,
    requestedPeriod: [{ start: from, end: to }],
    ...(several.length && { supportingInformation: several }),
    ...(comment && { comment }),
  };
}

function fromDraft(
  { acting, needs = [], orderId }: Pick<BookingRequest, 'acting' | 'needs' | 'orderId'>,
  { status, key, now, service, actors, mode, instructions }: Draft,
): fhir.Appointment {
  const extension = [...(mode ? [fromMode(mode)] : []), ...needs.map(fromNeed)];
  return {
    resourceType: 'Appointment',
    ...(service.language && { language: service.language }),
    identifier: [{ system: WRITE_KEY, value: key }],
    status,
    ...(extension.length && { extension }),
    serviceType: [fromService(service)],
    created: new Date(now).toISOString(),
    ...(needs.length && { comment: `Needs: ${needs.map(inWords).join(', ')}` }),
    ...(instructions && { patientInstruction: instructions }),
    ...(orderId !== undefined && { basedOn: [{ reference: `ServiceRequest/${orderId}` }] }),
    participant: [
      ...fromActing(acting),
      ...fromActors(actors, status),
      ...(isResource(`${service.id}`) ? fromActors([{ reference: `HealthcareService/${service.id}` }], status) : []),
    ],
  };
}

const fromActing = ({ patientId, representativeId }: Acting): fhir.AppointmentParticipant[] => [
  { actor: { reference: `Patient/${patientId}` }, status: 'accepted' },
  ...(representativeId === undefined
    ? []
    : [{ actor: { reference: `RelatedPerson/${representativeId}` }, status: 'accepted' as const }]),
];

const fromActors = (actors: readonly fhir.Reference[], status: Draft['status']): fhir.AppointmentParticipant[] =>
  actors.map((actor) => ({ actor, status: status === 'booked' ? 'accepted' : 'needs-action' }));

/** A time, with the slot that it is kept in where there is one. */
type Time = Pick<fhir.Slot, 'id' | 'start' | 'end'>;

const timeOf = ({ id, start, end }: Time) => ({ ...(id && { slot: [{ reference: `Slot/${id}` }] }), start, end });

/** Of whom and where a schedule is, for an appointment to name. */
export const bookedActors = ({ actor = [] }: fhir.Schedule): fhir.Reference[] =>
  actor.filter((one) => PLANNED.some((type) => idOf(one, type)));

const PLANNED = ['Practitioner', 'PractitionerRole', 'Location', 'Device'];

/** What changes when an appointment is moved: its time, who and where, and how where it must. */
export function movedTo(
  { participant, extension = [] }: fhir.Appointment,
  slot: Time,
  actors: readonly fhir.Reference[],
  mode: Mode | undefined,
): Partial<fhir.Appointment> {
  const others = participant.filter(({ actor }) => !PLANNED.some((type) => idOf(actor, type)));
  return {
    ...timeOf(slot),
    participant: [...others, ...fromActors(actors, 'booked')],
    ...(mode && { extension: [...extension.filter(({ url }) => url !== MODE), fromMode(mode)] }),
  };
}

/** The codes for what patients say; a portal's own code stands for "cannot come". */
const REASON_CODES: Readonly<Record<CancelRequest['reason'], string>> = {
  'cannot-come': 'pat-cpp',
  'feeling-better': 'pat-fb',
  'no-transport': 'pat-lt',
  'cannot-pay': 'oth-fin',
  'moved-away': 'pat-mv',
  other: 'other',
};

/** What changes when an appointment is called off. */
export const cancelled = ({ reason, comment }: CancelRequest): Partial<fhir.Appointment> => ({
  status: 'cancelled',
  cancelationReason: {
    coding: [{ system: CANCEL_REASONS, code: REASON_CODES[reason] }],
    ...(comment && { text: comment }),
  },
});

/** An appointment's identifiers with the key of one more write. */
export const keyed = (
  { identifier = [] }: fhir.Appointment,
  key: string,
): { readonly identifier: fhir.Identifier[] } => ({
  identifier: [...identifier, { system: WRITE_KEY, value: key }],
});

import * as z from 'zod/mini';
import { Need } from './appointments.ts';
import { Station } from './check-in.ts';
import { Acting, Cursor, Day, Id, Instant, Language, Limit, pageOf, text, Version } from './common.ts';
import { queueableWrite, read } from './operation.ts';

/** Where somebody lives, line by line as they would write it. */
export const Address = z.object({
  lines: z.array(text(1, 200)),
  city: z.optional(text(0, 100)),
  state: z.optional(text(0, 100)),
  postalCode: z.optional(text(0, 20)),
  /** ISO 3166, of two letters where the clinic has it so. */
  country: z.optional(text(0, 100)),
});
export type Address = z.output<typeof Address>;

/** Whom to call in an emergency. */
export const EmergencyContact = z.object({
  name: text(1, 200),
  relationship: z.optional(text(0, 100)),
  phone: z.optional(text(0, 50)),
});
export type EmergencyContact = z.output<typeof EmergencyContact>;

/** What a patient can put right about themselves. */
const changeable = {
  /** What to call them. */
  preferredName: z.optional(text(1, 200)),
  address: z.optional(Address),
  phone: z.optional(text(1, 50)),
  email: z.optional(text(3, 254)),
  emergencyContact: z.optional(EmergencyContact),
  /** What they want to be spoken to in. */
  language: z.optional(Language),
  /** What they need so that the visit works for them, an interpreter too. */
  needs: z.optional(z.array(Need)),
};

/** The name of something that is known about a patient and can be confirmed. */
export const DetailName = z.enum([
  'name',
  'birthDate',
  'preferredName',
  'address',
  'phone',
  'email',
  'emergencyContact',
  'language',
  'needs',
]);
export type DetailName = z.output<typeof DetailName>;

/** The name of a detail that is changed at the desk only, where papers are seen. */
export const ByPapers = z.enum(['name', 'birthDate']);
export type ByPapers = z.output<typeof ByPapers>;

/** What the clinic knows of a patient. */
export const Details = z.object({
  version: Version,
  name: z.optional(z.object({ given: z.array(z.string()), family: z.optional(z.string()), text: z.string() })),
  birthDate: z.optional(z.string()),
  ...changeable,
  /** What somebody who acts for the patient may not see, and so not change. */
  withheld: z.optional(z.array(DetailName)),
});
export type Details = z.output<typeof Details>;

/** Says what of the details is right, and what is to be put right. */
export const DetailsConfirmation = z.object({
  acting: Acting,
  appointmentId: z.optional(Id),
  /** Of the details as they were read. */
  version: Version,
  station: Station,
  confirmed: z.array(DetailName),
  changed: z.object(changeable),
  /** What is to be taken out. */
  removed: z.optional(z.array(DetailName)),
  /** What they say is wrong and cannot put right themselves: it waits for staff, as a proposal that says nothing new. */
  doubted: z.optional(z.array(ByPapers)),
  at: Instant,
});
export type DetailsConfirmation = z.output<typeof DetailsConfirmation>;

/** An insurance that is on file: as much as tells one from another. */
export const CoverageOnFile = z.object({
  id: Id,
  version: Version,
  payer: z.string(),
  plan: z.optional(z.string()),
  /** The member's number, as on the card. */
  memberId: z.optional(z.string()),
  /** Which is asked first: 1. */
  order: z.optional(z.number()),
  /** Who holds it, seen from the patient: `self`, `parent`. */
  relationship: z.optional(z.string()),
  ends: z.optional(Day),
});
export type CoverageOnFile = z.output<typeof CoverageOnFile>;

/** Says whether the insurance on file is still right. */
export const CoverageConfirmation = z.object({
  acting: Acting,
  appointmentId: z.optional(Id),
  station: Station,
  coverages: z.array(z.object({ id: Id, version: Version })),
  /** `changed` and `none` are seen to at the desk, and keep nobody from being checked in. */
  answer: z.enum(['confirmed', 'changed', 'none']),
  at: Instant,
});
export type CoverageConfirmation = z.output<typeof CoverageConfirmation>;

/** One line of the record of who confirmed what. It holds no value: what was true is in the version that it names. */
export const Confirmation = z.object({
  id: Id,
  patientId: Id,
  /** `coverage` stands for an insurance on file. */
  field: z.union([DetailName, z.literal('coverage')]),
  /**
   * `doubted` was called wrong, and like `proposed` waits for staff; `refused` is what they did not agree to;
   * `corrected` was changed by staff.
   */
  act: z.enum(['confirmed', 'changed', 'proposed', 'doubted', 'accepted', 'refused', 'corrected']),
  at: Instant,
  station: Station.shape.kind,
  /** Who acted: the patient, who acts for them, or staff. */
  by: z.enum(['patient', 'representative', 'staff']),
  representativeId: z.optional(Id),
  /** The version of the details that was looked at. */
  version: Version,
});
export type Confirmation = z.output<typeof Confirmation>;

const paging = { cursor: z.optional(Cursor), limit: z.optional(Limit) };
const acting = { patientId: 'p1' };
const station = { kind: 'kiosk', deviceId: 'lobby-1' } as const;
const at = '2026-03-02T09:30:00-05:00';

/** The questions about what the clinic knows of a patient, and who says that it is right. */
export const details = {
  /** What the clinic knows of the patient. Somebody who acts for them sees no private contact above the clinic's privacy age. */
  getDetails: read(z.object({ acting: Acting }), Details, { sample: { acting } }),

  /**
   * Writes down what is right, who said so, when, from where and of which version, and what is to change: at once, or
   * as a proposal for the desk, as the clinic has it; always a proposal where the authority to act is unknown.
   * `conflict` where the details have changed; `invalid` names a field that cannot be so.
   */
  confirmDetails: queueableWrite(DetailsConfirmation, {
    sample: { acting, version: '1', station, confirmed: ['phone'], changed: {}, at },
  }),

  /** The insurances on file, the first to be asked first. */
  findCoverages: read(z.object({ acting: Acting, ...paging }), pageOf(CoverageOnFile), { sample: { acting } }),

  /** Writes down whether the insurance on file is right. What has changed is told to the desk. */
  confirmCoverages: queueableWrite(CoverageConfirmation, {
    sample: { acting, station, coverages: [{ id: 'c1', version: '1' }], answer: 'confirmed', at },
  }),

  /** The record of who confirmed what, earliest first; for staff. */
  findConfirmations: read(
    z.object({ from: z.optional(Day), to: z.optional(Day), patientId: z.optional(Id), ...paging }),
    pageOf(Confirmation),
    { sample: { from: '2026-03-01', to: '2026-03-31' } },
  ),
};

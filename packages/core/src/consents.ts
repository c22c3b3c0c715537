import * as z from 'zod/mini';
import { Authority, CopyWay, Station } from './check-in.ts';
import { Acting, Cursor, Id, Instant, Language, Limit, pageOf, text, Version } from './common.ts';
import { queueableWrite, read } from './operation.ts';

export * from './authorization.ts';

/** What is asked for. A `privacy-notice` is acknowledged, not agreed to. */
export const ConsentKind = z.enum(['treatment', 'privacy-notice', 'authorization', 'financial', 'other']);
export type ConsentKind = z.output<typeof ConsentKind>;

/**
 * The core elements and required statements of a HIPAA authorization (45 CFR 164.508(c)(1) and (2)), each as the
 * document words it. Without all of them it cannot be signed. What its text does not say is shown, and copied, with it.
 */
export const AuthorizationElements = z.object({
  /** (c)(1)(i): the information to be used or disclosed. */
  description: z.optional(z.string()),
  /** (c)(1)(ii): who may use or disclose it. */
  discloser: z.optional(z.string()),
  /** (c)(1)(iii): to whom. */
  recipient: z.optional(z.string()),
  /** (c)(1)(iv): for what. */
  purpose: z.optional(z.string()),
  /** (c)(1)(v): the date or event that ends it. */
  expiration: z.optional(z.string()),
  /** (c)(2)(i): that and how it can be revoked. */
  revocation: z.optional(z.string()),
  /** (c)(2)(ii): whether anything is conditioned on it. */
  conditioning: z.optional(z.string()),
  /** (c)(2)(iii): that the recipient may disclose it again. */
  redisclosure: z.optional(z.string()),
});
export type AuthorizationElements = z.output<typeof AuthorizationElements>;

/** A document to agree to or decline, in full. */
export const ConsentDocument = z.object({
  id: Id,
  version: Version,
  kind: ConsentKind,
  title: z.string(),
  /** The language of its words, which may not be the one asked for. */
  language: Language,
  /** Plain text; an empty line parts paragraphs. */
  text: z.string(),
  /** Declined, the patient sees the desk before the visit. Nothing else keeps them from it. */
  mandatory: z.boolean(),
  authorization: z.optional(AuthorizationElements),
  /** Not for use: shows how it works. */
  sample: z.optional(z.boolean()),
});
export type ConsentDocument = z.output<typeof ConsentDocument>;

/** A name typed, or a drawing as SVG: equal in effect. */
export const Signature = z.union([
  z.object({ typed: text(1, 200) }),
  z.object({ drawn: text(1, 200_000).check(z.refine((written) => /^<svg[\s>]/.test(written))) }),
]);
export type Signature = z.output<typeof Signature>;

/** What was decided about a document. An agreement carries a signature; a refusal needs none. */
export const ConsentDecision = z
  .object({
    acting: Acting,
    appointmentId: z.optional(Id),
    document: z.object({ id: Id, version: Version }),
    /** The language in which it was read. */
    language: Language,
    decision: z.enum(['accepted', 'declined']),
    signature: z.optional(Signature),
    /** The desk is told of the copy that is wanted: it hands it over, or sends it to the address on file. */
    copy: z.optional(CopyWay),
    station: Station,
    at: Instant,
  })
  .check(
    z.refine(({ decision, signature }) => decision === 'declined' || signature !== undefined, { path: ['signature'] }),
  );
export type ConsentDecision = z.output<typeof ConsentDecision>;

/** A decision as it is kept. */
export const RecordedConsent = z.object({
  id: Id,
  version: Version,
  document: ConsentDocument,
  /** `ended` was agreed to, up to a day that is over. */
  decision: z.enum(['accepted', 'declined', 'withdrawn', 'ended']),
  /** When it was decided, taken back, or ended. */
  at: Instant,
  /** Who acted for the patient when it was decided. */
  representativeId: z.optional(Id),
  /** By what right they did, as the clinic had it on record then (45 CFR 164.508(c)(1)(vi)). */
  authority: z.optional(Authority),
  signature: z.optional(Signature),
  /** Who took it back, where that is known. */
  withdrawnBy: z.optional(Acting),
});
export type RecordedConsent = z.output<typeof RecordedConsent>;

/** A programme for a medicine or a device that a patient can be enrolled in. */
export const Program = z.object({
  id: Id,
  name: z.string(),
  description: z.optional(z.string()),
  /** The language of its words, which may not be the one asked for; left out, nobody knows. */
  language: z.optional(Language),
  /** What it takes: a medical history, authorizations, and an insurance. */
  formIds: z.array(Id),
  documentIds: z.array(Id),
  needsCoverage: z.boolean(),
  /** How the patient's enrolment stands; absent where there is none. */
  enrolment: z.optional(z.object({ id: Id, state: z.enum(['submitted', 'active', 'declined', 'ended']), at: Instant })),
});
export type Program = z.output<typeof Program>;

const paging = { cursor: z.optional(Cursor), limit: z.optional(Limit) };
const acting = { patientId: 'p1' };
const station = { kind: 'kiosk', deviceId: 'lobby-1' } as const;
const at = '2026-03-02T09:30:00-05:00';

/** The questions about what a patient agrees to. */
export const consents = {
  /**
   * What is still to be decided, for a visit or a programme, in the language asked for where the clinic has it. What was
   * declined of a programme is asked again with it: nobody can join without.
   */
  findConsents: read(
    z.object({
      acting: Acting,
      appointmentId: z.optional(Id),
      programId: z.optional(Id),
      language: z.optional(Language),
      ...paging,
    }),
    pageOf(ConsentDocument),
    { sample: { acting, appointmentId: 'a1' } },
  ),

  /**
   * Keeps a decision. `invalid` for an authorization that lacks an element; `conflict` when the document has changed;
   * `forbidden` for the signature of somebody whose authority is unknown. The receipt's id is a recorded consent.
   */
  recordConsent: queueableWrite(ConsentDecision, {
    sample: {
      acting,
      document: { id: 'd1', version: '1' },
      language: 'en',
      decision: 'declined',
      station,
      at,
    },
  }),

  /**
   * What the patient has decided, the latest first. Somebody who acts for them above the clinic's privacy age, or by no
   * known right, sees what they decided themselves.
   */
  findRecordedConsents: read(z.object({ acting: Acting, ...paging }), pageOf(RecordedConsent), { sample: { acting } }),

  /** Takes an agreement back, from now on. `conflict` when it was declined, or does not count any more. */
  withdrawConsent: queueableWrite(z.object({ acting: Acting, consent: z.object({ id: Id, version: Version }) }), {
    sample: { acting, consent: { id: 'k1', version: '1' } },
  }),

  /** The programmes that the patient can be enrolled in, or is, as far as who acts may know that. */
  findPrograms: read(z.object({ acting: Acting, language: z.optional(Language), ...paging }), pageOf(Program), {
    sample: { acting },
  }),

  /** Enrols the patient, with what was gathered for it. `invalid` names what is missing. */
  enrolInProgram: queueableWrite(
    z.object({
      acting: Acting,
      programId: Id,
      responseIds: z.array(Id),
      consentIds: z.array(Id),
      coverageIds: z.array(Id),
    }),
    { sample: { acting, programId: 'm1', responseIds: [], consentIds: [], coverageIds: [] } },
  ),
};

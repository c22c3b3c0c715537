import type * as fhir from 'fhir/r4.js';
import { Authority } from '@clinic-widgets/core/check-in.js';
import { type ConsentDecision, type ConsentDocument, RecordedConsent } from '@clinic-widgets/core/consents.js';
import { Language } from '@clinic-widgets/core/common.js';
import { inZone, isDay, startOfDay } from '@clinic-widgets/core/time.js';
import { actorOf } from './acting.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { fromStation } from './confirmations.ts';
import { elementsIn, fromElements, isMandatory, isSample, kindIn, TEST_DATA, textIn } from './consent-documents.ts';
import { codesOf, idOf, momentOf, tokensOf, wordsOf } from './datatypes.ts';
import { extensionsIn, objectsIn, textOf } from './elements.ts';
import { held, LeftOut } from './lenient.ts';
import { markOf } from './once.ts';
import { isOver } from './periods.ts';
import {
  AUTHORITY,
  AUTHORITY_CODES,
  CONSENT_KINDS,
  COPY_WANTED,
  DOCUMENT_AS_READ,
  MANDATORY,
  SIGNATURE,
  VISIT,
} from './vocabulary.ts';

type Kind = ConsentDocument['kind'];

const TERMS = 'http://terminology.hl7.org/CodeSystem/';
const SCOPES = `${TERMS}consentscope`;
const CATEGORIES = `${TERMS}consentcategorycodes`;
/** The rule that a decision follows (https://terminology.hl7.org/CodeSystem-consentpolicycodes.html). */
const POLICIES = `${TERMS}consentpolicycodes`;
const LOINC = 'http://loinc.org';
/** What a consent in a document is (https://loinc.org/59284-0). */
const CONSENT_DOCUMENT = { system: LOINC, code: '59284-0', display: 'Consent Document' };

/** What each kind is in FHIR's own terms, as far as they have it. */
const SCOPE_OF: Readonly<Partial<Record<Kind, string>>> = {
  treatment: 'treatment',
  'privacy-notice': 'patient-privacy',
  authorization: 'patient-privacy',
};
const POLICY_OF: Readonly<Partial<Record<Kind, string>>> = {
  'privacy-notice': 'hipaa-npp',
  authorization: 'hipaa-auth',
};

/** That somebody consents (ASTM E1762, https://hl7.org/fhir/R4/valueset-signature-type.html). */
const SIGNATURE_TYPE = {
  system: 'urn:iso-astm:E1762-95:2013',
  code: '1.2.840.10065.1.12.1.7',
  display: 'Consent Signature',
};

/** A decision about a document, with the document in it as it was read. */
export function fromDecision(
  decision: ConsentDecision,
  document: ConsentDocument,
  key: string,
  zone: string,
  authority?: Authority,
): fhir.Consent {
  const { acting, appointmentId, copy, station } = decision;
  const { kind, authorization, mandatory, sample } = document;
  const own = { system: CONSENT_KINDS, code: kind };
  const [scope, policy] = [SCOPE_OF[kind], POLICY_OF[kind]];
  const as = `DocumentReference/${document.id}${document.version && `/_history/${document.version}`}`;
  return {
    resourceType: 'Consent',
    ...(sample && { meta: { security: [TEST_DATA] } }),
    extension: [
      { url: DOCUMENT_AS_READ, valueReference: { reference: as } },
      { url: MANDATORY, valueBoolean: mandatory },
      ...(authorization && Object.values(authorization).some(Boolean) ? [fromElements(authorization)] : []),
      ...(appointmentId === undefined
        ? []
        : [{ url: VISIT, valueReference: { reference: `Appointment/${appointmentId}` } }]),
      ...(copy === undefined ? [] : [{ url: COPY_WANTED, valueCode: copy }]),
      fromStation(station),
      ...signatureOf(decision, zone),
    ],
    identifier: [markOf(key)],
    language: document.language,
    status: decision.decision === 'accepted' ? 'active' : 'rejected',
    scope: { coding: [scope ? { system: SCOPES, code: scope } : own] },
    category: [
      { coding: [own] },
      { coding: [kind === 'privacy-notice' ? { system: CATEGORIES, code: 'npp' } : CONSENT_DOCUMENT] },
    ],
    patient: { reference: `Patient/${acting.patientId}` },
    dateTime: inZone(decision.at, zone),
    performer: [actorOf(acting, authority)],
    sourceAttachment: {
      contentType: 'text/plain; charset=utf-8',
      language: document.language,
      data: toBase64(document.text),
      title: document.title,
    },
    policyRule: policy ? { coding: [{ system: POLICIES, code: policy }] } : { text: document.title },
  };
}

/** A signature, typed or drawn: the same but for its format. */
function signatureOf({ signature, acting, at }: ConsentDecision, zone: string): fhir.Extension[] {
  if (!signature) return [];
  const [sigFormat, data] = 'typed' in signature ? ['text/plain', signature.typed] : ['image/svg+xml', signature.drawn];
  const type = [SIGNATURE_TYPE];
  const { patientId, representativeId } = acting;
  const valueSignature = {
    type,
    when: inZone(at, zone),
    who: actorOf(acting),
    ...(representativeId !== undefined && { onBehalfOf: { reference: `Patient/${patientId}` } }),
    sigFormat,
    data: toBase64(data),
  };
  return [{ url: SIGNATURE, valueSignature }];
}

/** By what right somebody acted, as it was written down then. */
function authorityIn(actor: fhir.Reference | undefined): Authority | undefined {
  const concept = extensionsIn(actor).find(({ url }) => url === AUTHORITY)?.valueCodeableConcept;
  const { success, data } = Authority.safeParse(codesOf([concept], AUTHORITY_CODES)[0]);
  return success ? data : undefined;
}

function toSignature(resource: fhir.Consent): RecordedConsent['signature'] {
  const found = extensionsIn(resource).find(({ url }) => url === SIGNATURE)?.valueSignature;
  const data = fromBase64(found?.data);
  if (!data) return undefined;
  return /^image\/svg/.test(`${found?.sigFormat}`) ? { drawn: data } : { typed: data };
}

/** Codes of the v3 acts, those of consent directives among them (https://terminology.hl7.org/ValueSet-v3-ActConsentDirective.html). */
const ACTS = `${TERMS}v3-ActCode`;
/** To opt out, of all or of all but some things, is to agree to nothing. */
const OPT_OUT: readonly string[] = ['OPTOUT', 'OPTOUTE'];

const DECISIONS: Readonly<Record<string, RecordedConsent['decision']>> = {
  active: 'accepted',
  rejected: 'declined',
  inactive: 'withdrawn',
};

/** What was decided, as it stands on a day; nothing where a Consent does not say that anything was. */
export function decisionIn(
  { status, policyRule, provision }: fhir.Consent,
  today: string,
): RecordedConsent['decision'] | undefined {
  const decision = DECISIONS[status];
  if (decision !== 'accepted') return decision;
  const isDenied = provision?.type === 'deny' || codesOf([policyRule], ACTS).some((code) => OPT_OUT.includes(code));
  if (isDenied) return 'declined';
  return isOver(provision?.period, today) ? 'ended' : 'accepted';
}

/** A decision as it stands on a day; of one from elsewhere, what makes sense. */
export function toRecordedConsent(consent: fhir.Consent, zone: string, today: string): RecordedConsent {
  const { id = '', meta, status, performer } = consent;
  const decision = decisionIn(consent, today);
  if (!decision) throw new LeftOut(status === 'entered-in-error' ? 'entered-in-error' : 'unknown-status');
  const actor = objectsIn<fhir.Reference>(performer).find((one) => idOf(one, 'RelatedPerson'));
  const representativeId = idOf(actor, 'RelatedPerson');
  const authority = authorityIn(actor);
  const signature = toSignature(consent);
  return held(RecordedConsent, {
    id,
    version: meta?.versionId ?? '',
    document: documentOf(consent, id),
    decision,
    at: momentIn(consent, decision, zone),
    ...(representativeId && { representativeId }),
    ...(authority && { authority }),
    ...(signature && { signature }),
  });
}

/** What was decided about, as it was then. */
function documentOf(consent: fhir.Consent, id: string): ConsentDocument {
  const { sourceAttachment, sourceReference, category } = consent;
  const read = documentReadIn(consent);
  const source = idOf(sourceReference, 'DocumentReference');
  const language = Language.safeParse(sourceAttachment?.language ?? consent.language);
  const authorization = elementsIn(consent);
  const words = objectsIn<fhir.CodeableConcept>(category).map(wordsOf).find(Boolean);
  return {
    id: read?.id ?? source ?? id,
    version: read?.version ?? '',
    kind: kindIn(category) ?? kindElsewhere(consent),
    title: textOf(sourceAttachment?.title) ?? textOf(consent.policyRule?.text) ?? words ?? '',
    language: language.success ? language.data : 'en',
    text: (sourceAttachment && textIn(sourceAttachment)) ?? '',
    mandatory: isMandatory(consent),
    ...(authorization && { authorization }),
    ...(isSample(consent) && { sample: true }),
  };
}

/** The document that a decision of this package's is about. */
export function documentReadIn(consent: fhir.Consent): ConsentDecision['document'] | undefined {
  const read = extensionsIn(consent).find(({ url }) => url === DOCUMENT_AS_READ)?.valueReference;
  const [, id, version = ''] = /^DocumentReference\/([^/]+)(?:\/_history\/(.*))?$/.exec(`${read?.reference}`) ?? [];
  return id ? { id, version } : undefined;
}

/** What a consent from elsewhere is, by FHIR's own codes. */
function kindElsewhere({ scope, category, policyRule }: fhir.Consent): Kind {
  const tokens = tokensOf(
    [scope, ...objectsIn<fhir.CodeableConcept>(category), policyRule].flatMap((one) => one ?? []),
  );
  if (tokens.includes(`${CATEGORIES}|npp`) || tokens.includes(`${POLICIES}|hipaa-npp`)) return 'privacy-notice';
  if (tokens.includes(`${POLICIES}|hipaa-auth`)) return 'authorization';
  if (tokens.includes(`${SCOPES}|treatment`)) return 'treatment';
  return 'other';
}

/** When it was decided, taken back, or ended: of a day, its start; of what says no day, when it was written. */
function momentIn(
  { provision, dateTime, meta }: fhir.Consent,
  decision: RecordedConsent['decision'],
  zone: string,
): string {
  const isPast = decision === 'withdrawn' || decision === 'ended';
  const ended = isPast ? textOf(provision?.period?.end) : undefined;
  const said = ended ?? textOf(dateTime) ?? '';
  if (momentOf(said) !== undefined) return inZone(said, zone);
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(said) ?? [];
  const whole = `${year}-${month}-${day}`;
  if (year && isDay(whole)) return startOfDay(whole, zone);
  const written = meta?.lastUpdated;
  if (momentOf(written) === undefined) throw new LeftOut('malformed');
  return inZone(written!, zone);
}

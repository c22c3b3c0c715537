import { describe } from 'node:test';
import type { ConsentDocument, Program, RecordedConsent } from '@clinic-widgets/core/consents.js';
import type { Attention } from '@clinic-widgets/core/desk.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import {
  answeringWith,
  describeMutants,
  elsewise,
  forgiving,
  hearing,
  mutant,
  type Mutant,
  showing,
  without,
} from '../test/mutant.ts';

const receipt = () => ({ id: 'k', status: 'accepted' });

const documents: Readonly<Record<string, Mutant>> = {
  'asks for a document twice': mutant(
    /findConsents: Gives each document/,
    showing<ConsentDocument>('findConsents', (items) => [...items, ...items]),
  ),
  'shows a title for a document': mutant(
    /findConsents: Gives each document/,
    showing<ConsentDocument>('findConsents', (items) => items.map((one) => ({ ...one, text: one.title.slice(1) }))),
  ),
  'makes everything mandatory': elsewise(/findConsents: Gives each document/, ({ consentDocuments }) => ({
    consentDocuments: consentDocuments.map((one) => ({ ...one, mandatory: true })),
  })),
  'shows everything in English': mutant(
    /findConsents: Gives a document in the language/,
    hearing('findConsents', (input) => ({ ...input, language: 'en' })),
  ),
  'says of English that it is Spanish': mutant(
    /findConsents: Gives a document in the language/,
    ({ findConsents }) => ({
      async findConsents(input, options) {
        const { items, ...rest } = await findConsents({ ...input, language: 'en' }, options);
        return { ...rest, items: items.map((one) => ({ ...one, language: input.language ?? 'en' })) };
      },
    }),
  ),
  'does not say when an authorization ends': mutant(
    /findConsents: Says what of an authorization/,
    showing<ConsentDocument>('findConsents', (items) =>
      items.map((one) => ({ ...one, authorization: without(one.authorization ?? {}, 'expiration') })),
    ),
  ),
  'says of an authorization what is not in it': mutant(
    /findConsents: Says what of an authorization/,
    showing<ConsentDocument>('findConsents', (items) =>
      items.map((one) => ({ ...one, text: 'I agree to all of it.' })),
    ),
  ),
  'shows everybody what Rosa is to sign': mutant(
    /findConsents: Shows nobody/,
    hearing('findConsents', (input) => ({ ...input, acting: { patientId: 'p-rosa' } })),
  ),
  'makes what was left to the desk mandatory': elsewise(
    /Checks in who leaves what is optional/,
    ({ consentDocuments }) => ({
      consentDocuments: consentDocuments.map((one) => ({ ...one, mandatory: true })),
    }),
  ),
  'takes a signature under an authorization without an end': mutant(
    /recordConsent: Keeps no signature under/,
    forgiving('recordConsent', ['invalid'], receipt),
  ),
  'does not show what cannot be signed': mutant(
    /recordConsent: Keeps no signature under/,
    showing<ConsentDocument>('findConsents', (items) => items.filter(({ id }) => id !== 'authorization-research')),
  ),
};

const copies: Readonly<Record<string, Mutant>> = {
  'keeps from the desk who wants a copy': mutant(
    /recordConsent: Tells the desk, once, of a copy/,
    hearing('recordConsent', (input) => without(input, 'copy')),
  ),
  'has a copy for everybody': mutant(
    /recordConsent: Tells the desk, once, of a copy/,
    hearing('recordConsent', (input) => ({ ...input, copy: 'paper' })),
  ),
  'forgets who wants a copy by e-mail': mutant(
    /recordConsent: Tells the desk, once, of a copy that is wanted by e-mail/,
    hearing('recordConsent', (input) => (input.copy === 'email' ? without(input, 'copy') : input)),
  ),
  'prints every copy': mutant(
    /recordConsent: Tells the desk, once, of a copy that is wanted by e-mail/,
    showing<Attention>('findAttention', (items) =>
      items.map((one) => (one.copyOf ? { ...one, copyOf: { ...one.copyOf, way: 'paper' } } : one)),
    ),
  ),
  'does not say of what a copy is wanted': mutant(
    /recordConsent: Tells the desk, once, of a copy/,
    showing<Attention>('findAttention', (items) => items.map((one) => without(one, 'copyOf'))),
  ),
  'wants copies for ever': mutant(
    /recordConsent: Tells the desk, once, of a copy/,
    hearing('acknowledge', (input) => ({ ...input, state: 'acknowledged' })),
  ),
};

const decisions: Readonly<Record<string, Mutant>> = {
  'keeps no signature': mutant(
    /recordConsent: Keeps an agreement/,
    showing<RecordedConsent>('findRecordedConsents', (items) => items.map((one) => without(one, 'signature'))),
  ),
  'keeps other words than were read': mutant(
    /recordConsent: Keeps an agreement/,
    showing<RecordedConsent>('findRecordedConsents', (items) =>
      items.map((one) => ({ ...one, document: { ...one.document, text: 'I agree to all of it.' } })),
    ),
  ),
  'keeps an authorization without what the law wants': mutant(
    /recordConsent: Keeps with a decision/,
    showing<RecordedConsent>('findRecordedConsents', (items) =>
      items.map((one) => ({ ...one, document: without(one.document, 'authorization') })),
    ),
  ),
  'asks again for what was decided': mutant(/recordConsent: Keeps an agreement/, ({ findConsents }) => {
    let first: ReturnType<typeof findConsents> | undefined;
    return { findConsents: (input, options) => (first ??= findConsents(input, options)) };
  }),
  'takes everything to have been read in English': mutant(
    /recordConsent: Keeps the language/,
    hearing('recordConsent', (input) => ({ ...input, language: 'en' })),
  ),
  'takes a refusal for an agreement': mutant(
    /recordConsent: (Keeps a refusal|Keeps that a privacy notice|Sends who declines)/,
    hearing('recordConsent', (input) => ({ ...input, decision: 'accepted', signature: { typed: 'X' } })),
  ),
  'checks in nobody who declined anything': mutant(/recordConsent: Keeps a refusal/, ({ recordConsent, checkIn }) => {
    const declined = new Set<string | undefined>();
    return {
      recordConsent(input, options) {
        if (input.decision === 'declined') declined.add(input.appointmentId);
        return recordConsent(input, options);
      },
      checkIn: (input, options) =>
        declined.has(input.appointment.id)
          ? Promise.reject(new ClinicError('conflict', 'No.'))
          : checkIn(input, options),
    };
  }),
  'checks in who declines to be treated': elsewise(/recordConsent: Sends who declines/, ({ checkIn }) => ({
    checkIn: { ...checkIn, mandatory: ['details', 'forms'] },
  })),
  'does not tell the desk of who declines': mutant(
    /recordConsent: Sends who declines/,
    showing<{ kind: string }>('findAttention', (items) => items.filter(({ kind }) => kind !== 'unfinished')),
  ),
  'lets nobody agree after all': mutant(/recordConsent: Lets somebody agree after all/, ({ recordConsent }) => {
    const first = new Map<string, ReturnType<typeof recordConsent>>();
    return {
      recordConsent(input, options) {
        const answer = first.get(input.document.id) ?? recordConsent(input, options);
        first.set(input.document.id, answer);
        return answer;
      },
    };
  }),
  'forgets who signs': mutant(
    /recordConsent: (Keeps no signature of somebody|Keeps who signed)|identify: Lets somebody act whose/,
    hearing('recordConsent', (input) => ({ ...input, acting: without(input.acting, 'representativeId') })),
  ),
  'forgets by what right somebody signed': mutant(
    /recordConsent: Keeps who signed/,
    showing<object>('findRecordedConsents', (items) => items.map((one) => without(one, 'authority'))),
  ),
  'takes a decision about any version': mutant(
    /recordConsent: Refuses a decision/,
    hearing('recordConsent', (input) => ({ ...input, document: { ...input.document, version: '1' } })),
  ),
  'takes a signature under nothing': mutant(
    /recordConsent: Knows no document/,
    forgiving('recordConsent', ['not-found', 'invalid'], receipt),
  ),
  'lists the earliest decision first': mutant(
    /findRecordedConsents: Lists what was decided/,
    showing<RecordedConsent>('findRecordedConsents', (items) => items.toReversed()),
  ),
  'shows everybody what Rosa has decided': mutant(
    /findRecordedConsents: Lists what was decided/,
    hearing('findRecordedConsents', (input) => ({ ...input, acting: { patientId: 'p-rosa' } })),
  ),
  'checks in nobody who has not looked at everything': mutant(
    /recordConsent: Goes on without optional/,
    ({ checkIn, findConsents }) => ({
      async checkIn(input, options) {
        const { acting, appointment } = input;
        const { items } = await findConsents({ acting, appointmentId: appointment.id });
        if (items.length > 0) throw new ClinicError('conflict', 'No.');
        return checkIn(input, options);
      },
    }),
  ),
};

const withdrawals: Readonly<Record<string, Mutant>> = {
  'takes nothing back': mutant(/withdrawConsent: Takes an agreement back/, () => ({
    withdrawConsent: () => Promise.resolve({ id: 'k', status: 'accepted' }),
  })),
  'loses what was taken back': mutant(
    /withdrawConsent: Takes an agreement back/,
    showing<RecordedConsent>('findRecordedConsents', (items) =>
      items.filter(({ decision }) => decision !== 'withdrawn'),
    ),
  ),
  'does not keep who took something back': mutant(
    /withdrawConsent: Keeps who took it back/,
    showing<RecordedConsent>('findRecordedConsents', (items) => items.map((one) => without(one, 'withdrawnBy'))),
  ),
  'takes everything to be taken back by the patient': mutant(
    /withdrawConsent: Keeps who took it back/,
    hearing('withdrawConsent', (input) => ({ ...input, acting: without(input.acting, 'representativeId') })),
  ),
  'takes everything back': mutant(
    /withdrawConsent: Refuses to take back/,
    forgiving('withdrawConsent', ['conflict'], receipt),
  ),
  'takes back for anybody': mutant(
    /withdrawConsent: Takes back nothing for another/,
    hearing('withdrawConsent', (input) => ({ ...input, acting: { patientId: 'p-rosa' } })),
  ),
};

const programs: Readonly<Record<string, Mutant>> = {
  'describes programmes in English': mutant(
    /findPrograms: Says in the language/,
    hearing('findPrograms', (input) => ({ ...input, language: 'en' })),
  ),
  'does not say which language a programme is in': mutant(
    /findPrograms: Says in the language/,
    showing<object>('findPrograms', (items) => items.map((one) => without(one, 'language'))),
  ),
  'asks a visit for what a programme takes': elsewise(
    /findConsents: Asks for the authorizations of a programme/,
    ({ consentDocuments }) => ({
      consentDocuments: consentDocuments.map((one) => ({ ...one, visitTypeIds: ['check-up', 'nurse-visit'] })),
    }),
  ),
  'takes no for an answer for ever': mutant(
    /findConsents: Asks again for what was declined/,
    ({ findConsents, findRecordedConsents }) => ({
      async findConsents(input, options) {
        const { items, ...rest } = await findConsents(input, options);
        const { items: recorded } = await findRecordedConsents({ acting: input.acting });
        const isDeclined = ({ id }: ConsentDocument) =>
          recorded.some(({ decision, document }) => decision === 'declined' && document.id === id);
        return { ...rest, items: items.filter((one) => input.programId === undefined || !isDeclined(one)) };
      },
    }),
  ),
  'does not keep that somebody is enrolled': mutant(
    /enrolInProgram: Enrols the patient/,
    showing<Program>('findPrograms', (items) => items.map((one) => without(one, 'enrolment'))),
  ),
  'enrols all at once': mutant(
    /enrolInProgram: Enrols the patient/,
    hearing('findPrograms', (input) => ({ ...input, acting: { patientId: 'p-rosa' } })),
  ),
  'enrols twice': mutant(/enrolInProgram: Enrols the patient/, ({ findPrograms }) => {
    let reads = 0;
    return {
      async findPrograms(input, options) {
        const { items, ...rest } = await findPrograms(input, options);
        reads += 1;
        const again = (one: Program) => one.enrolment && { enrolment: { ...one.enrolment, id: `${reads}` } };
        return { ...rest, items: items.map((one) => ({ ...one, ...again(one) })) };
      },
    };
  }),
  'enrols without what it takes': mutant(
    /enrolInProgram: (Says what is missing|Enrols nobody)/,
    forgiving('enrolInProgram', ['invalid', 'not-found', 'forbidden'], receipt),
  ),
  'does not say what is missing': mutant(/enrolInProgram: Says what is missing/, ({ enrolInProgram }) => ({
    enrolInProgram: (input, options) =>
      enrolInProgram(input, options).catch(() => {
        throw new ClinicError('invalid', 'Something is missing.');
      }),
  })),
  'gives an enrolment another state': mutant(
    /enrolInProgram: Enrols the patient/,
    answeringWith('findPrograms', ({ items, ...rest }) => ({
      ...rest,
      items: items.map((one) => ({
        ...one,
        ...(one.enrolment && { enrolment: { ...one.enrolment, state: 'ended' } }),
      })),
    })),
  ),
};

/** Forgets who acts for the patient. */
const forgettingWho = (name: 'findRecordedConsents' | 'withdrawConsent' | 'findPrograms') =>
  hearing(name, (input) => ({ ...input, acting: without(input.acting, 'representativeId') }));

const represented: Readonly<Record<string, Mutant>> = {
  'tells whoever acts what the patient has signed': mutant(
    /findRecordedConsents: Keeps from who acts/,
    forgettingWho('findRecordedConsents'),
  ),
  'takes back for whoever acts what they may not see': mutant(
    /findRecordedConsents: Keeps from who acts above/,
    forgettingWho('withdrawConsent'),
  ),
  'shows nothing to whoever acts': mutant(
    /findRecordedConsents: (Keeps from who acts above|Shows a parent)/,
    ({ findRecordedConsents }) => ({
      findRecordedConsents: async (input, options) =>
        input.acting.representativeId === undefined ? findRecordedConsents(input, options) : { items: [] },
    }),
  ),
  'tells whoever acts which programmes the patient is in': mutant(
    /findPrograms: Keeps from who acts/,
    forgettingWho('findPrograms'),
  ),
};

describe('the cases of consents', () => {
  describeMutants(documents);
  describeMutants(decisions);
  describeMutants(copies);
  describeMutants(withdrawals);
  describeMutants(programs);
  describeMutants(represented);
});

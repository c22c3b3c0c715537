import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConsentDocument, Form, Program, RecordedConsent } from '@clinic-widgets/core';
import { type AdapterImplementation, type ClinicAdapter, defineAdapter } from '@clinic-widgets/core/adapter.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { runFlow } from '../../../test/test-host.ts';
import { flowOf, sessionWith } from '../../../test/test-session.ts';
import { begin, resume, transition } from './flow.ts';
import type { Action, State } from './state.ts';
import { work } from './work.ts';

const at = '2026-03-02T09:00:00-05:00';
const BREATHE: Program = { id: 'm1', name: 'Breathe', formIds: ['f1'], documentIds: ['d1'], needsCoverage: true };
const SENSOR: Program = { id: 'm2', name: 'Sensor', formIds: [], documentIds: [], needsCoverage: false };
const FORM: Form = {
  id: 'f1',
  version: '1',
  title: 'Your health',
  purpose: 'intake',
  language: 'en',
  items: [{ linkId: 'smoke', type: 'boolean', text: 'Do you smoke?', required: true }],
};
const DOCUMENT: ConsentDocument = {
  id: 'd1',
  version: '1',
  kind: 'authorization',
  title: 'To share',
  language: 'en',
  text: 'Words.',
  mandatory: false,
  authorization: {
    description: 'a',
    discloser: 'b',
    recipient: 'c',
    purpose: 'd',
    expiration: 'e',
    revocation: 'f',
    conditioning: 'g',
    redisclosure: 'h',
  },
};
type Enrolment = Parameters<ClinicAdapter['enrolInProgram']>[0];

/** A clinic with programmes, which notes what it is told. */
function clinicWith(changes: AdapterImplementation = {}) {
  const enrolments: { readonly enrolment: Enrolment; readonly key: string }[] = [];
  const asked: unknown[] = [];
  const adapter = defineAdapter({
    findPrograms: async () => ({
      items: [
        { ...BREATHE, ...(enrolments.length > 0 && { enrolment: { id: 'e1', state: 'submitted', at } }) },
        SENSOR,
      ],
    }),
    findCoverages: async () => ({ items: [{ id: 'c1', version: '1', payer: 'Great Lakes' }] }),
    confirmCoverages: async () => ({ id: 'r1', status: 'accepted' }),
    getForm: async () => FORM,
    submitForm: async () => ({ id: 'response-1', status: 'accepted' }),
    async findConsents(query) {
      asked.push(query);
      return { items: [DOCUMENT] };
    },
    recordConsent: async () => ({ id: 'consent-1', status: 'accepted' }),
    findRecordedConsents: async () => ({ items: [] }),
    ...changes,
    async enrolInProgram(enrolment, options) {
      enrolments.push({ enrolment, key: options.idempotencyKey });
      return changes.enrolInProgram?.(enrolment, options) ?? { id: 'e1', status: 'accepted' };
    },
  });
  return { adapter, enrolments, asked };
}

const run = ({ adapter }: Pick<ReturnType<typeof clinicWith>, 'adapter'>) =>
  runFlow<State, Action>(flowOf({ begin, transition, work }), adapter);
type Flow = ReturnType<typeof run>;
type At<S extends State['step']> = Extract<State, { step: S }>;

/** The first state at a step that is as asked. */
const meets = <S extends State['step']>(flow: Flow, step: S, isSo: (state: At<S>) => boolean) =>
  flow.until((state): state is At<S> => state.step === step && isSo(state as At<S>));

async function choose(flow: Flow, programId = 'm1'): Promise<void> {
  await flow.at('choosing');
  flow.send({ type: 'chose', programId });
  await flow.at('overview');
}

async function insurance(flow: Flow, answer: 'confirmed' | 'changed' = 'confirmed'): Promise<void> {
  flow.send({ type: 'went-on' });
  await meets(flow, 'insurance', ({ inner }) => inner.step === 'looking');
  flow.send({ type: 'of-insurance', action: { type: 'answered', answer, key: 'i1', at } });
  if (answer === 'changed') {
    await meets(flow, 'insurance', ({ inner }) => inner.step === 'told');
    flow.send({ type: 'of-insurance', action: { type: 'went-on' } });
  }
  await flow.at('overview');
}

async function health(flow: Flow): Promise<void> {
  flow.send({ type: 'went-on' });
  const { form } = await meets(flow, 'form', (state) => state.form.step === 'filling');
  assert.equal(form.step, 'filling');
  const yes = { type: 'answered', key: 'smoke.0', row: 0, value: { boolean: true } } as const;
  const key = form.step === 'filling' ? form.filling.nodes[0]!.key : '';
  flow.send({ type: 'of-form', action: { ...yes, key } });
  flow.send({ type: 'of-form', action: { type: 'confirmed', authored: at } });
  await meets(flow, 'form', (state) => state.form.step === 'sent');
  flow.send({ type: 'went-on' });
  await flow.at('overview');
}

async function documents(flow: Flow, decision: 'accepted' | 'declined' = 'accepted'): Promise<void> {
  flow.send({ type: 'went-on' });
  await meets(flow, 'documents', ({ deciding }) => deciding.step === 'reading');
  const send = (action: Extract<Action, { type: 'of-documents' }>['action']) =>
    flow.send({ type: 'of-documents', action });
  if (decision === 'declined') send({ type: 'declined', key: 'd1', at });
  else {
    send({ type: 'agreed' });
    send({ type: 'wrote', draft: { way: 'typed', typed: 'Rosa' } });
    send({ type: 'signed', key: 'd1', at });
  }
  await flow.at('overview');
}

const failing = (...codes: ConstructorParameters<typeof ClinicError>[]) => {
  let tries = 0;
  return async () => {
    const next = codes[tries++];
    if (next) throw new ClinicError(...next);
    return { id: 'e1', status: 'accepted' as const };
  };
};

describe('a programme', () => {
  it('gathers the insurance, the answers and the authorization, and asks with all of it', async () => {
    const clinic = clinicWith();
    const flow = run(clinic);
    await choose(flow);
    await insurance(flow);
    await health(flow);
    await documents(flow);
    flow.send({ type: 'sent', key: 'k1' });
    const { note, programs } = await meets(flow, 'choosing', (state) => state.note !== undefined);
    assert.deepEqual(note, { kind: 'sent', programId: 'm1' });
    assert.equal(programs[0]!.enrolment!.state, 'submitted');
    assert.deepEqual(clinic.asked, [{ acting: { patientId: 'p-rosa' }, programId: 'm1', language: 'en' }]);
    assert.deepEqual(clinic.enrolments, [
      {
        key: 'k1',
        enrolment: {
          acting: { patientId: 'p-rosa' },
          programId: 'm1',
          responseIds: ['response-1'],
          consentIds: ['consent-1'],
          coverageIds: ['c1'],
        },
      },
    ]);
    flow.send({ type: 'chose', programId: 'm1' });
    await flow.at('choosing');
    flow.send({ type: 'closed' });
    assert.equal((await flow.at('finished')).end, 'done');
  });

  it('cannot be asked for before everything was gone through', async () => {
    const clinic = clinicWith();
    const flow = run(clinic);
    await choose(flow);
    await insurance(flow);
    flow.send({ type: 'sent', key: 'k1' });
    await flow.at('overview');
    assert.deepEqual(clinic.enrolments, []);
  });

  it('asks the form anew in a language that is chosen in between, with the answers that were given', async () => {
    const flow = run(clinicWith());
    await choose(flow);
    await insurance(flow);
    flow.send({ type: 'went-on' });
    const { form } = await meets(flow, 'form', (state) => state.form.step === 'filling');
    const key = form.step === 'filling' ? form.filling.nodes[0]!.key : '';
    flow.send({ type: 'of-form', action: { type: 'answered', key, row: 0, value: { boolean: true } } });
    const answered = await flow.at('form');
    const session = sessionWith({ host: { station: { kind: 'kiosk' }, language: 'es' } });
    const state = resume(answered, session);
    assert.ok(state.step === 'form' && state.form.step === 'opening');
    assert.equal(state.form.host.language, 'es');
    assert.deepEqual(state.form.was, answered.form.step === 'filling' && answered.form.filling);
  });

  it('that takes nothing is asked for at once', async () => {
    const clinic = clinicWith();
    const flow = run(clinic);
    await choose(flow, 'm2');
    flow.send({ type: 'sent', key: 'k1' });
    await meets(flow, 'choosing', (state) => state.note !== undefined);
    const { responseIds, consentIds, coverageIds } = clinic.enrolments[0]!.enrolment;
    assert.deepEqual([responseIds, consentIds, coverageIds], [[], [], []]);
  });

  it('asks nothing again after a failure or a look at the others, and asks by one write', async () => {
    const clinic = clinicWith({ enrolInProgram: failing(['unavailable', 'down']) });
    const flow = run(clinic);
    await choose(flow);
    await insurance(flow);
    await health(flow);
    flow.send({ type: 'listed' });
    await choose(flow);
    await documents(flow);
    flow.send({ type: 'sent', key: 'k1' });
    await flow.at('failed');
    flow.send({ type: 'retried' });
    await meets(flow, 'choosing', (state) => state.note !== undefined);
    assert.deepEqual(
      clinic.enrolments.map(({ key }) => key),
      ['k1', 'k1'],
    );
    assert.deepEqual(clinic.enrolments[0], clinic.enrolments[1]);
  });

  it('counts what was agreed to on another day', async () => {
    const recorded = (id: string, decision: RecordedConsent['decision']): RecordedConsent => ({
      id,
      version: '1',
      document: DOCUMENT,
      decision,
      at,
    });
    const other = { ...recorded('k-other', 'accepted'), document: { ...DOCUMENT, id: 'd9' } };
    const clinic = clinicWith({
      findConsents: async () => ({ items: [] }),
      findRecordedConsents: async () => ({
        items: [recorded('k-old', 'withdrawn'), recorded('k-good', 'accepted'), other],
      }),
    });
    const flow = run(clinic);
    await choose(flow);
    await insurance(flow);
    await health(flow);
    flow.send({ type: 'went-on' });
    await meets(flow, 'overview', ({ gathered }) => gathered['m1']?.documents !== undefined);
    flow.send({ type: 'sent', key: 'k1' });
    await meets(flow, 'choosing', (state) => state.note !== undefined);
    assert.deepEqual(clinic.enrolments[0]!.enrolment.consentIds, ['k-good']);
  });

  it('is not asked for when the authorization is declined, and says so', async () => {
    const clinic = clinicWith();
    const flow = run(clinic);
    await choose(flow);
    await insurance(flow);
    await health(flow);
    await documents(flow, 'declined');
    flow.send({ type: 'sent', key: 'k1' });
    assert.deepEqual((await flow.at('incomplete')).missing, ['documents']);
    assert.deepEqual(clinic.enrolments, []);
    flow.send({ type: 'listed' });
    await flow.at('choosing');
    flow.send({ type: 'closed' });
    assert.equal((await flow.at('finished')).end, 'done');
  });

  it('is left to the desk when the insurance has changed', async () => {
    const clinic = clinicWith();
    const flow = run(clinic);
    await choose(flow);
    await insurance(flow, 'changed');
    await health(flow);
    await documents(flow);
    flow.send({ type: 'sent', key: 'k1' });
    assert.deepEqual((await flow.at('incomplete')).missing, ['insurance']);
    flow.send({ type: 'left-to-desk' });
    assert.equal((await flow.at('choosing')).note!.kind, 'at-desk');
    flow.send({ type: 'closed' });
    assert.equal((await flow.at('finished')).end, 'at-desk');
    assert.deepEqual(clinic.enrolments, []);
  });

  it('goes through again only what the clinic says is missing', async () => {
    const clinic = clinicWith({ enrolInProgram: failing(['invalid', 'no', { paths: [['responseIds']] }]) });
    const flow = run(clinic);
    await choose(flow);
    await insurance(flow);
    await health(flow);
    await documents(flow);
    flow.send({ type: 'sent', key: 'k1' });
    assert.deepEqual((await flow.at('incomplete')).missing, ['forms']);
    flow.send({ type: 'again' });
    await flow.at('overview');
    await health(flow);
    flow.send({ type: 'sent', key: 'k2' });
    await meets(flow, 'choosing', (state) => state.note !== undefined);
  });

  it('that the patient is in already is shown as it stands', async () => {
    const flow = run(clinicWith({ enrolInProgram: failing(['conflict', 'enrolled']) }));
    await choose(flow, 'm2');
    flow.send({ type: 'sent', key: 'k1' });
    assert.equal((await meets(flow, 'choosing', (state) => state.note !== undefined)).note!.kind, 'changed');
  });

  it('says it when the request waits on the device', async () => {
    const enrolInProgram = async () => ({ id: 'e1', status: 'queued' as const });
    const flow = run(clinicWith({ enrolInProgram }));
    await choose(flow, 'm2');
    flow.send({ type: 'sent', key: 'k1' });
    assert.equal((await meets(flow, 'choosing', (state) => state.note !== undefined)).note!.kind, 'queued');
  });

  it('is left to the desk when it cannot be asked for here', async () => {
    const flow = run(clinicWith({ enrolInProgram: failing(['forbidden', 'no']) }));
    await choose(flow, 'm2');
    flow.send({ type: 'sent', key: 'k1' });
    await flow.at('failed');
    flow.send({ type: 'left-to-desk' });
    const { atDesk, note } = await flow.at('choosing');
    assert.deepEqual([atDesk, note!.kind], [true, 'at-desk']);
  });

  it('is tried again when the list cannot be had', async () => {
    let tries = 0;
    const findPrograms = async () => {
      if ((tries += 1) === 1) throw new ClinicError('unexpected', 'broken');
      return { items: [SENSOR] };
    };
    const flow = run(clinicWith({ findPrograms }));
    await flow.at('failed');
    flow.send({ type: 'retried' });
    assert.deepEqual((await flow.at('choosing')).programs, [SENSOR]);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConsentDecision, ConsentDocument, RecordedConsent } from '@clinic-widgets/core';
import { type AdapterImplementation, defineAdapter } from '@clinic-widgets/core/adapter.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { runFlow } from '../../../test/test-host.ts';
import { flowOf, sessionWith } from '../../../test/test-session.ts';
import type { Session } from '../session.ts';
import { begin, transition, work } from './flow.ts';
import type { Deciding, DecidingAction, State } from './state.ts';

const at = '2026-03-02T09:00:00-05:00';
const ELEMENTS = {
  description: 'Dates of visits',
  discloser: 'Harbor Clinic',
  recipient: 'Care Partners',
  purpose: 'To help',
  expiration: 'In a year',
  revocation: 'At any time',
  conditioning: 'Nothing depends on it',
  redisclosure: 'May be passed on',
};
const document = (id: string, rest: Partial<ConsentDocument> = {}): ConsentDocument => ({
  id,
  version: '1',
  kind: 'other',
  title: id,
  language: 'en',
  text: 'Words.',
  mandatory: false,
  ...rest,
});
const TREATMENT = document('treatment', { kind: 'treatment', mandatory: true });
const NOTICE = document('notice', { kind: 'privacy-notice' });
const SHARING = document('sharing', { kind: 'authorization', authorization: ELEMENTS });
const { expiration: _, ...shortened } = ELEMENTS;
const STUDY = document('study', { kind: 'authorization', authorization: shortened });

/** A clinic with documents, which notes what it is told. */
function clinicWith(documents: readonly ConsentDocument[], changes: AdapterImplementation = {}) {
  const told: { readonly decision: ConsentDecision; readonly key: string }[] = [];
  const queries: unknown[] = [];
  const adapter = defineAdapter({
    findConsents: async (query) => {
      queries.push(query);
      const index = Number(query.cursor ?? 0);
      return {
        items: documents.slice(index, index + 1),
        ...(index + 1 < documents.length && { next: String(index + 1) }),
      };
    },
    ...changes,
    async recordConsent(decision, options) {
      told.push({ decision, key: options.idempotencyKey });
      return changes.recordConsent?.(decision, options) ?? { id: `k${told.length}`, status: 'accepted' };
    },
  });
  return { adapter, told, queries };
}

/** The part at such a clinic, with what a patient does. */
function run({ adapter }: Pick<ReturnType<typeof clinicWith>, 'adapter'>, changes: Partial<Session> = {}) {
  const flow = runFlow(flowOf({ begin, transition, work }, sessionWith(changes)), adapter);
  const send = (action: DecidingAction) => flow.send({ type: 'of-deciding', action });
  type At<S extends Deciding['step']> = Extract<Deciding, { step: S }>;
  const deciding = async <S extends Deciding['step']>(step: S, isSo: (state: At<S>) => boolean = () => true) => {
    const found = await flow.until(
      (state): state is Extract<State, { step: 'deciding' }> =>
        state.step === 'deciding' && state.deciding.step === step && isSo(state.deciding as At<S>),
    );
    return found.deciding as At<S>;
  };
  const reading = (id: string) => deciding('reading', ({ documents }) => documents[0]!.id === id);
  const sign = (key: string, typed = 'Rosa Delgado') => {
    send({ type: 'agreed' });
    send({ type: 'wrote', draft: { way: 'typed', typed } });
    send({ type: 'signed', key, at });
  };
  return { ...flow, sendOn: send, deciding, reading, sign };
}

const failing = (...codes: ConstructorParameters<typeof ClinicError>[]) => {
  let tries = 0;
  return async () => {
    const next = codes[tries++];
    if (next) throw new ClinicError(...next);
    return { id: 'k9', status: 'accepted' as const };
  };
};

describe('the documents of a visit', () => {
  it('are asked for in the patient’s language, and decided one after the other', async () => {
    const clinic = clinicWith([TREATMENT, NOTICE, SHARING]);
    const flow = run(clinic);
    await flow.reading('treatment');
    assert.deepEqual(clinic.queries[0], {
      acting: { patientId: 'p-rosa' },
      appointmentId: 'a-rosa-today',
      language: 'en',
    });
    flow.sign('k-treatment');
    await flow.reading('notice');
    flow.sign('k-notice');
    await flow.reading('sharing');
    flow.sendOn({ type: 'declined', key: 'k-sharing', at });

    const { decided, end } = await flow.at('summary');
    assert.equal(end, 'done');
    assert.deepEqual(
      decided.map(({ document: { id }, decision, consentId }) => [id, decision, consentId]),
      [
        ['treatment', 'accepted', 'k1'],
        ['notice', 'accepted', 'k2'],
        ['sharing', 'declined', 'k3'],
      ],
    );
    const base = {
      acting: { patientId: 'p-rosa' },
      appointmentId: 'a-rosa-today',
      language: 'en',
      station: { kind: 'kiosk', deviceId: 'lobby-1' },
      at,
    };
    assert.deepEqual(clinic.told, [
      {
        key: 'k-treatment',
        decision: {
          ...base,
          document: { id: 'treatment', version: '1' },
          decision: 'accepted',
          signature: { typed: 'Rosa Delgado' },
        },
      },
      {
        key: 'k-notice',
        decision: {
          ...base,
          document: { id: 'notice', version: '1' },
          decision: 'accepted',
          signature: { typed: 'Rosa Delgado' },
        },
      },
      { key: 'k-sharing', decision: { ...base, document: { id: 'sharing', version: '1' }, decision: 'declined' } },
    ]);
  });

  it('begin with nothing chosen, and no signature goes from one to the next', async () => {
    const flow = run(clinicWith([TREATMENT, NOTICE]));
    const { draft } = await flow.reading('treatment');
    assert.equal(draft.way, undefined);
    assert.equal(draft.copy, undefined);
    flow.sign('k1');
    assert.equal((await flow.reading('notice')).draft.typed, '');
  });

  it('leave consent to treat to the desk when it is declined, with all that was decided', async () => {
    const flow = run(clinicWith([TREATMENT, NOTICE]));
    await flow.reading('treatment');
    flow.sendOn({ type: 'declined', key: 'k1', at });
    await flow.reading('notice');
    flow.sign('k2');
    const { end, decided } = await flow.at('summary');
    assert.equal(end, 'at-desk');
    assert.deepEqual(
      decided.map(({ decision }) => decision),
      ['declined', 'accepted'],
    );
    flow.send({ type: 'went-on' });
    assert.equal((await flow.at('finished')).end, 'at-desk');
  });

  it('record that a notice was not signed, and go on', async () => {
    const clinic = clinicWith([NOTICE]);
    const flow = run(clinic);
    await flow.reading('notice');
    flow.sendOn({ type: 'declined', key: 'k1', at });
    assert.equal((await flow.at('summary')).end, 'done');
    assert.equal(clinic.told[0]!.decision.decision, 'declined');
  });

  it('let nobody sign an authorization that lacks an element', async () => {
    const clinic = clinicWith([STUDY]);
    const flow = run(clinic);
    await flow.reading('study');
    flow.sendOn({ type: 'agreed' });
    flow.sendOn({ type: 'declined', key: 'k1', at });
    await flow.reading('study');
    flow.sendOn({ type: 'left-to-desk' });
    const { decided, end } = await flow.at('summary');
    assert.equal(end, 'at-desk');
    assert.equal(decided[0]!.decision, 'at-desk');
    assert.deepEqual(clinic.told, []);
  });

  it('let nobody sign whose authority is unknown', async () => {
    const clinic = clinicWith([TREATMENT]);
    const flow = run(clinic, { authority: 'unknown', acting: { patientId: 'p-rosa', representativeId: 'r-1' } });
    await flow.reading('treatment');
    flow.sendOn({ type: 'agreed' });
    await flow.reading('treatment');
    flow.sendOn({ type: 'left-to-desk' });
    assert.equal((await flow.at('summary')).end, 'at-desk');
    assert.deepEqual(clinic.told, []);
  });

  it('name who acts for the patient', async () => {
    const clinic = clinicWith([TREATMENT]);
    const acting = { patientId: 'p-rosa', representativeId: 'r-1' };
    const flow = run(clinic, { authority: 'parent', acting });
    await flow.reading('treatment');
    flow.sign('k1');
    await flow.at('summary');
    assert.deepEqual(clinic.told[0]!.decision.acting, acting);
  });

  it('say what a signature lacks, and take a drawn one like a typed one', async () => {
    const clinic = clinicWith([TREATMENT]);
    const flow = run(clinic);
    await flow.reading('treatment');
    flow.sendOn({ type: 'agreed' });
    const press = () => flow.sendOn({ type: 'signed', key: 'k1', at });
    const trouble = async (wanted: string) => assert.equal((await flow.deciding('signing')).draft.trouble, wanted);
    press();
    await trouble('way');
    flow.sendOn({ type: 'wrote', draft: { way: 'typed', typed: '   ' } });
    press();
    await trouble('typed');
    flow.sendOn({ type: 'wrote', draft: { way: 'drawn' } });
    press();
    await trouble('drawn');
    flow.sendOn({ type: 'wrote', draft: { drawn: { svg: `<svg ${' '.repeat(200_000)}></svg>`, strokes: [] } } });
    press();
    await trouble('long');
    flow.sendOn({ type: 'cleared' });
    const { draft } = await flow.deciding('signing');
    assert.deepEqual([draft.drawn, draft.sheet], [undefined, 1]);
    assert.equal(clinic.told.length, 0);

    flow.sendOn({ type: 'wrote', draft: { drawn: { svg: '<svg></svg>', strokes: [] }, copy: 'paper' } });
    press();
    await flow.at('summary');
    assert.deepEqual(clinic.told[0]!.decision.signature, { drawn: '<svg></svg>' });
    assert.equal(clinic.told[0]!.decision.copy, 'paper');
  });

  it('send no copy that nobody wants', async () => {
    const clinic = clinicWith([TREATMENT]);
    const flow = run(clinic);
    await flow.reading('treatment');
    flow.sendOn({ type: 'agreed' });
    flow.sendOn({ type: 'wrote', draft: { way: 'typed', typed: 'Rosa', copy: 'none' } });
    flow.sendOn({ type: 'signed', key: 'k1', at });
    await flow.at('summary');
    assert.equal('copy' in clinic.told[0]!.decision, false);
  });

  it('are tried again as the same write, with the signature still there', async () => {
    const clinic = clinicWith([TREATMENT], { recordConsent: failing(['unavailable', 'down']) });
    const flow = run(clinic);
    await flow.reading('treatment');
    flow.sign('k1');
    const failed = await flow.deciding('failed');
    assert.equal(failed.from.draft.typed, 'Rosa Delgado');
    flow.sendOn({ type: 'went-back' });
    assert.equal((await flow.deciding('failed')).step, 'failed', 'What may have been recorded is not decided anew.');
    flow.sendOn({ type: 'retried' });
    await flow.at('summary');
    assert.deepEqual(
      clinic.told.map(({ key }) => key),
      ['k1', 'k1'],
    );
    assert.deepEqual(clinic.told[0]!.decision, clinic.told[1]!.decision);
  });

  it('are shown anew when the clinic has changed them', async () => {
    let documents = [TREATMENT];
    const clinic = clinicWith([], {
      findConsents: async () => ({ items: documents }),
      async recordConsent(decision) {
        if (decision.document.version === '1') throw new ClinicError('conflict', 'changed');
        return { id: 'k9', status: 'accepted' };
      },
    });
    const flow = run(clinic);
    await flow.reading('treatment');
    documents = [{ ...TREATMENT, version: '2', text: 'Other words.' }];
    flow.sign('k1');
    const again = await flow.deciding('reading', ({ documents: [first] }) => first!.version === '2');
    assert.equal(again.changed, 'treatment');
    assert.equal(again.draft.typed, 'Rosa Delgado');
    flow.sign('k2');
    await flow.at('summary');
    assert.equal(clinic.told[1]!.decision.document.version, '2');
    assert.equal(clinic.told[1]!.key, 'k2');
  });

  it('point at a signature, or a copy, that the clinic does not accept', async () => {
    const recordConsent = failing(
      ['invalid', 'no', { paths: [['signature', 'typed']] }],
      ['invalid', 'no', { paths: [['copy']] }],
    );
    const flow = run(clinicWith([TREATMENT], { recordConsent }));
    await flow.reading('treatment');
    flow.sign('k1');
    await flow.deciding('signing', ({ draft }) => draft.trouble === 'refused');
    flow.sendOn({ type: 'signed', key: 'k2', at });
    assert.equal((await flow.deciding('signing', ({ draft }) => draft.trouble === 'copy')).draft.typed, 'Rosa Delgado');
    flow.sendOn({ type: 'wrote', draft: { copy: 'paper' } });
    flow.sendOn({ type: 'signed', key: 'k3', at });
    await flow.at('summary');
  });

  for (const [way, reason, trouble] of [
    ['typed', 'required', 'typed'],
    ['typed', 'too-long', 'refused'],
    ['drawn', 'required', 'drawn'],
    ['drawn', 'too-long', 'long'],
    ['drawn', 'wrong-format', 'refused'],
  ] as const) {
    it(`say why a signature is not accepted, as they say it themselves: ${way}, ${reason}`, async () => {
      const misfits = [{ path: ['signature'], reason }];
      const flow = run(clinicWith([TREATMENT], { recordConsent: failing(['invalid', 'no', { misfits }]) }));
      await flow.reading('treatment');
      flow.sendOn({ type: 'agreed' });
      const drawn = { svg: '<svg></svg>', strokes: [] };
      flow.sendOn({ type: 'wrote', draft: { way, typed: 'Rosa Delgado', drawn, copy: 'none' } });
      flow.sendOn({ type: 'signed', key: 'k1', at });
      await flow.deciding('signing', ({ draft }) => draft.trouble === trouble);
    });
  }

  it('can be left to the desk where nothing else helps', async () => {
    const flow = run(clinicWith([TREATMENT], { recordConsent: failing(['forbidden', 'no']) }));
    await flow.reading('treatment');
    flow.sign('k1');
    await flow.deciding('failed');
    flow.sendOn({ type: 'left-to-desk' });
    const { decided, end } = await flow.at('summary');
    assert.deepEqual([decided[0]!.decision, end], ['at-desk', 'at-desk']);

    const unread = run(clinicWith([], { findConsents: () => Promise.reject(new ClinicError('unsupported', 'no')) }));
    await unread.deciding('failed');
    unread.sendOn({ type: 'left-to-desk' });
    assert.equal((await unread.at('summary')).end, 'at-desk');
  });

  it('know what waits on the device', async () => {
    const recordConsent = async () => ({ id: 'k1', status: 'queued' as const });
    const flow = run(clinicWith([TREATMENT], { recordConsent }));
    await flow.reading('treatment');
    flow.sign('k1');
    assert.equal((await flow.at('summary')).decided[0]!.queued, true);
  });

  it('are not asked again once they are decided, even where the clinic does not know it yet', async () => {
    let finds = 0;
    let isFirst = true;
    const clinic = clinicWith([], {
      findConsents: async () => ({ items: (finds += 1) > 0 ? [TREATMENT, NOTICE] : [] }),
      async recordConsent({ document: { id } }) {
        if (id === 'notice' && isFirst) {
          isFirst = false;
          throw new ClinicError('conflict', 'changed');
        }
        return { id: 'k1', status: 'queued' };
      },
    });
    const flow = run(clinic);
    await flow.reading('treatment');
    flow.sign('k1');
    await flow.reading('notice');
    flow.sign('k2');
    const again = await flow.deciding('reading', ({ changed }) => changed === 'notice');
    assert.equal(finds, 2);
    assert.deepEqual(
      again.documents.map(({ id }) => id),
      ['notice'],
    );
  });

  it('are read anew in a language that is chosen in between, also by who was about to sign', async () => {
    const seen: (string | undefined)[] = [];
    const adapter = defineAdapter({
      findConsents: async ({ language }) => {
        seen.push(language);
        return { items: [{ ...TREATMENT, language: language! }] };
      },
    });
    const session = { current: sessionWith() };
    const flow = runFlow(
      {
        initial: begin(session.current),
        transition: (state: State, action: Parameters<typeof transition>[1]) =>
          transition(state, action, session.current),
        work: (state: State) => work(state, session.current),
      },
      adapter,
    );
    const inLanguage = (language: string) =>
      flow.until(
        (state): state is State =>
          state.step === 'deciding' &&
          state.deciding.step === 'reading' &&
          state.deciding.documents[0]!.language === language,
      );
    await inLanguage('en');
    session.current = sessionWith({ host: { station: { kind: 'kiosk' }, language: 'es' } });
    flow.host.requestUpdate();
    await inLanguage('es');
    assert.deepEqual(seen, ['en', 'es']);

    const drawn = { svg: '<svg></svg>', strokes: [] };
    flow.send({ type: 'of-deciding', action: { type: 'agreed' } });
    flow.send({ type: 'of-deciding', action: { type: 'wrote', draft: { way: 'drawn', drawn } } });
    session.current = sessionWith();
    flow.host.requestUpdate();
    const again = await inLanguage('en');
    assert.ok(again.step === 'deciding' && again.deciding.step === 'reading');
    assert.deepEqual([again.deciding.draft.way, again.deciding.draft.drawn], ['drawn', undefined]);
  });
});

describe('what was agreed to before', () => {
  const recorded: RecordedConsent = {
    id: 'k1',
    version: '3',
    document: SHARING,
    decision: 'accepted',
    at,
  };

  function before(changes: AdapterImplementation) {
    const clinic = clinicWith([], changes);
    const flow = run(clinic);
    const act = (action: Extract<Parameters<typeof flow.send>[0], { type: 'of-agreements' }>['action']) =>
      flow.send({ type: 'of-agreements', action });
    const listed = (isSo: (state: Extract<State, { step: 'agreements' }>['agreements']) => boolean = () => true) =>
      flow.until(
        (state): state is Extract<State, { step: 'agreements' }> =>
          state.step === 'agreements' && state.agreements.list !== undefined && isSo(state.agreements),
      );
    return { flow, act, listed };
  }

  it('can be taken back, by one write', async () => {
    const keys: string[] = [];
    let decision: RecordedConsent['decision'] = 'accepted';
    const { flow, act, listed } = before({
      findRecordedConsents: async () => ({ items: [{ ...recorded, decision }] }),
      async withdrawConsent({ consent }, { idempotencyKey }) {
        assert.deepEqual(consent, { id: 'k1', version: '3' });
        keys.push(idempotencyKey);
        if (keys.length === 1) throw new ClinicError('unavailable', 'down');
        decision = 'withdrawn';
        return { id: 'k1', status: 'accepted' };
      },
    });
    await flow.at('summary');
    flow.send({ type: 'opened-agreements' });
    const { agreements } = await listed();
    act({ type: 'took', consent: agreements.list![0]! });
    act({ type: 'confirmed', key: 'w1' });
    await listed(({ error }) => error?.code === 'unavailable');
    act({ type: 'retried' });
    const after = await listed(({ note }) => note === 'withdrawn');
    assert.equal(after.agreements.list![0]!.decision, 'withdrawn');
    assert.deepEqual(keys, ['w1', 'w1']);
    flow.send({ type: 'closed-agreements' });
    await flow.at('summary');
  });

  it('is read again when it was taken back elsewhere', async () => {
    const { flow, act, listed } = before({
      findRecordedConsents: async () => ({ items: [recorded] }),
      withdrawConsent: () => Promise.reject(new ClinicError('conflict', 'withdrawn')),
    });
    await flow.at('summary');
    flow.send({ type: 'opened-agreements' });
    await listed();
    act({ type: 'took', consent: recorded });
    act({ type: 'confirmed', key: 'w1' });
    const { agreements } = await listed(({ note }) => note === 'changed');
    assert.equal(agreements.taking, undefined);
  });
});

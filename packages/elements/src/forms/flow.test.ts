import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { AlertRequest, Form, FormItem, Submission, Value } from '@clinic-widgets/core';
import { type AdapterImplementation, defineAdapter } from '@clinic-widgets/core/adapter.js';
import { ClinicError, type ErrorCode } from '@clinic-widgets/core/errors.js';
import { runFlow } from '../../test/test-host.ts';
import type { Drafts } from './drafts.ts';
import type { Evaluate } from './evaluation.ts';
import { pagesShown } from './filling.ts';
import { formFlow, isUnheard } from './flow.ts';
import { type Host, type In, isUncertain, type State } from './state.ts';
import { isOn, valuesOf } from './tree.ts';

const now = () => '2026-03-02T09:00:00-05:00';
const timeZone = 'America/New_York';
const clinic = { name: 'Harbor Clinic', timeZone, supports: [], phone: '(269) 555-0142' };
const yes = { boolean: true } as const;
const no = { boolean: false } as const;

const formOf = (items: readonly FormItem[], rest: Partial<Form> = {}): Form => ({
  id: 'f1',
  version: '1',
  title: 'A form',
  purpose: 'intake',
  language: 'en',
  items: [...items],
  ...rest,
});

const QUESTIONS = formOf([
  { linkId: 'smoke', type: 'boolean', text: 'Do you smoke?', required: true },
  {
    linkId: 'how-much',
    type: 'integer',
    text: 'How many cigarettes a day?',
    required: true,
    enableWhen: [{ question: 'smoke', operator: '=', value: yes }],
  },
  { linkId: 'more', type: 'group', text: 'More', items: [{ linkId: 'note', type: 'text', text: 'Anything else?' }] },
]);

const SCREENING = formOf(
  [
    { linkId: 'a', type: 'boolean', text: 'Sleep?' },
    { linkId: 'b', type: 'boolean', text: 'Thoughts?', flag: { unless: [no], alert: true } },
  ],
  { purpose: 'screening' },
);

const TRIAGE = formOf(
  [
    { linkId: 'pain', type: 'boolean', text: 'Chest pain?', required: true },
    {
      linkId: 'call',
      type: 'display',
      text: 'Get help.',
      outcome: 'emergency',
      enableWhen: [{ question: 'pain', operator: '=', value: yes }],
    },
    {
      linkId: 'book',
      type: 'display',
      text: 'Please book.',
      outcome: 'booking',
      enableWhen: [{ question: 'pain', operator: '=', value: no }],
    },
  ],
  { purpose: 'triage' },
);

/** A clinic with one form, which notes what it is told. */
function clinicWith(form: Form, changes: AdapterImplementation = {}) {
  const submitted: { submission: Submission; key: string }[] = [];
  const alerts: { alert: AlertRequest; key: string }[] = [];
  const adapter = defineAdapter({
    describeClinic: async () => clinic,
    findForms: async () => ({
      items: [{ id: form.id, version: form.version, title: form.title, purpose: form.purpose }],
    }),
    getForm: async () => form,
    submitForm: async (submission, { idempotencyKey: key }) => {
      submitted.push({ submission, key });
      return { id: 'r1', status: 'accepted' };
    },
    raiseAlert: async (alert, { idempotencyKey: key }) => {
      alerts.push({ alert, key });
      return { id: 'al1' };
    },
    ...changes,
  });
  return { adapter, submitted, alerts };
}

const hostOf = (host: Partial<Host> = {}): Host => ({
  acting: { patientId: 'p1' },
  formId: 'f1',
  appointmentId: '',
  language: 'en',
  paging: 'group',
  onSite: false,
  ...host,
});

const refused =
  (code: ErrorCode, paths: (string | number)[][] = []) =>
  () =>
    Promise.reject(new ClinicError(code, 'no', { paths }));

describe('the flow of a form', () => {
  const open: { disconnect(): void }[] = [];
  afterEach(() => open.splice(0).forEach((host) => host.disconnect()));

  function opened(
    { adapter }: Pick<ReturnType<typeof clinicWith>, 'adapter'>,
    host: Partial<Host> = {},
    outside: { evaluate?: Evaluate; drafts?: () => Promise<Drafts> } = {},
  ) {
    const run = runFlow(formFlow({ now, ...outside }), adapter);
    open.push(run.host);
    run.send({ type: 'host-changed', host: hostOf(host) });
    return run;
  }

  it('lists what waits, and opens what is chosen', async () => {
    const { at, send, until } = opened(clinicWith(QUESTIONS), { formId: '' });
    const { forms } = await until(
      (state): state is Extract<typeof state, { step: 'forms' }> => state.step === 'forms' && state.forms !== undefined,
    );
    assert.equal(forms![0]!.title, 'A form');
    send({ type: 'chose-form', form: forms![0]! });
    const { filling } = await at('filling');
    assert.equal(filling.form.id, 'f1');
  });

  it('asks what follows from an answer, and hands in only what is asked', async () => {
    const world = clinicWith(QUESTIONS);
    const { at, send, controller } = opened(world);
    await at('filling');
    send({ type: 'chose', key: '0', values: [yes] });
    send({ type: 'typed', key: '1', row: 0, typed: '12', value: { integer: 12 } });
    send({ type: 'chose', key: '0', values: [no] });
    send({ type: 'turned', to: 'next' });
    send({ type: 'typed', key: '2.0.0', row: 0, typed: 'No.', value: { string: 'No.' } });
    send({ type: 'turned', to: 'next' });
    assert.equal(controller.state.step, 'review');
    send({ type: 'confirmed', authored: now() });
    await at('sent');
    assert.deepEqual(world.submitted[0]!.submission.items, [
      { linkId: 'smoke', answers: [{ value: no }] },
      { linkId: 'more', items: [{ linkId: 'note', answers: [{ value: { string: 'No.' } }] }] },
    ]);
  });

  it('keeps the reader on a page whose answers are not as they should be, and says where', async () => {
    const { at, send, controller } = opened(clinicWith(QUESTIONS));
    const { filling } = await at('filling');
    send({ type: 'turned', to: 'next' });
    const state = controller.state;
    assert.ok(state.step === 'filling' && state.filling.page === filling.page);
    assert.deepEqual(state.filling.troubles, { 0: { reason: 'required' } });
    send({ type: 'chose', key: '0', values: [yes] });
    send({ type: 'typed', key: '1', row: 0, typed: 'many', value: undefined });
    send({ type: 'turned', to: 'next' });
    const after = controller.state;
    assert.ok(after.step === 'filling');
    assert.deepEqual(after.filling.troubles, { 1: { reason: 'whole' } });
    assert.equal(after.filling.nodes[1]!.rows[0]!.typed, 'many', 'What was typed is not lost.');
  });

  it('retries a lost submission as the same write', async () => {
    let tries = 0;
    const keys: string[] = [];
    const world = clinicWith(QUESTIONS, {
      submitForm: async (_, { idempotencyKey }) => {
        keys.push(idempotencyKey);
        if ((tries += 1) === 1) throw new ClinicError('unavailable', 'lost');
        return { id: 'r1', status: 'accepted' };
      },
    });
    const { at, send } = opened(world);
    await at('filling');
    send({ type: 'chose', key: '0', values: [no] });
    send({ type: 'turned', to: 'next' });
    send({ type: 'turned', to: 'next' });
    send({ type: 'confirmed', authored: now() });
    const failed = await at('failed');
    assert.ok(isUncertain(failed));
    send({ type: 'went-back' });
    assert.equal((await at('failed')).step, 'failed', 'What may have been done is not undone by going back.');
    send({ type: 'retried' });
    await at('sent');
    assert.equal(new Set(keys).size, 1);
    assert.equal(keys.length, 2);
  });

  it('shows the question whose answer the clinic refuses, and writes anew once it is changed', async () => {
    const keys: string[] = [];
    const world = clinicWith(QUESTIONS, {
      submitForm: async (_, { idempotencyKey }) => {
        keys.push(idempotencyKey);
        if (keys.length === 1)
          throw new ClinicError('invalid', 'no', { paths: [['items', 1, 'items', 0, 'answers', 0, 'value']] });
        return { id: 'r1', status: 'accepted' };
      },
    });
    const { at, send } = opened(world);
    await at('filling');
    send({ type: 'chose', key: '0', values: [no] });
    send({ type: 'turned', to: 'next' });
    send({ type: 'typed', key: '2.0.0', row: 0, typed: 'x', value: { string: 'x' } });
    send({ type: 'turned', to: 'next' });
    send({ type: 'confirmed', authored: now() });
    await at('sending');
    const { filling } = await at('filling');
    assert.deepEqual(filling.troubles, { '2.0.0': { reason: 'refused' } });
    assert.equal(filling.page, '2.0.0');
    send({ type: 'typed', key: '2.0.0', row: 0, typed: 'y', value: { string: 'y' } });
    send({ type: 'turned', to: 'next' });
    send({ type: 'confirmed', authored: now() });
    await at('sent');
    assert.equal(new Set(keys).size, 2, 'Another answer is another write.');
  });

  it('keeps the answers when the clinic has changed the form', async () => {
    let version = '1';
    const world = clinicWith(QUESTIONS, {
      getForm: async () => ({ ...QUESTIONS, version }),
      submitForm: async ({ form }) => {
        if (form.version !== '2') {
          version = '2';
          throw new ClinicError('conflict', 'changed');
        }
        return { id: 'r1', status: 'accepted' };
      },
    });
    const { at, send, until } = opened(world);
    await at('filling');
    send({ type: 'chose', key: '0', values: [no] });
    send({ type: 'turned', to: 'next' });
    send({ type: 'turned', to: 'next' });
    send({ type: 'confirmed', authored: now() });
    const { filling, notice } = await until(
      (state): state is Extract<typeof state, { step: 'filling' }> =>
        state.step === 'filling' && state.filling.form.version === '2',
    );
    assert.equal(notice, 'changed');
    assert.deepEqual(filling.nodes[0]!.rows[0]!.value, no);
  });

  for (const [how, answer] of [
    ['reaches them', undefined],
    ['does not', new ClinicError('unavailable', 'down')],
  ] as const) {
    it(`says whether an alert ${how} that is on its way when the clinic has changed the form`, async () => {
      let version = '1';
      let settle: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => (settle = resolve));
      const world = clinicWith(SCREENING, {
        getForm: async () => ({ ...SCREENING, version }),
        submitForm: async () => {
          version = '2';
          throw new ClinicError('conflict', 'changed');
        },
        raiseAlert: async () => {
          await gate;
          if (answer) throw answer;
          return { id: 'al1' };
        },
      });
      const { at, send, until, controller } = opened(world);
      await at('filling');
      send({ type: 'chose', key: '0', values: [no] });
      send({ type: 'chose', key: '1', values: [yes] });
      send({ type: 'confirmed', authored: now() });
      const { filling } = await until(
        (state): state is In<'filling'> => state.step === 'filling' && state.filling.form.version === '2',
      );
      assert.equal(filling.alerts[0]?.state, 'sending');
      assert.equal(isUnheard(controller.state), true);
      settle();
      const wanted = answer ? 'failed' : 'sent';
      await until((state): state is In<'filling'> => 'filling' in state && state.filling.alerts[0]?.state === wanted);
    });
  }

  it('says that an alert has not reached staff which fails while the form is opened anew', async () => {
    let version = '1';
    let open: () => void = () => undefined;
    const shut = new Promise<void>((resolve) => (open = resolve));
    const world = clinicWith(SCREENING, {
      getForm: async () => {
        if (version === '2') await shut;
        return { ...SCREENING, version };
      },
      submitForm: async () => {
        version = '2';
        throw new ClinicError('conflict', 'changed');
      },
      raiseAlert: () =>
        new Promise((_, reject) => setTimeout(() => reject(new ClinicError('unavailable', 'down')), 20)),
    });
    const { at, send, until } = opened(world);
    await at('filling');
    send({ type: 'chose', key: '0', values: [no] });
    send({ type: 'chose', key: '1', values: [yes] });
    send({ type: 'confirmed', authored: now() });
    await until((state): state is In<'opening'> => state.step === 'opening' && isUnheard(state));
    await until(
      (state): state is In<'opening'> => state.step === 'opening' && state.was?.alerts[0]?.state === 'failed',
    );
    open();
    const { filling } = await at('filling');
    assert.equal(filling.alerts[0]?.state, 'failed');
  });

  it('alerts staff at the moment of the answer, also when the form is then left', async () => {
    const world = clinicWith(SCREENING);
    const { at, send, host, until } = opened(world);
    await at('filling');
    send({ type: 'chose', key: '1', values: [yes] });
    await until((state): state is typeof state => 'filling' in state && state.filling.alerts[0]?.state === 'sent');
    assert.equal(world.alerts[0]!.alert.linkId, 'b');
    send({ type: 'chose', key: '1', values: [no] });
    send({ type: 'chose', key: '1', values: [yes] });
    host.disconnect();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(world.alerts.length, 1, 'The same answer is told once.');
  });

  const pass = (value: Value) => ({ type: 'chose', key: '1', values: [value], passing: true }) as const;
  const SEVERAL = formOf(
    [
      { linkId: 'a', type: 'boolean', text: 'Sleep?' },
      { linkId: 'b', type: 'choice', text: 'Thoughts?', flag: { unless: [{ integer: 0 }], alert: true } },
    ],
    { purpose: 'screening' },
  );

  const ends: Record<string, (run: ReturnType<typeof opened>) => void> = {
    'goes on from it': ({ send }) => send({ type: 'stayed' }),
    'answers another question': ({ send }) => send({ type: 'chose', key: '0', values: [yes] }),
    'turns the page': ({ send }) => send({ type: 'turned', to: 'next' }),
    'goes back': ({ send }) => send({ type: 'turned', to: 'back' }),
    'sends the form': ({ send }) => send({ type: 'confirmed', authored: now() }),
    'starts again': ({ send }) => send({ type: 'started-again' }),
    'takes the form out of the page': ({ host }) => host.disconnect(),
    'starts over': ({ controller }) => controller.reset(),
    'gives way to another patient': ({ controller, send }) => {
      controller.leave();
      send({ type: 'host-changed', host: hostOf({ acting: { patientId: 'p2' } }) });
    },
    'reads another language': ({ send }) => send({ type: 'host-changed', host: hostOf({ language: 'es' }) }),
  };
  for (const [end, act] of Object.entries(ends)) {
    it(`tells of an answer that was only passed over so far once the patient ${end}`, async () => {
      const world = clinicWith(SEVERAL);
      const run = opened(world);
      await run.at('filling');
      run.send(pass({ integer: 1 }));
      run.send(pass({ integer: 2 }));
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(world.alerts.length, 0);
      act(run);
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(world.alerts.length, 1);
      const { acting, values } = world.alerts[0]!.alert;
      assert.deepEqual([acting, values], [{ patientId: 'p1' }, [{ integer: 2 }]]);
    });
  }

  it('tells of an answer that stays, and of none that gave way to a harmless one', async (test) => {
    const world = clinicWith(SEVERAL);
    const { at, send, controller } = opened(world);
    await at('filling');
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    await settle();
    test.mock.timers.enable({ apis: ['setTimeout'] });
    send(pass({ integer: 1 }));
    await settle();
    test.mock.timers.tick(2900);
    send(pass({ integer: 0 }));
    await settle();
    test.mock.timers.tick(60_000);
    await settle();
    assert.equal(world.alerts.length, 0);

    send(pass({ integer: 3 }));
    await settle();
    test.mock.timers.tick(3000);
    await settle();
    assert.deepEqual(world.alerts[0]?.alert.values, [{ integer: 3 }]);
    send({ type: 'stayed' });
    controller.leave();
    await settle();
    assert.equal(world.alerts.length, 1, 'The same answer is told once.');
  });

  it('tells of what is written once it is finished, not letter by letter', async () => {
    const amount = formOf([{ linkId: 'n', type: 'integer', flag: { unless: [{ integer: 0 }], alert: true } }]);
    const world = clinicWith(amount);
    const { at, send } = opened(world);
    await at('filling');
    for (const typed of ['1', '12']) {
      send({ type: 'typed', key: '0', row: 0, typed, value: { integer: Number(typed) } });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    send({ type: 'stayed' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(world.alerts.length, 1);
    assert.deepEqual(world.alerts[0]!.alert.values, [{ integer: 12 }]);
  });

  it('lets an alert arrive that is on its way when the form is left', async () => {
    let arrive: () => void = () => undefined;
    const arrived: string[] = [];
    const world = clinicWith(SCREENING, {
      raiseAlert: async ({ linkId }, { signal }) => {
        await new Promise<void>((resolve) => (arrive = resolve));
        signal?.throwIfAborted();
        arrived.push(linkId!);
        return { id: 'al1' };
      },
    });
    const { at, send, host } = opened(world);
    await at('filling');
    send({ type: 'chose', key: '1', values: [yes] });
    await new Promise((resolve) => setTimeout(resolve, 20));
    host.disconnect();
    await new Promise((resolve) => setTimeout(resolve, 5));
    arrive();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(arrived, ['b']);
  });

  it('says that an alert has not reached staff, and sends it again as the same write', async () => {
    const keys: string[] = [];
    const world = clinicWith(SCREENING, {
      raiseAlert: async (_, { idempotencyKey }) => {
        keys.push(idempotencyKey);
        if (keys.length === 1) throw new ClinicError('unavailable', 'down');
        return { id: 'al1' };
      },
    });
    const { at, send, until } = opened(world);
    await at('filling');
    send({ type: 'chose', key: '1', values: [yes] });
    await until((state): state is typeof state => 'filling' in state && state.filling.alerts[0]?.state === 'failed');
    send({ type: 'retried-alerts' });
    await until((state): state is typeof state => 'filling' in state && state.filling.alerts[0]?.state === 'sent');
    assert.equal(new Set(keys).size, 1);
  });

  it('stops at an emergency, which neither going back nor starting over takes away', async () => {
    const world = clinicWith(TRIAGE);
    const { at, send, controller } = opened(world, { onSite: true });
    await at('filling');
    send({ type: 'chose', key: '0', values: [yes] });
    assert.equal(controller.state.step, 'filling', 'A slip of the finger can be mended.');
    send({ type: 'confirmed', authored: now() });
    await at('emergency');
    send({ type: 'turned', to: 'back' });
    send({ type: 'chose', key: '0', values: [no] });
    send({ type: 'started-again' });
    send({ type: 'went-back' });
    send({ type: 'host-changed', host: hostOf({ onSite: true }) });
    assert.equal(controller.state.step, 'emergency');
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(world.alerts[0]!.alert.reason, 'emergency');
    assert.equal(world.submitted[0]!.submission.outcome, 'emergency');
    controller.reset();
    const forgotten: string = (controller.state as State).step;
    assert.equal(forgotten, 'starting', 'The next patient has no emergency.');
  });

  it('hands in what a triage comes to', async () => {
    const world = clinicWith(TRIAGE);
    const { at, send } = opened(world);
    await at('filling');
    send({ type: 'chose', key: '0', values: [no] });
    send({ type: 'confirmed', authored: now() });
    await at('sent');
    assert.equal(world.submitted[0]!.submission.outcome, 'booking');
    assert.equal(world.alerts.length, 0);
  });

  it('shows a form that was opened for the first time before anything of it is worked out, on a slow device too', async () => {
    const form = formOf([{ linkId: 'a', type: 'integer', text: 'A', calculatedExpression: '1' }]);
    let begun = 0;
    const evaluate: Evaluate = async ({ of }) => {
      begun = performance.now();
      return { of, values: {}, hushed: {}, broken: {}, problems: [], stopped: [] };
    };
    const { at, until } = opened(clinicWith(form), {}, { evaluate });
    await at('filling');
    const there = performance.now();
    await until((one): one is In<'filling'> => one.step === 'filling' && one.filling.workedOut === 0);
    assert.ok(begun - there > 66, 'There are four frames between.');
  });

  it('takes over what is worked out, and ends a circle of expressions', async () => {
    const form = formOf([
      { linkId: 'a', type: 'integer', text: 'A' },
      { linkId: 'b', type: 'integer', text: 'B', readOnly: true, calculatedExpression: 'for ever more' },
    ]);
    let count = 0;
    const evaluate: Evaluate = async ({ of }) => ({
      of,
      values: { 1: [{ integer: (count += 1) }] },
      hushed: {},
      broken: {},
      problems: [],
      stopped: [],
    });
    const { until } = opened(clinicWith(form), {}, { evaluate });
    const state = await until(
      (one): one is Extract<typeof one, { step: 'filling' }> =>
        one.step === 'filling' && one.filling.problems.length > 0,
    );
    assert.deepEqual(state.filling.problems, [{ reason: 'condition-loop' }]);
    assert.ok(count < 20);
  });

  it('begins a group with the occurrences that are worked out, each with its own answers', async () => {
    const when = { question: 'name', operator: 'exists', value: { boolean: true } } as const;
    const form = formOf([
      {
        linkId: 'g',
        type: 'group',
        repeats: true,
        population: { name: 'medicine', expression: '%medicines' },
        items: [
          { linkId: 'name', type: 'string', text: 'Name', initialExpression: '%medicine.name' },
          { linkId: 'dose', type: 'string', text: 'Dose', enableWhen: [when] },
        ],
      },
    ]);
    const evaluate: Evaluate = async ({ of, first }) => ({
      of,
      ...(first && { occurrences: { 0: 2 } }),
      values: first ? { '0.1.0': [{ string: 'Metformin' }] } : {},
      hushed: {},
      broken: {},
      problems: [],
      stopped: [],
    });
    const { until } = opened(clinicWith(form), {}, { evaluate });
    const { filling } = await until(
      (one): one is Extract<typeof one, { step: 'filling' }> => one.step === 'filling' && one.filling.workedOut > 0,
    );
    const [first, second, ...others] = filling.nodes[0]!.rows.map(({ nodes }) =>
      nodes.map((node) => [isOn(node), ...valuesOf(node)]),
    );
    assert.deepEqual(first, [[true], [false]]);
    assert.deepEqual(second, [[true, { string: 'Metformin' }], [true]]);
    assert.deepEqual(others, []);
  });

  it('is sent only once its rules have been worked out', async () => {
    const form = formOf([
      {
        linkId: 'a',
        type: 'string',
        text: 'A',
        constraints: [{ expression: 'x', text: 'Not so.', severity: 'error' }],
      },
    ]);
    let finish: () => void = () => undefined;
    const evaluate: Evaluate = async ({ of }) => {
      await new Promise<void>((resolve) => (finish = resolve));
      const broken = { 0: { reason: 'constraint', text: 'Not so.' } } as const;
      return { of, values: {}, hushed: {}, broken, problems: [], stopped: [] };
    };
    const world = clinicWith(form);
    const { at, send, until } = opened(world, {}, { evaluate });
    await at('filling');
    send({ type: 'typed', key: '0', row: 0, typed: 'a', value: { string: 'a' } });
    send({ type: 'confirmed', authored: now() });
    await new Promise((resolve) => setTimeout(resolve, 40));
    finish();
    const { filling } = await until(
      (one): one is Extract<typeof one, { step: 'filling' }> =>
        one.step === 'filling' && Object.keys(one.filling.troubles).length > 0,
    );
    assert.deepEqual(filling.troubles, { 0: { reason: 'constraint', text: 'Not so.' } });
    assert.deepEqual(world.submitted, []);
  });

  it('keeps answers, page and alerts when the page changes its language', async () => {
    const world = clinicWith(QUESTIONS, {
      getForm: async ({ language }) => ({ ...QUESTIONS, language: language ?? 'en', title: `In ${language}` }),
    });
    const { at, send, until } = opened(world);
    await at('filling');
    send({ type: 'chose', key: '0', values: [no] });
    send({ type: 'turned', to: 'next' });
    send({ type: 'host-changed', host: hostOf({ language: 'es' }) });
    const { filling, notice } = await until(
      (one): one is Extract<typeof one, { step: 'filling' }> =>
        one.step === 'filling' && one.filling.form.language === 'es',
    );
    assert.equal(notice, undefined);
    assert.equal(filling.page, '2.0.0');
    assert.deepEqual(filling.nodes[0]!.rows[0]!.value, no);
  });

  describe('options in another language', () => {
    const words = (yes: string, no: string): Form =>
      formOf([
        {
          linkId: 'wear',
          type: 'choice',
          text: 'Glasses?',
          required: true,
          options: [{ value: { string: yes } }, { value: { string: no } }],
        },
        {
          linkId: 'kind',
          type: 'open-choice',
          text: 'Which?',
          options: [{ value: { coding: { code: 'far', display: yes } } }],
        },
      ]);
    const spoken = { en: words('Yes', 'No'), es: words('Sí', 'No') };
    const world = () =>
      clinicWith(spoken.en, {
        getForm: async ({ language }) => ({ ...spoken[language as 'en' | 'es'], language: language! }),
      });
    const answer = { type: 'chose', key: '0', values: [{ string: 'Yes' }] } as const;
    const code = { type: 'chose', key: '1', values: [{ coding: { code: 'far', display: 'Yes' } }] } as const;
    const asIn =
      (language: string) =>
      (one: State): one is Extract<State, { step: 'filling' }> =>
        one.step === 'filling' && one.filling.form.language === language;

    it('stay chosen, in its words, when the page changes it', async () => {
      const { at, send, until } = opened(world());
      await at('filling');
      send(answer);
      send(code);
      send({ type: 'host-changed', host: hostOf({ language: 'es' }) });
      const { filling } = await until(asIn('es'));
      assert.deepEqual(
        filling.nodes.map(({ rows }) => rows[0]!.value),
        [{ string: 'Sí' }, { coding: { code: 'far', display: 'Sí' } }],
      );
    });

    it('stay chosen where the answers were kept in the one and are read in the other', async () => {
      const items = [{ linkId: 'wear', answers: [{ value: { string: 'Yes' } }] }];
      const drafts = { read: () => ({ items, language: 'en' }) } as unknown as Drafts;
      const { until } = opened(world(), { language: 'es' }, { drafts: async () => drafts });
      const { filling } = await until(asIn('es'));
      assert.deepEqual(filling.nodes[0]!.rows[0]!.value, { string: 'Sí' });
    });

    it('are asked again where the form has changed meanwhile', async () => {
      const { at, send, until } = opened(
        clinicWith(spoken.en, {
          getForm: async ({ language }) =>
            language === 'es' ? { ...words('No', 'Sí'), version: '2', language } : { ...spoken.en, language: 'en' },
        }),
      );
      await at('filling');
      send(answer);
      send({ type: 'host-changed', host: hostOf({ language: 'es' }) });
      const { filling } = await until(asIn('es'));
      assert.equal(filling.nodes[0]!.rows[0]!.value, undefined);
    });
  });

  describe('when the page changes its language after the form was sent', () => {
    const inSpanish = { type: 'host-changed', host: hostOf({ language: 'es' }) } as const;

    /** A clinic with the form in two languages, which answers a submission when and as it is told. */
    function worldOf() {
      const keys: (string | undefined)[] = [];
      let answer: (error?: ClinicError) => void = () => undefined;
      const world = clinicWith(QUESTIONS, {
        getForm: async ({ language }) => ({ ...QUESTIONS, language: language ?? 'en' }),
        submitForm: (_, { idempotencyKey }) => {
          keys.push(idempotencyKey);
          return new Promise((resolve, reject) => {
            answer = (error) => (error ? reject(error) : resolve({ id: 'r1', status: 'accepted' }));
          });
        },
      });
      return { world, keys, answer: (error?: ClinicError) => answer(error) };
    }

    async function sending({ world }: ReturnType<typeof worldOf>) {
      const run = opened(world);
      await run.at('filling');
      run.send({ type: 'chose', key: '0', values: [no] });
      run.send({ type: 'turned', to: 'next' });
      run.send({ type: 'typed', key: '2.0.0', row: 0, typed: 'x', value: { string: 'x' } });
      run.send({ type: 'confirmed', authored: now() });
      await run.at('sending');
      await new Promise((resolve) => setTimeout(resolve, 40));
      return run;
    }

    it('goes on sending as the same write, and stays sent', async () => {
      const asked = worldOf();
      const { send, at, controller } = await sending(asked);
      send(inSpanish);
      assert.equal(controller.state.step, 'sending');
      asked.answer();
      const { host } = await at('sent');
      assert.equal(host.language, 'es');
      assert.equal(asked.keys.length, 1);
      send({ type: 'host-changed', host: hostOf() });
      assert.equal(controller.state.step, 'sent');
    });

    it('tries again as the same write what may have arrived', async () => {
      const asked = worldOf();
      const { send, at, controller } = await sending(asked);
      asked.answer(new ClinicError('unavailable', 'down'));
      await at('failed');
      send(inSpanish);
      assert.equal(controller.state.step, 'failed');
      send({ type: 'retried' });
      await at('sending');
      await new Promise((resolve) => setTimeout(resolve, 10));
      asked.answer();
      await at('sent');
      assert.equal(new Set(asked.keys).size, 1);
      assert.equal(asked.keys.length, 2);
    });

    it('shows in the new language what the clinic does not accept', async () => {
      const asked = worldOf();
      const { send, until } = await sending(asked);
      send(inSpanish);
      asked.answer(new ClinicError('invalid', 'no', { paths: [['items', 1, 'items', 0, 'answers', 0, 'value']] }));
      const { filling } = await until((one): one is Extract<typeof one, { step: 'filling' }> => one.step === 'filling');
      assert.equal(filling.form.language, 'es');
      assert.equal(filling.page, '2.0.0');
      assert.deepEqual(filling.troubles, { '2.0.0': { reason: 'refused' } });
      assert.deepEqual(filling.nodes[0]!.rows[0]!.value, no);
    });
  });

  it('keeps the answers when the form cannot be had in another language, and when the page changes it back', async () => {
    let isDown = false;
    const { send, at, until } = opened(
      clinicWith(QUESTIONS, {
        getForm: async ({ language }) => {
          if (isDown) throw new ClinicError('unavailable', 'down');
          return { ...QUESTIONS, language: language ?? 'en' };
        },
      }),
    );
    await at('filling');
    send({ type: 'chose', key: '0', values: [yes] });
    isDown = true;
    send({ type: 'host-changed', host: hostOf({ language: 'es' }) });
    await at('failed');
    send({ type: 'host-changed', host: hostOf() });
    isDown = false;
    send({ type: 'retried' });
    const { filling } = await until((one): one is Extract<typeof one, { step: 'filling' }> => one.step === 'filling');
    assert.deepEqual(filling.nodes[0]!.rows[0]!.value, yes);
  });

  it('stays usable when what it needs to work things out cannot be fetched', async () => {
    const form = formOf([{ linkId: 'b', type: 'integer', text: 'B', calculatedExpression: '1' }]);
    const evaluate: Evaluate = () => Promise.reject(new Error('not there'));
    const { until, send, at } = opened(clinicWith(form), {}, { evaluate });
    await until(
      (one): one is Extract<typeof one, { step: 'filling' }> =>
        one.step === 'filling' && one.filling.problems.length > 0,
    );
    send({ type: 'confirmed', authored: now() });
    await at('sent');
  });

  it('keeps drafts where there is a place for them, and forgets them once they are handed in', async () => {
    const kept = new Map<string, unknown>();
    const drafts: Drafts = {
      read: () => kept.get('x') as never,
      write: (_, given) => void kept.set('x', given),
      remove: () => void kept.delete('x'),
      forget: () => kept.clear(),
    };
    const world = clinicWith(QUESTIONS);
    const first = opened(world, {}, { drafts: async () => drafts });
    await first.at('filling');
    first.send({ type: 'chose', key: '0', values: [no] });
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(kept.get('x'), { items: [{ linkId: 'smoke', answers: [{ value: no }] }], language: 'en' });

    const second = opened(world, {}, { drafts: async () => drafts });
    const { filling, notice } = await second.at('filling');
    assert.equal(notice, 'kept');
    assert.deepEqual(filling.nodes[0]!.rows[0]!.value, no);
    second.send({ type: 'turned', to: 'next' });
    second.send({ type: 'turned', to: 'next' });
    second.send({ type: 'confirmed', authored: now() });
    await second.at('sent');
    assert.equal(kept.size, 0);
  });

  it('ends with a sentence where the form is not for this person', async () => {
    const { at, send } = opened(clinicWith(QUESTIONS, { getForm: refused('forbidden') }));
    const failed = await at('failed');
    assert.equal(failed.error.code, 'forbidden');
    send({ type: 'went-back' });
    assert.equal((await at('failed')).error.code, 'forbidden');
  });

  it('tells the truth about how many pages there are', async () => {
    const form = formOf([
      { linkId: 'g1', type: 'group', text: 'One', items: [{ linkId: 'q', type: 'boolean', text: 'Q?' }] },
      {
        linkId: 'g2',
        type: 'group',
        text: 'Two',
        enableWhen: [{ question: 'q', operator: '=', value: yes }],
        items: [{ linkId: 'r', type: 'boolean', text: 'R?' }],
      },
      { linkId: 'g3', type: 'group', text: 'Three', items: [{ linkId: 's', type: 'boolean', text: 'S?' }] },
    ]);
    const { at, send, controller } = opened(clinicWith(form));
    const { filling } = await at('filling');
    assert.equal(pagesShown(filling).length, 2);
    send({ type: 'chose', key: '0.0.0', values: [yes] });
    const state = controller.state;
    assert.ok(state.step === 'filling');
    assert.deepEqual(
      pagesShown(state.filling).map(({ titles }) => titles.at(-1)),
      ['One', 'Two', 'Three'],
    );
  });
});

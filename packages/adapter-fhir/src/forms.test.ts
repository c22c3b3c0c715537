import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type * as fhir from 'fhir/r4.js';
import type { Form, ResponseItem, Submission } from '@clinic-widgets/core/forms.js';
import type { FhirRequest } from '../../../test/fhir-server/fhir-server.ts';
import { asking, expressed, HL7, SDC } from '../test/forms.ts';
import { ensureValid, harborServer, NOW, refused } from '../test/harbor-server.ts';
import { FORM_PURPOSE, VISIT_FORM } from './vocabulary.ts';

const server = await harborServer();
const acting = { patientId: 'p-rosa' };
const asRepresentative = { patientId: 'p-mateo', representativeId: 'r-rosa' };
const key = { idempotencyKey: 'k1' };

const isTo =
  (type: string, method = 'POST') =>
  (request: FhirRequest) =>
    request.method === method && request.path === type;

/** A form that the server holds besides those of Harbor Clinic. */
async function hold(...resources: object[]): Promise<void> {
  assert.deepEqual(await server.seed(resources), []);
}

const mri = (): Promise<Form> => server.adapter().getForm({ acting, formId: 'mri-safety' });

/** The MRI check-list, with one answer. */
async function filledIn(changes: Partial<Submission> = {}, value: object = { boolean: false }): Promise<Submission> {
  const { id, version, items } = await mri();
  const [page, question] = firstQuestion(items);
  const answer = { linkId: question, answers: [{ value }] } as ResponseItem;
  return {
    acting,
    form: { id, version },
    language: 'en',
    authored: NOW,
    items: page ? [{ linkId: page, items: [answer] }] : [answer],
    ...changes,
  };
}

function firstQuestion(items: Form['items'], page?: string): [page: string | undefined, question: string] {
  for (const { linkId, type, items: inner = [] } of items) {
    if (type === 'boolean') return [page, linkId];
    if (type === 'group' && inner.some((one) => one.type === 'boolean')) return firstQuestion(inner, linkId);
  }
  return assert.fail('The check-list must ask something.');
}

const valueSetsOf = (items: Form['items']): string[] =>
  items.flatMap(({ valueSet, items: inner = [] }) => [...(valueSet ? [valueSet] : []), ...valueSetsOf(inner)]);

const responses = () => server.storedAll<fhir.QuestionnaireResponse>('QuestionnaireResponse');
const staffTasks = async () =>
  (await server.storedAll<fhir.Task>('Task')).filter(({ code }) => code?.coding?.[0]?.system?.endsWith(':attention'));

describe('handing in a form', () => {
  it('makes a response that names the form as it was, and who filled it in', async () => {
    const submission = await filledIn();
    const { id, status } = await server.adapter().submitForm(submission, key);
    assert.equal(status, 'accepted');
    const [stored] = await responses();
    ensureValid(stored!);
    const { item, meta, extension, ...rest } = stored!;
    assert.deepEqual(rest, {
      resourceType: 'QuestionnaireResponse',
      id,
      identifier: { system: 'urn:clinic-widgets:write-key', value: 'k1' },
      questionnaire: 'https://harbor.example/Questionnaire/mri-safety|2026-02',
      status: 'completed',
      language: 'en',
      subject: { reference: 'Patient/p-rosa' },
      authored: NOW,
      author: { reference: 'Patient/p-rosa' },
      source: { reference: 'Patient/p-rosa' },
    });
    assert.deepEqual(extension, [
      {
        url: 'urn:clinic-widgets:form-as-read',
        valueReference: { reference: `Questionnaire/mri-safety/_history/${submission.form.version}` },
      },
    ]);
    const read = await server.adapter().getResponse({ acting, responseId: id });
    const { acting: _, ...given } = submission;
    assert.deepEqual(read, { id, ...given });
  });

  for (const [what, changes, value, priority] of [
    ['is routine where every answer is harmless', {}, { boolean: false }, 'routine'],
    ['is urgent after a yes', {}, { boolean: true }, 'urgent'],
    ['is urgent after a "not sure"', {}, { unknown: true }, 'urgent'],
    ['is urgent where a triage comes to more than a booking', { outcome: 'nurse-call' }, { boolean: false }, 'urgent'],
    ['is routine where a triage comes to a booking', { outcome: 'booking' }, { boolean: false }, 'routine'],
    ['is at once in an emergency', { outcome: 'emergency' }, { boolean: false }, 'stat'],
  ] as const) {
    it(`makes a review that ${what}`, async () => {
      const { id } = await server.adapter().submitForm(await filledIn(changes, value), key);
      const [task, ...others] = await staffTasks();
      assert.deepEqual(others, []);
      ensureValid(task!);
      const { meta, id: _, ...rest } = task!;
      assert.deepEqual(rest, {
        resourceType: 'Task',
        identifier: [{ system: 'urn:clinic-widgets:write-key', value: 'k1/review' }],
        status: 'requested',
        intent: 'order',
        priority,
        code: { coding: [{ system: 'urn:clinic-widgets:attention', code: 'review' }] },
        for: { reference: 'Patient/p-rosa' },
        authoredOn: '2026-03-02T12:00:00.000Z',
        requester: { reference: 'Patient/p-rosa' },
        description: 'Go through a form that the patient has handed in.',
        focus: { reference: `QuestionnaireResponse/${id}` },
        reasonReference: { reference: 'Questionnaire/mri-safety' },
      });
    });
  }

  it('keeps every kind of answer, and not being sure of it', async () => {
    const types =
      'boolean decimal integer date dateTime time string text url choice open-choice attachment reference quantity';
    const item = types.split(' ').map((type) => ({ linkId: type, type, repeats: true, text: type }));
    await hold(
      asking([...item, { linkId: 'g', type: 'group', repeats: true, item: [{ linkId: 'in', type: 'string' }] }]),
    );
    const answered = (linkId: string, ...values: object[]) => ({ linkId, answers: values.map((value) => ({ value })) });
    const unknown = { unknown: true };
    const items = [
      answered('boolean', { boolean: true }, unknown),
      answered('decimal', { decimal: 1.5 }, unknown),
      answered('integer', { integer: -3 }, unknown),
      answered('date', { date: '1984' }, unknown),
      answered('dateTime', { dateTime: '2026-03-02T07:00:00-05:00' }, unknown),
      answered('time', { time: '07:00:00' }, unknown),
      answered('string', { string: '<b>hi</b>' }, unknown),
      answered('text', { string: 'a\nb' }, unknown),
      answered('url', { uri: 'https://a.test/?a=b' }, unknown),
      answered(
        'choice',
        { coding: { system: 'urn:s', version: '1', code: 'c', display: 'C' } },
        { integer: 3 },
        unknown,
      ),
      answered('open-choice', { string: 'other' }, { date: '2026-03' }, { time: '07:00:00' }, unknown),
      answered('attachment', { attachment: { contentType: 'text/plain', data: 'aGk=', title: 'a' } }, unknown),
      answered('reference', { reference: { reference: 'Patient/p-rosa', display: 'Rosa' } }, unknown),
      answered(
        'quantity',
        { quantity: { value: 3.25, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' } },
        unknown,
      ),
      { linkId: 'g', items: [answered('in', { string: 'x' })] },
      { linkId: 'g' },
    ] as ResponseItem[];
    const form = { id: 'q', version: '' };
    const { id } = await server.adapter().submitForm({ acting, form, language: 'en', authored: NOW, items });
    assert.deepEqual((await server.adapter().getResponse({ acting, responseId: id })).items, items);
    const stored = await server.stored<fhir.QuestionnaireResponse>('QuestionnaireResponse', id);
    ensureValid(stored);
    const reason = {
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'asked-unknown' }],
    };
    assert.deepEqual(stored.item?.[0], {
      linkId: 'boolean',
      text: 'boolean',
      answer: [{ valueBoolean: true }, { _valueBoolean: reason }],
    });
    assert.deepEqual(stored.item?.[9]?.answer?.[2], { valueCoding: reason });
  });

  it('keeps the answers to several questions of one name apart', async () => {
    const item = ['Are you well?', 'Are you pregnant?'].map((text) => ({ linkId: 'b', type: 'boolean', text }));
    await hold(asking(item));
    const adapter = server.adapter();
    const { id, version, items } = await adapter.getForm({ acting, formId: 'q' });
    const answers = (value: boolean) => [{ value: { boolean: value } }];
    const given = [
      { linkId: items[0]!.linkId, answers: answers(true) },
      { linkId: items[1]!.linkId, answers: answers(false) },
    ];
    const submission = { acting, form: { id, version }, language: 'en', authored: NOW };
    const receipt = await adapter.submitForm({ ...submission, items: given });
    const stored = await server.stored<fhir.QuestionnaireResponse>('QuestionnaireResponse', receipt.id);
    ensureValid(stored);
    assert.deepEqual(stored.item, [
      { linkId: 'b', text: 'Are you well?', answer: [{ valueBoolean: true }] },
      { linkId: 'b#2', text: 'Are you pregnant?', answer: [{ valueBoolean: false }] },
    ]);
    await adapter.submitForm({ ...submission, items: given.slice(1) });
  });

  it('is done once under a key, however often it is tried', async () => {
    const submission = await filledIn();
    const [one, two] = await Promise.all([
      server.adapter().submitForm(submission, key),
      server.adapter().submitForm(submission, key),
    ]);
    assert.deepEqual(await server.adapter().submitForm(submission, key), one);
    assert.deepEqual(two, one);
    assert.equal((await responses()).length, 1);
    assert.equal((await staffTasks()).length, 1);
  });

  it('refuses a key that was used for another patient or another form', async () => {
    await server.adapter().submitForm(await filledIn(), key);
    const other = await filledIn({ acting: { patientId: 'p-mateo' } });
    await refused(server.adapter().submitForm(other, key), 'invalid');
    const intake = await server.adapter().getForm({ acting, formId: 'intake' });
    const form = { id: intake.id, version: intake.version };
    await refused(server.adapter().submitForm(await filledIn({ form, items: [] }), key), 'invalid');
    assert.equal((await responses()).length, 1);
  });

  it('answers with what was made where only the reply is lost', async () => {
    const submission = await filledIn();
    server.fail((request) =>
      isTo('QuestionnaireResponse')(request) || isTo('Task')(request) ? { dropReply: true } : undefined,
    );
    const { id } = await server.adapter().submitForm(submission, key);
    assert.deepEqual(
      (await responses()).map((one) => one.id),
      [id],
    );
    assert.equal((await staffTasks()).length, 1);
  });

  for (const [what, status, code] of [
    ['cannot be reached', 503, 'unavailable'],
    ['refuses it', 403, 'unavailable'],
    ['makes no sense of it', 422, 'unavailable'],
    ['has too much to do', 429, 'throttled'],
  ] as const) {
    it(`may be tried again where the review cannot be made, for the server ${what}`, async () => {
      const submission = await filledIn({}, { boolean: true });
      const adapter = server.adapter();
      server.fail((request) => (isTo('Task')(request) ? { status } : undefined));
      const error = await refused(adapter.submitForm(submission, key), code);
      assert.ok(error.retryable);
      assert.equal((await staffTasks()).length, 0);

      server.fail(() => undefined);
      const { id } = await adapter.submitForm(submission, key);
      assert.deepEqual(
        (await responses()).map((one) => one.id),
        [id],
      );
      const [task, ...others] = await staffTasks();
      assert.deepEqual([task?.priority, others.length], ['urgent', 0]);
    });
  }

  it('makes the review urgent where the form has changed before it could be made', async () => {
    const submission = await filledIn();
    const adapter = server.adapter();
    server.fail((request) => (isTo('Task')(request) ? { status: 503 } : undefined));
    await refused(adapter.submitForm(submission, key), 'unavailable');
    server.fail(() => undefined);
    await server.change<fhir.Questionnaire>('Questionnaire', 'mri-safety', { title: 'Another' });
    await adapter.submitForm(submission, key);
    assert.equal((await staffTasks())[0]?.priority, 'urgent');
  });

  it('makes the review although the page has gone away meanwhile', async () => {
    const submission = await filledIn({}, { boolean: true });
    const leaving = new AbortController();
    const adapter = server.adapter();
    const reviewed = new Promise<void>((resolve) => {
      server.fail((request) => {
        if (!isTo('Task')(request)) return undefined;
        leaving.abort();
        return { rewrite: (reply) => (resolve(), reply) };
      });
    });
    await assert.rejects(adapter.submitForm(submission, { ...key, signal: leaving.signal }), { name: 'AbortError' });
    await reviewed;
    assert.equal((await staffTasks())[0]?.priority, 'urgent');
    server.fail(() => undefined);
    await adapter.submitForm(submission, key);
    assert.deepEqual([(await responses()).length, (await staffTasks()).length], [1, 1]);
  });

  it('is finished by a retry where the page went away before the review', async () => {
    const submission = await filledIn({}, { boolean: true });
    const leaving = new AbortController();
    const adapter = server.adapter();
    server.fail((request) => {
      if (isTo('QuestionnaireResponse')(request)) leaving.abort();
      return undefined;
    });
    await assert.rejects(adapter.submitForm(submission, { ...key, signal: leaving.signal }), { name: 'AbortError' });
    server.fail(() => undefined);
    await adapter.submitForm(submission, key);
    assert.deepEqual([(await responses()).length, (await staffTasks()).length], [1, 1]);
    assert.equal((await staffTasks())[0]?.priority, 'urgent');
  });

  it('does nothing where it is aborted before', async () => {
    const submission = await filledIn();
    const reason = new Error('gone');
    const call = server.adapter().submitForm(submission, { ...key, signal: AbortSignal.abort(reason) });
    await assert.rejects(call, (error) => error === reason);
    assert.deepEqual(await responses(), []);
  });

  it('is a conflict where the form has changed', async () => {
    const submission = await filledIn();
    await server.change<fhir.Questionnaire>('Questionnaire', 'mri-safety', { title: 'Another' });
    await refused(server.adapter().submitForm(submission, key), 'conflict');
    assert.deepEqual(await responses(), []);
  });

  it('points at the answer that the server refuses', async () => {
    const item = [{ linkId: 'g', type: 'group', item: [{ linkId: 'a', type: 'string', repeats: true }] }];
    await hold(asking(item));
    // FHIR knows no empty text.
    const answers = [{ value: { string: 'x' } }, { value: { string: '' } }];
    const items = [{ linkId: 'g', items: [{ linkId: 'a', answers }] }];
    const submission = { acting, form: { id: 'q', version: '' }, language: 'en', authored: NOW, items };
    const { paths } = await refused(server.adapter().submitForm(submission, key), 'invalid');
    assert.deepEqual(paths, [['items', 0, 'items', 0, 'answers', 1, 'value']]);
    assert.deepEqual([await responses(), await staffTasks()], [[], []]);
  });

  for (const [where, place, paths] of [
    [
      'in an expression',
      { expression: ['QuestionnaireResponse.item[0].answer[1].value'] },
      [['items', 0, 'answers', 1, 'value']],
    ],
    [
      'with its kind',
      { expression: ['QuestionnaireResponse.item[2].answer[0].valueCoding.code'] },
      [['items', 2, 'answers', 0, 'value']],
    ],
    [
      'further in',
      { expression: ['QuestionnaireResponse.item[0].item[3].linkId'] },
      [['items', 0, 'items', 3, 'linkId']],
    ],
    ['where older servers say it', { location: ['QuestionnaireResponse.item[1]'] }, [['items', 1]]],
    ['twice', { expression: ['QuestionnaireResponse.item[1]', 'QuestionnaireResponse.item[1]'] }, [['items', 1]]],
    ['elsewhere', { expression: ['QuestionnaireResponse.subject'] }, []],
    ['nowhere', {}, []],
  ] as const) {
    it(`understands where a server says that it is wrong: ${where}`, async () => {
      const submission = await filledIn();
      const issue = [{ severity: 'error', code: 'value', ...place }];
      const body = { resourceType: 'OperationOutcome', issue };
      server.fail((request) => (isTo('QuestionnaireResponse')(request) ? { status: 422, body } : undefined));
      assert.deepEqual((await refused(server.adapter().submitForm(submission, key), 'invalid')).paths, paths);
    });
  }

  for (const [code, reason] of [
    ['required', 'required'],
    ['too-long', 'too-long'],
    ['code-invalid', 'not-a-choice'],
    ['value', 'unknown'],
    ['business-rule', 'unknown'],
  ] as const) {
    it(`says why a server refuses an answer by its code alone: ${code}`, async () => {
      const submission = await filledIn();
      const place = { expression: ['QuestionnaireResponse.item[1].answer[0]'] };
      const issue = [
        { severity: 'error', code: 'processing', ...place },
        { severity: 'error', code, ...place, diagnostics: 'Rosa Delgado has no pacemaker' },
      ];
      const body = { resourceType: 'OperationOutcome', issue };
      server.fail((request) => (isTo('QuestionnaireResponse')(request) ? { status: 422, body } : undefined));
      const error = await refused(server.adapter().submitForm(submission, key), 'invalid');
      assert.deepEqual(error.misfits, [{ path: ['items', 1, 'answers', 0], reason }]);
      assert.doesNotMatch(error.message, /Rosa/);
    });
  }

  it('completes what staff have asked for, with what came of it', async () => {
    await hold(requestTask({ id: 'wanted' }), requestTask({ id: 'foreign', for: { reference: 'Patient/p-mateo' } }));
    const { id } = await server.adapter().submitForm(await filledIn(), key);
    const task = await server.stored<fhir.Task>('Task', 'wanted');
    ensureValid(task);
    assert.equal(task.status, 'completed');
    assert.deepEqual(task.output?.[0]?.valueReference, { reference: `QuestionnaireResponse/${id}` });
    assert.equal((await server.stored<fhir.Task>('Task', 'foreign')).status, 'requested');
  });

  it('stands although what was asked for cannot be completed', async () => {
    await hold(requestTask({ id: 'wanted' }));
    const submission = await filledIn();
    const adapter = server.adapter();
    server.fail((request) => (request.method === 'PUT' ? { status: 412 } : undefined));
    assert.equal((await adapter.submitForm(submission, key)).status, 'accepted');
    assert.deepEqual(server.warnings, [{ resourceType: 'Task', id: 'wanted', reason: 'not-settled' }]);
  });

  it('names who acts for the patient', async () => {
    await server.adapter().submitForm(await filledIn({ acting: asRepresentative }), key);
    const [{ source, author, subject } = {} as fhir.QuestionnaireResponse] = await responses();
    assert.deepEqual(
      [source, author, subject].map((one) => one?.reference),
      ['RelatedPerson/r-rosa', 'RelatedPerson/r-rosa', 'Patient/p-mateo'],
    );
    assert.equal((await staffTasks())[0]?.requester?.reference, 'RelatedPerson/r-rosa');
  });

  it('is for nobody who may not act for the patient', async () => {
    const stranger = { patientId: 'p-samuel', representativeId: 'r-rosa' };
    await refused(server.adapter().submitForm(await filledIn({ acting: stranger }), key), 'forbidden');
    await refused(server.adapter().getForm({ acting: stranger, formId: 'mri-safety' }), 'forbidden');
    await refused(server.adapter().findForms({ acting: stranger }), 'forbidden');
    await refused(server.adapter().raiseAlert(await alertOf({ acting: stranger })), 'forbidden');
    const { id } = await server.adapter().submitForm(await filledIn({ acting: { patientId: 'p-samuel' } }), key);
    await refused(server.adapter().getResponse({ acting: stranger, responseId: id }), 'forbidden');
  });

  it('says nothing of the patient in any address', async () => {
    const submission = await filledIn();
    await server.adapter().submitForm(submission, key);
    await server.adapter().findForms({ acting });
    await server.adapter().findAttention({ patientId: 'p-rosa' });
    const intake = await server.adapter().getForm({ acting, formId: 'intake' });
    const [valueSet = assert.fail('A value set must be asked for.')] = valueSetsOf(intake.items);
    const found = await server.adapter().findOptions({ formId: 'intake', valueSet, filter: 'spanish' });
    assert.ok(found.items.length > 0);
    const searches = server.requests.filter(({ query }) => /rosa|k1|spanish/i.test(`${query}`));
    assert.deepEqual(searches, []);
  });
});

const SDC_CODES = 'http://hl7.org/fhir/uv/sdc/CodeSystem/temp';

const requestTask = (changes: Partial<fhir.Task> = {}): fhir.Task => ({
  resourceType: 'Task',
  id: 'wanted',
  status: 'requested',
  intent: 'order',
  code: { coding: [{ system: SDC_CODES, code: 'complete-questionnaire' }] },
  for: { reference: 'Patient/p-rosa' },
  input: [
    {
      type: { coding: [{ system: SDC_CODES, code: 'questionnaire' }] },
      valueCanonical: 'https://harbor.example/Questionnaire/mri-safety|2026-02',
    },
  ],
  ...changes,
});

describe('the forms that wait', () => {
  /** Nothing is asked for but what a test asks for itself. */
  beforeEach(async () => {
    for (const type of ['Task', 'Appointment'] as const) {
      for (const { id } of await server.storedAll<fhir.Task>(type as 'Task')) {
        await fetch(`${server.baseUrl}/${type}/${id}`, { method: 'DELETE', headers: { 'x-aside': 'yes' } });
      }
    }
  });

  const waiting = async (changes: object = {}) =>
    (await server.adapter().findForms({ acting, ...changes })).items.map(({ id, due, appointmentId }) => ({
      id,
      ...(due && { due }),
      ...(appointmentId && { appointmentId }),
    }));

  const visit = (changes: Partial<fhir.Appointment> = {}): fhir.Appointment => ({
    resourceType: 'Appointment',
    id: 'a1',
    status: 'booked',
    start: '2026-03-09T10:00:00-04:00',
    end: '2026-03-09T10:45:00-04:00',
    participant: ['Patient/p-rosa', 'Location/imaging', 'HealthcareService/mri-scan'].map((reference) => ({
      actor: { reference },
      status: 'accepted',
    })),
    ...changes,
  });

  for (const [how, changes] of [
    ['by its canonical', {}],
    ['by its canonical without a version', { input: inputOf('https://harbor.example/Questionnaire/mri-safety') }],
    ['by where it is', { input: inputOf('Questionnaire/mri-safety') }],
    ['as what the Task is about', { input: undefined, focus: { reference: 'Questionnaire/mri-safety' } }],
  ] as const) {
    it(`are asked for in a Task: ${how}`, async () => {
      await hold(requestTask(changes));
      assert.deepEqual(await waiting(), [{ id: 'mri-safety' }]);
    });
  }

  function inputOf(valueCanonical: string) {
    return [{ type: { coding: [{ system: SDC_CODES, code: 'questionnaire' }] }, valueCanonical }];
  }

  for (const status of [
    'requested',
    'received',
    'accepted',
    'ready',
    'in-progress',
    'completed',
    'cancelled',
    'draft',
  ] as const) {
    const isWaiting = !['completed', 'cancelled', 'draft'].includes(status);
    it(`${isWaiting ? 'wait' : 'do not wait'} where the Task is ${status}`, async () => {
      await hold(requestTask({ status }));
      assert.equal((await waiting()).length, isWaiting ? 1 : 0);
    });
  }

  it('say by when they are wanted, the soonest first', async () => {
    const due = (id: string, end: string, formId: string) =>
      requestTask({ id, restriction: { period: { end } }, input: inputOf(`Questionnaire/${formId}`) });
    await hold(
      due('t1', '2026-03-20', 'intake'),
      due('t2', '2026-03-11T02:00:00Z', 'phq-9'),
      requestTask({ id: 't3' }),
      due('t4', 'soon', 'no-such-form'),
    );
    assert.deepEqual(await waiting(), [
      { id: 'phq-9', due: '2026-03-10' },
      { id: 'intake', due: '2026-03-20' },
      { id: 'mri-safety' },
    ]);
    const first = await server.adapter().findForms({ acting, limit: 1 });
    const second = await server.adapter().findForms({ acting, limit: 1, cursor: first.next });
    assert.deepEqual([first.items[0]?.id, second.items[0]?.id], ['phq-9', 'intake']);
  });

  it('are in the language asked for', async () => {
    await hold(requestTask());
    const titles = await Promise.all(
      ['en', 'es'].map(async (language) => (await server.adapter().findForms({ acting, language })).items[0]?.title),
    );
    assert.notEqual(titles[0], titles[1]);
  });

  it('are those that a visit needs, until they are handed in for it', async () => {
    await hold(visit());
    assert.deepEqual(await waiting(), [{ id: 'mri-safety', due: '2026-03-09', appointmentId: 'a1' }]);
    await server.adapter().submitForm(await filledIn());
    assert.equal((await waiting()).length, 1);
    await server.adapter().submitForm(await filledIn({ appointmentId: 'a1' }));
    assert.deepEqual(await waiting(), []);
  });

  it('are those that a visit needs whose service is only a code', async () => {
    const serviceType = [{ coding: [{ system: 'https://harbor.example/visit-types', code: 'mri-scan' }] }];
    await hold(visit({ participant: [{ actor: { reference: 'Patient/p-rosa' }, status: 'accepted' }], serviceType }));
    assert.deepEqual(await waiting(), [{ id: 'mri-safety', due: '2026-03-09', appointmentId: 'a1' }]);
  });

  it('count what was handed in by other means', async () => {
    const extension = [{ url: 'urn:clinic-widgets:visit', valueReference: { reference: 'Appointment/a1' } }];
    const questionnaire = 'https://harbor.example/Questionnaire/mri-safety|2025-01';
    const response = { resourceType: 'QuestionnaireResponse', id: 'r', status: 'completed', questionnaire, extension };
    await hold(visit(), { ...response, subject: { reference: 'Patient/p-rosa' }, authored: '2026-03-01' });
    assert.deepEqual(await waiting(), []);
    await hold({ ...response, status: 'in-progress', subject: { reference: 'Patient/p-rosa' } });
    assert.equal((await waiting()).length, 1);
  });

  it('are asked again on the day of the visit, by the clock of the place, where they are about safety', async () => {
    // Nine in the evening in St. Joseph is the next day in Greenwich.
    await hold(
      visit({ start: '2026-03-04T02:00:00Z', end: '2026-03-04T02:45:00Z' }),
      requestTask({ input: inputOf('Questionnaire/intake'), basedOn: [{ reference: 'Appointment/a1' }] }),
    );
    const adapter = server.adapter();
    const list = async () => (await adapter.findForms({ acting })).items.map(({ id, due }) => `${id} ${due}`);
    await adapter.submitForm(await onTime({ appointmentId: 'a1' }));
    assert.deepEqual(await list(), ['intake 2026-03-03']);
    server.advance(24 * 60);
    assert.deepEqual(await list(), ['intake 2026-03-03', 'mri-safety 2026-03-03'].sort());
    await adapter.submitForm(await onTime({ appointmentId: 'a1', authored: '2026-03-04T01:00:00Z' }));
    assert.deepEqual(await list(), ['intake 2026-03-03']);
  });

  /** Filled in without turning the clock back, which a new adapter does. */
  async function onTime(changes: Partial<Submission>): Promise<Submission> {
    const stored = await server.stored<fhir.Questionnaire>('Questionnaire', 'mri-safety');
    return {
      acting,
      form: { id: 'mri-safety', version: stored.meta!.versionId! },
      language: 'en',
      authored: NOW,
      items: [],
      ...changes,
    };
  }

  for (const [what, changes] of [
    ['called off', { status: 'cancelled' }],
    ['over', { start: '2026-03-01T10:00:00-05:00', end: '2026-03-01T10:45:00-05:00' }],
    ['only asked for', { status: 'proposed' }],
    ['somebody else’s', { participant: [{ actor: { reference: 'Patient/p-mateo' }, status: 'accepted' }] }],
  ] as const) {
    it(`are none for a visit that is ${what}, also where staff have asked`, async () => {
      await hold(
        visit(changes as Partial<fhir.Appointment>),
        requestTask({ basedOn: [{ reference: 'Appointment/a1' }] }),
      );
      assert.deepEqual(await waiting({ appointmentId: 'a1' }), []);
    });
  }

  it('are each there once, by whatever way they are asked for', async () => {
    await hold(
      visit(),
      requestTask({ focus: { reference: 'Appointment/a1' } }),
      requestTask({ id: 'again', basedOn: [{ reference: 'Appointment/a1' }] }),
    );
    assert.equal((await waiting()).length, 1);
  });

  it('are found by canonicals, of which the edition in use counts', async () => {
    const url = 'https://a.test/Questionnaire/x';
    const edition = (id: string, status: string, date: string) => ({ ...asking([]), id, url, status, date });
    await hold(
      edition('x1', 'retired', '2026-02'),
      edition('x2', 'active', '2025-01'),
      edition('x3', 'active', '2026-01'),
    );
    const service = await server.stored<fhir.HealthcareService>('HealthcareService', 'mri-scan');
    await hold({ ...service, extension: [{ url: VISIT_FORM, valueCanonical: url }] }, visit());
    assert.deepEqual(
      (await waiting()).map(({ id }) => id),
      ['x3'],
    );
  });

  it('are the edition in use where the one that is asked for is not there, and settled by it, with a warning', async () => {
    const name = 'https://harbor.example/Questionnaire/mri-safety|2025-01';
    await hold(requestTask({ input: inputOf(name) }));
    assert.deepEqual(await waiting(), [{ id: 'mri-safety' }]);
    assert.deepEqual(server.warnings, [{ resourceType: 'Questionnaire', id: name, reason: 'other-edition' }]);
    await server.adapter().submitForm(await filledIn());
    assert.deepEqual(await waiting(), []);
  });

  it('are not there without a warning where a form is not', async () => {
    const name = 'https://harbor.example/Questionnaire/gone|1';
    await hold(requestTask({ input: inputOf(name) }), requestTask({ id: 't2', input: inputOf('Questionnaire/lost') }));
    assert.deepEqual(await waiting(), []);
    assert.deepEqual(server.warnings, [
      { resourceType: 'Questionnaire', id: name, reason: 'not-found' },
      { resourceType: 'Questionnaire', id: 'lost', reason: 'not-found' },
    ]);
  });

  it('are whatever makes sense, where a server holds nonsense', async () => {
    await hold(
      requestTask(),
      {
        resourceType: 'Task',
        id: 'bad',
        status: 'requested',
        intent: 'order',
        for: { reference: 'Patient/p-rosa' },
        input: [null, 7],
      },
      { ...requestTask({ id: 'worse' }), input: { type: 7 } },
    );
    assert.deepEqual(await waiting(), [{ id: 'mri-safety' }]);
  });
});

const alertOf = async (changes: object = {}) => ({
  acting,
  reason: 'answer' as const,
  form: { id: 'phq-9', version: 'any' },
  linkId: '44260-8',
  values: [{ coding: { system: 'http://loinc.org', code: 'LA6569-3', display: 'Several days' } }],
  ...changes,
});

describe('an alert', () => {
  it('is a Task at once, with what was answered', async () => {
    const { id } = await server.adapter().raiseAlert(await alertOf({ appointmentId: 'a-rosa-coming' }), key);
    const task = await server.stored<fhir.Task>('Task', id);
    ensureValid(task);
    const { meta, ...rest } = task;
    assert.deepEqual(rest, {
      resourceType: 'Task',
      id,
      identifier: [{ system: 'urn:clinic-widgets:write-key', value: 'k1/alert' }],
      basedOn: [{ reference: 'Appointment/a-rosa-coming' }],
      status: 'requested',
      intent: 'order',
      priority: 'stat',
      code: { coding: [{ system: 'urn:clinic-widgets:attention', code: 'alert' }] },
      for: { reference: 'Patient/p-rosa' },
      authoredOn: '2026-03-02T12:00:00.000Z',
      requester: { reference: 'Patient/p-rosa' },
      description: 'Look after the patient now.',
      focus: { reference: 'Questionnaire/phq-9' },
      reasonCode: { coding: [{ system: 'urn:clinic-widgets:alert-reasons', code: 'answer' }] },
      input: [
        { type: { coding: [{ system: 'urn:clinic-widgets:alert-inputs', code: 'link-id' }] }, valueString: '44260-8' },
        {
          type: { coding: [{ system: 'urn:clinic-widgets:alert-inputs', code: 'answer' }] },
          valueCoding: { system: 'http://loinc.org', code: 'LA6569-3', display: 'Several days' },
        },
      ],
    });
  });

  it('can tell of an answer that nobody is sure of', async () => {
    const { id } = await server
      .adapter()
      .raiseAlert(await alertOf({ values: [{ unknown: true }, { boolean: true }] }), key);
    const task = await server.stored<fhir.Task>('Task', id);
    ensureValid(task);
    assert.equal(task.input?.[1]?.valueCoding?.code, 'asked-unknown');
  });

  it('is raised once under a key, also where the reply is lost', async () => {
    const adapter = server.adapter();
    const one = await adapter.raiseAlert(await alertOf(), key);
    server.fail((request) => (isTo('Task')(request) ? { dropReply: true } : undefined));
    assert.deepEqual(await adapter.raiseAlert(await alertOf(), key), one);
    assert.equal((await staffTasks()).length, 1);
    server.fail(() => undefined);
    await refused(adapter.raiseAlert(await alertOf({ acting: { patientId: 'p-mateo' } }), key), 'invalid');
  });

  it('is never said to be raised where it is not', async () => {
    const adapter = server.adapter();
    server.fail((request) => (isTo('Task')(request) ? { status: 503 } : undefined));
    await refused(adapter.raiseAlert(await alertOf(), key), 'unavailable');
  });

  it('is seen by staff above all else, until it is done', async () => {
    const adapter = server.adapter();
    await adapter.submitForm(await filledIn({}, { boolean: true }));
    await adapter.submitForm(await filledIn());
    const { id } = await adapter.raiseAlert(await alertOf());
    const list = async () => (await adapter.findAttention({ patientId: 'p-rosa' })).items;
    const all = await list();
    assert.deepEqual(
      all.map(({ kind, priority }) => `${kind} ${priority}`),
      ['alert stat', 'review urgent', 'review routine'],
    );
    assert.deepEqual(all[0], {
      id,
      kind: 'alert',
      priority: 'stat',
      state: 'waiting',
      at: '2026-03-02T07:00:00-05:00',
      patientId: 'p-rosa',
      formId: 'phq-9',
      linkId: '44260-8',
    });
    await server.change<fhir.Task>('Task', id, { status: 'completed' });
    assert.equal((await list()).length, 2);
  });
});

describe('a form', () => {
  const initial = (expression: string) => [
    { linkId: 'a', type: 'string', extension: [expressed(`${SDC}initialExpression`, expression)] },
  ];

  it('may be asked for by its canonical, with or without a version', async () => {
    for (const name of ['', '|2026-02']) {
      const formId = `https://harbor.example/Questionnaire/mri-safety${name}`;
      assert.equal((await server.adapter().getForm({ acting, formId })).id, 'mri-safety');
    }
    const none = { acting, formId: 'https://harbor.example/Questionnaire/mri-safety|1' };
    await refused(server.adapter().getForm(none), 'not-found');
    await refused(server.adapter().getForm({ acting, formId: 'none' }), 'not-found');
  });

  it('can be handed in by its canonical', async () => {
    const { form, ...rest } = await filledIn();
    const id = 'https://harbor.example/Questionnaire/mri-safety';
    const submission = { ...rest, form: { ...form, id } };
    const receipt = await server.adapter().submitForm(submission, key);
    assert.deepEqual(await server.adapter().submitForm(submission, key), receipt);
    assert.equal((await server.adapter().getResponse({ acting, responseId: receipt.id })).form.id, 'mri-safety');
    assert.equal((await staffTasks())[0]?.reasonReference?.reference, 'Questionnaire/mri-safety');
  });

  it('comes with nothing that its expressions do not mention', async () => {
    assert.equal((await mri()).context, undefined);
    await hold(asking(initial('%patient.birthDate')));
    const { context } = await server.adapter().getForm({ acting, formId: 'q' });
    assert.deepEqual(Object.keys(context ?? {}), ['patient']);
    assert.equal((context!['patient'] as fhir.Patient).id, 'p-rosa');
  });

  it('comes with itself where its expressions look at it', async () => {
    await hold(asking(initial('%questionnaire.title')));
    const { context } = await server.adapter().getForm({ acting, formId: 'q' });
    assert.equal((context!['questionnaire'] as fhir.Questionnaire).title, 'Q');
  });

  const query = (expression: string) => ({
    extension: [expressed(`${HL7}variable`, expression, 'application/x-fhir-query', 'visits')],
  });

  it('comes with what its searches find, made without the patient in the address', async () => {
    const of = query('Appointment?patient=Patient/{{%patient.id}}&_count=1');
    await hold(asking(initial('%visits.entry.resource.start'), of));
    const { context, problems } = await server.adapter().getForm({ acting, formId: 'q' });
    const { entry } = context!['visits'] as fhir.Bundle;
    assert.deepEqual([entry?.length, entry?.[0]?.resource?.resourceType, problems], [1, 'Appointment', undefined]);
    const searches = server.requests.filter(({ path }) => path.startsWith('Appointment'));
    assert.deepEqual(
      searches.map(({ method, path }) => `${method} ${path}`),
      ['POST Appointment/_search'],
    );
  });

  it('can be filled in where such a search, or the patient, is refused', async () => {
    await hold(
      asking(initial('%visits.entry.exists() and %patient.exists()'), query('Appointment?patient={{%patient.id}}')),
    );
    server.fail(({ path }) => (/^(Appointment|Patient)/.test(path) ? { status: 403 } : undefined));
    const { context } = await server.adapter().getForm({ acting, formId: 'q' });
    assert.deepEqual(context, { visits: { resourceType: 'Bundle', type: 'searchset', entry: [] } });
  });

  it('is the patient’s alone where it screens', async () => {
    await refused(server.adapter().getForm({ acting: asRepresentative, formId: 'phq-9' }), 'forbidden');
    const form = await server.adapter().getForm({ acting: { patientId: 'p-mateo' }, formId: 'phq-9' });
    const { id, version } = form;
    const submission = { form: { id, version }, language: 'en', authored: NOW, items: [] };
    await refused(server.adapter().submitForm({ ...submission, acting: asRepresentative }), 'forbidden');
    const own = await server.adapter().submitForm({ ...submission, acting: { patientId: 'p-mateo' } });
    await refused(server.adapter().getResponse({ acting: asRepresentative, responseId: own.id }), 'forbidden');
  });

  it('is not offered at all where the server can do nothing with it', async () => {
    const statement = {
      resourceType: 'CapabilityStatement',
      rest: [{ mode: 'server', resource: [{ type: 'Questionnaire', interaction: [{ code: 'read' }] }] }],
    };
    server.fail(({ path }) => (path === 'metadata' ? { status: 200, body: statement } : undefined));
    const { supports } = await server.adapter().describeClinic({});
    assert.deepEqual(
      supports.filter((name) => /Form|Options|Response|Alert|Attention/.test(name)),
      ['findForms', 'getForm'],
    );
  });
});

describe('a response from elsewhere', () => {
  const foreign = {
    resourceType: 'QuestionnaireResponse',
    id: 'foreign',
    status: 'completed',
    questionnaire: 'https://harbor.example/Questionnaire/mri-safety|2025-01',
    subject: { reference: 'Patient/p-rosa' },
    authored: '2026-03-01',
    item: [{ linkId: 'a', answer: [{ valueBoolean: true }, { valueBoolean: 'yes' }] }],
  };
  const read = (who: object = acting) =>
    server.adapter().getResponse({ acting: who as typeof acting, responseId: 'foreign' });

  it('is read as far as it makes sense', async () => {
    await hold(foreign);
    assert.deepEqual(await read(), {
      id: 'foreign',
      form: { id: 'https://harbor.example/Questionnaire/mri-safety|2025-01', version: '' },
      language: 'und',
      authored: '2026-03-01T00:00:00-05:00',
      items: [{ linkId: 'a', answers: [{ value: { boolean: true } }] }],
    });
    await hold({ ...foreign, questionnaire: 'https://harbor.example/Questionnaire/mri-safety' });
    assert.equal((await read()).form.id, 'mri-safety');
  });

  it('is there for its patient only, unless it was a mistake', async () => {
    await hold(foreign);
    await refused(read({ patientId: 'p-mateo' }), 'not-found');
    await hold({ ...foreign, status: 'entered-in-error' });
    await refused(read(), 'not-found');
  });

  it('is kept from a representative where nobody can tell what form it is of', async () => {
    await hold({ ...foreign, subject: { reference: 'Patient/p-mateo' }, questionnaire: 'https://a.test/gone' });
    await refused(read(asRepresentative), 'forbidden');
    await hold({ ...foreign, subject: { reference: 'Patient/p-mateo' }, questionnaire: 'Questionnaire/mri-safety' });
    assert.equal((await read(asRepresentative)).form.id, 'mri-safety');
  });

  it('that says nothing of when it was written is none that can be shown', async () => {
    await hold({ ...foreign, authored: 'lately', meta: {} });
    await refused(read(), 'unexpected');
  });
});

describe('the options of a form', () => {
  const valueSet = 'https://a.test/ValueSet/colors';
  const concept = ['Red', 'Blaugrün', 'Green'].map((display) => ({
    code: display.toLowerCase(),
    display,
    designation: [{ language: 'es', value: `${display} (es)` }],
  }));
  const list = { resourceType: 'ValueSet', id: 'colors', url: valueSet, status: 'active' };
  const form = asking([
    { linkId: 'g', type: 'group', item: [{ linkId: 'a', type: 'choice', answerValueSet: valueSet }] },
  ]);
  const find = (query: object = {}) => server.adapter().findOptions({ formId: 'q', valueSet, ...query });
  const shown = async (query: object = {}) =>
    (await find(query)).items.map(({ value }) => ('coding' in value ? value.coding.display : ''));

  it('are what the value set lists', async () => {
    await hold(form, { ...list, compose: { include: [{ system: 'urn:c', concept }] } });
    assert.deepEqual(await shown(), ['Red', 'Blaugrün', 'Green']);
    assert.deepEqual(await shown({ language: 'es', filter: 'GRUN' }), ['Blaugrün (es)']);
    const { items, next } = await find({ limit: 2 });
    assert.deepEqual([items.length, next], [2, '2']);
    assert.deepEqual(await shown({ limit: 2, cursor: next }), ['Green']);
    assert.deepEqual(items[0], { value: { coding: { system: 'urn:c', code: 'red', display: 'Red' } } });
  });

  it('are what value sets list that it is made of', async () => {
    const other = {
      ...list,
      id: 'more',
      url: 'https://a.test/more',
      expansion: { contains: [{ code: 'x', display: 'X' }] },
    };
    await hold(form, other, { ...list, compose: { include: [{ valueSet: ['https://a.test/more'] }] } });
    assert.deepEqual(await shown(), ['X']);
  });

  it('are what the server expands, where it does', async () => {
    await hold(form, list);
    const asked: unknown[] = [];
    server.fail(({ path, query, body }) => {
      if (path !== 'ValueSet/$expand') return undefined;
      asked.push(body ?? `${query}`);
      const contains = [{ system: 'urn:c', code: 'red', display: 'Rojo' }];
      return { status: 200, body: { resourceType: 'ValueSet', status: 'active', expansion: { contains } } };
    });
    assert.deepEqual(await shown({ language: 'es' }), ['Rojo']);
    assert.deepEqual(await shown({ language: 'es', filter: 're' }), ['Rojo']);
    const parameter = [
      { name: 'url', valueUri: valueSet },
      { name: 'displayLanguage', valueCode: 'es' },
      { name: 'count', valueInteger: 101 },
      { name: 'filter', valueString: 're' },
    ];
    assert.deepEqual(asked, [
      'url=https%3A%2F%2Fa.test%2FValueSet%2Fcolors&displayLanguage=es&count=101',
      { resourceType: 'Parameters', parameter },
    ]);
  });

  describe('in a value set that came with it', () => {
    const own = (set: object) =>
      asking([{ linkId: 'a', type: 'choice', answerValueSet: '#x' }], {
        contained: [{ resourceType: 'ValueSet', id: 'x', status: 'active', ...set }],
      });
    const compose = { include: [{ system: 'urn:c' }] };
    const contains = [{ system: 'urn:c', code: 'red', display: 'Red' }];
    /** Lets the server expand what a test says that it can, and tells what it was asked. */
    const expanding = (can: (parameter: fhir.ParametersParameter | undefined) => boolean) => {
      const asked: string[] = [];
      server.fail(({ path, query, body }) => {
        if (path !== 'ValueSet/$expand') return undefined;
        const [first] = (body as fhir.Parameters | undefined)?.parameter ?? [
          { name: 'url', valueUri: query.get('url')! },
        ];
        asked.push(first?.name === 'url' ? first.valueUri! : `${first?.resource?.id}`);
        if (!can(first)) return { status: 422 };
        return { status: 200, body: { resourceType: 'ValueSet', status: 'active', expansion: { contains } } };
      });
      return asked;
    };

    it('are what the server makes of it, by its address where the server knows that', async () => {
      await hold(own({ url: 'https://a.test/x', version: '2', compose }));
      const asked = expanding(({ name } = { name: '' }) => name === 'url');
      assert.deepEqual(await shown({ valueSet: '#x' }), ['Red']);
      assert.deepEqual(asked, ['https://a.test/x']);
    });

    it('are what the server makes of it as it is', async () => {
      await hold(own({ url: 'https://a.test/x', compose }));
      const asked = expanding(({ name } = { name: '' }) => name === 'valueSet');
      assert.deepEqual(await shown({ valueSet: '#x', filter: 're' }), ['Red']);
      assert.deepEqual(asked, ['https://a.test/x', 'x']);
    });

    it('are what the value sets list that it is made of', async () => {
      const listing = { ...list, compose: { include: [{ system: 'urn:c', concept }] } };
      await hold(own({ compose: { include: [{ valueSet: [valueSet] }] } }), listing);
      assert.deepEqual(await shown({ valueSet: '#x', filter: 'green' }), ['Green']);
    });

    it('are not found where nobody can tell them, or it did not come with the form', async () => {
      await hold(own({ compose }));
      await refused(find({ valueSet: '#x' }), 'not-found');
      await refused(find({ valueSet: '#y' }), 'not-found');
    });
  });

  for (const [what, extra, query] of [
    ['that is nowhere', [], {}],
    ['that only a terminology server can expand', [{ ...list, compose: { include: [{ system: 'urn:c' }] } }], {}],
    ['that makes no sense', [{ ...list, compose: { include: [{ concept: [7, null] }], exclude: 7 } }], {}],
    ['that is made of itself', [{ ...list, compose: { include: [{ valueSet: [valueSet] }] } }], {}],
    ['that the form does not ask for', [], { valueSet: 'https://a.test/other' }],
  ] as const) {
    it(`are not found in a value set ${what}`, async () => {
      await hold(form, ...extra);
      await refused(find(query), 'not-found');
    });
  }

  it('are looked for again where the server cannot be reached', async () => {
    await hold(form, list);
    server.fail(({ path }) => (path === 'ValueSet/$expand' ? { status: 503 } : undefined));
    await refused(find(), 'unavailable');
  });
});

describe('a safety form from elsewhere', () => {
  it('makes an urgent review of all that is not a plain no, without a word of ours on its items', async () => {
    const no = { valueCoding: { system: 'http://snomed.info/sct', code: '373067005', display: 'Nein' } };
    const yes = { valueCoding: { system: 'http://snomed.info/sct', code: '373066001', display: 'Ja' } };
    await hold(
      asking(
        [
          { linkId: 'a', type: 'choice', answerOption: [yes, no] },
          { linkId: 'b', type: 'decimal' },
        ],
        { extension: [{ url: FORM_PURPOSE, valueCode: 'safety' }] },
      ),
    );
    const adapter = server.adapter();
    const hand = (value: object, linkId = 'a') =>
      adapter.submitForm({
        acting,
        form: { id: 'q', version: '' },
        language: 'de',
        authored: NOW,
        items: [{ linkId, answers: [{ value }] }] as ResponseItem[],
      });
    await hand({ coding: no.valueCoding });
    await hand({ coding: yes.valueCoding });
    await hand({ unknown: true });
    await hand({ unknown: true }, 'b');
    await hand({ decimal: 80 }, 'b');
    const { items } = await adapter.findAttention({ patientId: 'p-rosa' });
    assert.deepEqual(
      items.map(({ priority }) => priority),
      ['urgent', 'urgent', 'urgent', 'routine', 'routine'],
    );
  });
});

import type { Misfit, MisfitReason } from '@clinic-widgets/core/errors.js';
import type { Form, FormItem, ResponseItem, Submission, Value } from '@clinic-widgets/core/forms.js';
import { compareInstants } from '@clinic-widgets/core/time.js';
import { ensure, ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { answered, harmless, questionsOf } from './forms-answers.ts';
import { attentionTo, findForm, findQuestion, handIn, safetyForm, submissionOf } from './forms-found.ts';
import { bookOne } from './requests.ts';
import { otherOf, takesRequests, type World } from './world.ts';

/** A form that does not fit: the promise that it is refused, and what is wrong with it. */
const refuses = (
  name: string,
  what: string,
  fits: (item: FormItem) => boolean,
  wrong: (item: FormItem) => Value,
  reason: MisfitReason,
) =>
  promise(['submitForm'], name, async (world) => {
    const { form, item } = await findQuestion(world, what, fits);
    const items = answered(form, (one) => (one.linkId === item.linkId ? wrong(item) : harmless(one)));
    const place = [...placeOf(items, item.linkId)!, 'answers', 0, 'value'];
    const [misfit] = await refusedAt(world, { ...submissionOf(world, form), items }, place);
    ensureSame(misfit?.reason, reason, 'It must be said why it does not fit.');
  });

/** Handing in: what fits is kept as it was given, what does not is refused, and staff are told of each. */
export const submissionCases: readonly Case[] = [
  promise(['submitForm', 'getResponse'], 'Keeps what was handed in as it was given.', async (world) => {
    const form = await findForm(world);
    const { acting, ...given } = submissionOf(world, form);
    const responseId = await handIn(world, { acting, ...given });
    const { id, authored, ...kept } = await world.adapter.getResponse({ acting, responseId });
    const { authored: when, ...rest } = given;
    ensureSame(id, responseId, 'It must be found under the id of the receipt.');
    ensureSame(kept, rest, 'The answers, the form and the language must be as they were given.');
    ensure(compareInstants(authored, when) === 0, `It must be of ${when}, not of ${authored}.`);
  }),

  promise(['submitForm', 'getResponse'], 'Keeps what a triage came to.', async (world) => {
    const form = await findForm(world, ({ purpose }) => purpose === 'triage');
    const submission: Submission = { ...submissionOf(world, form), outcome: 'nurse-call' };
    const responseId = await handIn(world, submission);
    const { outcome } = await world.adapter.getResponse({ acting: submission.acting, responseId });
    ensureSame(outcome, 'nurse-call', 'The outcome must be kept.');
  }),

  promise(['submitForm', 'getResponse', 'bookAppointment'], 'Keeps the visit that it is for.', async (world) => {
    const { acting, appointment } = await bookOne(world);
    const submission = { ...submissionOf(world, await findForm(world)), appointmentId: appointment.id };
    const responseId = await handIn(world, submission);
    const { appointmentId } = await world.adapter.getResponse({ acting, responseId });
    ensureSame(appointmentId, appointment.id, 'The visit must be kept.');
  }),

  promise(['submitForm', 'getResponse'], 'Keeps that a person is not sure.', async (world) => {
    const { form, item } = await findQuestion(world, 'a question that is flagged', ({ flag }) => flag !== undefined);
    const submission = withAnswer(world, form, item, { unknown: true });
    const responseId = await handIn(world, submission);
    const { items } = await world.adapter.getResponse({ acting: submission.acting, responseId });
    ensureSame(items, submission.items, 'The answers must be kept.');
  }),

  promise(['submitForm', 'findAttention'], 'Lets staff review every form, once.', async (world) => {
    const before = await attentionTo(world);
    const form = await findForm(world);
    const responseId = await handIn(world, submissionOf(world, form));
    const known = new Set(before.map(({ id }) => id));
    const made = (await attentionTo(world)).filter(({ id }) => !known.has(id));
    ensure(made.length === 1, `One review must be made, not ${made.length}.`);
    const { kind, patientId, formId, responseId: of } = made[0]!;
    ensureSame(
      { kind, patientId, formId, responseId: of },
      { kind: 'review', patientId: world.patientId, formId: form.id, responseId },
      'It must say what is to be reviewed.',
    );
  }),

  promise(
    ['submitForm', 'findAttention'],
    'Makes the review urgent when an answer is flagged, or not sure, and only then.',
    async (world) => {
      const { form, item } = await findQuestion(world, 'a question that is flagged', ({ flag }) => flag !== undefined);
      const answers = [...flaggedAnswers(item), { unknown: true as const }];
      for (const value of answers) {
        const priority = await reviewOf(world, withAnswer(world, form, item, value));
        ensure(priority === 'urgent', `With ${JSON.stringify(value)} it must be urgent, not ${priority}.`);
      }
      const priority = await reviewOf(world, submissionOf(world, form));
      ensure(priority === 'routine', `With nothing flagged it must be routine, not ${priority}.`);
    },
  ),

  promise(
    ['submitForm', 'findAttention', 'bookAppointment'],
    'Takes it for urgent that a person is not sure of anything that a safety form asks, unless staff decide.',
    async (world) => {
      if (await takesRequests(world)) return;
      const { asked } = await safetyForm(world);
      const form = await world.adapter.getForm({ acting: { patientId: world.patientId }, formId: asked.id });
      const questions = questionsOf(form);
      const item = questions.find(({ flag }) => !flag) ?? questions[0]!;
      const priority = await reviewOf(world, withAnswer(world, form, item, { unknown: true }));
      ensure(priority === 'urgent', `It must be urgent, not ${priority}.`);
    },
  ),

  promise(['submitForm', 'findAttention'], 'Makes the review as urgent as what a triage came to.', async (world) => {
    const form = await findForm(world, ({ purpose }) => purpose === 'triage');
    const submission = submissionOf(world, form);
    const expected = [
      ['emergency', 'stat'],
      ['same-day', 'urgent'],
      ['nurse-call', 'urgent'],
      ['video', 'urgent'],
      ['booking', 'routine'],
    ] as const;
    for (const [outcome, priority] of expected) {
      ensureSame(await reviewOf(world, { ...submission, outcome }), priority, `${outcome} must be ${priority}.`);
    }
  }),

  promise(
    ['submitForm', 'findAttention'],
    'Refuses a form that has changed since, and keeps nothing of it.',
    async (world) => {
      const form = await findForm(world);
      if (form.version === '') throw new NotApplicable('This clinic gives its forms no versions.');
      const before = await attentionTo(world);
      const stale = { ...submissionOf(world, form), form: { id: form.id, version: `${form.version}0` } };
      await ensureRefused(world.adapter.submitForm(stale), 'conflict', 'A form that has changed');
      ensureSame(await attentionTo(world), before, 'Staff must not be told of what was refused.');
    },
  ),

  promise(
    ['submitForm', 'findAttention'],
    'Refuses an answer to what is not asked, and keeps nothing of it.',
    async (world) => {
      const submission = submissionOf(world, await findForm(world));
      const before = await attentionTo(world);
      const items = [...submission.items, { linkId: 'no-such-question', answers: [{ value: { boolean: true } }] }];
      await refusedAt(world, { ...submission, items }, ['items', submission.items.length, 'linkId']);
      ensureSame(await attentionTo(world), before, 'Staff must not be told of what was refused.');
    },
  ),

  refuses(
    'Refuses an answer of another kind than is asked for.',
    'a question',
    () => true,
    ({ type }) => (type === 'boolean' ? { string: 'yes' } : { boolean: true }),
    'wrong-format',
  ),

  refuses(
    'Refuses an answer that is not among those to choose from.',
    'answers to choose from',
    ({ type, options, valueSet }) => type === 'choice' && options !== undefined && valueSet === undefined,
    () => ({ coding: { system: 'urn:no-such-system', code: 'no-such-answer' } }),
    'not-a-choice',
  ),

  refuses(
    'Refuses an answer that is too long.',
    'a question with a longest answer',
    ({ type, maxLength }) => (type === 'string' || type === 'text') && maxLength !== undefined,
    ({ maxLength }) => ({ string: 'x'.repeat(maxLength! + 1) }),
    'too-long',
  ),

  promise(['submitForm'], 'Refuses a second answer where there is room for one.', async (world) => {
    const fits = (item: FormItem) => !item.repeats && harmless(item) !== undefined;
    const { form, item } = await findQuestion(world, 'a question with one answer', fits);
    const { items, ...rest } = submissionOf(world, form);
    const place = placeOf(items, item.linkId)!;
    const twice = withItem(items, item.linkId, (one) => [{ ...one, answers: [...one.answers!, ...one.answers!] }]);
    await refusedAt(world, { ...rest, items: twice }, [...place, 'answers', 1]);
    const apart = withItem(items, item.linkId, (one) => [one, one]);
    await refusedAt(world, { ...rest, items: apart }, [...place.slice(0, -1), Number(place.at(-1)) + 1, 'linkId']);
  }),

  promise(['submitForm'], 'Says not-found for a form that there is not.', async (world) => {
    const submission = submissionOf(world, await findForm(world));
    const call = world.adapter.submitForm({ ...submission, form: { id: 'no-such-form', version: '1' } });
    await ensureRefused(call, 'not-found', 'To hand in a form that there is not');
  }),

  promise(['submitForm', 'bookAppointment'], 'Refuses a form for a visit of another patient’s.', async (world) => {
    const { appointment } = await bookOne(world);
    const acting = { patientId: otherOf(world) };
    const form = await findForm(world);
    const call = world.adapter.submitForm({ ...submissionOf(world, form), acting, appointmentId: appointment.id });
    await ensureRefused(call, ['not-found', 'forbidden'], 'A form for the visit of someone else');
  }),

  promise(['submitForm'], 'Takes from a representative nothing that is the patient’s alone.', async (world) => {
    const { acting, form } = await patientsAlone(world);
    const call = world.adapter.submitForm({ ...submissionOf(world, form), acting });
    await ensureRefused(call, 'forbidden', 'A form that is the patient’s alone, by a representative,');
  }),

  promise(['getResponse', 'submitForm'], 'Keeps from a representative what is the patient’s alone.', async (world) => {
    const { acting, form } = await patientsAlone(world);
    const submission = { ...submissionOf(world, form), acting: { patientId: acting.patientId } };
    const responseId = await handIn(world, submission);
    await world.adapter.getResponse({ acting: submission.acting, responseId });
    const call = world.adapter.getResponse({ acting, responseId });
    await ensureRefused(call, 'forbidden', 'What is the patient’s alone, for a representative,');
  }),

  promise(['getResponse', 'submitForm'], 'Keeps a response from other patients.', async (world) => {
    const responseId = await handIn(world, submissionOf(world, await findForm(world)));
    const call = world.adapter.getResponse({ acting: { patientId: otherOf(world) }, responseId });
    await ensureRefused(call, ['not-found', 'forbidden'], 'A response of someone else');
  }),

  promise(['getResponse'], 'Says not-found for what there is not.', async ({ adapter, patientId }) => {
    const call = adapter.getResponse({ acting: { patientId }, responseId: 'no-such-response' });
    await ensureRefused(call, 'not-found', 'A response that there is not');
  }),
];

type Path = readonly (string | number)[];

/** Where the answer to a question stands in what is handed in. */
function placeOf(items: readonly ResponseItem[], linkId: string, at: Path = ['items']): Path | undefined {
  for (const [index, item] of items.entries()) {
    const place = [...at, index];
    const found = item.linkId === linkId ? place : placeOf(item.items ?? [], linkId, [...place, 'items']);
    if (found) return found;
  }
  return undefined;
}

/** The response with other items in place of one. */
const withItem = (
  items: readonly ResponseItem[],
  linkId: string,
  change: (item: ResponseItem) => ResponseItem[],
): ResponseItem[] =>
  items.flatMap((item) => {
    if (item.linkId === linkId) return change(item);
    return item.items ? [{ ...item, items: withItem(item.items, linkId, change) }] : [item];
  });

async function refusedAt(world: World, submission: Submission, place: Path): Promise<readonly Misfit[]> {
  const { misfits } = await ensureRefused(
    world.adapter.submitForm(submission),
    'invalid',
    'What does not fit the form',
  );
  ensureSame(
    misfits.map(({ path }) => path.map(String)),
    [place.map(String)],
    'It must be said what does not fit.',
  );
  return misfits;
}

const withAnswer = (world: World, form: Form, item: FormItem, value: Value): Submission => ({
  ...submissionOf(world, form),
  items: answered(form, (one) => (one.linkId === item.linkId ? value : harmless(one))),
});

/** What can be answered and is flagged. */
function flaggedAnswers({ type, options = [], flag }: FormItem): readonly Value[] {
  const all: readonly Value[] =
    type === 'boolean' ? [{ boolean: true }, { boolean: false }] : options.map(({ value }) => value);
  const unless = new Set(flag?.unless.map((value) => JSON.stringify(value)));
  return all.filter((value) => !unless.has(JSON.stringify(value))).slice(0, 2);
}

/** How urgent the review of a form is. */
async function reviewOf(world: World, submission: Submission): Promise<string | undefined> {
  const id = await handIn(world, submission);
  return (await attentionTo(world)).find(({ responseId }) => responseId === id)?.priority;
}

/** A form that is the patient's alone, and who acts for a patient. */
async function patientsAlone(world: World) {
  const { representative } = world;
  if (!representative) throw new NotApplicable('No representative was named.');
  const form = await findForm(world, ({ patientOnly }) => patientOnly === true);
  return { form, acting: { patientId: representative.patientId, representativeId: representative.id } };
}

import { describe } from 'node:test';
import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { defineAdapter } from '@clinic-widgets/core/adapter.js';
import { ClinicError, isClinicError } from '@clinic-widgets/core/errors.js';
import type { Attention } from '@clinic-widgets/core/desk.js';
import type { FormItem, ResponseItem, WaitingForm } from '@clinic-widgets/core/forms.js';
import type { HarborWords } from './harbor-forms.ts';
import { describeMutants, hearing, mutant, type Mutant, showing, unexplaining, without } from '../test/mutant.ts';

/** The adapter that forgets who acts. */
const forgettingWho = (name: 'findForms' | 'getForm' | 'submitForm' | 'getResponse' | 'raiseAlert') =>
  hearing(name, (input) => ({ ...input, acting: without(input.acting, 'representativeId') }));

/** Each value of a response, put through a function. */
const answering = (items: readonly ResponseItem[], change: (value: object) => object): ResponseItem[] =>
  items.map((item) => ({
    ...item,
    ...(item.answers && {
      answers: item.answers.map(({ value }) => ({ value: change(value) as { boolean: boolean } })),
    }),
    ...(item.items && { items: answering(item.items, change) }),
  }));

const certain = (value: object): object => ('unknown' in value ? { boolean: false } : value);

const withoutAlerts = (items: readonly FormItem[]): FormItem[] =>
  items.map((item) => ({
    ...item,
    ...(item.flag && { flag: without(item.flag, 'alert') }),
    ...(item.items && { items: withoutAlerts(item.items) }),
  }));

const unflagged = (items: readonly FormItem[]): FormItem[] =>
  items.map(({ items: inner, ...item }) => ({ ...without(item, 'flag'), ...(inner && { items: unflagged(inner) }) }));

const asSafety = <T extends object>(form: T) => ({ ...form, purpose: 'safety' as const });

const nameOf = ({ id, appointmentId }: WaitingForm): string => `${id} ${appointmentId}`;

const mutants: Readonly<Record<string, Mutant>> = {
  'lists a form for ever': mutant(/findForms: No longer lists a form/, ({ findForms }) => {
    let first: Promise<{ items: WaitingForm[] }> | undefined;
    return { findForms: (input, options) => (first ??= findForms(input, options)) };
  }),

  'forgets the forms of who comes late': {
    breaks: /findForms: Lists the forms of a visit until its day/,
    setup(seed, now) {
      const adapter = memoryAdapter(seed, { now });
      return defineAdapter({
        ...adapter,
        async findForms(input, options) {
          const { items, ...rest } = await adapter.findForms(input, options);
          const { items: visits } = await adapter.findAppointments({ patientId: input.acting.patientId });
          const ended = visits.flatMap(({ id, end }) => (end && Date.parse(end) < Date.parse(now()) ? id : []));
          return { ...rest, items: items.filter(({ appointmentId }) => !ended.includes(appointmentId ?? '')) };
        },
      });
    },
  },

  'takes a form for handed in, whichever visit it was for': mutant(
    /findForms: Lists a form for a visit until/,
    ({ findForms, submitForm }) => {
      const given = new Set<string>();
      return {
        submitForm(input, options) {
          given.add(input.form.id);
          return submitForm(input, options);
        },
        async findForms(input, options) {
          const { items, ...rest } = await findForms(input, options);
          return { ...rest, items: items.filter(({ id }) => !given.has(id)) };
        },
      };
    },
  ),

  'asks a safety form only once': mutant(/findForms: Asks a safety form again/, ({ findForms, submitForm }) => {
    const given = new Set<string>();
    return {
      submitForm(input, options) {
        given.add(`${input.form.id} ${input.appointmentId}`);
        return submitForm(input, options);
      },
      async findForms(input, options) {
        const { items, ...rest } = await findForms(input, options);
        return { ...rest, items: items.filter((form) => !given.has(nameOf(form))) };
      },
    };
  }),

  'lists a form twice': mutant(
    /findForms: Lists each form once/,
    showing('findForms', (items) => [...items, ...items]),
  ),

  'lists what is wanted last first': mutant(
    /findForms: Lists each form once/,
    showing('findForms', (items) => items.toReversed()),
  ),

  'does not say that a form is the patient’s alone': mutant(
    /findForms: Says of each form what the form says/,
    showing<object>('findForms', (items) => items.map((item) => without(item, 'patientOnly'))),
  ),

  'takes no notice of the visit': mutant(
    /findForms: Narrows the list to one visit/,
    hearing('findForms', (input) => without(input, 'appointmentId')),
  ),

  'shows the forms of a visit to whoever knows its id': mutant(
    /findForms: Lists no form for a visit of another/,
    hearing('findForms', (input) => (input.appointmentId ? { ...input, acting: { patientId: 'p-rosa' } } : input)),
  ),

  'asks for the forms of a visit that is cancelled': mutant(/findForms: Lists what a visit needs/, ({ findForms }) => {
    const first = new Map<string, ReturnType<typeof findForms>>();
    return {
      findForms(input, options) {
        const key = input.appointmentId ?? '';
        if (!first.has(key)) first.set(key, findForms(input, options));
        return first.get(key)!;
      },
    };
  }),

  'lists for a representative what is the patient’s alone': mutant(
    /findForms: Hides from a representative/,
    forgettingWho('findForms'),
  ),

  'shows a representative what is the patient’s alone': mutant(
    /getForm: Keeps from a representative/,
    forgettingWho('getForm'),
  ),

  'takes from a representative what is the patient’s alone': mutant(
    /submitForm: Takes from a representative nothing/,
    forgettingWho('submitForm'),
  ),

  'shows a representative the answers that are the patient’s alone': mutant(
    /getResponse: Keeps from a representative/,
    forgettingWho('getResponse'),
  ),

  'lets anyone look at anyone’s forms': mutant(
    /findForms: Refuses someone who may not act/,
    forgettingWho('findForms'),
  ),

  'lets anyone read for anyone': mutant(/getForm: Refuses someone who may not act/, forgettingWho('getForm')),

  'lets anyone read anyone’s answers': mutant(
    /getResponse: Refuses someone who may not act/,
    forgettingWho('getResponse'),
  ),

  'calls its words by the language asked for, whatever they are in': mutant(
    /getForm: Gives the form in the language asked/,
    ({ getForm }) => ({
      getForm: async ({ language = 'en', ...input }) => ({ ...(await getForm(input)), language }),
    }),
  ),

  'wants a language without its dialect': mutant(/getForm: Gives the form in the language asked/, ({ getForm }) => ({
    getForm: ({ language, ...input }, options) =>
      getForm({ ...input, ...(language?.includes('-') ? {} : { language }) }, options),
  })),

  'says the language asked for, whatever it has': mutant(
    /getForm: Gives the form in another language/,
    ({ getForm }) => ({
      async getForm(input, options) {
        const form = await getForm(input, options);
        return { ...form, language: input.language ?? form.language };
      },
    }),
  ),

  'names two questions alike': mutant(/getForm: Gives each question a name/, ({ getForm }) => ({
    async getForm(input, options) {
      const form = await getForm(input, options);
      return { ...form, items: [...form.items, ...form.items] };
    },
  })),

  'does not say what staff must hear of at once': mutant(/getForm: Says that staff must hear/, ({ getForm }) => ({
    async getForm(input, options) {
      const form = await getForm(input, options);
      return { ...form, items: withoutAlerts(form.items) };
    },
  })),

  'takes no notice of what was typed': mutant(
    /findOptions: Finds the options that contain/,
    hearing('findOptions', (input) => without(input, 'filter')),
  ),

  'finds only what is typed as it is written': mutant(
    /findOptions: Finds (the options that contain|an option that is typed)/,
    ({ findOptions }) => ({
      async findOptions({ filter = '', ...input }, options) {
        const { items } = await findOptions({ ...input, limit: 1000 }, options);
        return { items: items.filter(({ value }) => 'coding' in value && value.coding.display?.includes(filter)) };
      },
    }),
  ),

  'has fewer options in another language': mutant(
    /findOptions: Gives the options in the language asked/,
    ({ findOptions }) => ({
      async findOptions(input, options) {
        const { items, ...rest } = await findOptions(input, options);
        return { ...rest, items: input.language === 'es' ? items.slice(1) : items };
      },
    }),
  ),

  'has no options for a value set that it does not know': mutant(
    /findOptions: Says not-found for a value set/,
    ({ findOptions }) => ({
      findOptions: (input, options) => findOptions(input, options).catch(() => ({ items: [] })),
    }),
  ),

  'loses the last answer': mutant(
    /submitForm: Keeps what was handed in/,
    hearing('submitForm', (input) => ({ ...input, items: input.items.slice(0, -1) })),
  ),

  'says when a form came in, not when it was filled in': mutant(
    /submitForm: Keeps what was handed in/,
    ({ getResponse }) => ({
      getResponse: async (input) => ({ ...(await getResponse(input)), authored: '2026-03-02T23:00:00-05:00' }),
    }),
  ),

  'takes not sure for no': mutant(/submitForm: Keeps that a person is not sure/, ({ getResponse }) => ({
    async getResponse(input) {
      const response = await getResponse(input);
      return { ...response, items: answering(response.items, certain) };
    },
  })),

  'forgets what a triage came to': mutant(
    /submitForm: (Keeps what a triage came to|Makes the review as urgent)/,
    hearing('submitForm', (input) => without(input, 'outcome')),
  ),

  'forgets the visit': mutant(
    /submitForm: Keeps the visit/,
    hearing('submitForm', (input) => without(input, 'appointmentId')),
  ),

  'lets nobody review a form': mutant(
    /submitForm: Lets staff review/,
    showing<Attention>('findAttention', (items) => items.filter(({ kind }) => kind === 'alert')),
  ),

  'lets staff review a form twice': mutant(
    /submitForm: Lets staff review/,
    showing<Attention>('findAttention', (items) => [
      ...items,
      ...items.map((item) => ({ ...item, id: `${item.id}-b` })),
    ]),
  ),

  'finds nothing urgent': mutant(
    /submitForm: Makes the review urgent/,
    showing<Attention>('findAttention', (items) => items.map((item) => ({ ...item, priority: 'routine' }))),
  ),

  'finds everything urgent': mutant(
    /submitForm: Makes the review urgent/,
    showing<Attention>('findAttention', (items) => items.map((item) => ({ ...item, priority: 'urgent' }))),
  ),

  'finds it harmless that a person is not sure': mutant(
    /submitForm: Makes the review urgent/,
    ({ submitForm, findAttention }) => {
      const unsure = new Set<string>();
      return {
        async submitForm(input, options) {
          const receipt = await submitForm(input, options);
          if (JSON.stringify(input).includes('"unknown"')) unsure.add(receipt.id);
          return receipt;
        },
        async findAttention(input, options) {
          const { items, ...rest } = await findAttention(input, options);
          const calm = (item: Attention): Attention => ({ ...item, priority: 'routine' });
          return { ...rest, items: items.map((item) => (unsure.has(item.responseId ?? '') ? calm(item) : item)) };
        },
      };
    },
  ),

  'finds it harmless that a person is not sure of what is not flagged': {
    breaks: /submitForm: Takes it for urgent/,
    setup(seed, now) {
      const plain = (words: HarborWords): HarborWords => ({
        ...words,
        purpose: 'intake',
        items: unflagged(words.items),
      });
      const forms = seed.forms.map(({ id, words }) => ({
        id,
        words: Object.fromEntries(Object.entries(words).map(([language, one]) => [language, plain(one)])),
      }));
      const adapter = memoryAdapter({ ...seed, forms }, { now });
      return defineAdapter({
        ...adapter,
        ...showing<WaitingForm>('findForms', (items) => items.map(asSafety))(adapter),
        getForm: async (input) => asSafety(await adapter.getForm(input)),
      });
    },
  },

  'takes answers to a form that has changed': mutant(
    /submitForm: Refuses a form that has changed/,
    hearing('submitForm', (input) => ({ ...input, form: { ...input.form, version: '1' } })),
  ),

  'takes whatever it is given': mutant(/submitForm: Refuses (an answer|a second answer)/, ({ submitForm }) => ({
    submitForm: (input, options) =>
      submitForm(input, options).catch((error: unknown) => {
        if (isClinicError(error) && error.code === 'invalid') return submitForm({ ...input, items: [] });
        throw error;
      }),
  })),

  'does not say which answer is wrong': mutant(/submitForm: Refuses (an answer|a second answer)/, ({ submitForm }) => ({
    submitForm: (input, options) =>
      submitForm(input, options).catch((error: unknown) => {
        throw isClinicError(error) ? new ClinicError(error.code, error.message) : error;
      }),
  })),

  'does not say why an answer is wrong': mutant(
    /submitForm: Refuses an answer (of another kind|that is)/,
    unexplaining('submitForm'),
  ),

  'lets staff review what it has refused': mutant(
    /submitForm: Refuses (a form that has changed|an answer to what is not asked)/,
    ({ submitForm, raiseAlert }) => ({
      submitForm: (input, options) =>
        submitForm(input, options).catch(async (error: unknown) => {
          await raiseAlert({ acting: input.acting, reason: 'answer', form: input.form });
          throw error;
        }),
    }),
  ),

  'takes a form for anyone’s visit': mutant(
    /submitForm: Refuses a form for a visit of another/,
    hearing('submitForm', (input) => without(input, 'appointmentId')),
  ),

  'hands in a form twice': mutant(/submitForm: Does nothing twice/, ({ submitForm }) => ({
    submitForm: (input, options) => submitForm(input, without(options, 'idempotencyKey')),
  })),

  'shows an answer to whoever knows its id': mutant(
    /getResponse: Keeps a response from other patients/,
    ({ getResponse }) => ({
      getResponse: ({ responseId }) => getResponse({ acting: { patientId: 'p-rosa' }, responseId }),
    }),
  ),

  'raises an alert twice': mutant(/raiseAlert: Does nothing twice/, ({ raiseAlert }) => ({
    raiseAlert: (input, options) => raiseAlert(input, without(options, 'idempotencyKey')),
  })),

  'raises an alert for anyone': mutant(/raiseAlert: Refuses someone who may not act/, forgettingWho('raiseAlert')),

  'forgets an alert': mutant(
    /raiseAlert: (Puts an alert before staff|Passes an alert on)/,
    showing<Attention>('findAttention', (items) => items.filter(({ kind }) => kind !== 'alert')),
  ),

  'takes an alert for something that can wait': mutant(
    /raiseAlert: Puts an alert before staff/,
    showing<Attention>('findAttention', (items) => items.map((item) => ({ ...item, priority: 'urgent' }))),
  ),

  'does not say what the alert is about': mutant(
    /raiseAlert: Puts an alert before staff/,
    hearing('raiseAlert', (input) => without(input, 'linkId')),
  ),

  'refuses an alert for its paperwork': mutant(/raiseAlert: Passes an alert on/, ({ raiseAlert }) => ({
    async raiseAlert(input, options) {
      if (input.form.version !== '1') throw new ClinicError('conflict', 'The form has changed.');
      return raiseAlert(input, options);
    },
  })),

  'lists what came first, however pressing': mutant(
    /findAttention: Lists the most pressing first/,
    showing<Attention>('findAttention', (items) => items.toSorted((a, b) => (a.id < b.id ? -1 : 1))),
  ),

  'lists the latest first': mutant(
    /findAttention: Lists the most pressing first/,
    showing<Attention>('findAttention', (items) => {
      const of = (priority: string) => items.filter((item) => item.priority === priority).toReversed();
      return [...of('stat'), ...of('urgent'), ...of('routine')];
    }),
  ),

  'lists what is about everyone': mutant(
    /findAttention: Narrows the list to one patient/,
    hearing('findAttention', (input) => without(input, 'patientId')),
  ),
};

describe('the cases about forms', () => {
  describeMutants(mutants);
});

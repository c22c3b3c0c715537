import type { Seed } from '@clinic-widgets/adapter-memory';
import type { ClinicAdapter, Form, FormItem, FormOption, ResponseItem } from '@clinic-widgets/core';
import { ClinicError, type MisfitReason } from '@clinic-widgets/core/errors.js';
import type { ClinicForm } from '@clinic-widgets/elements';
import '@clinic-widgets/elements/forms/define.js';
import type { StoryObj } from '@storybook/web-components-vite';
import { html, nothing, type TemplateResult } from 'lit';
import { action } from 'storybook/actions';
import { clinicOf, now } from './clinics.ts';

/** What a page may say to the form, and Storybook's controls too. */
export type Args = Pick<
  ClinicForm,
  'patientId' | 'representativeId' | 'formId' | 'appointmentId' | 'paging' | 'onSite'
>;
export type Story = StoryObj<Args>;

/** What the stories say where they do not say otherwise. */
export const args: Args = {
  patientId: 'p-rosa',
  representativeId: '',
  formId: '',
  appointmentId: '',
  paging: 'group',
  onSite: false,
};

const told = action('event');

/** The form at a clinic, which is made anew each time: no story finds what was answered in another. */
export const formAt =
  (clinic: () => ClinicAdapter | undefined, drafts?: Storage) =>
  (args: Args): TemplateResult => html`
    <clinic-form
      .adapter=${clinic()} .now=${now} .drafts=${drafts} paging=${args.paging} ?on-site=${args.onSite}
      patient-id=${args.patientId || nothing} representative-id=${args.representativeId || nothing}
      form-id=${args.formId || nothing} appointment-id=${args.appointmentId || nothing}
      @clinic-step=${told} @clinic-error=${told} @clinic-form-submitted=${told} @clinic-alert-raised=${told}
      @clinic-form-problem=${told}
    ></clinic-form>`;

type Words = Omit<Form, 'version' | 'language'>;

/** The clinic with one more form, which it has in English only. */
export const withForm = (items: readonly FormItem[], more: Partial<Words> = {}): Partial<Seed> => {
  const form: Words = { id: 'story', title: 'A few questions', purpose: 'intake', ...more, items: [...items] };
  return { forms: [{ id: form.id, words: { en: form } }], optionSets: { [COLORS]: { en: colors } } };
};

/** A form with these items, at a clinic of its own. */
export const asking = (...items: readonly FormItem[]): Pick<Story, 'args' | 'render'> => ({
  args: { formId: 'story' },
  render: formAt(() => clinicOf(withForm(items))),
});

/** A value set that stories ask for. */
export const COLORS = 'urn:stories:colors';

/** An answer to choose, under a code made of its words. */
export const option = (display: string, more: Partial<FormOption> = {}): FormOption => ({
  value: { coding: { system: 'urn:stories', code: display.toLowerCase().replaceAll(/\W+/g, '-'), display } },
  ...more,
});

export const options = (...words: readonly string[]): FormOption[] => words.map((one) => option(one));

const colors = options(
  ...['Amber', 'Azure', 'Beige', 'Black', 'Blue', 'Bronze', 'Brown', 'Crimson', 'Gold', 'Gray', 'Green', 'Ivory'],
  ...['Magenta', 'Olive', 'Orange', 'Pink', 'Purple', 'Red', 'Silver', 'Turquoise', 'Violet', 'White', 'Yellow'],
);

/** The clinic finds something wrong with the first answer. */
export const refusingTheFirst = (adapter: ClinicAdapter, reason: MisfitReason): ClinicAdapter => ({
  ...adapter,
  submitForm: () =>
    Promise.reject(
      new ClinicError('invalid', 'It does not fit.', {
        misfits: [{ path: ['items', 0, 'answers', 0, 'value'], reason }],
      }),
    ),
});

/** What is handed in waits on this device until the clinic can be reached. */
export const queueing = (adapter: ClinicAdapter): ClinicAdapter => ({
  ...adapter,
  submitForm: () => Promise.resolve({ id: 'queued-1', status: 'queued' }),
});

/** A storage in which these answers were kept, whatever form they are asked for. */
export const keeping = (items: readonly ResponseItem[]): Storage => ({
  length: 1,
  clear() {},
  key: () => null,
  getItem: () => JSON.stringify({ at: now(), items }),
  setItem() {},
  removeItem() {},
});

const SCRIPT = `<script>alert(1)</script><img src=x onerror="alert(2)">`;

/** Whatever can be put into the words of a form, as text. */
export const hostile: readonly FormItem[] = [
  { linkId: SCRIPT, type: 'display', text: `Welcome ${SCRIPT}` },
  {
    linkId: 'twice',
    type: 'string',
    prefix: SCRIPT,
    text: `What is your name? ${SCRIPT}`,
    help: `Help: ${SCRIPT}`,
    entryFormat: SCRIPT,
    initial: [{ string: SCRIPT }],
  },
  { linkId: 'twice', type: 'integer', text: 'Two questions have this name', units: [{ display: SCRIPT }] },
  {
    linkId: 'choice',
    type: 'choice',
    text: SCRIPT,
    options: [option(SCRIPT, { prefix: '<b>' }), { value: { string: '\u202Eright to left override' } }],
  },
  {
    linkId: 'loop-1',
    type: 'string',
    text: 'Asked only when the next one is answered',
    enableWhen: [{ question: 'loop-2', operator: 'exists', value: { boolean: true } }],
  },
  {
    linkId: 'loop-2',
    type: 'string',
    text: 'Asked only when the one before is answered',
    enableWhen: [{ question: 'loop-1', operator: 'exists', value: { boolean: true } }],
  },
];

/** A question under so many groups. */
export const nested = (levels: number, level = 1): FormItem =>
  level > levels
    ? { linkId: 'deepest', type: 'string', text: 'What is down here?' }
    : { linkId: `level-${level}`, type: 'group', text: `Level ${level}`, items: [nested(levels, level + 1)] };

/** So many questions, of several types by turns. */
export const many = (count: number): FormItem[] =>
  Array.from({ length: count }, (_, index): FormItem => {
    const about = { linkId: `q${index}`, text: `Question ${index + 1}` };
    switch (index % 4) {
      case 0:
        return { ...about, type: 'boolean' };
      case 1:
        return { ...about, type: 'string' };
      case 2:
        return { ...about, type: 'choice', options: options('Never', 'Sometimes', 'Always') };
      default:
        return { ...about, type: 'date' };
    }
  });

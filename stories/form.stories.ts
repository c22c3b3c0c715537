import { down, refusing, slow } from '@clinic-widgets/adapter-memory';
import type { FormItem } from '@clinic-widgets/core';
import type { Meta } from '@storybook/web-components-vite';
import { html } from 'lit';
import { clinicOf } from './clinics.ts';
import {
  type Args,
  args,
  asking,
  formAt,
  hostile,
  keeping,
  many,
  nested,
  option,
  options,
  queueing,
  refusingTheFirst,
  type Story,
  withForm,
} from './forms.ts';
import { filling } from './patient.ts';

const { chooseEach, hand, press, see, write } = filling;

export default {
  title: 'Form',
  component: 'clinic-form',
  args,
  render: formAt(clinicOf),
} satisfies Meta<Args>;

/** As long as nobody waits, so that what is shown meanwhile can be looked at. */
const VERY_LONG = 600_000;

const NAME: FormItem = { linkId: 'name', type: 'string', text: 'What should we call you?', required: true };
const SMOKES: FormItem = { linkId: 'smokes', type: 'boolean', text: 'Do you smoke?' };
const short = () => clinicOf(withForm([NAME, SMOKES]));

/** The patient writes a name and sends the form. */
async function fillIn(canvas: HTMLElement): Promise<void> {
  await write(canvas, 'What should we call you?', 'Rosa');
  await press(canvas, 'primary');
}

/** The forms that wait for the patient; those that are wanted by a day say so. */
export const Waiting: Story = {
  tags: ['step'],
  play: ({ canvasElement }) => see(canvasElement, ({ due }) => due('|').split('|')[0]!),
};

/** There is nothing to fill in. */
export const NothingWaiting: Story = {
  args: { patientId: 'p-mateo' },
  play: ({ canvasElement }) => see(canvasElement, ({ noForms }) => noForms),
};

/** The page has just been opened, and the clinic takes its time to answer. */
export const SlowToOpen: Story = {
  render: formAt(() => slow(clinicOf(), VERY_LONG)),
  play: ({ canvasElement }) => see(canvasElement, ({ opening }) => opening),
};

/** The first page says whose form it is, what it is for and how long it is. */
export const FirstPage: Story = {
  tags: ['step'],
  args: { formId: 'intake' },
  play: ({ canvasElement }) => see(canvasElement, ({ sample }) => sample),
};

/** Each question on a page of its own, for those who find that easier. */
export const OneQuestionPerPage: Story = {
  tags: ['step'],
  args: { formId: 'mri-safety', paging: 'question' },
  async play({ canvasElement }) {
    await chooseEach(canvasElement, 1);
    await press(canvasElement, 'primary');
    await see(canvasElement, ({ back }) => back);
  },
};

/** What is missing is said at the top, with a way to each question, and again at the question. */
export const RequiredMissing: Story = {
  tags: ['step'],
  args: { formId: 'mri-safety' },
  async play({ canvasElement }) {
    await press(canvasElement, 'primary');
    await see(canvasElement, ({ troubles }) => troubles.required());
  },
};

/** Too few answers, and too many. */
export const WrongCount: Story = {
  tags: ['step'],
  ...asking(
    {
      linkId: 'few',
      type: 'choice',
      repeats: true,
      minOccurs: 2,
      text: 'Which two days suit you best?',
      options: options('Monday', 'Tuesday', 'Wednesday'),
      initial: options('Monday').map(({ value }) => value),
    },
    {
      linkId: 'many',
      type: 'choice',
      repeats: true,
      maxOccurs: 1,
      text: 'Which day suits you least?',
      options: options('Monday', 'Tuesday', 'Wednesday'),
      initial: options('Monday', 'Tuesday').map(({ value }) => value),
    },
  ),
  async play({ canvasElement }) {
    await press(canvasElement, 'primary');
    await see(canvasElement, ({ troubles }) => troubles.few('2'));
    await see(canvasElement, ({ troubles }) => troubles.many('1'));
  },
};

const WHOLE = 'How many pills do you take?';
const NUMBER = 'How much water do you drink?';

/** What is no number, and numbers that cannot be right. */
export const WrongNumbers: Story = {
  tags: ['step'],
  ...asking(
    { linkId: 'whole', type: 'integer', text: WHOLE },
    { linkId: 'number', type: 'quantity', text: NUMBER, units: [{ display: 'liters' }] },
    {
      linkId: 'decimals',
      type: 'decimal',
      decimals: 1,
      text: 'What is your temperature?',
      initial: [{ decimal: 37.25 }],
    },
    { linkId: 'min', type: 'integer', text: 'Your age', min: { integer: 18 }, initial: [{ integer: 8 }] },
    { linkId: 'max', type: 'integer', text: 'Your pulse', max: { integer: 250 }, initial: [{ integer: 720 }] },
  ),
  async play({ canvasElement }) {
    await write(canvasElement, WHOLE, '2.5');
    await write(canvasElement, NUMBER, 'a lot');
    await press(canvasElement, 'primary');
    await see(canvasElement, ({ troubles }) => troubles.whole());
    await see(canvasElement, ({ troubles }) => troubles.number());
    await see(canvasElement, ({ troubles }) => troubles.decimals('1'));
    await see(canvasElement, ({ troubles }) => troubles.min('18'));
    await see(canvasElement, ({ troubles }) => troubles.max('250'));
  },
};

/** Words that are too short, too long or not what was asked for. */
export const WrongWords: Story = {
  tags: ['step'],
  ...asking(
    { linkId: 'short', type: 'string', minLength: 3, text: 'Your full name', initial: [{ string: 'R' }] },
    {
      linkId: 'long',
      type: 'text',
      maxLength: 20,
      text: 'In short: what hurts?',
      initial: [{ string: 'My '.repeat(9) }],
    },
    { linkId: 'url', type: 'url', text: 'A web address' },
    {
      linkId: 'pattern',
      type: 'string',
      text: 'Your ZIP code',
      pattern: String.raw`\d{5}`,
      initial: [{ string: 'x' }],
    },
    {
      linkId: 'constraint',
      type: 'integer',
      text: 'The lower number of your blood pressure',
      initial: [{ integer: 140 }],
      constraints: [
        { expression: 'answer.value < 130', text: 'The lower number is rarely that high.', severity: 'error' },
      ],
    },
    { linkId: 'calculated', type: 'string', text: 'Check', readOnly: true, calculatedExpression: `'worked out'` },
  ),
  async play({ canvasElement }) {
    await write(canvasElement, 'A web address', 'none');
    await see(canvasElement, () => 'worked out');
    await press(canvasElement, 'primary');
    await see(canvasElement, ({ troubles }) => troubles.short('3'));
    await see(canvasElement, ({ troubles }) => troubles.long('20'));
    await see(canvasElement, ({ troubles }) => troubles.url());
    await see(canvasElement, ({ troubles }) => troubles.pattern());
    await see(canvasElement, () => 'The lower number is rarely that high.');
  },
};

/** A date that is in no calendar, and half a date. */
export const WrongDates: Story = {
  tags: ['step'],
  ...asking(
    { linkId: 'date', type: 'date', text: 'When were you born?' },
    { linkId: 'moment', type: 'dateTime', text: 'When did you fall?' },
    {
      linkId: 'early',
      type: 'date',
      text: 'When were you vaccinated?',
      min: { date: '1900-01-01' },
      initial: [{ date: '1825-03-04' }],
    },
  ),
  async play({ canvasElement }) {
    await filling.writeDate(canvasElement, { day: '31', month: '1', year: '26' });
    await press(canvasElement, 'primary');
    await see(canvasElement, ({ troubles }) => troubles.date());
    await see(canvasElement, ({ troubles }) => troubles.early('|').split('|')[0]!);
  },
};

/** A file that is too large to be sent, and one that the clinic does not take. */
export const WrongFile: Story = {
  tags: ['step'],
  ...asking({
    linkId: 'scan',
    type: 'attachment',
    text: 'A photo of your letter',
    maxBytes: 1_000_000,
    mediaTypes: ['image/*'],
  }),
  async play({ canvasElement }) {
    await hand(canvasElement, new File([new Uint8Array(1_000_001)], 'scan.png', { type: 'image/png' }));
    await see(canvasElement, ({ troubles }) => troubles.size('1'));
    await hand(canvasElement, new File(['Dear patient'], 'letter.txt', { type: 'text/plain' }));
    await see(canvasElement, ({ troubles }) => troubles.kind());
  },
};

/** The clinic does not accept an answer, and does not say why: the question says so, and nothing is lost. */
export const Refused: Story = {
  tags: ['step'],
  args: { formId: 'story' },
  render: formAt(() => refusingTheFirst(short(), 'unknown')),
  async play({ canvasElement }) {
    await fillIn(canvasElement);
    await see(canvasElement, ({ troubles }) => troubles.refused());
  },
};

/** An answer is too long for the clinic: the question says so. */
export const TooLong: Story = {
  tags: ['step'],
  args: { formId: 'story' },
  render: formAt(() => refusingTheFirst(short(), 'too-long')),
  async play({ canvasElement }) {
    await fillIn(canvasElement);
    await see(canvasElement, ({ troubles }) => troubles.long(''));
  },
};

/** The check before an MRI scan: every question can be answered with "not sure". */
export const MriCheckList: Story = {
  tags: ['step'],
  args: { formId: 'mri-safety' },
  async play({ canvasElement }) {
    await chooseEach(canvasElement, -1);
    await see(canvasElement, ({ notSure }) => notSure);
  },
};

/** Goes through a form whose questions are all answered by choosing. */
async function chooseAll(canvas: HTMLElement, pages: number, place = 0): Promise<void> {
  for (let page = 0; page < pages; page += 1) {
    await chooseEach(canvas, place);
    await press(canvas, 'primary');
  }
}

/** All answers, page by page, before they are sent. */
export const Review: Story = {
  tags: ['step'],
  args: { formId: 'mri-safety' },
  async play({ canvasElement }) {
    await chooseAll(canvasElement, await filling.pages(canvasElement), 1);
    await see(canvasElement, ({ reviewNote }) => reviewNote);
  },
};

/** The answers are on their way, and cannot be sent a second time. */
export const Sending: Story = {
  tags: ['step'],
  args: { formId: 'story' },
  render: formAt(() => slow(short(), VERY_LONG, ['submitForm'])),
  async play({ canvasElement }) {
    await fillIn(canvasElement);
    await see(canvasElement, ({ sending }) => sending);
  },
};

/** The clinic has the answers. */
export const Sent: Story = {
  tags: ['step'],
  args: { formId: 'story' },
  render: formAt(short),
  async play({ canvasElement }) {
    await fillIn(canvasElement);
    await see(canvasElement, ({ sentNote }) => sentNote);
  },
};

/** Nobody is cleared for a scan by what they answer, and the patient is told so. */
export const SentSafety: Story = {
  tags: ['step'],
  args: { formId: 'mri-safety' },
  async play({ canvasElement }) {
    await chooseAll(canvasElement, await filling.pages(canvasElement), 1);
    await press(canvasElement, 'primary');
    await see(canvasElement, ({ sentSafety }) => sentSafety);
  },
};

/** The clinic cannot be reached: the answers are kept on this device, and nothing says that they have been sent. */
export const Queued: Story = {
  tags: ['step'],
  args: { formId: 'story' },
  render: formAt(() => queueing(short())),
  async play({ canvasElement }) {
    await fillIn(canvasElement);
    await see(canvasElement, ({ queued }) => queued);
  },
};

/** Answers that were not sent are still there when the patient comes back, and can be thrown away. */
export const Kept: Story = {
  tags: ['step'],
  args: { formId: 'story' },
  render: formAt(short, keeping([{ linkId: 'name', answers: [{ value: { string: 'Rosa' } }] }])),
  play: ({ canvasElement }) => see(canvasElement, ({ kept }) => kept),
};

/** The clinic changed the form while it was filled in: the answers are still there, to be looked through again. */
export const Changed: Story = {
  tags: ['step'],
  args: { formId: 'story' },
  render: formAt(() => refusing(short(), 'conflict', ['submitForm'])),
  async play({ canvasElement }) {
    await fillIn(canvasElement);
    await see(canvasElement, ({ changed }) => changed);
  },
};

/** The network was lost while the answers were sent: trying again is safe. */
export const Uncertain: Story = {
  tags: ['step'],
  args: { formId: 'story' },
  render: formAt(() => down(short(), ['submitForm'])),
  async play({ canvasElement }) {
    await fillIn(canvasElement);
    await see(canvasElement, ({ uncertain }) => uncertain);
  },
};

/** The clinic cannot be reached: the patient can try again, or call. */
export const Down: Story = {
  tags: ['step'],
  render: formAt(() => down(clinicOf())),
  play: ({ canvasElement }) => see(canvasElement, ({ failures }) => failures.unavailable),
};

/** The form is for the patient alone: nobody else is shown it. */
export const PatientOnly: Story = {
  args: { patientId: 'p-samuel', representativeId: 'r-grace', formId: 'phq-9' },
  play: ({ canvasElement }) => see(canvasElement, ({ failures }) => failures.forbidden),
};

/** There is no such form any more. */
export const NotFound: Story = {
  args: { formId: 'gone' },
  play: ({ canvasElement }) => see(canvasElement, ({ failures }) => failures['not-found']),
};

/** The patient was signed out meanwhile. */
export const SignedOutMeanwhile: Story = {
  render: formAt(() => refusing(clinicOf(), 'unauthenticated', ['findForms'])),
  play: ({ canvasElement }) => see(canvasElement, ({ failures }) => failures.unauthenticated),
};

/** The page does not know who the patient is. */
export const SignedOut: Story = {
  args: { patientId: '' },
  play: ({ canvasElement }) => see(canvasElement, ({ noPatient }) => noPatient),
};

/** The page has given the form no adapter, and there is no provider around it. */
export const NotConnected: Story = {
  render: formAt(() => undefined),
  play: ({ canvasElement }) => see(canvasElement, ({ notConnected }) => notConnected),
};

/** A form that has nothing to ask. */
export const NothingAsked: Story = {
  ...asking(),
  play: ({ canvasElement }) => see(canvasElement, ({ nothingAsked }) => nothingAsked),
};

/** A questionnaire from the care team, in its official words; no score is shown. */
export const Phq9: Story = {
  tags: ['step'],
  args: { formId: 'phq-9' },
  async play({ canvasElement }) {
    await chooseEach(canvasElement, 1);
    await see(canvasElement, ({ required }) => required);
  },
};

/** The answer to the last of the nine questions that staff hear of at once. */
async function answerNinth(canvas: HTMLElement): Promise<void> {
  await chooseEach(canvas);
  await press(canvas, 'primary');
  await chooseEach(canvas, 1);
}

/** Staff are being told; someone to talk to is offered without waiting for that. */
export const Alerting: Story = {
  tags: ['step'],
  args: { formId: 'phq-9' },
  render: formAt(() => slow(clinicOf(), VERY_LONG, ['raiseAlert'])),
  async play({ canvasElement }) {
    await answerNinth(canvasElement);
    await see(canvasElement, ({ alerting }) => alerting);
    await see(canvasElement, ({ crisisNote }) => crisisNote);
  },
};

/** Staff have been told. */
export const Alerted: Story = {
  tags: ['step'],
  args: { formId: 'phq-9' },
  async play({ canvasElement }) {
    await answerNinth(canvasElement);
    await see(canvasElement, ({ alerted }) => alerted);
  },
};

/** Staff could not be told, and the patient is told so. */
export const NotReached: Story = {
  tags: ['step'],
  args: { formId: 'phq-9' },
  render: formAt(() => down(clinicOf(), ['raiseAlert'])),
  async play({ canvasElement }) {
    await answerNinth(canvasElement);
    await see(canvasElement, ({ notReached }) => notReached);
    await see(canvasElement, ({ crisisNote }) => crisisNote);
  },
};

/** A sign of danger at home: call now. */
export const Emergency: Story = {
  tags: ['step'],
  args: { formId: 'triage-new-problem' },
  async play({ canvasElement }) {
    await chooseEach(canvasElement);
    await press(canvasElement, 'primary');
    await see(canvasElement, ({ callEmergency }) => callEmergency);
  },
};

/** A sign of danger at the clinic: staff are told, and the patient tells them too. */
export const EmergencyOnSite: Story = {
  tags: ['step'],
  args: { formId: 'triage-new-problem', onSite: true },
  async play({ canvasElement }) {
    await chooseEach(canvasElement);
    await press(canvasElement, 'primary');
    await see(canvasElement, ({ alerted }) => alerted);
  },
};

/** At the clinic, and nobody could be told. */
export const EmergencyNotReached: Story = {
  ...EmergencyOnSite,
  render: formAt(() => down(clinicOf(), ['raiseAlert'])),
  async play({ canvasElement }) {
    await chooseEach(canvasElement);
    await press(canvasElement, 'primary');
    await see(canvasElement, ({ notReached }) => notReached);
  },
};

/** What a triage comes to is said when the answers have been sent: here, to be seen today. */
export const SentTriage: Story = {
  tags: ['step'],
  args: { formId: 'triage-new-problem' },
  async play({ canvasElement }) {
    await chooseEach(canvasElement, -1);
    await press(canvasElement, 'primary');
    await chooseEach(canvasElement);
    await press(canvasElement, 'primary');
    await see(canvasElement, ({ sentNote }) => sentNote);
  },
};

const hostileForm = () =>
  clinicOf(withForm(hostile, { title: '<script>alert(3)</script>', description: '<b>bold</b>' }));

/** Script in every text, two questions with one name, conditions that wait for each other: shown as text, or left out. */
export const Hostile: Story = {
  tags: ['step'],
  args: { formId: 'story' },
  render: formAt(hostileForm),
  play: ({ canvasElement }) => see(canvasElement, () => 'Two questions have this name'),
};

/** A question under twelve groups. */
export const TwelveLevels: Story = {
  tags: ['step'],
  ...asking(nested(12), SMOKES),
  play: ({ canvasElement }) => see(canvasElement, () => 'What is down here?'),
};

/** Two thousand questions come a page at a time. */
export const TwoThousandQuestions: Story = {
  ...asking(...many(2000)),
  play: ({ canvasElement }) => see(canvasElement, () => 'Question 1'),
};

const LONG = 'Rechtsschulterarthroskopienachsorgeuntersuchungsfragebogen';

/** Long words without a break fit into a narrow page too. */
export const LongWords: Story = {
  tags: ['step'],
  args: { formId: 'story' },
  render: formAt(() =>
    clinicOf(
      withForm(
        [
          { linkId: 'a', type: 'string', text: LONG, help: LONG, required: true },
          { linkId: 'b', type: 'choice', text: `${LONG}?`, options: [option(LONG), option(`Kein ${LONG}`)] },
          { linkId: 'c', type: 'choice', control: 'drop-down', text: `Warum ${LONG}?`, options: options(LONG) },
          { linkId: 'd', type: 'quantity', text: 'Wie viel?', units: [{ display: LONG }] },
          { linkId: 'e', type: 'group', repeats: true, text: LONG, items: [{ linkId: 'f', type: 'date', text: LONG }] },
        ],
        { title: LONG, description: LONG },
      ),
    ),
  ),
  play: async ({ canvasElement }) => {
    await see(canvasElement, () => 'Warum');
    await press(canvasElement, 'primary');
    await see(canvasElement, ({ troubles }) => troubles.required());
  },
};

/** Where the page is in Spanish the form speaks Spanish, and asks for the clinic's words in it. */
export const Spanish: Story = {
  args: { formId: 'intake' },
  render: (args) => html`<div lang="es">${formAt(clinicOf)(args)}</div>`,
  play: ({ canvasElement }) => see(canvasElement, () => '¿Cómo prefiere que nos comuniquemos?'),
};

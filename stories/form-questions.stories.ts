import { refusing } from '@clinic-widgets/adapter-memory';
import type { Meta } from '@storybook/web-components-vite';
import { clinicOf } from './clinics.ts';
import { type Args, args, asking, COLORS, formAt, option, options, type Story, withForm } from './forms.ts';
import { filling } from './patient.ts';

const { choose, hand, press, see, write } = filling;

export default {
  title: 'Form questions',
  component: 'clinic-form',
  args,
  tags: ['step'],
} satisfies Meta<Args>;

/** Waits until the form asks so. */
const sees =
  (words: string) =>
  ({ canvasElement }: { readonly canvasElement: HTMLElement }) =>
    see(canvasElement, () => words);

/** Questions under a heading, which can be about something under a heading itself. */
export const Groups: Story = {
  ...asking(
    { linkId: 'intro', type: 'display', text: 'Please take your time.' },
    {
      linkId: 'home',
      type: 'group',
      text: 'Where you live',
      items: [
        { linkId: 'street', type: 'string', text: 'Street and number' },
        {
          linkId: 'house',
          type: 'group',
          prefix: 'A.',
          text: 'Your house',
          help: 'So that we know whether a nurse can reach you.',
          items: [
            { linkId: 'floor', type: 'integer', text: 'On which floor do you live?' },
            { linkId: 'lift', type: 'boolean', text: 'Is there a lift?' },
          ],
        },
      ],
    },
  ),
  play: sees('Is there a lift?'),
};

/** A group that the patient fills in as often as needed: one was added. */
export const RepeatingGroup: Story = {
  ...asking({
    linkId: 'medicine',
    type: 'group',
    text: 'A medicine that you take',
    repeats: true,
    maxOccurs: 3,
    items: [
      { linkId: 'name', type: 'string', text: 'Its name', required: true },
      { linkId: 'daily', type: 'boolean', text: 'Do you take it every day?' },
    ],
  }),
  async play({ canvasElement }) {
    await write(canvasElement, 'Its name', 'Lisinopril');
    await press(canvasElement, ({ add }) => add('A medicine that you take'));
    await see(canvasElement, ({ nth }) => nth(2));
  },
};

/** Words between the questions. */
export const Display: Story = {
  ...asking(
    {
      linkId: 'first',
      type: 'display',
      text: 'The first questions are about your sleep.\nThere are no wrong answers.',
    },
    { linkId: 'sleep', type: 'boolean', text: 'Do you sleep well?' },
    { linkId: 'last', type: 'display', text: 'The last one is about your naps.' },
    { linkId: 'nap', type: 'boolean', text: 'Do you sleep during the day?' },
  ),
  play: sees('The last one'),
};

/** Yes or no; what was answered can be taken back, unless an answer is required. */
export const YesOrNo: Story = {
  ...asking(
    { linkId: 'smoke', type: 'boolean', text: 'Do you smoke?' },
    { linkId: 'fallen', type: 'boolean', text: 'Have you fallen in the last 12 months?', required: true },
    { linkId: 'glasses', type: 'boolean', text: 'Do you wear glasses?', orientation: 'horizontal' },
  ),
  async play({ canvasElement }) {
    await see(canvasElement, () => 'Do you wear glasses?');
    await filling.chooseEach(canvasElement);
    await see(canvasElement, ({ clear }) => clear);
  },
};

/** Numbers, with their unit where they have one. */
export const Numbers: Story = {
  ...asking(
    { linkId: 'sugar', type: 'decimal', text: 'What was your last blood sugar?', entryFormat: '5.4', decimals: 1 },
    {
      linkId: 'pulse',
      type: 'integer',
      text: 'What is your pulse?',
      units: [{ code: '/min', display: 'beats a minute' }],
    },
    { linkId: 'children', type: 'integer', text: 'How many children do you have?', min: { integer: 0 } },
  ),
  async play({ canvasElement }) {
    await write(canvasElement, 'What was your last blood sugar?', '5.6');
    await write(canvasElement, 'What is your pulse?', '72');
  },
};

/** Of a date the day, and the month too, can be left out. */
export const Dates: Story = {
  ...asking(
    { linkId: 'born', type: 'date', text: 'When were you born?', required: true },
    {
      linkId: 'operation',
      type: 'date',
      text: 'When was your operation?',
      help: 'The year is enough.',
      initial: [{ date: '2019' }],
    },
    { linkId: 'period', type: 'date', text: 'When did the pain begin?', initial: [{ date: '2025-09-03' }] },
  ),
  play: sees('When did the pain begin?'),
};

/** A moment, in the clinic's zone. */
export const DatesWithTime: Story = {
  ...asking({
    linkId: 'fell',
    type: 'dateTime',
    text: 'When did you fall?',
    initial: [{ dateTime: '2026-02-27T18:45:00-05:00' }],
  }),
  play: sees('When did you fall?'),
};

/** A time of day. */
export const Times: Story = {
  ...asking(
    { linkId: 'call', type: 'time', text: 'When can we call you?' },
    { linkId: 'bed', type: 'time', text: 'When do you go to bed?', initial: [{ time: '22:30:00' }] },
  ),
  play: sees('When do you go to bed?'),
};

/** A few words; also more than once. */
export const FewWords: Story = {
  ...asking(
    { linkId: 'called', type: 'string', text: 'What should we call you?', entryFormat: 'First name', maxLength: 40 },
    { linkId: 'allergy', type: 'string', text: 'What are you allergic to?', repeats: true, maxOccurs: 4 },
  ),
  async play({ canvasElement }) {
    await write(canvasElement, 'What are you allergic to?', 'Penicillin');
    await press(canvasElement, ({ add }) => add('What are you allergic to?'));
    await see(canvasElement, ({ nth }) => nth(2));
  },
};

/** Many words, over several lines. */
export const ManyWords: Story = {
  ...asking({ linkId: 'reason', type: 'text', text: 'What brings you to us? Use your own words.' }),
  play: ({ canvasElement }) =>
    write(canvasElement, 'What brings you to us?', 'My right knee hurts.\nIt is worse in the morning.'),
};

/** A web address. */
export const WebAddress: Story = {
  ...asking({ linkId: 'site', type: 'url', text: 'Where is your health record?', entryFormat: 'www.example.org' }),
  play: ({ canvasElement }) => write(canvasElement, 'Where is your health record?', 'www.example.org/me'),
};

const often = options('Never', 'Once or twice a week', 'On most days');

/** One answer of a few, each with its own target. */
export const RadioButtons: Story = {
  ...asking({
    linkId: 'walk',
    type: 'choice',
    text: 'How often do you walk for half an hour?',
    options: [option('Never', { prefix: 'a)' }), option('Once or twice a week', { prefix: 'b)' })],
  }),
  play: ({ canvasElement }) => choose(canvasElement, 'b) Once or twice a week'),
};

/** The answers side by side, as far as there is room. */
export const HorizontalRadioButtons: Story = {
  ...asking({
    linkId: 'walk',
    type: 'choice',
    text: 'How often do you walk for half an hour?',
    orientation: 'horizontal',
    options: often,
  }),
  play: ({ canvasElement }) => choose(canvasElement, 'Never'),
};

/** One answer of a list that opens on demand. */
export const DropDown: Story = {
  ...asking(
    { linkId: 'walk', type: 'choice', control: 'drop-down', text: 'How often do you walk?', options: often },
    { linkId: 'swim', type: 'choice', control: 'drop-down', text: 'How often do you swim?', options: often },
  ),
  play: sees('How often do you swim?'),
};

const months = options(
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'],
  'October',
  'November',
  'December',
  'I do not know',
);

/** Many answers to choose from open on demand, unless the form wants them all to be seen. */
export const ManyOptions: Story = {
  ...asking(
    { linkId: 'best', type: 'choice', text: 'In which month do you feel best?', options: months },
    {
      linkId: 'worst',
      type: 'choice',
      control: 'radio-button',
      text: 'In which month do you feel worst?',
      options: months,
    },
  ),
  play: sees('I do not know'),
};

/** Several answers of a few; "none of these" leaves no other. */
export const CheckBoxes: Story = {
  ...asking({
    linkId: 'family',
    type: 'choice',
    repeats: true,
    text: 'Does someone in your family have one of these?',
    options: [...options('Diabetes', 'High blood pressure', 'Cancer'), option('None of these', { exclusive: true })],
  }),
  async play({ canvasElement }) {
    await choose(canvasElement, 'Diabetes');
    await choose(canvasElement, 'Cancer');
  },
};

const SEARCHED = {
  linkId: 'color',
  control: 'autocomplete',
  text: 'What color is your rash?',
  valueSet: COLORS,
} as const;

/** A list of the clinic's that is searched. */
export const Autocomplete: Story = {
  ...asking({ ...SEARCHED, type: 'choice' }),
  async play({ canvasElement }) {
    await filling.search(canvasElement, 're');
    await press(canvasElement, () => 'Red');
    await see(canvasElement, ({ chosen }) => chosen('Red'));
  },
};

/** An answer that the list does not have, in the patient's own words. */
export const OwnWordsBesideASearch: Story = {
  ...asking({ ...SEARCHED, type: 'open-choice' }),
  async play({ canvasElement }) {
    await filling.search(canvasElement, 'reddish');
    await press(canvasElement, ({ useWords }) => useWords('reddish'));
    await see(canvasElement, ({ chosen }) => chosen('reddish'));
  },
};

/** In a safety form nobody has to guess, whatever is asked. */
export const NotSure: Story = {
  args: { formId: 'story' },
  render: formAt(() =>
    clinicOf(
      withForm(
        [
          { linkId: 'since', type: 'date', text: 'Since when have you had it?' },
          { linkId: 'weight', type: 'quantity', text: 'What do you weigh?', units: [{ display: 'pounds' }] },
          { linkId: 'names', type: 'string', text: 'What is it called?', repeats: true },
          { linkId: 'color', type: 'choice', control: 'autocomplete', text: 'What color is it?', valueSet: COLORS },
        ],
        { purpose: 'safety' },
      ),
    ),
  ),
  async play({ canvasElement }) {
    await see(canvasElement, ({ amNotSure }) => amNotSure);
  },
};

/** A list of the clinic's that is short enough to be shown. */
export const ListOfTheClinic: Story = {
  ...asking({ linkId: 'color', type: 'choice', text: 'What color is your rash?', valueSet: COLORS }),
  play: sees('Turquoise'),
};

/** The clinic's list cannot be had: the patient writes the answer. */
export const ListNotThere: Story = {
  args: { formId: 'story' },
  render: formAt(() =>
    refusing(
      clinicOf(withForm([{ linkId: 'color', type: 'choice', text: 'What color is your rash?', valueSet: COLORS }])),
      'unexpected',
      ['findOptions'],
    ),
  ),
  play: ({ canvasElement }) => see(canvasElement, ({ noList }) => noList),
};

const helpers = options('My partner', 'A son or a daughter', 'A friend');

/** One answer of a few, or the patient's own words. */
export const OwnWordsByRadioButton: Story = {
  ...asking({ linkId: 'help', type: 'open-choice', text: 'Who helps you at home?', options: helpers }),
  async play({ canvasElement }) {
    await filling.chooseOther(canvasElement);
    await filling.writeOther(canvasElement, 'My neighbor');
  },
};

/** The same, as a list that opens on demand. */
export const OwnWordsByDropDown: Story = {
  ...asking({
    linkId: 'help',
    type: 'open-choice',
    control: 'drop-down',
    text: 'Who helps you at home?',
    options: helpers,
    initial: [{ string: 'My neighbor' }],
  }),
  play: ({ canvasElement }) => see(canvasElement, ({ otherAnswer }) => otherAnswer),
};

/** Several answers, and the patient's own words. */
export const OwnWordsByCheckBox: Story = {
  ...asking({ linkId: 'help', type: 'open-choice', repeats: true, text: 'Who helps you at home?', options: helpers }),
  async play({ canvasElement }) {
    await choose(canvasElement, 'A friend');
    await filling.writeOther(canvasElement, 'My neighbor');
  },
};

/** An amount with its unit: the only one, one of several, or the patient's own. */
export const Quantities: Story = {
  ...asking(
    { linkId: 'height', type: 'quantity', text: 'How tall are you?', units: [{ code: 'cm', display: 'centimeters' }] },
    {
      linkId: 'weight',
      type: 'quantity',
      text: 'How much do you weigh?',
      units: [
        { code: '[lb_av]', display: 'pounds' },
        { code: 'kg', display: 'kilograms' },
      ],
    },
    { linkId: 'water', type: 'quantity', text: 'How much do you drink in a day?' },
  ),
  async play({ canvasElement }) {
    await write(canvasElement, 'How tall are you?', '168');
    await see(canvasElement, ({ unit }) => unit);
  },
};

/** A file or a photo. */
export const Files: Story = {
  ...asking(
    { linkId: 'letter', type: 'attachment', text: 'Do you have a letter from another doctor?' },
    { linkId: 'list', type: 'attachment', text: 'Do you have a list of your medicines?', mediaTypes: ['image/png'] },
  ),
  async play({ canvasElement }) {
    await hand(canvasElement, new File(['Dear colleague'], 'letter-from-dr-lin.txt'));
    await see(canvasElement, ({ chosen }) => chosen('letter-from-dr-lin.txt'));
  },
};

/** Someone or something that the clinic may know, by name. */
export const Reference: Story = {
  ...asking({ linkId: 'doctor', type: 'reference', text: 'Who is your family doctor?' }),
  play: ({ canvasElement }) => write(canvasElement, 'Who is your family doctor?', 'Dr. Wei Lin'),
};

/** A place between two ends, to be dragged, moved by keys or written. */
export const Sliders: Story = {
  ...asking(
    {
      linkId: 'pain',
      type: 'integer',
      control: 'slider',
      text: 'How strong is your pain?',
      help: '0 is none, 10 is as strong as it can be.',
      min: { integer: 0 },
      max: { integer: 10 },
    },
    {
      linkId: 'worry',
      type: 'integer',
      control: 'slider',
      text: 'How much does it worry you?',
      min: { integer: 0 },
      max: { integer: 10 },
      initial: [{ integer: 3 }],
    },
  ),
  play: ({ canvasElement }) => see(canvasElement, ({ notMoved }) => notMoved),
};

/** What the clinic knows already, and what follows from the answers, cannot be changed. */
export const ReadOnly: Story = {
  ...asking(
    { linkId: 'record', type: 'string', text: 'Your number with us', readOnly: true, initial: [{ string: 'H-20417' }] },
    { linkId: 'cups', type: 'integer', text: 'How many cups of coffee do you drink in a day?' },
    {
      linkId: 'week',
      type: 'integer',
      text: 'Cups in a week',
      readOnly: true,
      calculatedExpression: `7 * %resource.item.where(linkId = 'cups').answer.value`,
    },
  ),
  async play({ canvasElement }) {
    await write(canvasElement, 'How many cups', '3');
    await see(canvasElement, () => '21');
  },
};

/** Numbered questions, with help where someone may want it. */
export const NumbersAndHelp: Story = {
  ...asking(
    {
      linkId: 'pressure',
      type: 'boolean',
      prefix: '1.',
      text: 'Do you have high blood pressure?',
      help: 'It is high when the first number is 130 or more.\nIf you take pills for it, answer yes.',
    },
    { linkId: 'since', type: 'integer', prefix: '2.', text: 'Since which year?', entryFormat: 'YYYY' },
  ),
  play: sees('2. Since which year?'),
};

/** A hidden question has an answer that the patient is not shown. */
export const Hidden: Story = {
  ...asking(
    { linkId: 'source', type: 'string', text: 'Where the form came from', hidden: true, initial: [{ string: 'web' }] },
    { linkId: 'shown', type: 'boolean', text: 'Do you want a letter?' },
  ),
  play: sees('Do you want a letter?'),
};

/** What is asked further because of an answer stands under it. */
export const UnderAnAnswer: Story = {
  ...asking(
    {
      linkId: 'pets',
      type: 'boolean',
      text: 'Do you have pets?',
      initial: [{ boolean: true }],
      items: [{ linkId: 'which', type: 'string', text: 'Which ones?' }],
    },
    {
      linkId: 'ill',
      type: 'choice',
      repeats: true,
      text: 'What have you had?',
      options: options('Asthma', 'A broken bone', 'A stroke'),
      initial: [option('Asthma').value, option('A stroke').value],
      items: [{ linkId: 'when', type: 'date', text: 'When was that?' }],
    },
  ),
  play: sees('Which ones?'),
};

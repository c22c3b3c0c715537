import type { FormItem } from '@clinic-widgets/core/forms.js';
import type { HarborForm } from './harbor-forms.ts';
import { LANGUAGES, PHARMACIES } from './harbor-option-sets.ts';
import { coded, inEnglishAndSpanish, madeUp, noneOf, option, page, type Say } from './harbor-words.ts';

const UCUM = 'http://unitsofmeasure.org';

const unit = (code: string, display: string) => ({ system: UCUM, code, display });

/** What the clinic does not know yet: the name to use, the telephone number and the rest are confirmed with the details. */
const contact = (say: Say): FormItem[] => {
  const call = option('call', say('By telephone', 'Por teléfono'));
  return [
    {
      linkId: 'reach',
      type: 'choice',
      control: 'radio-button',
      orientation: 'horizontal',
      text: say('How should we reach you?', '¿Cómo prefiere que nos comuniquemos?'),
      options: [call, option('text', say('By text message', 'Por mensaje de texto'))],
      initial: [call.value],
    },
    {
      linkId: 'best-time',
      type: 'time',
      text: say('What is the best time of day to call you?', '¿A qué hora del día es mejor llamarle?'),
      enableWhen: [{ question: 'reach', operator: '=', value: coded('call') }],
    },
    {
      linkId: 'language',
      type: 'choice',
      control: 'autocomplete',
      text: say('Which language do you want to speak with us?', '¿En qué idioma quiere hablar con nosotros?'),
      valueSet: LANGUAGES,
    },
  ];
};

const problem = (say: Say): FormItem[] => [
  {
    linkId: 'reason',
    type: 'text',
    text: say(
      'What brings you to us? Use your own words.',
      '¿Por qué viene a vernos? Dígalo con sus propias palabras.',
    ),
    required: true,
    maxLength: 1000,
  },
  {
    linkId: 'since',
    type: 'date',
    text: say('When did it start?', '¿Cuándo empezó?'),
    help: say('The month or the year is enough.', 'Basta con el mes o el año.'),
    min: { date: '1900-01-01' },
  },
  {
    linkId: 'trouble',
    type: 'integer',
    control: 'slider',
    text: say('How much does it trouble you?', '¿Cuánto le molesta?'),
    help: say('0 is not at all, 10 is as bad as it can be.', '0 es nada y 10 es lo peor que puede haber.'),
    min: { integer: 0 },
    max: { integer: 10 },
  },
  {
    linkId: 'course',
    type: 'choice',
    control: 'radio-button',
    text: say('How is it changing?', '¿Cómo va cambiando?'),
    options: [
      option('better', say('It is getting better', 'Va mejorando')),
      option('same', say('It stays the same', 'Sigue igual')),
      option('worse', say('It is getting worse', 'Va empeorando')),
      option('comes-and-goes', say('It comes and goes', 'Va y viene')),
    ],
  },
  {
    linkId: 'tried',
    type: 'open-choice',
    control: 'check-box',
    repeats: true,
    text: say('What have you tried against it?', '¿Qué ha probado para aliviarlo?'),
    options: [
      option('rest', say('Rest', 'Descanso')),
      option('heat-or-cold', say('Heat or cold', 'Calor o frío')),
      option('own-medicine', say('Medicine without a prescription', 'Medicinas sin receta')),
      option('home-remedy', say('A home remedy', 'Un remedio casero')),
      noneOf(say('Nothing yet', 'Nada todavía')),
    ],
  },
];

const medicines = (say: Say): FormItem[] => [
  {
    linkId: 'takes-medicines',
    type: 'boolean',
    text: say('Do you take any medicines, vitamins or herbs?', '¿Toma medicinas, vitaminas o hierbas?'),
    required: true,
  },
  {
    linkId: 'medicine',
    type: 'group',
    text: say('A medicine that you take', 'Una medicina que toma'),
    repeats: true,
    maxOccurs: 30,
    enableWhen: [{ question: 'takes-medicines', operator: '=', value: { boolean: true } }],
    items: [
      {
        linkId: 'medicine-name',
        type: 'string',
        text: say('Its name, as on the package', 'Su nombre, como está en el envase'),
        required: true,
        maxLength: 120,
      },
      {
        linkId: 'medicine-dose',
        type: 'quantity',
        text: say('How much at a time?', '¿Cuánto cada vez?'),
        min: { quantity: { value: 0 } },
        units: [
          unit('mg', say('milligrams (mg)', 'miligramos (mg)')),
          unit('ug', say('micrograms (mcg)', 'microgramos (mcg)')),
          unit('mL', say('milliliters (mL)', 'mililitros (mL)')),
          unit('{tbl}', say('tablets', 'pastillas')),
          unit('[drp]', say('drops', 'gotas')),
          unit('[iU]', say('units', 'unidades')),
        ],
      },
      {
        linkId: 'medicine-times',
        type: 'choice',
        control: 'drop-down',
        text: say('How often?', '¿Con qué frecuencia?'),
        options: [
          option('once', say('Once a day', 'Una vez al día')),
          option('twice', say('Twice a day', 'Dos veces al día')),
          option('three', say('Three times a day', 'Tres veces al día')),
          option('more', say('More often', 'Más seguido')),
          option('week', say('Once a week', 'Una vez a la semana')),
          option('as-needed', say('Only when I need it', 'Solo cuando la necesito')),
        ],
      },
    ],
  },
  {
    linkId: 'pharmacy',
    type: 'choice',
    control: 'autocomplete',
    text: say('Which pharmacy do you use?', '¿Qué farmacia usa?'),
    help: say(
      'Type the first letters of its name or town.',
      'Escriba las primeras letras de su nombre o de la ciudad.',
    ),
    valueSet: PHARMACIES,
  },
];

const allergies = (say: Say): FormItem[] => [
  {
    linkId: 'has-allergies',
    type: 'boolean',
    text: say(
      'Has a medicine, a food or anything else ever given you an allergic reaction?',
      '¿Alguna vez una medicina, una comida u otra cosa le ha causado una reacción alérgica?',
    ),
    required: true,
  },
  {
    linkId: 'allergy',
    type: 'group',
    text: say('An allergy', 'Una alergia'),
    repeats: true,
    maxOccurs: 20,
    enableWhen: [{ question: 'has-allergies', operator: '=', value: { boolean: true } }],
    items: [
      {
        linkId: 'allergy-to',
        type: 'string',
        text: say('What are you allergic to?', '¿A qué tiene alergia?'),
        required: true,
        maxLength: 120,
      },
      {
        linkId: 'allergy-reaction',
        type: 'open-choice',
        control: 'check-box',
        repeats: true,
        text: say('What happened?', '¿Qué le pasó?'),
        options: [
          option('rash', say('Rash or itching', 'Ronchas o comezón')),
          option(
            'swelling',
            say('Swelling of the face, lips or tongue', 'Hinchazón de la cara, los labios o la lengua'),
          ),
          option('breath', say('Trouble breathing', 'Dificultad para respirar')),
          option('stomach', say('Vomiting or belly pain', 'Vómito o dolor de barriga')),
        ],
      },
      {
        linkId: 'allergy-when',
        type: 'date',
        text: say('When was that?', '¿Cuándo fue?'),
        help: say('The year is enough.', 'Basta con el año.'),
        min: { date: '1900-01-01' },
      },
    ],
  },
];

const health = (say: Say): FormItem[] => [
  {
    linkId: 'conditions',
    type: 'choice',
    control: 'check-box',
    repeats: true,
    text: say('Do you have, or have you had, any of these?', '¿Tiene o ha tenido algo de esto?'),
    options: [
      option('diabetes', say('Diabetes', 'Diabetes')),
      option('blood-pressure', say('High blood pressure', 'Presión alta')),
      option('heart', say('A heart problem', 'Un problema del corazón')),
      option('stroke', say('A stroke', 'Un derrame cerebral')),
      option('lungs', say('Asthma or a lung problem', 'Asma o un problema de los pulmones')),
      option('kidneys', say('A kidney problem', 'Un problema de los riñones')),
      option('cancer', say('Cancer', 'Cáncer')),
      noneOf(say('None of these', 'Nada de esto')),
    ],
  },
  {
    linkId: 'cancer-kind',
    type: 'string',
    text: say('Which kind of cancer?', '¿Qué tipo de cáncer?'),
    maxLength: 120,
    enableWhen: [{ question: 'conditions', operator: '=', value: coded('cancer') }],
  },
  {
    linkId: 'weight',
    type: 'quantity',
    text: say('How much do you weigh?', '¿Cuánto pesa?'),
    help: say('About is good enough.', 'Un peso aproximado está bien.'),
    min: { quantity: { value: 0 } },
    units: [unit('[lb_av]', say('pounds (lb)', 'libras (lb)')), unit('kg', say('kilograms (kg)', 'kilos (kg)'))],
  },
  {
    linkId: 'smoking',
    type: 'choice',
    control: 'radio-button',
    text: say('Do you smoke?', '¿Fuma?'),
    options: [
      option('never', say('I have never smoked', 'Nunca he fumado')),
      option('before', say('I used to', 'Fumaba antes')),
      option('now', say('Yes', 'Sí')),
    ],
  },
  {
    linkId: 'cigarettes',
    type: 'integer',
    text: say('About how many cigarettes a day?', '¿Más o menos cuántos cigarrillos al día?'),
    min: { integer: 0 },
    max: { integer: 100 },
    enableWhen: [{ question: 'smoking', operator: '=', value: coded('now') }],
  },
  {
    linkId: 'fell',
    type: 'boolean',
    text: say('Have you fallen in the last 12 months?', '¿Se ha caído en los últimos 12 meses?'),
  },
];

const papers = (say: Say): FormItem[] => [
  {
    linkId: 'letter',
    type: 'attachment',
    text: say(
      'Do you have a letter from another doctor, or a list of your medicines?',
      '¿Tiene una carta de otro médico o una lista de sus medicinas?',
    ),
    help: say('Take a photo of it, or bring it along.', 'Tómele una foto, o tráigala a la visita.'),
    mediaTypes: ['image/jpeg', 'image/png', 'application/pdf'],
    // In Base64 it is a third more, and 5 MB is the most that goes over the wire.
    maxBytes: 3_500_000,
  },
  {
    linkId: 'anything-else',
    type: 'text',
    text: say('Is there anything else we should know?', '¿Hay algo más que debamos saber?'),
    maxLength: 2000,
  },
];

/** What a first visit, or a visit for a new problem, begins with. */
export const intake: HarborForm = inEnglishAndSpanish((say) => ({
  id: 'intake',
  ...madeUp(say),
  title: say('About you and your visit', 'Sobre usted y su visita'),
  purpose: 'intake',
  description: say(
    'It takes about ten minutes. Leave out what you do not know: we can talk about it.',
    'Toma unos diez minutos. Deje en blanco lo que no sepa: podemos hablarlo en la visita.',
  ),
  items: [
    page('contact', say('How we reach you', 'Cómo comunicarnos con usted'), contact(say)),
    page('problem', say('Why you are coming', 'Por qué viene'), problem(say)),
    page('medicines', say('Your medicines', 'Sus medicinas'), medicines(say)),
    page('allergies', say('Your allergies', 'Sus alergias'), allergies(say)),
    page('health', say('Your health', 'Su salud'), health(say)),
    page('papers', say('Papers for us', 'Papeles para nosotros'), papers(say)),
  ],
}));

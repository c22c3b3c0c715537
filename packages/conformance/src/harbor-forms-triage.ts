import type { Condition, FormItem, FormOption, Outcome } from '@clinic-widgets/core/forms.js';
import type { HarborForm } from './harbor-forms.ts';
import { coded, inEnglishAndSpanish, madeUp, noneOf, option, page, type Say } from './harbor-words.ts';

// The danger signs are those of public lists, in our own words: the American College of Emergency Physicians' warning
// signs (https://stjoseph.stlukeshealth.org/services/emergency/medical-emergency), the NHS's when to call 999
// (https://www.swast.nhs.uk/when-to-call-999), BE FAST for a stroke
// (https://www.wregional.com/neuroscience-institute/signs-and-symptoms), and, for what should be seen today, when adults
// should call with a fever (http://www.emedicinehealth.com/fever_in_adults/page4_em.htm).

const is = (question: string, code: string): Condition => ({ question, operator: '=', value: coded(code) });
const says = (question: string, boolean: boolean): Condition => ({ question, operator: '=', value: { boolean } });

/** That one of the options was chosen, other than the one that says none. */
const anyOf = (question: string, options: readonly FormOption[]): Pick<FormItem, 'enableWhen' | 'enableBehavior'> => ({
  enableWhen: options
    .filter(({ exclusive }) => !exclusive)
    .map(({ value }): Condition => ({ question, operator: '=', value: bare(value) })),
  enableBehavior: 'any',
});

/** What is compared is a code: its words differ from language to language. */
const bare = (value: FormOption['value']): Condition['value'] =>
  'coding' in value ? { coding: { system: value.coding.system, code: value.coding.code } } : value;

/** What the answers come to, and what the patient is told to do. */
const end = (linkId: string, outcome: Outcome, text: string, when: Partial<FormItem>): FormItem => ({
  linkId,
  type: 'display',
  outcome,
  text,
  ...when,
});

const checkList = (linkId: string, text: string, options: FormOption[]): FormItem => ({
  linkId,
  type: 'choice',
  control: 'check-box',
  repeats: true,
  required: true,
  text,
  options,
});

/** That there is no danger. Asked again by every later question, so that none of them can lead away from one. */
const SAFE = [is('danger-signs', 'none'), says('self-harm', false)];
const NOT_TODAY = [...SAFE, is('today-signs', 'none')];

const dangerSigns = (say: Say): FormOption[] => [
  option('chest', say('Pain, pressure or tightness in the chest', 'Dolor, presión u opresión en el pecho')),
  option('breath', say('It is hard to breathe', 'Le cuesta respirar')),
  option(
    'stroke',
    say(
      'Suddenly: a drooping face, a weak arm or leg, trouble speaking, seeing or keeping your balance',
      'De repente: la cara caída de un lado, debilidad en un brazo o una pierna, o dificultad para hablar, ver o mantener el equilibrio',
    ),
  ),
  option('bleeding', say('Bleeding that does not stop', 'Un sangrado que no para')),
  option('blood', say('You are vomiting blood or coughing up blood', 'Vomita sangre o tose con sangre')),
  option(
    'fainting',
    say(
      'You fainted, had a seizure, or are suddenly confused',
      'Se desmayó, tuvo una convulsión o de repente tiene confusión',
    ),
  ),
  option(
    'allergy',
    say(
      'Swelling of your lips, tongue or throat, or a rash all over with trouble breathing',
      'Hinchazón de los labios, la lengua o la garganta, o ronchas en todo el cuerpo con dificultad para respirar',
    ),
  ),
  option(
    'worst-pain',
    say(
      'The worst headache of your life, or sudden very strong pain anywhere',
      'El peor dolor de cabeza de su vida, o un dolor muy fuerte y repentino en cualquier parte',
    ),
  ),
  option('stiff-neck', say('Fever with a stiff neck or with confusion', 'Fiebre con el cuello rígido o con confusión')),
  option(
    'poison',
    say(
      'You took too much medicine or something poisonous, or hit your head hard',
      'Tomó demasiada medicina o algo venenoso, o se golpeó fuerte la cabeza',
    ),
  ),
  noneOf(say('None of these', 'Nada de esto')),
];

const emergency = (say: Say): FormItem[] => [
  checkList('danger-signs', say('Do you have any of these now?', '¿Tiene algo de esto ahora?'), dangerSigns(say)),
  {
    linkId: 'self-harm',
    type: 'boolean',
    text: say(
      'Are you thinking about hurting yourself or ending your life?',
      '¿Está pensando en hacerse daño o en quitarse la vida?',
    ),
    required: true,
  },
  end(
    'call-911',
    'emergency',
    say(
      'Call 911 now. Do not wait for an appointment, and do not drive yourself. If you are at the clinic, tell the staff at once.',
      'Llame al 911 ahora. No espere una cita y no maneje. Si está en la clínica, avise al personal de inmediato.',
    ),
    anyOf('danger-signs', dangerSigns(say)),
  ),
  end(
    'call-988',
    'emergency',
    say(
      'You are not alone, and there is help now. Call or text 988 at any hour, free of charge. If you may act on it soon, call 911. If you are at the clinic, tell the staff at once.',
      'No tiene que pasar por esto a solas: hay ayuda ahora. Llame al 988 y oprima el 2 para español, o envíe AYUDA por mensaje al 988, a cualquier hora y gratis. Si cree que puede hacerlo pronto, llame al 911. Si está en la clínica, avise al personal de inmediato.',
    ),
    { enableWhen: [says('self-harm', true)] },
  ),
];

const todaySigns = (say: Say): FormOption[] => [
  option(
    'high-fever',
    say(
      'Fever of 103 °F (39.4 °C) or more, or a fever for more than 3 days',
      'Fiebre de 103 °F (39.4 °C) o más, o fiebre por más de 3 días',
    ),
  ),
  option(
    'vomiting',
    say(
      'Vomiting or diarrhea, and you cannot keep fluids down or hardly pass water',
      'Vómito o diarrea, y no retiene los líquidos o casi no orina',
    ),
  ),
  option('belly', say('Belly pain that is strong or gets worse', 'Dolor de barriga fuerte o que empeora')),
  option(
    'urine',
    say(
      'Burning or blood when you pass water, with fever or back pain',
      'Ardor o sangre al orinar, con fiebre o dolor de espalda',
    ),
  ),
  option('leg', say('One leg is newly swollen or painful', 'Una pierna que se hinchó o duele desde hace poco')),
  option(
    'skin',
    say(
      'A wound or patch of skin that is red, hot and spreading',
      'Una herida o una parte de la piel roja, caliente y que se extiende',
    ),
  ),
  option('eye', say('A painful red eye, or sight that has got worse', 'Un ojo rojo que duele, o ve peor que antes')),
  option(
    'pregnant',
    say(
      'You are pregnant and have pain or bleeding, or feel the baby move less',
      'Está embarazada y tiene dolor o sangrado, o siente que el bebé se mueve menos',
    ),
  ),
  noneOf(say('None of these', 'Nada de esto')),
];

const today = (say: Say): FormItem[] => [
  checkList('today-signs', say('Do you have any of these?', '¿Tiene algo de esto?'), todaySigns(say)),
  end(
    'see-today',
    'same-day',
    say(
      'You should be seen today. Call us at (269) 555-0142. If we are closed, go to an urgent care center. If you feel worse, call 911.',
      'Deben verle hoy. Llámenos al (269) 555-0142. Si está cerrado, vaya a un centro de atención de urgencia. Si se siente peor, llame al 911.',
    ),
    anyOf('today-signs', todaySigns(say)),
  ),
];

const visit = (say: Say): FormItem[] => [
  {
    linkId: 'reason',
    type: 'choice',
    control: 'radio-button',
    required: true,
    text: say('Choose what fits best.', 'Elija lo que mejor describe su caso.'),
    options: [
      option(
        'new',
        say('A new problem, or an old one that has got worse', 'Un problema nuevo, o uno que ha empeorado'),
      ),
      option('side-effect', say('A medicine that does not agree with me', 'Una medicina que me cae mal')),
      option('refill', say('A new prescription for a medicine that I take', 'Otra receta de una medicina que ya tomo')),
      option('results', say('To talk about test results', 'Hablar de los resultados de un examen')),
      option('check-up', say('A regular check-up', 'Un chequeo de rutina')),
    ],
  },
  {
    linkId: 'worse',
    type: 'boolean',
    text: say(
      'Is it getting worse from day to day, or are you worried that it cannot wait?',
      '¿Empeora de un día a otro, o le preocupa que no pueda esperar?',
    ),
    required: true,
    enableWhen: [is('reason', 'new')],
  },
  end(
    'nurse-calls',
    'nurse-call',
    say(
      'A nurse should talk with you first. We call you back today. If it gets worse before then, call us at (269) 555-0142, or 911 in an emergency.',
      'Primero debe hablar con usted una enfermera. Le llamaremos hoy. Si empeora antes, llámenos al (269) 555-0142, o al 911 si es una emergencia.',
    ),
    { enableWhen: [says('worse', true), is('reason', 'side-effect')], enableBehavior: 'any' },
  ),
  end(
    'by-video',
    'video',
    say(
      'This can be done by video, from home. You can also come in, if you prefer.',
      'Esto se puede hacer por video, desde su casa. Si prefiere, también puede venir.',
    ),
    { enableWhen: [is('reason', 'refill'), is('reason', 'results')], enableBehavior: 'any' },
  ),
  end(
    'choose-a-time',
    'booking',
    say(
      'You can choose a time now. If you feel worse before your visit, call us at (269) 555-0142.',
      'Ya puede elegir una hora. Si se siente peor antes de la visita, llámenos al (269) 555-0142.',
    ),
    { enableWhen: [says('worse', false), is('reason', 'check-up')], enableBehavior: 'any' },
  ),
];

/** Asked before the times of a visit for a new problem are shown: how soon someone must be seen, and by whom. */
export const triageNewProblem: HarborForm = inEnglishAndSpanish((say) => ({
  id: 'triage-new-problem',
  ...madeUp(say),
  title: say('Before you choose a time', 'Antes de elegir una hora'),
  purpose: 'triage',
  description: say(
    'A few short questions, so that you do not wait for an appointment when you need help sooner.',
    'Unas pocas preguntas cortas, para que no espere una cita si necesita ayuda antes.',
  ),
  items: [
    page('emergency', say('First, is this an emergency?', 'Primero, ¿es una emergencia?'), emergency(say)),
    page('today', say('Do you need to be seen today?', '¿Necesita que le vean hoy?'), today(say), { enableWhen: SAFE }),
    page('visit', say('What is the visit for?', '¿Para qué es la visita?'), visit(say), { enableWhen: NOT_TODAY }),
  ],
}));

import type { FormItem, FormOption } from '@clinic-widgets/core/forms.js';
import type { HarborForm } from './harbor-forms.ts';
import { inEnglishAndSpanish, madeUp, type Say } from './harbor-words.ts';

// Word for word as the authors publish it (https://www.phqscreeners.com/select-screener), in English and in Spanish for the
// USA, but for the instruction to tick boxes; no word may be changed. Read from copies of the two sheets:
// https://therandomtandem.com/mood-screening-questionnaire-printable-4892 and
// https://es.studenta.com/content/129686767/patient-health-questionnaire-9-spanish.
// Codes: https://loinc.org/44249-1, answers https://loinc.org/LL358-3 and https://loinc.org/LL359-1.

const LOINC = 'http://loinc.org';

const answer = (code: string, display: string): FormOption => ({ value: { coding: { system: LOINC, code, display } } });

const frequencies = (say: Say): FormOption[] => [
  answer('LA6568-5', say('Not at all', 'Ningún día')),
  answer('LA6569-3', say('Several days', 'Varios días')),
  answer('LA6570-1', say('More than half the days', 'Más de la mitad de los días')),
  answer('LA6571-9', say('Nearly every day', 'Casi todos los días')),
];

const difficulties = (say: Say): FormOption[] => [
  answer('LA6572-7', say('Not difficult at all', 'No ha sido difícil')),
  answer('LA6573-5', say('Somewhat difficult', 'Un poco difícil')),
  answer('LA6575-0', say('Very difficult', 'Muy difícil')),
  answer('LA6574-3', say('Extremely difficult', 'Extremadamente difícil')),
];

const question = (linkId: string, text: string, options: FormOption[]): FormItem => ({
  linkId,
  type: 'choice',
  control: 'radio-button',
  text,
  options,
});

/** The nine problems, by their codes, in their order. */
const problems = (say: Say): readonly (readonly [code: string, text: string])[] => [
  ['44250-9', say('Little interest or pleasure in doing things', 'Poco interés o placer en hacer cosas')],
  ['44255-8', say('Feeling down, depressed, or hopeless', 'Se ha sentido decaído(a), deprimido(a) o sin esperanzas')],
  [
    '44259-0',
    say(
      'Trouble falling or staying asleep, or sleeping too much',
      'Ha tenido dificultad para quedarse o permanecer dormido(a), o ha dormido demasiado',
    ),
  ],
  ['44254-1', say('Feeling tired or having little energy', 'Se ha sentido cansado(a) o con poca energía')],
  ['44251-7', say('Poor appetite or overeating', 'Sin apetito o ha comido en exceso')],
  [
    '44258-2',
    say(
      'Feeling bad about yourself — or that you are a failure or have let yourself or your family down',
      'Se ha sentido mal con usted mismo(a) – o que es un fracaso o que ha quedado mal con usted mismo(a) o con su familia',
    ),
  ],
  [
    '44252-5',
    say(
      'Trouble concentrating on things, such as reading the newspaper or watching television',
      'Ha tenido dificultad para concentrarse en ciertas actividades, tales como leer el periódico o ver la televisión',
    ),
  ],
  [
    '44253-3',
    say(
      'Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or restless that you have been moving around a lot more than usual',
      '¿Se ha movido o hablado tan lento que otras personas podrían haberlo notado? o lo contrario – muy inquieto(a) o agitado(a) que ha estado moviéndose mucho más de lo normal',
    ),
  ],
  [
    '44260-8',
    say(
      'Thoughts that you would be better off dead or of hurting yourself in some way',
      'Pensamientos de que estaría mejor muerto(a) o de lastimarse de alguna manera',
    ),
  ],
];

const PROBLEMS = 'problems';

/** From 0 for not at all to 3 for nearly every day, over what was given. */
const SCORE = [
  `%given.where($this = 'LA6569-3').count()`,
  `2 * %given.where($this = 'LA6570-1').count()`,
  `3 * %given.where($this = 'LA6571-9').count()`,
].join(' + ');

/** The question of which staff must hear at once. */
const SELF_HARM = '44260-8';

const questions = (say: Say): FormItem[] =>
  problems(say).map(([code, text], index) => {
    const options = frequencies(say);
    return {
      ...question(code, text, options),
      required: true,
      prefix: `${index + 1}.`,
      ...(code === SELF_HARM && { flag: { unless: [options[0]!.value], alert: true } }),
    };
  });

/** The Patient Health Questionnaire, which asks for signs of depression. */
export const phq9: HarborForm = inEnglishAndSpanish((say) => ({
  id: 'phq-9',
  ...madeUp(say),
  title: say('Patient Health Questionnaire-9 (PHQ-9)', 'Cuestionario sobre la salud del paciente-9 (PHQ-9)'),
  purpose: 'screening',
  patientOnly: true,
  copyright: say(
    'Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc. No permission required to reproduce, translate, display or distribute.',
    'Elaborado por los doctores Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke y colegas, mediante una subvención educativa otorgada por Pfizer Inc. No se requiere permiso para reproducir, traducir, presentar o distribuir.',
  ),
  variables: [{ name: 'given', expression: `%resource.item.where(linkId = '${PROBLEMS}').item.answer.value.code` }],
  items: [
    {
      linkId: PROBLEMS,
      type: 'group',
      text: say(
        'Over the last 2 weeks, how often have you been bothered by any of the following problems?',
        'Durante las últimas 2 semanas, ¿qué tan seguido ha tenido molestias debido a los siguientes problemas?',
      ),
      items: questions(say),
    },
    question(
      '69722-7',
      say(
        'If you checked off any problems, how difficult have these problems made it for you to do your work, take care of things at home, or get along with other people?',
        'Si marcó cualquiera de los problemas, ¿qué tanta dificultad le han dado estos problemas para hacer su trabajo, encargarse de las tareas del hogar, o llevarse bien con otras personas?',
      ),
      difficulties(say),
    ),
    {
      linkId: '44261-6',
      type: 'integer',
      text: say('Total score', 'Puntuación total'),
      readOnly: true,
      hidden: true,
      calculatedExpression: `iif(%given.count() = 9, ${SCORE}, {})`,
    },
  ],
}));

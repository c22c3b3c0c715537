import type { ConsentDocument, Program } from '@clinic-widgets/core/consents.js';
import { type ByLanguage, inBoth, type Say } from './harbor-words.ts';

/** A document to decide about, in each language that the clinic has it in. */
export interface HarborConsentDocument extends Pick<ConsentDocument, 'id' | 'kind' | 'mandatory' | 'sample'> {
  readonly words: ByLanguage<Pick<ConsentDocument, 'title' | 'text' | 'authorization'>>;
  /** Asked at visits of these types; at every visit where left out, unless it is of a programme. */
  readonly visitTypeIds?: readonly string[];
  readonly programIds?: readonly string[];
}

/** A programme, in each language. */
export interface HarborProgram extends Omit<Program, 'name' | 'description' | 'enrolment'> {
  readonly words: ByLanguage<Pick<Program, 'name' | 'description'>>;
}

/** A document that is there to be looked at, not to be used: nobody has approved it. */
const sample = (
  kind: ConsentDocument['kind'],
  id: string,
  write: (say: Say) => HarborConsentDocument['words'][string],
  more: Partial<Pick<HarborConsentDocument, 'mandatory' | 'visitTypeIds' | 'programIds'>> = {},
): HarborConsentDocument => ({ id, kind, mandatory: false, sample: true, ...more, words: inBoth(write) });

const paragraphs = (...texts: string[]): string => texts.join('\n\n');

const treatment = sample(
  'treatment',
  'consent-to-treat',
  (say) => ({
    title: say('Consent to treatment', 'Consentimiento para el tratamiento'),
    text: paragraphs(
      say(
        'I ask Harbor Clinic to examine me and to treat me today and at the visits that follow. This covers an examination, blood pressure and temperature, taking blood or urine for tests, vaccinations that I agree to, and advice.',
        'Pido a Harbor Clinic que me examine y me trate hoy y en las visitas que sigan. Esto incluye un examen, la presión y la temperatura, la toma de sangre u orina para análisis, las vacunas que yo acepte y consejos.',
      ),
      say(
        'My care team will tell me what they want to do and why, what else could be done, and what may go wrong. I can ask as many questions as I like. An operation, or anything with a greater risk, needs a consent of its own.',
        'Mi equipo de salud me dirá qué quiere hacer y por qué, qué otra cosa se podría hacer y qué puede salir mal. Puedo hacer todas las preguntas que quiera. Una operación, o cualquier cosa de mayor riesgo, necesita su propio consentimiento.',
      ),
      say(
        'Nobody can promise me a result. I can say no to any part of the treatment, and I can take this consent back at any time. What was done before then stays done.',
        'Nadie puede prometerme un resultado. Puedo decir que no a cualquier parte del tratamiento y puedo retirar este consentimiento en cualquier momento. Lo que ya se haya hecho no cambia.',
      ),
      say(
        'If I do not sign, somebody at the front desk will talk with me before the visit. In an emergency I am treated without a signature.',
        'Si no firmo, una persona de la recepción hablará conmigo antes de la visita. En una emergencia me atienden sin firma.',
      ),
    ),
  }),
  { mandatory: true },
);

/** 45 CFR 164.520(c)(2)(ii): an acknowledgement is asked for in good faith; nobody has to give it. */
const privacyNotice = sample('privacy-notice', 'privacy-notice', (say) => ({
  title: say('Notice of privacy practices', 'Aviso sobre prácticas de privacidad'),
  text: paragraphs(
    say(
      'This notice says how Harbor Clinic may use health information about you and give it to others, and how you can see it. Please read it with care.',
      'Este aviso dice cómo Harbor Clinic puede usar su información de salud y darla a otros, y cómo puede verla usted. Léalo con cuidado.',
    ),
    say(
      'We use your information to treat you, to get paid for your care, and to run the clinic. For example, we send a test to a laboratory, a bill to your insurance, and we look at records to make our care better. We also use it where the law says that we must, such as for some infections.',
      'Usamos su información para atenderle, para cobrar por la atención y para llevar la clínica. Por ejemplo, enviamos una muestra a un laboratorio, una factura a su seguro, y revisamos expedientes para mejorar la atención. También la usamos cuando la ley lo exige, como con algunas infecciones.',
    ),
    say(
      'For everything else we ask you first. We never sell your information, and we use it for advertising only if you agree in writing.',
      'Para todo lo demás le preguntamos antes. Nunca vendemos su información y solo la usamos para publicidad si usted lo acepta por escrito.',
    ),
    say(
      'You have the right to see your record and to get a copy, to ask us to correct it, to know to whom we gave it, to ask us to limit its use, to choose how we reach you, and to get this notice on paper. You can complain to our privacy officer at (269) 555-0160 or to the U.S. Department of Health and Human Services. Nobody will treat you worse for it.',
      'Tiene derecho a ver su expediente y a recibir una copia, a pedir que lo corrijamos, a saber a quién lo dimos, a pedir que limitemos su uso, a elegir cómo le contactamos y a recibir este aviso en papel. Puede quejarse ante nuestra oficina de privacidad al (269) 555-0160 o ante el Departamento de Salud y Servicios Humanos de los Estados Unidos. Nadie le tratará peor por ello.',
    ),
    say(
      'By signing you say only that you were given this notice. You need not sign to be seen.',
      'Con su firma dice solamente que recibió este aviso. No necesita firmar para que le atiendan.',
    ),
  ),
}));

/** Every element and statement of 45 CFR 164.508(c)(1) and (2) for the authorization to one recipient. */
const elementsFor = (say: Say, what: Readonly<Record<'description' | 'recipient' | 'purpose', string>>) => ({
  ...what,
  discloser: say(
    'Harbor Clinic, St. Joseph and Michigan City, with its doctors and nurses',
    'Harbor Clinic, de St. Joseph y Michigan City, con sus médicos y enfermeros',
  ),
  expiration: say(
    'This authorization ends one year after the day on which it is signed.',
    'Esta autorización termina un año después del día de la firma.',
  ),
  revocation: say(
    'You can take it back at any time: tell the front desk, write to our privacy officer, or use the check-in screen. It does not change what was disclosed before.',
    'Puede retirarla en cualquier momento: dígalo en la recepción, escriba a nuestra oficina de privacidad o use la pantalla de registro. No cambia lo que ya se haya compartido.',
  ),
  conditioning: say(
    'Your treatment, payment and insurance do not depend on whether you sign.',
    'Su tratamiento, el pago y el seguro no dependen de que firme.',
  ),
  redisclosure: say(
    'Whoever receives the information may pass it on, and federal privacy rules may then no longer protect it.',
    'Quien reciba la información puede pasarla a otros, y entonces las normas federales de privacidad pueden dejar de protegerla.',
  ),
});

type Elements = ReturnType<typeof elementsFor>;
type Named = Pick<Elements, 'description' | 'discloser' | 'recipient' | 'purpose'>;

/** Before what is only named stands what it is; the rest are sentences. */
const asText = (say: Say, { description, discloser, recipient, purpose, ...sentences }: Named & Partial<Elements>) =>
  paragraphs(
    `${say('What is shared', 'Qué se comparte')}: ${description}`,
    `${say('Who gives it', 'Quién la da')}: ${discloser}`,
    `${say('Who gets it', 'Quién la recibe')}: ${recipient}`,
    `${say('What for', 'Para qué')}: ${purpose}`,
    ...Object.values(sentences),
  );

const carePartner = sample(
  'authorization',
  'authorization-care-partner',
  (say) => {
    const authorization = elementsFor(say, {
      description: say(
        'Dates of your visits, the summaries of them and your list of medicines, from the past 12 months',
        'Las fechas de sus visitas, sus resúmenes y su lista de medicinas, de los últimos 12 meses',
      ),
      recipient: say(
        'Lakeshore Care Partners, 12 Ship Street, St. Joseph, whose nurses call patients at home',
        'Lakeshore Care Partners, 12 Ship Street, St. Joseph, cuyas enfermeras llaman a los pacientes a casa',
      ),
      purpose: say(
        'To help you with your medicines between visits',
        'Para ayudarle con sus medicinas entre las visitas',
      ),
    });
    return {
      title: say(
        'Authorization to share your information with Lakeshore Care Partners',
        'Autorización para compartir su información con Lakeshore Care Partners',
      ),
      text: asText(say, authorization),
      authorization,
    };
  },
  { visitTypeIds: ['check-up', 'new-problem'] },
);

/** Lacks when it ends and how it is taken back, on purpose: nobody may sign it. */
const research = sample(
  'authorization',
  'authorization-research',
  (say) => {
    const {
      expiration: _,
      revocation: __,
      ...authorization
    } = elementsFor(say, {
      description: say(
        'How you moved and how much it hurt, as written down at each exercise',
        'Cómo se movió y cuánto le dolió, según se anota en cada ejercicio',
      ),
      recipient: say('The Dune State movement study', 'El estudio de movimiento Dune State'),
      purpose: say('To find out which exercises help', 'Para saber qué ejercicios ayudan'),
    });
    return {
      title: say('Authorization for a study of exercises', 'Autorización para un estudio de ejercicios'),
      text: asText(say, authorization),
      authorization,
    };
  },
  { visitTypeIds: ['physiotherapy'] },
);

const support = (id: string, programId: string, company: string, english: string, spanish: string) =>
  sample(
    'authorization',
    id,
    (say) => {
      const authorization = elementsFor(say, {
        description: say(
          `Your name, address and date of birth, your insurance, your medical history and your prescription of ${english}`,
          `Su nombre, dirección y fecha de nacimiento, su seguro, su historia médica y su receta de ${spanish}`,
        ),
        recipient: company,
        purpose: say(
          `To enroll you in the program, to find out what your insurance pays for ${english}, and to send it to you`,
          `Para inscribirle en el programa, averiguar qué paga su seguro por ${spanish} y enviárselo`,
        ),
      });
      return {
        title: say(`Authorization for the program of ${company}`, `Autorización para el programa de ${company}`),
        text: asText(say, authorization),
        authorization,
      };
    },
    { programIds: [programId] },
  );

/** The documents of Harbor Clinic: samples, all of them. */
export const consentDocuments: readonly HarborConsentDocument[] = [
  treatment,
  privacyNotice,
  carePartner,
  research,
  support('authorization-breathe', 'breathe-easy', 'Breathe Easy Support', 'an inhaler', 'un inhalador'),
  support('authorization-glucose', 'steady-glucose', 'Steady Glucose', 'a glucose sensor', 'un sensor de glucosa'),
];

/** The programmes that patients of Harbor Clinic can be enrolled in: one of a medicine, one of a device. */
export const programs: readonly HarborProgram[] = [
  {
    id: 'breathe-easy',
    formIds: ['intake'],
    documentIds: ['authorization-breathe'],
    needsCoverage: true,
    words: inBoth((say) => ({
      name: say('Breathe Easy: help with your inhaler', 'Breathe Easy: ayuda con su inhalador'),
      description: say(
        'A nurse shows you how to use the inhaler, and the program helps to pay for it.',
        'Una enfermera le muestra cómo usar el inhalador, y el programa ayuda a pagarlo.',
      ),
    })),
  },
  {
    id: 'steady-glucose',
    formIds: [],
    documentIds: ['authorization-glucose'],
    needsCoverage: false,
    words: inBoth((say) => ({
      name: say('Steady Glucose: a sensor on your arm', 'Steady Glucose: un sensor en el brazo'),
      description: say(
        'You get a sensor to try for a month, and somebody to call.',
        'Recibe un sensor de prueba por un mes y tiene a quién llamar.',
      ),
    })),
  },
];

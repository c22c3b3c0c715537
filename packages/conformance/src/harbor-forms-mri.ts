import type { FormItem } from '@clinic-widgets/core/forms.js';
import type { HarborForm } from './harbor-forms.ts';
import { inEnglishAndSpanish, madeUp, page, type Say } from './harbor-words.ts';

// What is asked follows what screening forms ask (https://www.mrisafety.com/ScreeningForm.html, the sample form of the ACR
// Manual on MR Safety, https://imagewisely.org/Imaging-Modalities/Magnetic-Resonance/Basics-of-MRI-Patient-Screening);
// the words are our own. Whatever is not a plain no is for a technologist to look into: no answer clears anyone.

/** A question to which only a plain no needs no second look. */
const ask = (linkId: string, text: string, help?: string): FormItem => ({
  linkId,
  type: 'boolean',
  text,
  ...(help !== undefined && { help }),
  required: true,
  flag: { unless: [{ boolean: false }] },
});

/** The same, and what to tell us when the answer is yes. */
const askMore = (say: Say, linkId: string, text: string, more: string, help?: string): FormItem[] => [
  ask(linkId, text, help),
  {
    linkId: `${linkId}-more`,
    type: 'text',
    text: more,
    help: say('If you do not know, leave this empty.', 'Si no lo sabe, deje esto vacío.'),
    maxLength: 500,
    enableWhen: [{ question: linkId, operator: '=', value: { boolean: true } }],
  },
];

const devices = (say: Say): FormItem[] => [
  ...askMore(
    say,
    'heart-device',
    say(
      'Do you have a pacemaker or a defibrillator, or wires left from one?',
      '¿Tiene un marcapasos o un desfibrilador, o cables que quedaron de uno?',
    ),
    say('Which one is it, and since when do you have it?', '¿Cuál es y desde cuándo lo tiene?'),
    say(
      'A small device under the skin of your chest that helps your heart beat.',
      'Un aparato pequeño bajo la piel del pecho que ayuda a latir a su corazón.',
    ),
  ),
  ...askMore(
    say,
    'aneurysm-clip',
    say(
      'Do you have a metal clip on a blood vessel in your head (an aneurysm clip)?',
      '¿Tiene una grapa de metal en un vaso sanguíneo de la cabeza (un clip de aneurisma)?',
    ),
    say('When and where was the operation?', '¿Cuándo y dónde fue la operación?'),
  ),
  ask(
    'head-tube',
    say(
      'Do you have a tube that drains water from your head (a shunt)?',
      '¿Tiene un tubo que saca líquido de la cabeza (una válvula o derivación)?',
    ),
  ),
  ...askMore(
    say,
    'electric-device',
    say(
      'Do you have any other device in your body that runs on electricity or a battery?',
      '¿Tiene dentro del cuerpo otro aparato que funciona con electricidad o con pila?',
    ),
    say('What is it for?', '¿Para qué sirve?'),
    say(
      'For example for pain, for your bladder, for tremor, or to watch your heart.',
      'Por ejemplo, para el dolor, para la vejiga, para el temblor o para vigilar el corazón.',
    ),
  ),
  ask(
    'ear-implant',
    say(
      'Do you have an implant in your ear, such as a cochlear implant?',
      '¿Tiene un implante en el oído, por ejemplo, un implante coclear?',
    ),
    say(
      'A hearing aid that you take out is asked about later.',
      'Por el audífono que usted se quita preguntamos después.',
    ),
  ),
  ask(
    'pump',
    say(
      'Do you have a pump for insulin or other medicine, or a sugar sensor on your skin?',
      '¿Tiene una bomba de insulina o de otra medicina, o un sensor de azúcar en la piel?',
    ),
  ),
  ...askMore(
    say,
    'vessel-parts',
    say(
      'Do you have a stent, a coil, a filter or an artificial heart valve?',
      '¿Tiene un stent, un espiral, un filtro o una válvula artificial en el corazón?',
    ),
    say('What is it, and when was it put in?', '¿Qué es y cuándo se lo pusieron?'),
    say(
      'These are small parts placed in blood vessels or in the heart.',
      'Son piezas pequeñas que se ponen en los vasos sanguíneos o en el corazón.',
    ),
  ),
];

const metal = (say: Say): FormItem[] => [
  ask(
    'eye-metal',
    say(
      'Has a piece of metal ever got into your eye, even if it was taken out?',
      '¿Alguna vez le entró un pedazo de metal en el ojo, aunque se lo hayan sacado?',
    ),
  ),
  ask(
    'metal-work',
    say(
      'Have you ever ground, welded or cut metal, at work or at home?',
      '¿Alguna vez ha esmerilado, soldado o cortado metal, en el trabajo o en la casa?',
    ),
    say(
      'Tiny pieces can get into the eyes unnoticed.',
      'Pedazos muy pequeños pueden entrar en los ojos sin que uno se dé cuenta.',
    ),
  ),
  ...askMore(
    say,
    'bullet',
    say(
      'Is there a bullet, a pellet or other metal in your body from an injury?',
      '¿Tiene en el cuerpo una bala, un perdigón u otro metal por una herida?',
    ),
    say('Where in your body?', '¿En qué parte del cuerpo?'),
  ),
  ...askMore(
    say,
    'bone-metal',
    say(
      'Do you have an artificial joint, or plates, screws or rods in a bone or in your back?',
      '¿Tiene una articulación artificial, o placas, tornillos o varillas en un hueso o en la espalda?',
    ),
    say('Where, and since when?', '¿Dónde y desde cuándo?'),
  ),
  ...askMore(
    say,
    'recent-surgery',
    say('Have you had an operation in the last 8 weeks?', '¿Ha tenido una operación en las últimas 8 semanas?'),
    say('What was done, and when?', '¿Qué le hicieron y cuándo?'),
  ),
  ...askMore(
    say,
    'other-implant',
    say(
      'Is there anything else in your body that was put there by a doctor or that may be metal?',
      '¿Tiene en el cuerpo alguna otra cosa que le puso un médico o que puede ser de metal?',
    ),
    say('What is it?', '¿Qué es?'),
    say(
      'For example a breast expander, a birth control device, or a camera pill that you swallowed.',
      'Por ejemplo, un expansor de seno, un dispositivo para no tener hijos o una cápsula con cámara que tragó.',
    ),
  ),
];

const wearing = (say: Say): FormItem[] => [
  ask(
    'tattoo',
    say('Do you have a tattoo or permanent make-up?', '¿Tiene un tatuaje o maquillaje permanente?'),
    say('The ink can get warm in the scanner.', 'La tinta puede calentarse durante el examen.'),
  ),
  ask(
    'piercing',
    say(
      'Do you have a piercing or jewelry that you cannot take off?',
      '¿Tiene un arete, un piercing o una joya que no se puede quitar?',
    ),
  ),
  ask(
    'patch',
    say('Do you wear a medicine patch on your skin?', '¿Usa un parche de medicina en la piel?'),
    say(
      'For example for pain, for nicotine or for hormones. Do not take it off before you have talked with us.',
      'Por ejemplo, para el dolor, de nicotina o de hormonas. No se lo quite antes de hablar con nosotros.',
    ),
  ),
  ask(
    'removable',
    say(
      'Do you wear a hearing aid, false teeth, a wig or an artificial eye or limb?',
      '¿Usa audífono, dentadura postiza, peluca, ojo artificial o prótesis de brazo o pierna?',
    ),
    say('We tell you what to take off before the scan.', 'Le diremos qué debe quitarse antes del examen.'),
  ),
];

const health = (say: Say): FormItem[] => [
  ask(
    'pregnant',
    say('Are you pregnant, or could you be?', '¿Está embarazada o podría estarlo?'),
    say('If this cannot be, answer no.', 'Si esto no es posible, conteste que no.'),
  ),
  ask('breast-feeding', say('Are you breast-feeding?', '¿Está dando pecho?')),
  ask(
    'kidneys',
    say(
      'Do you have a kidney disease, only one kidney, or are you on dialysis?',
      '¿Tiene una enfermedad de los riñones, tiene un solo riñón o recibe diálisis?',
    ),
  ),
  ...askMore(
    say,
    'contrast-reaction',
    say(
      'Have you ever felt ill after a dye (contrast) was given for a scan?',
      '¿Alguna vez se sintió mal después de recibir un contraste para un examen?',
    ),
    say('What happened?', '¿Qué le pasó?'),
    say(
      'The dye is given into a vein so that the pictures show more.',
      'El contraste se pone en una vena para que se vea mejor en las imágenes.',
    ),
  ),
  ask(
    'small-spaces',
    say('Are you afraid in small, narrow spaces?', '¿Le dan miedo los espacios pequeños y cerrados?'),
    say('We can help you, if we know in time.', 'Podemos ayudarle si lo sabemos a tiempo.'),
  ),
  ask(
    'weight',
    say('Do you weigh more than 350 pounds (159 kilograms)?', '¿Pesa más de 350 libras (159 kilos)?'),
    say('The table of the scanner can carry only so much.', 'La mesa del equipo solo aguanta cierto peso.'),
  ),
];

/** Asked before every MRI scan, and again on the day. */
export const mriSafety: HarborForm = inEnglishAndSpanish((say) => ({
  id: 'mri-safety',
  ...madeUp(say),
  title: say('MRI safety check', 'Control de seguridad para la resonancia magnética'),
  purpose: 'safety',
  description: say(
    'The MRI scanner is a very strong magnet. Some things in or on your body can be dangerous near it. Your answers tell us what to look at before your scan.',
    'El equipo de resonancia magnética es un imán muy fuerte. Algunas cosas dentro de su cuerpo o sobre él pueden ser peligrosas cerca del imán. Sus respuestas nos dicen qué debemos revisar antes del examen.',
  ),
  items: [
    {
      linkId: 'before-you-start',
      type: 'display',
      text: say(
        'Answer every question. If you are not sure, say so: that is a good answer, and we will find out together. A technologist goes through your answers with you before the scan.',
        'Conteste todas las preguntas. Si no tiene la seguridad, dígalo: esa es una buena respuesta y lo averiguaremos juntos. Un técnico revisará sus respuestas con usted antes del examen.',
      ),
    },
    page('devices', say('Devices in your body', 'Aparatos dentro de su cuerpo'), devices(say)),
    page('metal', say('Metal in your body', 'Metal dentro de su cuerpo'), metal(say)),
    page('wearing', say('On your skin and what you wear', 'Sobre su piel y lo que lleva puesto'), wearing(say)),
    page('health', say('Your health', 'Su salud'), health(say)),
  ],
}));

import type { Charge, Help, Preparation, VisitSummary, Way } from '@clinic-widgets/core/check-in.js';
import { addMinutes } from '@clinic-widgets/core/time.js';
import type { HarborAppointment } from './harbor-clinic.ts';
import { type ByLanguage, inBoth } from './harbor-words.ts';

/** How the clinic takes patients in. */
export interface HarborCheckIn {
  /** From this age on, who acts for a patient sees no private contact, form or visit type. */
  readonly privacyAge: number;
  readonly privateVisitTypeIds: readonly string[];
  /** Before and after the start: `early` and `late` come in, what is further off goes to the desk. */
  readonly minutes: {
    readonly tooEarly: number;
    readonly early: number;
    readonly late: number;
    readonly missed: number;
  };
  /** What keeps a visit from being checked in while it is open. */
  readonly mandatory: readonly Preparation[];
  readonly screeningFirst: boolean;
  /** Whether a change to the details waits for staff. */
  readonly proposes: boolean;
  readonly lobbyCodes: readonly { readonly locationId: string; readonly code: string }[];
  /** How many wrong claims a kiosk, and an identity, have in so many minutes. */
  readonly tries: { readonly device: number; readonly identity: number; readonly minutes: number };
  readonly passMinutes: number;
  readonly deskOpen: boolean;
  readonly goTo: string;
  /** In which language that is said, and the ways are, and the same in others. */
  readonly language: string;
  readonly translations: NonNullable<Help['translations']>;
  readonly ways: readonly (Omit<Way, 'location'> & { readonly locationId: string; readonly visitTypeId: string })[];
  /** The wait that is usual, in minutes. */
  readonly waits: readonly { readonly visitTypeId: string; readonly least: number; readonly most: number }[];
}

/** What to do after a visit of a type. */
export interface HarborSummary {
  readonly visitTypeId: string;
  readonly words: ByLanguage<Pick<VisitSummary, 'instructions' | 'warning'>>;
}

/** A link in a reminder. */
export interface HarborReminder {
  readonly token: string;
  readonly appointmentId: string;
  readonly expires: string;
}

/** Something due for a visit, in each language. */
export interface HarborCharge extends Pick<Charge, 'id' | 'amount'> {
  readonly appointmentId: string;
  readonly words: ByLanguage<Pick<Charge, 'label'>>;
}

/** A drawing of the way from the elevator to a door: small enough to stand in the page. */
const wayPicture = (turn: 'left' | 'right', room: string): string =>
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80"><rect width="120" height="80" fill="#fff"/>' +
      '<rect x="50" y="60" width="20" height="16" fill="#456"/>' +
      `<path d="M60 58V32H${turn === 'left' ? 22 : 98}" fill="none" stroke="#063" stroke-width="4"/>` +
      `<rect x="${turn === 'left' ? 6 : 98}" y="22" width="16" height="20" fill="none" stroke="#456" stroke-width="2"/>` +
      `<text x="${turn === 'left' ? 14 : 106}" y="36" font-size="11" text-anchor="middle">${room}</text></svg>`,
  );

/** How Harbor Clinic takes patients in. */
export const checkIn: HarborCheckIn = {
  privacyAge: 13,
  privateVisitTypeIds: ['new-problem', 'test-results'],
  minutes: { tooEarly: 180, early: 30, late: 15, missed: 60 },
  mandatory: ['details', 'forms', 'consents'],
  screeningFirst: false,
  proposes: false,
  lobbyCodes: [
    { locationId: 'st-joseph', code: 'LAKE-210' },
    { locationId: 'imaging', code: 'BLUE-214' },
    { locationId: 'michigan-city', code: 'DUNE-45' },
  ],
  tries: { device: 10, identity: 5, minutes: 15 },
  passMinutes: 240,
  deskOpen: true,
  goTo: 'The nurses’ station, to the right of the main entrance.',
  language: 'en',
  translations: [{ language: 'es', goTo: 'El puesto de enfermería, a la derecha de la entrada principal.' }],
  ways: [
    {
      locationId: 'st-joseph',
      visitTypeId: 'check-up',
      words: 'Second floor, waiting area B. Take the stairs, then turn left. Sit at the end by the window.',
      stepFree: 'Take the elevator to the second floor and turn left. Waiting area B is at the end, by the window.',
      picture: {
        url: wayPicture('left', 'B'),
        alt: 'From the elevator you turn left. Waiting area B is at the end of the hall.',
      },
      translations: [
        {
          language: 'es',
          words:
            'Segundo piso, sala de espera B. Suba por la escalera y gire a la izquierda. Siéntese al final, junto a la ventana.',
          stepFree:
            'Suba en el ascensor al segundo piso y gire a la izquierda. La sala de espera B está al final, junto a la ventana.',
          alt: 'Al salir del ascensor, gire a la izquierda. La sala de espera B está al final del pasillo.',
        },
      ],
    },
    {
      locationId: 'st-joseph',
      visitTypeId: 'new-problem',
      words: 'Second floor, waiting area B. Take the stairs, then turn left. Sit at the end by the window.',
      stepFree: 'Take the elevator to the second floor and turn left. Waiting area B is at the end, by the window.',
      translations: [
        {
          language: 'es',
          words:
            'Segundo piso, sala de espera B. Suba por la escalera y gire a la izquierda. Siéntese al final, junto a la ventana.',
          stepFree:
            'Suba en el ascensor al segundo piso y gire a la izquierda. La sala de espera B está al final, junto a la ventana.',
        },
      ],
    },
    {
      locationId: 'st-joseph',
      visitTypeId: 'nurse-visit',
      words: 'This floor, room 3. It is the green door to the right of the front desk.',
      picture: {
        url: wayPicture('right', '3'),
        alt: 'From the front desk you turn right. Room 3 has a green door.',
      },
      translations: [
        {
          language: 'es',
          words: 'En este piso, sala 3. Es la puerta verde a la derecha de la recepción.',
          alt: 'Desde la recepción, gire a la derecha. La sala 3 tiene una puerta verde.',
        },
      ],
    },
    {
      locationId: 'st-joseph',
      visitTypeId: 'skin-check',
      words: 'Second floor, waiting area C. Take the stairs, then turn right.',
      stepFree: 'Take the elevator to the second floor and turn right.',
      translations: [
        {
          language: 'es',
          words: 'Segundo piso, sala de espera C. Suba por la escalera y gire a la derecha.',
          stepFree: 'Suba en el ascensor al segundo piso y gire a la derecha.',
        },
      ],
    },
    {
      locationId: 'st-joseph',
      visitTypeId: 'physiotherapy',
      words: 'Down the stairs to the gym in the basement.',
      stepFree: 'Take the elevator to the basement. The gym is across from it.',
      translations: [
        {
          language: 'es',
          words: 'Baje por la escalera al gimnasio del sótano.',
          stepFree: 'Baje en el ascensor al sótano. El gimnasio está enfrente.',
        },
      ],
    },
    {
      locationId: 'michigan-city',
      visitTypeId: 'check-up',
      words: 'Up the stairs above the pharmacy. The waiting room is straight ahead.',
      stepFree: 'Go in on the left side, by the bus stop, and take the elevator to the second floor.',
      translations: [
        {
          language: 'es',
          words: 'Suba por la escalera, encima de la farmacia. La sala de espera está justo enfrente.',
          stepFree:
            'Entre por el lado izquierdo, junto a la parada del autobús, y suba en el ascensor al segundo piso.',
        },
      ],
    },
  ],
  waits: [
    { visitTypeId: 'check-up', least: 10, most: 25 },
    { visitTypeId: 'nurse-visit', least: 5, most: 10 },
    { visitTypeId: 'skin-check', least: 10, most: 30 },
    { visitTypeId: 'new-problem', least: 15, most: 45 },
    { visitTypeId: 'physiotherapy', least: 0, most: 10 },
    { visitTypeId: 'mri-scan', least: 20, most: 40 },
  ],
};

const charge = (id: string, appointmentId: string, value: string, english: string, spanish: string): HarborCharge => ({
  id,
  appointmentId,
  words: inBoth((say) => ({ label: say(english, spanish) })),
  amount: { value, currency: 'USD' },
});

const copay = (id: string, appointmentId: string, value: string): HarborCharge =>
  charge(id, appointmentId, value, 'Copay for today’s check-up', 'Copago de la revisión de hoy');

/** What is due, by the clinic's own word. */
export const charges: readonly HarborCharge[] = [
  copay('d-rosa-copay', 'a-rosa-today', '25.00'),
  charge(
    'd-rosa-earlier',
    'a-rosa-today',
    '18.40',
    'Still open from an earlier nurse visit',
    'Pendiente de una visita anterior con enfermería',
  ),
  copay('d-kate-copay', 'a-kate-today', '40.00'),
  copay('d-ines-copay', 'a-ines-doctor', '30.00'),
  charge('d-zoe-copay', 'a-zoe-today', '25.00', 'Copay for a new problem', 'Copago por un problema nuevo'),
];

/** What to do after a visit. */
export const summaries: readonly HarborSummary[] = [
  {
    visitTypeId: 'check-up',
    words: inBoth((say) => ({
      instructions: say(
        'Take your medicines as the list from today says.\nDrink enough water and rest if you feel tired.\nBook your next check-up in six months.',
        'Tome sus medicinas como dice la lista de hoy.\nBeba suficiente agua y descanse si siente cansancio.\nPida su próxima revisión para dentro de seis meses.',
      ),
      warning: say(
        'Call us at (269) 555-0142 if you feel worse. Call 911 if you have chest pain or trouble breathing.',
        'Llámenos al (269) 555-0142 si se siente peor. Llame al 911 si tiene dolor en el pecho o le cuesta respirar.',
      ),
    })),
  },
  {
    visitTypeId: 'nurse-visit',
    words: inBoth((say) => ({
      instructions: say(
        'Keep the dressing dry for two days. Your arm may be sore for a day.',
        'Mantenga el vendaje seco dos días. El brazo puede dolerle un día.',
      ),
      warning: say(
        'Call us at (269) 555-0142 if you get a fever or the skin turns red and hot.',
        'Llámenos al (269) 555-0142 si le da fiebre o si la piel se pone roja y caliente.',
      ),
    })),
  },
  {
    visitTypeId: 'new-problem',
    words: inBoth((say) => ({
      instructions: say(
        'Do what the list from today says. Come back if it is no better in a week.',
        'Haga lo que dice la lista de hoy. Vuelva si en una semana no está mejor.',
      ),
      warning: say(
        'Call us at (269) 555-0142 if you feel worse. Call 911 if you have trouble breathing.',
        'Llámenos al (269) 555-0142 si se siente peor. Llame al 911 si le cuesta respirar.',
      ),
    })),
  },
];

/** How many reminders are sent of one visit: one by letter, by text and by e-mail. */
const LINKS = 3;

/** The links that were sent for the visits to come, and one that has run out. */
export function remindersOf(now: string, appointments: readonly HarborAppointment[]): readonly HarborReminder[] {
  const coming = appointments.filter(
    ({ patientId, status }) => status === 'booked' && ['p-rosa', 'p-kate', 'p-samuel'].includes(patientId),
  );
  const good = coming.flatMap(({ id, end }) =>
    Array.from({ length: LINKS }, (_, index) => ({
      token: `reminder-${id}-${index + 1}`,
      appointmentId: id,
      expires: end,
    })),
  );
  return [
    ...good,
    { token: 'reminder-a-ines-nurse-old', appointmentId: 'a-ines-nurse', expires: addMinutes(now, -60) },
  ];
}

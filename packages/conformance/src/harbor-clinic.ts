import type { Clinic } from '@clinic-widgets/core/clinic.js';
import type { Appointment, Order } from '@clinic-widgets/core/appointments.js';
import type { Location, Mode, Practitioner, VisitType } from '@clinic-widgets/core/scheduling.js';
import { addDays, dayOf, instantOf, weekdayOf } from '@clinic-widgets/core/time.js';
import {
  charges,
  checkIn,
  type HarborCharge,
  type HarborCheckIn,
  type HarborReminder,
  type HarborSummary,
  remindersOf,
  summaries,
} from './harbor-check-in.ts';
import { consentDocuments, type HarborConsentDocument, type HarborProgram, programs } from './harbor-consents.ts';
import {
  forms,
  type HarborForm,
  type HarborFormRequest,
  type HarborOptionSet,
  type HarborVisitForms,
  visitForms,
} from './harbor-forms.ts';
import { optionSets } from './harbor-option-sets.ts';
import {
  coverages,
  type HarborCoverage,
  type HarborPatient,
  type HarborRepresentative,
  patients,
  representatives,
} from './harbor-patients.ts';
import { takes, visitsToday } from './harbor-visits.ts';

/** A time at the clinic, free or taken, in the terms a clinic keeps it. */
export interface HarborSlot {
  readonly id: string;
  readonly status: 'free' | 'busy';
  /** With the offset of the location, as are all instants here. */
  readonly start: string;
  readonly end: string;
  readonly visitTypeId: string;
  /** Absent for a machine, such as the scanner. */
  readonly practitionerId?: string;
  readonly locationId: string;
  readonly modes: readonly Mode[];
}

/** An order that waits for a date. */
export type HarborOrder = Omit<Order, 'version'> & { readonly patientId: string };

/** An appointment made before the story begins. */
export interface HarborAppointment {
  readonly id: string;
  readonly patientId: string;
  readonly status: Appointment['status'];
  readonly start: string;
  readonly end: string;
  /** The busy slot it takes; absent where it takes none, as in the past or when cancelled. */
  readonly slotId?: string;
  readonly visitTypeId: string;
  readonly practitionerId?: string;
  readonly locationId: string;
  readonly mode: Mode;
  /** What the reminder says, to identify by. */
  readonly checkInCode?: string;
}

/** Everything there is at Harbor Clinic before the first call. */
export interface HarborClinic {
  readonly clinic: Pick<Clinic, 'name' | 'timeZone' | 'phone'>;
  readonly visitTypes: readonly VisitType[];
  readonly practitioners: readonly Practitioner[];
  readonly locations: readonly Location[];
  readonly slots: readonly HarborSlot[];
  readonly patients: readonly HarborPatient[];
  readonly representatives: readonly HarborRepresentative[];
  readonly orders: readonly HarborOrder[];
  readonly appointments: readonly HarborAppointment[];
  /** The languages that interpreters can be had for. */
  readonly interpreters: { readonly spoken: readonly string[]; readonly sign: readonly string[] };
  /** Where there is a hoist, and staff to help onto a chair or a scanner. */
  readonly transferEquipmentAt: readonly string[];
  readonly forms: readonly HarborForm[];
  /** What the care team asked patients to fill in. */
  readonly formRequests: readonly HarborFormRequest[];
  /** What each visit of a type needs to have filled in. */
  readonly visitForms: readonly HarborVisitForms[];
  /** What the value sets that the forms name have to choose from, by their addresses. */
  readonly optionSets: Readonly<Record<string, HarborOptionSet>>;
  readonly checkIn: HarborCheckIn;
  readonly coverages: readonly HarborCoverage[];
  readonly charges: readonly HarborCharge[];
  readonly consentDocuments: readonly HarborConsentDocument[];
  readonly programs: readonly HarborProgram[];
  readonly summaries: readonly HarborSummary[];
  readonly reminders: readonly HarborReminder[];
}

const visitTypes: readonly VisitType[] = [
  {
    id: 'check-up',
    name: 'Check-up',
    description: 'Talk with a family doctor about your health, a new problem or your medicines.',
    minutes: 30,
    modes: ['in-person', 'video', 'phone'],
    instructions: 'Bring a list of the medicines you take, with how much and how often.',
  },
  {
    id: 'nurse-visit',
    name: 'Nurse visit',
    description: 'Blood pressure, a vaccination or a fresh dressing.',
    minutes: 15,
    modes: ['in-person'],
    instructions: 'Wear a short-sleeved top. For a vaccination, bring your vaccination card if you have one.',
  },
  {
    id: 'skin-check',
    name: 'Skin check',
    description: 'A dermatologist looks at a mole, a rash or your whole skin.',
    minutes: 20,
    modes: ['in-person', 'video'],
    instructions:
      'Come without make-up or nail polish. For a video visit, have good light and send two photos the day before.',
  },
  {
    id: 'mri-scan',
    name: 'MRI scan',
    description: 'Pictures of the inside of your body, made with a strong magnet. It does not hurt and uses no X-rays.',
    minutes: 45,
    modes: ['in-person'],
    orderOnly: true,
    instructions: [
      'Call us before you come if you have a pacemaker, a hearing implant, an insulin pump or any metal in your body, or if you may be pregnant.',
      'You may eat, drink and take your medicines as usual, unless your doctor told you otherwise.',
      'Wear clothes without zips, metal buttons or underwire. We can lend you a gown.',
      'Leave watches, jewelry, hairpins, bank cards and hearing aids at home or in a locker.',
      'Arrive 30 minutes early: we go through a safety form together.',
      'The scanner is loud and narrow. You get ear protection and a bell to call us. Tell us before if small spaces frighten you.',
    ].join('\n'),
  },
  {
    id: 'physiotherapy',
    name: 'Physiotherapy',
    description: 'Exercises and treatment with a physiotherapist, over several weeks.',
    minutes: 45,
    modes: ['in-person'],
    series: { visits: 8, perWeek: 2 },
    instructions: 'Wear loose clothes and sports shoes. Bring the letter from your doctor to the first visit.',
  },
  {
    id: 'test-results',
    name: 'Test results by video',
    description: 'Your doctor explains your test results and what comes next.',
    minutes: 15,
    modes: ['video'],
    instructions: 'Find a quiet place with a good connection. The link comes by text message an hour before.',
  },
  {
    id: 'new-problem',
    name: 'New health problem',
    description: 'Pain, fever, a rash or anything else that is new. We ask a few short questions first.',
    minutes: 20,
    modes: ['in-person', 'video'],
    instructions: 'If it gets worse before your visit, call us. In an emergency, call 911.',
    triageFormId: 'triage-new-problem',
  },
  {
    id: 'travel-advice',
    name: 'Travel health advice',
    description: 'Vaccinations and medicines for a journey.',
    minutes: 20,
    modes: ['in-person', 'phone'],
  },
];

const practitioners: readonly Practitioner[] = [
  { id: 'okafor', name: 'Dr. Adaeze Okafor', role: 'Family physician' },
  { id: 'lin', name: 'Dr. Wei Lin', role: 'Family physician' },
  { id: 'haddad', name: 'Dr. Samira Haddad', role: 'Dermatologist' },
  { id: 'yazzie', name: 'Tom Yazzie, RN', role: 'Nurse' },
  { id: 'kowalska', name: 'Ewa Kowalska, PT', role: 'Physiotherapist' },
  { id: 'nguyen', name: 'Minh Nguyen, PT', role: 'Physiotherapist' },
];

const locations: readonly Location[] = [
  {
    id: 'st-joseph',
    name: 'Harbor Clinic St. Joseph',
    address: '210 Lake Boulevard, St. Joseph, MI 49085',
    timeZone: 'America/New_York',
    directions:
      'Main entrance on Lake Boulevard, level with the street. The elevator to the second floor is straight ahead.',
    phone: '(269) 555-0142',
  },
  {
    id: 'imaging',
    name: 'Harbor Imaging Center',
    address: '214 Lake Boulevard, St. Joseph, MI 49085',
    timeZone: 'America/New_York',
    directions: 'The low building behind the clinic. Follow the blue line on the ground from the parking lot.',
    phone: '(269) 555-0147',
  },
  {
    id: 'michigan-city',
    name: 'Harbor Clinic Michigan City',
    address: '45 Washington Street, Michigan City, IN 46360',
    timeZone: 'America/Chicago',
    directions: 'Above the pharmacy. The step-free entrance is on the left side, by the bus stop.',
    phone: '(219) 555-0118',
  },
];

/** Hours in which one kind of visit is offered, by the clock of the place. */
interface Session {
  readonly visitTypeId: string;
  readonly practitionerId?: string;
  readonly locationId: string;
  /** 1 for Monday to 7 for Sunday. */
  readonly weekdays: readonly number[];
  readonly hours: readonly (readonly [from: string, to: string])[];
  readonly modes: readonly Mode[];
}

const WEEK = [1, 2, 3, 4, 5];

const sessions: readonly Session[] = [
  {
    visitTypeId: 'check-up',
    practitionerId: 'okafor',
    locationId: 'st-joseph',
    weekdays: WEEK,
    hours: [['09:00', '12:00']],
    modes: ['in-person'],
  },
  {
    visitTypeId: 'check-up',
    practitionerId: 'okafor',
    locationId: 'st-joseph',
    weekdays: WEEK,
    hours: [['13:00', '16:00']],
    modes: ['in-person', 'video', 'phone'],
  },
  {
    visitTypeId: 'test-results',
    practitionerId: 'okafor',
    locationId: 'st-joseph',
    weekdays: WEEK,
    hours: [['16:00', '17:00']],
    modes: ['video'],
  },
  {
    visitTypeId: 'check-up',
    practitionerId: 'lin',
    locationId: 'michigan-city',
    weekdays: WEEK,
    hours: [
      ['08:30', '12:00'],
      ['13:00', '15:30'],
    ],
    modes: ['in-person', 'phone'],
  },
  {
    visitTypeId: 'check-up',
    practitionerId: 'lin',
    locationId: 'michigan-city',
    weekdays: [2, 4],
    hours: [['17:00', '19:30']],
    modes: ['in-person', 'video'],
  },
  {
    visitTypeId: 'skin-check',
    practitionerId: 'haddad',
    locationId: 'st-joseph',
    weekdays: [1, 3],
    hours: [
      ['09:00', '12:00'],
      ['13:00', '16:00'],
    ],
    modes: ['in-person'],
  },
  {
    visitTypeId: 'skin-check',
    practitionerId: 'haddad',
    locationId: 'michigan-city',
    weekdays: [5],
    hours: [
      ['09:00', '12:00'],
      ['13:00', '15:00'],
    ],
    modes: ['in-person', 'video'],
  },
  {
    visitTypeId: 'nurse-visit',
    practitionerId: 'yazzie',
    locationId: 'st-joseph',
    weekdays: WEEK,
    hours: [
      ['08:00', '12:00'],
      ['13:00', '15:00'],
    ],
    modes: ['in-person'],
  },
  {
    visitTypeId: 'mri-scan',
    locationId: 'imaging',
    weekdays: WEEK,
    hours: [
      ['07:30', '12:00'],
      ['12:45', '16:30'],
    ],
    modes: ['in-person'],
  },
  {
    visitTypeId: 'physiotherapy',
    practitionerId: 'kowalska',
    locationId: 'st-joseph',
    weekdays: WEEK,
    hours: [
      ['08:15', '12:00'],
      ['13:00', '16:45'],
    ],
    modes: ['in-person'],
  },
  {
    visitTypeId: 'physiotherapy',
    practitionerId: 'nguyen',
    locationId: 'michigan-city',
    weekdays: [1, 2, 4],
    hours: [
      ['09:00', '12:00'],
      ['13:00', '16:00'],
    ],
    modes: ['in-person'],
  },
];

/** Hours that are kept for what cannot wait long. Their times are drawn after all others. */
const openHours: readonly Session[] = [
  {
    visitTypeId: 'new-problem',
    practitionerId: 'okafor',
    locationId: 'st-joseph',
    weekdays: WEEK,
    hours: [['17:00', '19:00']],
    modes: ['in-person', 'video'],
  },
  {
    visitTypeId: 'new-problem',
    practitionerId: 'lin',
    locationId: 'michigan-city',
    weekdays: [1, 3, 5],
    hours: [['15:40', '17:40']],
    modes: ['in-person'],
  },
];

/** What the clinic is made from: the same values give the same clinic. */
export interface HarborOptions {
  /** The instant at which the story begins. */
  readonly now: string;
  /** Which times are taken; another number is another clinic. */
  readonly seed?: number;
  /** For how many weeks there are times, today's included. */
  readonly weeks?: number;
}

/**
 * Harbor Clinic: made up, believable, and the world that every adapter is held to the contract in. It is
 * reckoned with `Temporal`: where a browser may have none, wait for `loadTemporal` first.
 */
export function harborClinic({ now, seed = 1, weeks = 8 }: HarborOptions): HarborClinic {
  const timeZone = 'America/New_York';
  const today = dayOf(now, timeZone);
  const chance = random(seed);
  const offered = [sessions, openHours].flatMap((hours) =>
    Array.from({ length: weeks * 7 }, (_, index) => addDays(today, index)).flatMap((day, index) =>
      // The nearer the day, the fuller the book.
      slotsOf(day, hours, () => chance() < Math.max(0.3, 0.75 - index * 0.015)),
    ),
  );

  const coming = offered.find(
    (slot) => slot.start >= addDays(today, 6) && slot.practitionerId === 'okafor' && slot.visitTypeId === 'check-up',
  );
  const visits = visitsToday(now, timeZone, { visitTypes, locations });
  const isTaken = (slot: HarborSlot) => slot === coming || visits.some((visit) => takes(visit, slot));
  const slots = offered.map((slot) => (isTaken(slot) ? { ...slot, status: 'busy' as const } : slot));
  const appointments = [...earlier(today), ...visits, ...(coming ? [booking(coming)] : [])];

  return {
    clinic: { name: 'Harbor Clinic', timeZone, phone: '(269) 555-0142' },
    visitTypes: inEnglish(visitTypes),
    practitioners,
    locations: inEnglish(locations),
    slots,
    patients,
    representatives,
    orders: inEnglish(ordersOf(today)),
    appointments,
    interpreters: { spoken: ['es', 'zh', 'ar', 'vi'], sign: ['ase'] },
    transferEquipmentAt: ['st-joseph', 'imaging'],
    forms,
    formRequests: requestsOf(today, coming),
    visitForms,
    optionSets,
    checkIn,
    coverages,
    charges,
    consentDocuments,
    programs,
    summaries,
    reminders: remindersOf(now, appointments),
  };
}

/** What the clinic has in English alone. */
const inEnglish = <T extends object>(list: readonly T[]) => list.map((one) => ({ ...one, language: 'en' }));

function slotsOf(day: string, offered: readonly Session[], taken: () => boolean): readonly HarborSlot[] {
  return offered
    .filter(({ weekdays }) => weekdays.includes(weekdayOf(day)))
    .flatMap(({ hours, weekdays: _, ...session }) => {
      const { timeZone } = locations.find(({ id }) => id === session.locationId)!;
      const { minutes } = visitTypes.find(({ id }) => id === session.visitTypeId)!;
      return hours
        .flatMap(([from, to]) => startsBetween(from, to, minutes!))
        .map((time) => ({
          ...session,
          id: `${session.practitionerId ?? 'scanner'}-${day.replaceAll('-', '')}-${time.replace(':', '')}`,
          status: taken() ? ('busy' as const) : ('free' as const),
          start: instantOf(day, time, timeZone)!,
          end: instantOf(day, later(time, minutes!), timeZone)!,
        }));
    });
}

function startsBetween(from: string, to: string, minutes: number): readonly string[] {
  const starts: string[] = [];
  for (let time = from; later(time, minutes) <= to; time = later(time, minutes)) starts.push(time);
  return starts;
}

function later(time: string, minutes: number): string {
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  const total = hour * 60 + minute + minutes;
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}

const booking = ({ id, start, end, visitTypeId, practitionerId, locationId }: HarborSlot): HarborAppointment => ({
  id: 'a-rosa-coming',
  patientId: 'p-rosa',
  status: 'booked',
  start,
  end,
  slotId: id,
  visitTypeId,
  ...(practitionerId && { practitionerId }),
  locationId,
  mode: 'in-person',
});

function earlier(today: string): readonly HarborAppointment[] {
  const at = (days: number, time: string) => instantOf(addDays(today, days), time, 'America/New_York')!;
  const place = { locationId: 'st-joseph', mode: 'in-person' } as const;
  return [
    {
      id: 'a-rosa-past',
      patientId: 'p-rosa',
      status: 'fulfilled',
      start: at(-42, '10:15'),
      end: at(-42, '10:30'),
      visitTypeId: 'nurse-visit',
      practitionerId: 'yazzie',
      ...place,
    },
    {
      id: 'a-rosa-cancelled',
      patientId: 'p-rosa',
      status: 'cancelled',
      start: at(4, '11:20'),
      end: at(4, '11:40'),
      visitTypeId: 'skin-check',
      practitionerId: 'haddad',
      ...place,
    },
  ];
}

const ordersOf = (today: string): readonly HarborOrder[] => [
  {
    id: 'o-rosa-mri',
    patientId: 'p-rosa',
    name: 'MRI of the right knee',
    visitTypeId: 'mri-scan',
    orderedBy: 'Dr. Adaeze Okafor',
    orderedOn: addDays(today, -5),
    urgency: 'routine',
  },
  {
    id: 'o-rosa-physio',
    patientId: 'p-rosa',
    name: 'Physiotherapy for the right knee',
    visitTypeId: 'physiotherapy',
    orderedBy: 'Dr. Adaeze Okafor',
    orderedOn: addDays(today, -5),
    urgency: 'routine',
    visits: 8,
  },
  {
    id: 'o-mateo-skin',
    patientId: 'p-mateo',
    name: 'Skin check of a mole on the back',
    visitTypeId: 'skin-check',
    orderedBy: 'Dr. Wei Lin',
    orderedOn: addDays(today, -2),
    urgency: 'urgent',
  },
  {
    id: 'o-zoe-results',
    patientId: 'p-zoe',
    name: 'Talk about the blood test',
    visitTypeId: 'test-results',
    orderedBy: 'Dr. Wei Lin',
    orderedOn: addDays(today, -1),
    urgency: 'routine',
  },
  {
    id: 'o-samuel-sleep',
    patientId: 'p-samuel',
    name: 'Sleep study at home',
    orderedBy: 'Dr. Wei Lin',
    orderedOn: addDays(today, -12),
    urgency: 'routine',
    instructions: 'Call us to pick up the device.',
  },
];

/** Samuel has a daughter who acts for him, and one of his forms is not for her eyes. */
const requestsOf = (today: string, coming: HarborSlot | undefined): readonly HarborFormRequest[] => [
  { id: 'f-rosa-phq-9', patientId: 'p-rosa', formId: 'phq-9', due: addDays(today, 3) },
  { id: 'f-samuel-phq-9', patientId: 'p-samuel', formId: 'phq-9', due: addDays(today, 10) },
  { id: 'f-samuel-intake', patientId: 'p-samuel', formId: 'intake' },
  ...(coming
    ? [
        {
          id: 'f-rosa-intake',
          patientId: 'p-rosa',
          formId: 'intake',
          appointmentId: 'a-rosa-coming',
          due: addDays(today, 5),
        },
      ]
    : []),
];

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

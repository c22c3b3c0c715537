import { down, refusing, slow } from '@clinic-widgets/adapter-memory';
import type { Meta } from '@storybook/web-components-vite';
import { html } from 'lit';
import {
  allFree,
  clinicOf,
  crowded,
  farAway,
  freeFrom,
  harbor,
  longWords,
  losingTheReply,
  offering,
  takingTheFirst,
} from './clinics.ts';
import { press, see } from './patient.ts';
import { type Args, args, pickerAt, type Story } from './picker.ts';

export default {
  title: 'Appointment picker',
  component: 'clinic-appointment-picker',
  args,
  render: pickerAt(clinicOf),
} satisfies Meta<Args>;

/** As long as nobody waits, so that what is shown meanwhile can be looked at. */
const VERY_LONG = 600_000;

/** The patient says what the visit is for; what only a doctor can ask for is shown and cannot be chosen. */
export const Visit: Story = {
  tags: ['step'],
  play: ({ canvasElement }) => see(canvasElement, ({ chooseVisit }) => chooseVisit),
};

/** The month shows on which days something is free, and how much. */
export const Month: Story = {
  tags: ['step'],
  args: { visitTypeId: 'check-up' },
  play: ({ canvasElement }) => see(canvasElement, ({ pickDay }) => pickDay),
};

/** The day's times are shown by part of the day, each with its place where there are several. */
export const Times: Story = {
  tags: ['step'],
  args: { visitTypeId: 'check-up' },
  async play({ canvasElement }) {
    await press(canvasElement, 'free');
    await see(canvasElement, ({ parts }) => parts.morning);
  },
};

/** The patient looks over what is about to be booked, while the clinic keeps the time. */
export const Details: Story = {
  tags: ['step'],
  args: { visitTypeId: 'check-up' },
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot');
    await see(canvasElement, ({ held }) => held);
  },
};

/** The clinic has the booking: what was agreed, how to prepare and whom to call. */
export const Booked: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await press(canvasElement, 'choice', 'free', 'slot', 'primary');
    await see(canvasElement, ({ booked }) => booked);
  },
};

/** The page has just been opened, and the clinic takes its time to answer. */
export const SlowToOpen: Story = {
  render: pickerAt(() => slow(clinicOf(), VERY_LONG)),
  play: ({ canvasElement }) => see(canvasElement, ({ opening }) => opening),
};

/** The calendar is there before the clinic has said which days are free. */
export const SlowMonth: Story = {
  args: { visitTypeId: 'check-up' },
  render: pickerAt(() => slow(clinicOf(), VERY_LONG, ['findFreeDays'])),
  play: ({ canvasElement }) => see(canvasElement, ({ looking }) => looking),
};

/** A day has been chosen, and its times are not there yet. */
export const SlowTimes: Story = {
  args: { visitTypeId: 'check-up' },
  render: pickerAt(() => slow(clinicOf(), VERY_LONG, ['findSlots'])),
  async play({ canvasElement }) {
    await press(canvasElement, 'free');
    await see(canvasElement, ({ looking }) => looking);
  },
};

/** The clinic has not said yet that it keeps the time; the patient can book it all the same. */
export const SlowHold: Story = {
  args: { visitTypeId: 'check-up' },
  render: pickerAt(() => slow(clinicOf(), VERY_LONG, ['holdSlot'])),
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot');
    await see(canvasElement, ({ holding }) => holding);
  },
};

/** The booking is on its way, and cannot be sent a second time. */
export const SlowBooking: Story = {
  args: { visitTypeId: 'check-up' },
  render: pickerAt(() => slow(clinicOf(), VERY_LONG, ['bookAppointment'])),
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot', 'primary');
    await see(canvasElement, ({ booking }) => booking);
  },
};

/** Nothing is free in this month: one press leads to the next free day. */
export const EmptyMonth: Story = {
  args: { visitTypeId: 'check-up' },
  render: pickerAt(() => clinicOf(freeFrom('2026-04-03'))),
  play: ({ canvasElement }) => see(canvasElement, ({ nextFree }) => nextFree('').trim()),
};

/** Nothing is free at all, and the patient is told whom to call. */
export const NothingFree: Story = {
  args: { visitTypeId: 'travel-advice' },
  play: ({ canvasElement }) => see(canvasElement, ({ noneAtAll }) => noneAtAll),
};

/** The last times of the day went while the month was on the screen. */
export const DayTaken: Story = {
  args: { visitTypeId: 'check-up' },
  render: pickerAt(() => ({ ...clinicOf(), findSlots: clinicOf({ slots: [] }).findSlots })),
  async play({ canvasElement }) {
    await press(canvasElement, 'free');
    await see(canvasElement, ({ noneLeft }) => noneLeft);
  },
};

/** Ten thousand free times: a month is counted and not read, and of a long day the first times are shown. */
export const TenThousandTimes: Story = {
  args: { visitTypeId: 'check-up' },
  render: pickerAt(() => clinicOf(crowded(10_000))),
  async play({ canvasElement }) {
    await press(canvasElement, 'free');
    await see(canvasElement, ({ more }) => more);
  },
};

/** Someone else was faster: the patient is told, and shown the free times nearest to the one that is gone. */
export const SlotTaken: Story = {
  args: { visitTypeId: 'check-up' },
  render: pickerAt(() => takingTheFirst(clinicOf())),
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot');
    await see(canvasElement, ({ taken }) => taken);
    await see(canvasElement, ({ parts }) => parts.morning);
  },
};

/** The patient took longer than the clinic keeps a time, and is not hurried. */
export const HoldEnded: Story = {
  args: { visitTypeId: 'check-up' },
  render: pickerAt(() => clinicOf({}, { holdMinutes: 1 / 60 })),
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot');
    await see(canvasElement, ({ unheld }) => unheld);
  },
};

/** The clinic cannot be reached: the patient can try again, or call. */
export const Down: Story = {
  render: pickerAt(() => down(clinicOf())),
  play: ({ canvasElement }) => see(canvasElement, ({ failures }) => failures.unavailable),
};

/** The booking may have arrived or not: trying again is safe, and nothing else is offered. */
export const Uncertain: Story = {
  args: { visitTypeId: 'check-up' },
  render: pickerAt(() => losingTheReply(clinicOf())),
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot', 'primary');
    await see(canvasElement, ({ uncertain }) => uncertain);
  },
};

/** This patient may not book here; a person at the front desk can help. */
export const Refused: Story = {
  args: { visitTypeId: 'check-up' },
  render: pickerAt(() => refusing(clinicOf(), 'forbidden')),
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot', 'primary');
    await see(canvasElement, ({ failures }) => failures.forbidden);
  },
};

/** The patient's session ended while they were choosing; the page hears of it by `clinic-error`. */
export const SessionEnded: Story = {
  args: { visitTypeId: 'check-up' },
  render: pickerAt(() => refusing(clinicOf(), 'unauthenticated', ['holdSlot'])),
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot');
    await see(canvasElement, ({ failures }) => failures.unauthenticated);
  },
};

const requestOnly = pickerAt(() => clinicOf({ clinic: { ...harbor.clinic, requestOnly: true } }));

/** This clinic takes requests only, and the patient learns it before sending one. */
export const RequestOnly: Story = {
  args: { visitTypeId: 'check-up' },
  render: requestOnly,
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot');
    await see(canvasElement, ({ willConfirm }) => willConfirm);
  },
};

/** The request has been sent: nothing says that the time is the patient's. */
export const Requested: Story = {
  tags: ['step'],
  args: { visitTypeId: 'check-up' },
  render: requestOnly,
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot', 'primary');
    await see(canvasElement, ({ requestedNote }) => requestedNote);
  },
};

/** The clinic's clock shows another hour than the reader's: its zone is named, with the times. */
export const OtherTimeZone: Story = {
  args: { visitTypeId: 'nurse-visit' },
  render: pickerAt(() => clinicOf(farAway())),
  async play({ canvasElement }) {
    await press(canvasElement, 'free');
    await see(canvasElement, ({ zone }) => zone('|').split('|')[0]!);
  },
};

/** What is agreed names the zone too, where the reader's is another. */
export const OtherTimeZoneDetails: Story = {
  ...OtherTimeZone,
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot');
    await see(canvasElement, ({ held }) => held);
  },
};

/** The clinic offers one kind of visit only. */
export const OneVisitType: Story = {
  render: pickerAt(() => clinicOf(offering('check-up'))),
  play: ({ canvasElement }) => see(canvasElement, ({ chooseVisit }) => chooseVisit),
};

/** The clinic offers nothing online, and the patient is told whom to call. */
export const NothingOnline: Story = {
  render: pickerAt(() => clinicOf(offering())),
  play: ({ canvasElement }) => see(canvasElement, ({ noVisits }) => noVisits),
};

/** Long names and words without a break fit into a narrow page too. */
export const LongWords: Story = {
  tags: ['step'],
  args: { visitTypeId: 'check-up' },
  render: pickerAt(() => clinicOf(longWords())),
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot');
    await see(canvasElement, ({ held }) => held);
  },
};

/** The page does not know who the patient is. */
export const SignedOut: Story = {
  args: { patientId: '' },
  play: ({ canvasElement }) => see(canvasElement, ({ noPatient }) => noPatient),
};

/** The page has given the picker no adapter, and there is no provider around it. */
export const NotConnected: Story = {
  render: pickerAt(() => undefined),
  play: ({ canvasElement }) => see(canvasElement, ({ notConnected }) => notConnected),
};

/** Where the page is in Spanish the picker speaks Spanish; what the clinic has written stays as it is. */
export const Spanish: Story = {
  args: { visitTypeId: 'check-up' },
  render: (args) => html`<div lang="es">${pickerAt(clinicOf)(args)}</div>`,
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot');
    await see(canvasElement, ({ held }) => held);
  },
};

/** A doctor asked for something: that comes first. What cannot be booked online says whom to call. */
export const Orders: Story = {
  args: { patientId: 'p-samuel' },
  play: ({ canvasElement }) => see(canvasElement, ({ callToBook }) => callToBook(harbor.clinic.phone)),
};

/** The page leads to one order, as a link in a letter does. */
export const OneOrder: Story = {
  args: { orderId: 'o-rosa-mri' },
  play: ({ canvasElement }) => see(canvasElement, ({ pickDay }) => pickDay),
};

/** The reader may book for more than one person, such as a parent for a child. */
export const People: Story = {
  args: {
    people: [
      { patientId: 'p-rosa', name: 'Rosa Delgado' },
      { patientId: 'p-mateo', representativeId: 'r-rosa', name: 'Mateo Delgado' },
    ],
  },
  play: ({ canvasElement }) => see(canvasElement, ({ whoFor }) => whoFor),
};

/** Who, where and at what time of day is asked of those only who care. */
export const Narrowing: Story = {
  args: { visitTypeId: 'check-up' },
  async play({ canvasElement }) {
    await press(canvasElement, ({ narrow }) => narrow);
    await see(canvasElement, ({ partOfDay }) => partOfDay);
  },
};

/** What a patient needs at a visit is kept. What the clinic cannot offer is said before a time is chosen. */
export const UnmetNeeds: Story = {
  args: {
    visitTypeId: 'check-up',
    needs: [{ kind: 'spoken-interpreter', language: 'uk' }, { kind: 'transfer-equipment' }],
  },
  play: ({ canvasElement }) => see(canvasElement, ({ maybeMeet, needs }) => maybeMeet(needs['transfer-equipment'])),
};

/** What this place does not have is said before the time is held: the patient decides. */
export const UnmetHere: Story = {
  args: { visitTypeId: 'check-up', locationId: 'michigan-city', needs: [{ kind: 'transfer-equipment' }] },
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot');
    await see(canvasElement, ({ goOn }) => goOn);
  },
};

/** A series of visits is fitted around the first one, at the same hour. */
export const Series: Story = {
  tags: ['step'],
  args: { visitTypeId: 'physiotherapy' },
  render: pickerAt(() => clinicOf(allFree('physiotherapy'))),
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot');
    await see(canvasElement, ({ bookVisits }) => bookVisits(8));
  },
};

/** Not every visit of the series can be fitted, and the patient is told which. */
export const SeriesWithGaps: Story = {
  args: { visitTypeId: 'physiotherapy' },
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot');
    await see(canvasElement, ({ noTimeThen }) => noTimeThen);
  },
};

/** The series is booked. */
export const SeriesBooked: Story = {
  ...Series,
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot', 'primary');
    await see(canvasElement, ({ seriesBooked }) => seriesBooked(8));
  },
};

/** No time suits the patient, who can wait for one that comes free. */
export const Waitlist: Story = {
  tags: ['step'],
  args: { visitTypeId: 'check-up' },
  async play({ canvasElement }) {
    await press(canvasElement, ({ noneSuits }) => noneSuits);
    await see(canvasElement, ({ joinWaitlist }) => joinWaitlist);
  },
};

/** The patient is on the waiting list. */
export const Waiting: Story = {
  ...Waitlist,
  async play({ canvasElement }) {
    await press(canvasElement, ({ noneSuits }) => noneSuits, 'primary');
    await see(canvasElement, ({ waiting }) => waiting);
  },
};

/** What the patient has before them, and how to change it. */
export const Appointments: Story = {
  tags: ['step'],
  args: { opens: 'appointments' },
  play: ({ canvasElement }) => see(canvasElement, ({ changeTime }) => changeTime),
};

/** The patient has no appointments. */
export const NoAppointments: Story = {
  args: { patientId: 'p-henry', opens: 'appointments' },
  play: ({ canvasElement }) => see(canvasElement, ({ noAppointments }) => noAppointments),
};

/** Another time for an appointment: the old one is kept until the new one is certain, and the patient is told so. */
export const Moving: Story = {
  args: { opens: 'appointments' },
  async play({ canvasElement }) {
    await press(canvasElement, ({ changeTime }) => changeTime, 'free', 'slot');
    await see(canvasElement, ({ held }) => held);
  },
};

/** The appointment is at another time. */
export const Moved: Story = {
  tags: ['step'],
  args: { opens: 'appointments' },
  async play({ canvasElement }) {
    await press(canvasElement, ({ changeTime }) => changeTime, 'free', 'slot', 'primary');
    await see(canvasElement, ({ moved }) => moved);
  },
};

/** Before anything is called off the patient is asked whether they mean it, and why. */
export const Cancelling: Story = {
  tags: ['step'],
  args: { opens: 'appointments' },
  async play({ canvasElement }) {
    await press(canvasElement, ({ cancel }) => cancel);
    await see(canvasElement, ({ cancelIt }) => cancelIt);
  },
};

/** The appointment is off. */
export const Cancelled: Story = {
  tags: ['step'],
  args: { opens: 'appointments' },
  async play({ canvasElement }) {
    await press(
      canvasElement,
      ({ cancel }) => cancel,
      ({ cancelIt }) => cancelIt,
    );
    await see(canvasElement, ({ cancelled }) => cancelled);
  },
};

/** The clinic changed the appointment while the patient was about to call it off. */
export const AppointmentChanged: Story = {
  args: { opens: 'appointments' },
  render: pickerAt(() => refusing(clinicOf(), 'conflict', ['cancelAppointment'])),
  async play({ canvasElement }) {
    await press(
      canvasElement,
      ({ cancel }) => cancel,
      ({ cancelIt }) => cancelIt,
    );
    await see(canvasElement, ({ changed }) => changed);
  },
};

import { AppointmentStatus } from '@clinic-widgets/core/appointments.js';

/** A step that a visit is brought on by. */
export type VisitStepName = 'prepareVisit' | 'arriveAtVisit' | 'checkIn' | 'checkOut';

/** From what a step may be taken, and to what it leads: what is reached already is a success. From all else it is a conflict. */
const LEGAL: Readonly<Record<VisitStepName, Readonly<Partial<Record<AppointmentStatus, AppointmentStatus>>>>> = {
  prepareVisit: { booked: 'booked', arrived: 'arrived', 'checked-in': 'checked-in' },
  arriveAtVisit: { booked: 'arrived', arrived: 'arrived', 'checked-in': 'checked-in' },
  checkIn: { arrived: 'checked-in', 'checked-in': 'checked-in' },
  checkOut: { 'checked-in': 'fulfilled', fulfilled: 'fulfilled' },
};

/**
 * Every step from every status, with what it leads to where it may be taken. For the transitions see
 * https://docs.oracle.com/en/industries/health/millennium-platform-apis/mfrap/api-appointment.html
 */
export const visitSteps = (Object.keys(LEGAL) as VisitStepName[]).flatMap((step) =>
  AppointmentStatus.options.map((from) => ({ step, from, to: LEGAL[step][from] })),
);

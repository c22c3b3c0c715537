import type { AdapterImplementation, CallOptions } from '@clinic-widgets/core/adapter.js';
import type { Appointment } from '@clinic-widgets/core/appointments.js';
import type { CallBy, VisitProgress } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { askForHelp, getHelp, startWalkIn } from './calls.ts';
import { choosePayment, findCharges } from './charges.ts';
import type { Asking } from './client.ts';
import { momentOf } from './datatypes.ts';
import { encountersOf, type Met } from './encounters.ts';
import { describeDesk } from './front-desk.ts';
import { identify } from './identify.ts';
import type { Write } from './once.ts';
import { preparationsOf } from './preparations.ts';
import { receptionOf } from './reception.ts';
import { respondToAppointment } from './reminders.ts';
import type { Setting } from './setting.ts';
import { summaryOf } from './summaries.ts';
import type { VisitAsked } from './visit.ts';
import { arriveAtVisit, checkIn as checkInAtVisit, checkOut, prepareVisit } from './visit-steps.ts';
import { marksOf, mendVisit, progressOf, toMarks, type VisitMarks, withInput } from './visit-tasks.ts';
import { findVisits, ownVisit } from './visits.ts';

type Keyed = CallOptions & { readonly idempotencyKey: string };

/** The operations of a patient who comes to a visit, or leaves. */
export function checkIn(setting: Setting): AdapterImplementation {
  const write =
    <I, O>(run: (write: Write, input: I) => Promise<O>) =>
    (input: I, { idempotencyKey, signal }: Keyed): Promise<O> =>
      run({ ...setting, key: idempotencyKey, asking: { signal } }, input);

  return {
    identify: write(identify),
    findVisits: (query, { signal }) => findVisits(setting, query, { signal }),
    prepareVisit: write(prepareVisit),
    arriveAtVisit: write(arriveAtVisit),
    checkIn: write(checkInAtVisit),
    chooseCallBy: write(chooseCallBy),

    async getVisitProgress({ acting, appointmentId }, { signal }) {
      const visit = await ownVisit(setting, acting, appointmentId, { signal });
      const [marks, met] = await Promise.all([
        marksOf(setting, appointmentId, { signal }),
        encountersOf(setting, [appointmentId], { signal }),
      ]);
      return progress(setting, visit, marks, met.get(appointmentId), { signal });
    },

    findCharges: (query, { signal }) => findCharges(setting, query, { signal }),
    choosePayment: write(choosePayment),

    async getVisitSummary({ acting, appointmentId, language }, { signal }) {
      const visit = await ownVisit(setting, acting, appointmentId, { signal });
      // What to do afterwards tells what the visit was for.
      if (visit.isHidden) throw new ClinicError('not-found', 'Nothing was written down for whoever acts.');
      return summaryOf(setting, visit, language, { signal });
    },

    checkOut: write(checkOut),
    respondToAppointment: write(respondToAppointment),
    startWalkIn: write(startWalkIn),
    askForHelp: write(askForHelp),
    getHelp: ({ helpId }, { signal }) => getHelp(setting, helpId, { signal }),
    describeDesk: (_, { signal }) => describeDesk(setting, { signal }),
  };
}

interface CallChoice {
  readonly acting: Acting;
  readonly appointmentId: string;
  readonly callBy: CallBy;
}

async function chooseCallBy(write: Write, { acting, appointmentId, callBy }: CallChoice) {
  const visit = await ownVisit(write, acting, appointmentId, write.asking);
  const task = await mendVisit(write, visit, (now) =>
    toMarks(now).callBy === callBy ? undefined : { input: withInput(now, 'call-by', { valueCode: callBy }, visit) },
  );
  return { id: `${task.id}`, status: 'accepted' as const };
}

async function progress(
  setting: Setting,
  visit: VisitAsked,
  marks: VisitMarks,
  met: Met | undefined,
  asking: Asking,
): Promise<VisitProgress> {
  const { appointment } = visit;
  const { called, ticket } = marks;
  const state = progressOf(appointment.status, marks, met);
  const said = { state, ...(ticket && state !== 'expected' && { ticket }) };
  if (state === called?.kind) return { ...said, to: called.to };
  if (state !== 'waiting') return said;
  const preparations = await preparationsOf(setting, visit, asking);
  if (preparations.some((one) => one.mandatory && one.state === 'at-desk')) return { ...said, state: 'see-desk' };
  const wait = waitOf(setting, visit, marks, appointment.start);
  return { ...said, ...(wait && { wait }) };
}

/** What is said of the wait is never nothing: that somebody comes in a moment is not known. */
const LEAST_MINUTES = 5;

/** The usual wait from the start on, less what is over of it; who comes early waits for the start as well. */
function waitOf(
  setting: Setting,
  { visitTypeId }: VisitAsked,
  { arrivedAt }: VisitMarks,
  start: Appointment['start'],
): VisitProgress['wait'] {
  const usual = receptionOf(setting).waits.find((one) => one.visitTypeId === visitTypeId);
  const planned = momentOf(start);
  if (!usual || planned === undefined) return undefined;
  const begins = Math.max(planned, momentOf(arrivedAt) ?? planned);
  const ahead = Math.ceil((begins - setting.now) / 60_000);
  const least = Math.max(0, usual.least + ahead);
  return { least, most: Math.max(least, LEAST_MINUTES, usual.most + ahead) };
}

import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import type { Help, HelpReason, HelpRequest, WalkIn } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import type { Attention } from '@clinic-widgets/core/desk.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { tell } from './attention.ts';
import { admit, type Books, type OpenBooks } from './books.ts';
import { once } from './once.ts';
import { nextTicket } from './tickets.ts';

/** Calls for a person, and those who come without an appointment. */
export const help = (open: OpenBooks) =>
  ({
    askForHelp: once((request: HelpRequest) => ask(open(), request)),
    startWalkIn: once((walkIn: WalkIn) => takeIn(open(), walkIn)),

    async getHelp({ helpId }) {
      const books = open();
      const one = books.attention.find(({ id }) => id === helpId);
      // Nobody needs to be known for this: nothing else that waits for staff may be asked after.
      if (!one || (one.kind !== 'help' && one.kind !== 'walk-in')) {
        throw new ClinicError('not-found', 'There is no such call for a person.');
      }
      return helpOf(books, one);
    },

    async describeDesk() {
      const { deskOpen, seed } = open();
      return { open: deskOpen, ...receptionOf(seed) };
    },
  }) satisfies AdapterImplementation;

/** What the patient liaison answers later; all the rest stands and waits. */
const LATER: readonly HelpReason[] = ['complaint', 'compliment', 'bill'];

/** Passed on whoever calls: of whom it is, is said where that is certain. */
function ask(books: Books, { acting, appointmentId = '', reason, station, message, language }: HelpRequest): Help {
  const patientId = acting && mayAct(books, acting) ? acting.patientId : undefined;
  const isTheirs =
    patientId !== undefined && books.appointments.get(appointmentId)?.appointment.patientId === patientId;
  const one = tell(books, {
    id: newKey(),
    kind: 'help',
    priority: reason === 'danger' ? 'stat' : LATER.includes(reason) ? 'routine' : 'urgent',
    patientId,
    appointmentId: isTheirs ? appointmentId : undefined,
    number: nextTicket(books),
    station,
    language,
    reason,
    message,
  });
  return helpOf(books, one);
}

function mayAct(books: Books, acting: Acting): boolean {
  try {
    admit(books, acting);
    return true;
  } catch {
    return false;
  }
}

/** What they typed is kept as they typed it. Nobody is looked up, and no patient is made of them. */
function takeIn(books: Books, walkIn: WalkIn): Help {
  const { station, danger, givenName, familyName, birthDate, phone, reason, language } = walkIn;
  const one = tell(books, {
    id: newKey(),
    kind: 'walk-in',
    priority: danger ? 'stat' : 'urgent',
    number: nextTicket(books),
    station,
    language,
    message: reason,
    ...(danger && { reason: 'danger' as const }),
    claimed: { name: [givenName, familyName].filter(Boolean).join(' '), birthDate, phone },
  });
  return helpOf(books, one);
}

const helpOf = ({ deskOpen, seed }: Books, { id, number, state }: Attention): Help => ({
  id,
  number: number!,
  state,
  deskOpen,
  ...receptionOf(seed),
});

/** Where to go, in every language that the clinic has it in. */
const receptionOf = ({ checkIn: { goTo, language, translations } }: Books['seed']) => ({
  goTo,
  language,
  translations,
});

import { compareInstants } from '@clinic-widgets/core/time.js';
import type { HarborClinic } from './harbor-clinic.ts';
import type { Identity, Lobby } from './lobby.ts';

/** The lobby of Harbor Clinic in St. Joseph. */
export function harborLobby(clinic: HarborClinic, now: string): Lobby {
  const identity = identityIn(clinic);
  let kiosks = 0;
  const reminders = goodReminders(clinic, now);
  return {
    kiosk: () => ({ kind: 'kiosk', deviceId: `lobby-${(kiosks += 1)}`, locationId: 'st-joseph' }),
    lobbyCode: clinic.checkIn.lobbyCodes.find(({ locationId }) => locationId === 'st-joseph')!.code,
    usual: identity('p-rosa'),
    accented: {
      ...identity('p-maire'),
      spellings: [
        'O’Brien-Núñez',
        'OʼBrien-Nunez',
        "O'Brien-Nunez",
        'obrien nunez',
        'O BRIEN NUÑEZ',
        ' O‘Brien Nu\u0301n\u0303ez ',
      ],
    },
    renamed: { ...identity('p-kate'), formerName: 'Vasquez' },
    twins: [
      { ...identity('p-eli'), givenNames: ['Elijah', 'Eli', 'elijáh'] },
      { ...identity('p-ezra'), givenNames: ['Ezra', 'EZRA'] },
    ],
    notToday: claimOf(clinic, 'p-henry'),
    visitors: {
      onTime: 'p-rosa',
      early: 'p-samuel',
      tooEarly: 'p-owen',
      late: 'p-gloria',
      missed: 'p-bao',
      elsewhere: 'p-tomasz',
      several: 'p-ines',
    },
    child: {
      patientId: 'p-mateo',
      representativeId: 'r-rosa',
      code: identity('p-mateo').code,
      parent: { name: 'Rosa Delgado', relationship: 'parent' },
    },
    adolescent: { patientId: 'p-zoe', representativeId: 'r-jun' },
    stranger: { patientId: 'p-samuel', representativeId: 'r-walter' },
    incomplete: { patientId: 'p-ines', appointmentId: 'a-ines-exercise' },
    reminder: () => reminders.next().value,
    expiredToken: clinic.reminders.find(({ expires }) => compareInstants(expires, now) < 0)!.token,
  };
}

function claimOf({ patients }: HarborClinic, patientId: string): Identity['claim'] {
  const { name, birthDate } = patients.find(({ id }) => id === patientId)!;
  return { familyName: name.family!, birthDate };
}

const identityIn =
  (clinic: HarborClinic) =>
  (patientId: string): Identity => {
    const { name, phone, address } = clinic.patients.find(({ id }) => id === patientId)!;
    const visit = clinic.appointments.find((one) => one.patientId === patientId && one.checkInCode !== undefined)!;
    const [given] = name.given;
    return {
      patientId,
      claim: claimOf(clinic, patientId),
      code: visit.checkInCode!,
      initials: `${given![0]}. ${name.family![0]}.`,
      factors: {
        'phone-last-four': phone!.slice(-4),
        'postal-code': address!.postalCode!,
        'given-name': given!,
      },
    };
  };

/** The links that can be used: first one of each visit, so that an answer to the one leaves the next alone. */
function* goodReminders(
  { reminders, appointments }: HarborClinic,
  now: string,
): Generator<ReturnType<Lobby['reminder']>, never> {
  const good = reminders
    .filter(({ expires }) => compareInstants(expires, now) > 0)
    .toSorted((a, b) => (a.token.slice(-1) < b.token.slice(-1) ? -1 : 1));
  for (const { token, appointmentId } of good) {
    const { patientId, start } = appointments.find(({ id }) => id === appointmentId)!;
    yield { token, patientId, appointmentId, start };
  }
  throw new Error('There are no more reminders.');
}

import { describe } from 'node:test';
import type { Claim, Identification, Visit } from '@clinic-widgets/core/check-in.js';
import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { type ClinicAdapter, defineAdapter } from '@clinic-widgets/core/adapter.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { addDays } from '@clinic-widgets/core/time.js';
import {
  answeringWith,
  describeMutants,
  elsewise,
  forgiving,
  hearing,
  mutant,
  type Mutant,
  type Mutation,
  showing,
  without,
} from '../test/mutant.ts';

const UNRECOGNIZED: Identification = { outcome: 'unrecognized' };

/** Does not recognize some claims. */
const missing = (isMissed: (claim: Claim) => boolean): Mutation => {
  return ({ identify }) => ({
    identify: (input, options) => (isMissed(input.claim) ? Promise.resolve(UNRECOGNIZED) : identify(input, options)),
  });
};

/** Hears another answer to a challenge than was given. */
const mishearing = (change: (claim: Extract<Claim, { factor: string }>) => Claim): Mutation =>
  hearing('identify', (input) => ('factor' in input.claim ? { ...input, claim: change(input.claim) } : input));

const conflict = () => Promise.reject(new ClinicError('conflict', 'No.'));

/** A visit that anything can be done with: the one that was read last. */
const everReady = (name: 'prepareVisit' | 'arriveAtVisit' | 'checkIn' | 'checkOut'): Mutation => {
  return (adapter) => {
    let last: Visit | undefined;
    const remember = <T extends Visit | { items: Visit[] }>(answer: T): T => {
      last = 'items' in answer ? (answer.items[0] ?? last) : answer;
      return answer;
    };
    return {
      async findVisits(input, options) {
        return remember(await adapter.findVisits(input, options));
      },
      ...forgiving(name, ['conflict', 'not-found', 'forbidden'], () => last)(adapter),
    };
  };
};

/** Lets anybody ask about Rosa's visits. */
const asRosa = (
  name:
    'getVisitProgress' | 'findCharges' | 'getVisitSummary' | 'prepareVisit' | 'arriveAtVisit' | 'checkIn' | 'checkOut',
) => hearing(name, (input) => ({ ...input, acting: { patientId: 'p-rosa' } }));

/** Answers who acts for somebody as the patient. */
const toldAsPatient = (name: 'findCharges' | 'findConsents' | 'findForms' | 'getVisitSummary') =>
  hearing(name, (input) => ({ ...input, acting: without(input.acting, 'representativeId') }));

const identity: Readonly<Record<string, Mutant>> = {
  'knows no codes': mutant(
    /identify: Recognizes the code/,
    missing((claim) => 'code' in claim),
  ),
  'forgets the patient in the middle of a visit': elsewise(/identify: Gives a pass that is good/, ({ checkIn }) => ({
    checkIn: { ...checkIn, passMinutes: 15 },
  })),
  'tells the name for the initials': mutant(
    /identify: Tells no more than initials/,
    answeringWith('identify', (answer) => ('initials' in answer ? { ...answer, initials: 'Rosa D.' } : answer)),
  ),
  'tells in a challenge who it is': mutant(
    /identify: Tells no more than initials/,
    answeringWith('identify', (answer) =>
      'challengeId' in answer ? { ...answer, challengeId: `p-rosa ${answer.challengeId}` } : answer,
    ),
  ),
  'tells the time of another visit': mutant(
    /identify: Tells no more than initials/,
    answeringWith('identify', (answer) =>
      'start' in answer ? { ...answer, start: '2026-03-02T16:45:00-05:00' } : answer,
    ),
  ),
  'asks for a factor that it does not take': mutant(
    /identify: Takes any one of the factors/,
    missing((claim) => 'factor' in claim && claim.factor === 'postal-code'),
  ),
  'asks for the first name of whoever it is': mutant(
    /identify: Asks for more than the rest of a name/,
    answeringWith('identify', (answer) =>
      'factors' in answer ? { ...answer, factors: [...answer.factors, 'given-name'] } : answer,
    ),
  ),
  'takes the first name of whoever it is': mutant(
    /identify: Asks for more than the rest of a name/,
    mishearing((claim) =>
      claim.factor === 'given-name' && claim.value === 'Rosa'
        ? { ...claim, factor: 'phone-last-four', value: '0123' }
        : claim,
    ),
  ),
  'takes any answer to a challenge': mutant(
    /identify: Does not recognize who gives a wrong factor/,
    mishearing((claim) => ({ ...claim, factor: 'phone-last-four', value: '0123' })),
  ),
  'answers whatever is claimed by what was answered under the key': mutant(
    /identify: Answers no other claim under the key/,
    ({ identify }) => {
      const answered = new Map<string, Promise<Identification>>();
      return {
        identify(input, options) {
          const key = options?.idempotencyKey ?? newKey();
          const answer = answered.get(key) ?? identify(input, options);
          answered.set(key, answer);
          return answer;
        },
      };
    },
  ),
  'lets a challenge be met again': mutant(/identify: Lets a challenge be met once/, ({ identify }) => {
    const met = new Map<string, Identification>();
    return {
      async identify(input, options) {
        const id = 'challengeId' in input.claim ? input.claim.challengeId : '';
        const answer = met.get(id) ?? (await identify(input, options));
        if (answer.outcome === 'identified') met.set(id, answer);
        return answer;
      },
    };
  }),
  'says that somebody has no visit today': mutant(/identify: Gives one answer to a wrong claim/, ({ identify }) => ({
    identify: (input, options) =>
      'familyName' in input.claim && input.claim.familyName === 'Aldous'
        ? Promise.reject(new ClinicError('not-found', 'There is no visit today.'))
        : identify(input, options),
  })),
  'wants each accent': mutant(
    /identify: Knows a name with or without/,
    missing(
      (claim) => 'familyName' in claim && /br[ií]en/i.test(claim.familyName) && claim.familyName !== 'O’Brien-Núñez',
    ),
  ),
  'knows nobody by a former name': mutant(
    /identify: Knows a former family name/,
    missing((claim) => 'familyName' in claim && claim.familyName === 'Vasquez'),
  ),
  'knows nobody by the name that they go by': mutant(
    /identify: Knows what somebody is called/,
    missing((claim) => 'value' in claim && claim.value === 'Eli'),
  ),
  'takes one twin for the other': mutant(
    /identify: (Never takes one twin|Knows what somebody is called)/,
    answeringWith('identify', (answer) =>
      'acting' in answer && answer.acting.patientId === 'p-ezra'
        ? { ...answer, acting: { patientId: 'p-eli' } }
        : answer,
    ),
  ),
  'takes what twins share for an answer': mutant(
    /identify: Takes no factor that both twins share/,
    mishearing((claim) => ({ ...claim, factor: 'given-name', value: 'Ezra' })),
  ),
  'takes everybody for the patient': mutant(
    /identify: (Says by what right|Lets somebody act whose authority)/,
    hearing('identify', (input) => without(input, 'representative')),
  ),
  'believes whoever says that they are a parent': mutant(
    /identify: Lets somebody act whose authority/,
    answeringWith('identify', (answer) => ('authority' in answer ? { ...answer, authority: 'parent' } : answer)),
  ),
  'takes each try for one at another kiosk': mutant(
    /identify: Limits the tries at one kiosk/,
    hearing('identify', (input) => ({ ...input, station: { ...input.station, deviceId: newKey() } })),
  ),
  'lets a kiosk go on at once': mutant(/identify: Limits the tries at one kiosk/, ({ identify }) => ({
    identify: (input, options) =>
      'code' in input.claim
        ? identify({ ...input, station: { kind: 'kiosk', deviceId: newKey() } }, options)
        : identify(input, options),
  })),
  'never lets a kiosk go on': elsewise(/identify: Limits the tries at one kiosk/, ({ checkIn }) => ({
    checkIn: { ...checkIn, tries: { ...checkIn.tries, device: 0 } },
  })),
  'does not count the tries about one patient': elsewise(
    /identify: Limits the (tries about one patient|answers to a challenge|tries alike)/,
    ({ checkIn }) => ({ checkIn: { ...checkIn, tries: { ...checkIn.tries, identity: 1000 } } }),
  ),
  'counts only the tries about patients': mutant(
    /identify: Limits the tries alike/,
    hearing('identify', (input) =>
      'familyName' in input.claim && input.claim.familyName.startsWith('Quackenbush')
        ? { ...input, claim: { ...input.claim, familyName: newKey() } }
        : input,
    ),
  ),
};

const visits: Readonly<Record<string, Mutant>> = {
  'lists the latest visit first': mutant(
    /findVisits: Lists the patient’s visits/,
    showing<Visit>('findVisits', (items) => items.toReversed()),
  ),
  'lists the visits of tomorrow': mutant(
    /findVisits: Lists the patient’s visits/,
    showing<Visit>('findVisits', (items) => items.map(tomorrow)),
  ),
  'lists the visits of somebody else': mutant(
    /findVisits: Lists the patient’s visits/,
    hearing('findVisits', (input) => ({ ...input, acting: { patientId: 'p-ines' } })),
  ),
  'takes everybody to be on time': mutant(
    /findVisits: (Says who is early|Lets a visit become late)/,
    showing<Visit>('findVisits', (items) => items.map((visit) => ({ ...visit, timing: 'on-time' }))),
  ),
  'says of no visit that it is elsewhere': mutant(
    /findVisits: Says that a visit is at another place/,
    showing<Visit>('findVisits', (items) => items.map((visit) => without(visit, 'elsewhere'))),
  ),
  'says of every visit that it is elsewhere': mutant(
    /findVisits: Says that a visit is at another place/,
    showing<Visit>('findVisits', (items) => items.map((visit) => ({ ...visit, elsewhere: true }))),
  ),
  'tells a parent everything': mutant(
    /findVisits: Keeps what a visit is for/,
    hearing('findVisits', (input) => ({ ...input, acting: without(input.acting, 'representativeId') })),
  ),
  'sends a parent where only such visits are': mutant(
    /findVisits: Keeps what a visit is for/,
    showing<Visit>('findVisits', (items) =>
      items.map((visit) =>
        visit.appointment.visitType ? visit : { ...visit, way: { ...visit.way!, words: 'The door on the left.' } },
      ),
    ),
  ),
  'tells a parent what is billed': mutant(/findCharges: Tells who acts/, toldAsPatient('findCharges')),
  'tells a parent what else such a visit asks': mutant(/findCharges: Tells who acts/, toldAsPatient('findConsents')),
  'tells a parent what to do after such a visit': mutant(
    /findCharges: Tells who acts/,
    toldAsPatient('getVisitSummary'),
  ),
  'tells a parent which forms such a visit asks for': mutant(
    /findForms: Lists to who acts/,
    toldAsPatient('findForms'),
  ),
  'lets no parent do what every visit needs': mutant(
    /confirmDetails: Lets who acts do what every visit needs/,
    ({ recordConsent }) => ({
      recordConsent: (input, options) =>
        input.acting.representativeId === undefined
          ? recordConsent(input, options)
          : Promise.reject(new ClinicError('not-found', 'There is no such visit.')),
    }),
  ),
  'tells a parent nothing': elsewise(/findVisits: Shows a parent/, ({ checkIn, visitTypes }) => ({
    checkIn: { ...checkIn, privacyAge: 1, privateVisitTypeIds: visitTypes.map(({ id }) => id) },
  })),
  'takes everything to be open for ever': mutant(
    /findVisits: Says what is left to do/,
    showing<Visit>('findVisits', (items) =>
      items.map((visit) => ({
        ...visit,
        preparations: visit.preparations.map((one) => ({ ...one, state: 'open', mandatory: true })),
      })),
    ),
  ),
  'takes everything to be done': mutant(
    /findVisits: Says what is left to do/,
    showing<Visit>('findVisits', (items) =>
      items.map((visit) => ({ ...visit, preparations: visit.preparations.map((one) => ({ ...one, state: 'done' })) })),
    ),
  ),
  'takes who is at home to be there': mutant(/prepareVisit: Makes a visit ready/, ({ arriveAtVisit }) => ({
    prepareVisit: (input, options) => arriveAtVisit({ ...input, station: { kind: 'kiosk' } }, options),
  })),
  'forgets that a visit is ready': mutant(
    /prepareVisit: Makes a visit ready/,
    showing<Visit>('findVisits', (items) => items.map((visit) => ({ ...visit, ready: false }))),
  ),
  'sends patients to another house': mutant(
    /findVisits: Shows the way/,
    answeringWith('arriveAtVisit', (visit) => ({
      ...visit,
      way: { ...visit.way, words: 'Over there.', location: { ...visit.way?.location, id: 'imaging' } },
    })),
  ),
  'says the way twice in one language': mutant(
    /findVisits: Shows the way/,
    answeringWith('arriveAtVisit', (visit) => ({
      ...visit,
      way: { ...visit.way!, language: 'en', translations: [{ language: 'en', words: 'Over there.' }] },
    })),
  ),
  'has no words in one of its languages': mutant(
    /askForHelp: Puts a call for a person before staff/,
    answeringWith('askForHelp', (help) => ({ ...help, language: 'en', translations: [{ language: 'es', goTo: '' }] })),
  ),
  'brings every visit of the day on at once': mutant(/findVisits: Goes on with one visit/, (adapter) => ({
    async arriveAtVisit(input, options) {
      const visit = await adapter.arriveAtVisit(input, options);
      const { acting, station } = input;
      for (const { appointment } of (await adapter.findVisits({ acting, station })).items) {
        if (appointment.status === 'booked') await adapter.arriveAtVisit({ acting, station, appointment });
      }
      return visit;
    },
  })),
};

const tomorrow = (visit: Visit): Visit => {
  const { start = '' } = visit.appointment;
  return { ...visit, appointment: { ...visit.appointment, start: addDays(start.slice(0, 10), 1) + start.slice(10) } };
};

const arrival: Readonly<Record<string, Mutant>> = {
  'gives no ticket': mutant(
    /arriveAtVisit: Says that the patient is there/,
    answeringWith('arriveAtVisit', (visit) => without(visit, 'ticket')),
  ),
  'takes who arrives to be checked in': mutant(
    /arriveAtVisit: Says that the patient is there/,
    answeringWith('arriveAtVisit', (visit) => ({
      ...visit,
      appointment: { ...visit.appointment, status: 'checked-in' },
    })),
  ),
  'gives another ticket each time': mutant(
    /arriveAtVisit: (Takes it for a success|Lets the same patient arrive)/,
    answeringWith('arriveAtVisit', (visit) => ({ ...visit, ticket: newKey().slice(0, 8) })),
  ),
  'lets nobody arrive twice': mutant(/arriveAtVisit: Takes it for a success/, ({ arriveAtVisit }) => {
    const there = new Set<string>();
    return {
      async arriveAtVisit(input, options) {
        if (there.has(input.appointment.id)) return conflict();
        there.add(input.appointment.id);
        return arriveAtVisit(input, options);
      },
    };
  }),
  'lets nobody check in twice': mutant(/arriveAtVisit: Takes nobody back/, ({ checkIn }) => {
    const done = new Set<string>();
    return {
      async checkIn(input, options) {
        if (done.has(input.appointment.id)) return conflict();
        done.add(input.appointment.id);
        return checkIn(input, options);
      },
    };
  }),
  'believes any telephone': mutant(
    /arriveAtVisit: Believes a telephone/,
    hearing('arriveAtVisit', (input) => ({ ...input, station: { kind: 'kiosk' } })),
  ),
  'believes no telephone': mutant(
    /arriveAtVisit: Believes a telephone/,
    hearing('arriveAtVisit', (input) => ({ ...input, station: without(input.station, 'lobbyCode') })),
  ),
  'lists the same patient twice': mutant(
    /arriveAtVisit: Lets the same patient arrive/,
    showing('findArrivals', (items) => [...items, ...items]),
  ),
  'checks in from afar': mutant(/checkIn: Checks in nobody who has not arrived/, ({ checkIn, arriveAtVisit }) => ({
    async checkIn(input, options) {
      const { appointment } = await arriveAtVisit(input);
      return checkIn({ ...input, appointment }, options);
    },
  })),
  'checks in with nothing done': elsewise(/checkIn: Checks in nobody for whom/, ({ checkIn }) => ({
    checkIn: { ...checkIn, mandatory: [] },
  })),
  'checks in when half is done': elsewise(/checkIn: Checks in nobody for whom/, ({ checkIn }) => ({
    checkIn: { ...checkIn, mandatory: ['details'] },
  })),
  'checks in nobody whose insurance is open': mutant(/checkIn: Lets no payment/, ({ checkIn, findVisits }) => ({
    async checkIn(input, options) {
      const { items } = await findVisits(input);
      const open = items.some(({ preparations }) =>
        preparations.some(({ name, state }) => name === 'insurance' && state === 'open'),
      );
      return open ? conflict() : checkIn(input, options);
    },
  })),
  'does not tell the desk what is left': mutant(
    /checkIn: Lets no payment/,
    showing<object>('findArrivals', (items) => items.map((one) => ({ ...one, lacks: [] }))),
  ),
  'makes a visit ready whatever has become of it': mutant(
    /prepareVisit: (Refuses a visit that|Knows no visit)/,
    everReady('prepareVisit'),
  ),
  'takes the day of any visit for today': {
    breaks: /arriveAtVisit: Refuses a visit that was moved/,
    setup(seed, now) {
      let moment: string | undefined;
      const adapter = memoryAdapter(seed, { now: () => moment ?? now() });
      return defineAdapter({
        ...adapter,
        async arriveAtVisit(input, options) {
          const about = { patientId: input.acting.patientId, appointmentId: input.appointment.id };
          moment = (await adapter.getAppointment(about)).start;
          return adapter.arriveAtVisit(input, options).finally(() => (moment = undefined));
        },
      });
    },
  },
  'lets arrive whatever has become of the visit': mutant(
    /arriveAtVisit: (Refuses a visit that|Knows no visit)/,
    everReady('arriveAtVisit'),
  ),
  'checks in whatever has become of the visit': mutant(
    /checkIn: (Refuses a visit that|Knows no visit)/,
    everReady('checkIn'),
  ),
  'lets leave whatever has become of the visit': mutant(
    /checkOut: (Refuses a visit that|Knows no visit|Lets nobody leave)/,
    everReady('checkOut'),
  ),
  'lets everybody make Rosa’s visit ready': mutant(/prepareVisit: Knows no visit/, asRosa('prepareVisit')),
  'lets everybody arrive for Rosa': mutant(/arriveAtVisit: Knows no visit/, asRosa('arriveAtVisit')),
  'lets everybody check Rosa in': mutant(/checkIn: Knows no visit/, asRosa('checkIn')),
  'lets everybody check Rosa out': mutant(/checkOut: Knows no visit/, asRosa('checkOut')),
  'lets no child come in with a parent': mutant(/arriveAtVisit: Lets a parent/, ({ arriveAtVisit }) => ({
    arriveAtVisit: (input, options) =>
      input.acting.representativeId === undefined
        ? arriveAtVisit(input, options)
        : Promise.reject(new ClinicError('forbidden', 'No.')),
  })),
  'forgets how somebody wants to be called': mutant(
    /chooseCallBy: Keeps how/,
    hearing('chooseCallBy', (input) => ({ ...input, callBy: 'screen' })),
  ),
  'names the patient on the screen': mutant(
    /getVisitProgress: Tells how it goes on/,
    answeringWith('getVisitProgress', (progress) => ({ ...progress, ticket: 'Rosa' })),
  ),
  'lets everybody wait for ever': mutant(
    /getVisitProgress: Tells how it goes on/,
    answeringWith('getVisitProgress', (progress) => ({ ...progress, state: 'waiting' })),
  ),
  'tells everybody how it goes on for Rosa': mutant(/getVisitProgress: Tells nobody/, asRosa('getVisitProgress')),
  'sends away who is late': mutant(/arriveAtVisit: Lets in who is early or late/, ({ arriveAtVisit }) => ({
    arriveAtVisit: (input, options) =>
      input.acting.patientId === 'p-gloria' ? conflict() : arriveAtVisit(input, options),
  })),
  'takes who is checked in to have arrived then': mutant(
    /arriveAtVisit: Keeps the time of arrival/,
    answeringWith('checkIn', (visit) => ({ ...visit, arrivedAt: '2026-03-02T07:05:00-05:00' })),
  ),
};

const leaving: Readonly<Record<string, Mutant>> = {
  'says of a debt that it is a credit': mutant(
    /findCharges: Says what is due/,
    showing<{ amount: object }>('findCharges', (items) =>
      items.map((charge) => ({ ...charge, amount: { ...charge.amount, value: '-1.00' } })),
    ),
  ),
  'calls what is due as it is in English': mutant(
    /findCharges: Calls what is due/,
    hearing('findCharges', (input) => ({ ...input, language: 'en' })),
  ),
  'says of whatever is due that it is called so in English': mutant(
    /findCharges: Calls what is due/,
    showing<object>('findCharges', (items) => items.map((charge) => ({ ...charge, language: 'en' }))),
  ),
  'tells everybody what Rosa owes': mutant(/findCharges: Tells nobody/, asRosa('findCharges')),
  'does not write down who has paid': mutant(
    /choosePayment: Checks in who has paid/,
    hearing('choosePayment', (input) => ({ ...input, choice: 'at-desk' })),
  ),
  'takes everybody to have paid': mutant(
    /choosePayment: Checks in who (will pay|cannot pay)/,
    hearing('choosePayment', (input) => ({ ...input, choice: 'paid' })),
  ),
  'checks in only who has paid': mutant(/choosePayment: Checks in who (will|cannot)/, (adapter) => {
    const owing = new Set<string>();
    return {
      choosePayment(input, options) {
        if (input.choice !== 'paid') owing.add(input.appointmentId);
        return adapter.choosePayment(input, options);
      },
      checkIn: (input, options) => (owing.has(input.appointment.id) ? conflict() : adapter.checkIn(input, options)),
    };
  }),
  'lets nobody go': mutant(
    /checkOut: Lets a patient leave/,
    answeringWith('checkOut', (visit) => ({ ...visit, appointment: { ...visit.appointment, status: 'checked-in' } })),
  ),
  'keeps on the list who has left': mutant(/checkOut: Lets a patient leave/, ({ findArrivals }) => {
    let first: ReturnType<ClinicAdapter['findArrivals']> | undefined;
    return { findArrivals: (input, options) => (first ??= findArrivals(input, options)) };
  }),
  'tells everybody in English what to do': mutant(
    /getVisitSummary: Tells what to do/,
    hearing('getVisitSummary', (input) => ({ ...input, language: 'en' })),
  ),
  'tells everybody what Rosa is to do': mutant(/getVisitSummary: Tells nobody/, asRosa('getVisitSummary')),
};

const reminders: Readonly<Record<string, Mutant>> = {
  'cancels the visit of who is coming': mutant(
    /respondToAppointment: (Takes down that|Takes one answer)/,
    hearing('respondToAppointment', (input) => ({ ...input, answer: 'cannot-come' })),
  ),
  'expects who cannot come': mutant(
    /respondToAppointment: Cancels the visit/,
    hearing('respondToAppointment', (input) => ({ ...input, answer: 'coming' })),
  ),
  'lets a link be used again': mutant(/respondToAppointment: Takes one answer/, ({ respondToAppointment }) => {
    const used = new Map<string, ReturnType<typeof respondToAppointment>>();
    return {
      respondToAppointment(input, options) {
        const answer = used.get(input.token) ?? respondToAppointment(input, options);
        used.set(input.token, answer);
        return answer;
      },
    };
  }),
  'takes a link for ever': elsewise(/respondToAppointment: Knows no link/, (seed) => ({
    reminders: seed.reminders.map((one) => ({ ...one, expires: '2036-03-02T07:00:00-05:00' })),
  })),
};

describe('the cases of check-in', () => {
  describeMutants(identity);
  describeMutants(visits);
  describeMutants(arrival);
  describeMutants(leaving);
  describeMutants(reminders);
});

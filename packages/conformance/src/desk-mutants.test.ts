import { describe } from 'node:test';
import type { Arrival, Attention, Proposal } from '@clinic-widgets/core/desk.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import {
  answeringWith,
  describeMutants,
  forgiving,
  hearing,
  mutant,
  type Mutant,
  showing,
  without,
} from '../test/mutant.ts';

const help: Readonly<Record<string, Mutant>> = {
  'loses what somebody wrote': mutant(
    /askForHelp: (Puts a call|Passes on complaints)/,
    hearing('askForHelp', (input) => without(input, 'message')),
  ),
  'does not say from which kiosk somebody calls': mutant(
    /askForHelp: Puts a call/,
    showing<Attention>('findAttention', (items) => items.map((one) => without(one, 'station'))),
  ),
  'loses a call': mutant(
    /askForHelp: (Puts a call|Passes on the call)/,
    showing<Attention>('findAttention', (items) => items.filter(({ kind }) => kind !== 'help')),
  ),
  'takes whoever calls for somebody': mutant(
    /askForHelp: Passes on the call/,
    showing<Attention>('findAttention', (items) => items.map((one) => ({ ...one, patientId: 'p-rosa' }))),
  ),
  'passes on no call of who may not act': mutant(
    /askForHelp: Passes on the call of somebody who may not act/,
    ({ askForHelp }) => ({
      askForHelp: (input, options) =>
        input.acting?.representativeId === undefined
          ? askForHelp(input, options)
          : Promise.reject(new ClinicError('forbidden', 'No.')),
    }),
  ),
  'gives one number to all': mutant(
    /askForHelp: Gives each call/,
    answeringWith('askForHelp', (one) => ({ ...one, number: '1' })),
  ),
  'says at once that somebody is coming': mutant(
    /getHelp: Says that somebody is coming/,
    answeringWith('getHelp', (one) => ({ ...one, state: 'acknowledged' })),
  ),
  'never says that somebody is coming': mutant(
    /(getHelp: Says that somebody is coming|startWalkIn: Lets somebody without)/,
    answeringWith('getHelp', (one) => ({ ...one, state: 'waiting' })),
  ),
  'promises somebody at a closed desk': mutant(
    /openDesk: Says at every kiosk/,
    answeringWith('askForHelp', (one) => ({ ...one, deskOpen: true })),
  ),
  'does not tell who waits that the desk has closed': mutant(
    /openDesk: Says at every kiosk/,
    answeringWith('getHelp', (one) => ({ ...one, deskOpen: true })),
  ),
  'takes danger for any other call': mutant(
    /askForHelp: Puts danger above/,
    hearing('askForHelp', (input) => ({ ...input, reason: 'person' })),
  ),
  'takes every call for danger': mutant(
    /askForHelp: Puts danger above/,
    hearing('askForHelp', (input) => ({ ...input, reason: 'danger' })),
  ),
  'takes complaints for calls': mutant(
    /askForHelp: Passes on complaints/,
    hearing('askForHelp', (input) => ({ ...input, reason: 'person' })),
  ),
  'knows calls that nobody made': mutant(
    /getHelp: Knows no call/,
    forgiving('getHelp', ['not-found'], () => ({
      ...{ id: 'h', number: '1', state: 'waiting', deskOpen: true, goTo: 'There.' },
    })),
  ),
};

const walkIns: Readonly<Record<string, Mutant>> = {
  'loses the telephone of who walks in': mutant(
    /startWalkIn: Puts somebody/,
    hearing('startWalkIn', (input) => without(input, 'phone')),
  ),
  'loses why somebody walks in': mutant(
    /startWalkIn: Puts somebody/,
    hearing('startWalkIn', (input) => ({ ...input, reason: '' })),
  ),
  'makes a patient of who walks in': mutant(/startWalkIn: Makes no patient/, ({ startWalkIn, identify }) => {
    let familyName = '';
    return {
      startWalkIn(input, options) {
        ({ familyName } = input);
        return startWalkIn(input, options);
      },
      identify: (input, options) =>
        'familyName' in input.claim && input.claim.familyName === familyName
          ? identify({ ...input, claim: { familyName: 'Delgado', birthDate: '1984-06-17' } }, options)
          : identify(input, options),
    };
  }),
  'tells whether somebody is a patient': mutant(
    /startWalkIn: Tells nothing of a patient/,
    answeringWith('startWalkIn', (answer, { familyName }) =>
      familyName === 'Delgado' ? { ...answer, goTo: 'Welcome back. Go to room 3.' } : answer,
    ),
  ),
  'takes who walks in for the patient of that name': mutant(
    /startWalkIn: (Tells nothing of a patient|Puts somebody)/,
    showing<Attention>('findAttention', (items) =>
      items.map((one) => (one.kind === 'walk-in' ? { ...one, patientId: 'p-rosa' } : one)),
    ),
  ),
  'does not listen to who is in danger': mutant(
    /startWalkIn: Tells staff at once/,
    hearing('startWalkIn', (input) => ({ ...input, danger: false })),
  ),
  'lets somebody wait who was matched': mutant(
    /matchWalkIn: Lets staff say who/,
    answeringWith('matchWalkIn', (one) => ({ ...one, state: 'acknowledged' })),
  ),
  'matches to whom there is not': mutant(
    /matchWalkIn: Matches nobody/,
    hearing('matchWalkIn', (input) => ({ ...input, patientId: 'p-rosa' })),
  ),
};

const arrivals: Readonly<Record<string, Mutant>> = {
  'lists who is done first first': mutant(
    /findArrivals: Lists patients in the order/,
    showing<Arrival>('findArrivals', (items) => items.toSorted((a, b) => a.lacks.length - b.lacks.length)),
  ),
  'lists who came last first': mutant(
    /findArrivals: Lists patients in the order/,
    showing<Arrival>('findArrivals', (items) => items.toReversed()),
  ),
  'does not name who is there': mutant(
    /findArrivals: Names who is there/,
    showing<Arrival>('findArrivals', (items) => items.map((one) => ({ ...one, name: 'A patient' }))),
  ),
  'lists who arrived anywhere': mutant(
    /findArrivals: Narrows the list to a day/,
    hearing('findArrivals', (input) => without(input, 'locationId')),
  ),
  'lists who arrived on any day': mutant(
    /findArrivals: Narrows the list to a day/,
    hearing('findArrivals', (input) => ({ ...input, day: '2026-03-02' })),
  ),
  'says that nobody lacks anything': mutant(
    /findArrivals: Shows what each still lacks/,
    showing<Arrival>('findArrivals', (items) => items.map((one) => ({ ...one, lacks: [] }))),
  ),
  'says that everybody lacks all': mutant(
    /findArrivals: Shows what each still lacks/,
    showing<Arrival>('findArrivals', (items) =>
      items.map((one) => ({ ...one, lacks: ['details', 'insurance', 'forms', 'consents', 'payment'] })),
    ),
  ),
  'counts no flags': mutant(
    /findArrivals: Counts the flags/,
    showing<Arrival>('findArrivals', (items) => items.map((one) => ({ ...one, flags: 0 }))),
  ),
  'counts flags for ever': mutant(/findArrivals: Counts the flags/, (adapter) => {
    let most = 0;
    return showing<Arrival>('findArrivals', (items) =>
      items.map((one) => ({ ...one, flags: (most = Math.max(most, one.flags)) })),
    )(adapter);
  }),
  'shows where somebody was called to first': mutant(/callPatient: Shows where/, ({ callPatient }) => {
    const first = new Map<string, string>();
    return {
      callPatient(input, options) {
        if (!first.has(input.appointmentId)) first.set(input.appointmentId, input.to);
        return callPatient({ ...input, to: first.get(input.appointmentId)! }, options);
      },
    };
  }),
  'says always that the desk is open': mutant(
    /describeDesk: Says before anybody calls/,
    answeringWith('describeDesk', (one) => ({ ...one, open: true })),
  ),
  'says of everybody that they wait': mutant(
    /callPatient: Shows where/,
    showing<Arrival>('findArrivals', (items) => items.map((one) => ({ ...one, state: 'waiting' }))),
  ),
  'calls without a ticket': mutant(
    /callPatient: Shows where/,
    answeringWith('callPatient', () => ({})),
  ),
  'calls who is not there': mutant(
    /callPatient: Calls nobody/,
    forgiving('callPatient', ['conflict'], () => ({})),
  ),
};

const answers: Readonly<Record<string, Mutant>> = {
  'takes what is acknowledged to be done': mutant(
    /acknowledge: Shows who has been answered/,
    hearing('acknowledge', (input) => ({ ...input, state: 'done' })),
  ),
  'lets wait what is done': mutant(
    /acknowledge: Shows who has been answered/,
    hearing('acknowledge', (input) => ({ ...input, state: 'acknowledged' })),
  ),
  'answers nothing': mutant(
    /acknowledge: Does not know/,
    forgiving('acknowledge', ['not-found'], () => ({
      ...{ id: 't', kind: 'help', priority: 'urgent', state: 'acknowledged', at: '2026-03-02T07:00:00-05:00' },
    })),
  ),
  'lists the latest proposal first': mutant(
    /findProposals: Lists proposals/,
    showing<Proposal>('findProposals', (items) => items.toReversed()),
  ),
  'lists the proposals of all for each': mutant(
    /findProposals: Lists proposals/,
    hearing('findProposals', (input) => without(input, 'patientId')),
  ),
  'does not let staff decide': mutant(/decideProposal: (Takes over what|Leaves as it is)/, () => ({
    decideProposal: () => Promise.reject(new ClinicError('forbidden', 'No.')),
  })),
};

describe('the cases of the desk', () => {
  describeMutants(help);
  describeMutants(walkIns);
  describeMutants(arrivals);
  describeMutants(answers);
});

import { describe } from 'node:test';
import type { Visit } from '@clinic-widgets/core/check-in.js';
import type { Proposal } from '@clinic-widgets/core/desk.js';
import type { Confirmation, CoverageOnFile } from '@clinic-widgets/core/details.js';
import {
  answeringWith,
  describeMutants,
  forgiving,
  hearing,
  mutant,
  type Mutant,
  type Mutation,
  showing,
  unexplaining,
  without,
} from '../test/mutant.ts';

/** Forgets who acts for the patient. */
const forgettingWho = (name: 'getDetails' | 'confirmDetails') =>
  hearing(name, (input) => ({ ...input, acting: without(input.acting, 'representativeId') }));

/** Takes a change of any version, as if it were of the one that is. */
const ofAnyVersion: Mutation = ({ confirmDetails, getDetails }) => ({
  async confirmDetails(input, options) {
    const { version } = await getDetails({ acting: input.acting });
    return confirmDetails({ ...input, version }, options);
  },
});

const details: Readonly<Record<string, Mutant>> = {
  'does not show the telephone': mutant(
    /getDetails: Shows what it knows/,
    answeringWith('getDetails', (one) => without(one, 'phone')),
  ),
  'withholds something from patients themselves': mutant(
    /getDetails: Shows what it knows/,
    answeringWith('getDetails', (one) => ({ ...one, withheld: ['needs'] })),
  ),
  'does not know for which visit all is right': mutant(
    /confirmDetails: Takes down that all is right/,
    hearing('confirmDetails', (input) => without(input, 'appointmentId')),
  ),
  'changes what is right': mutant(
    /confirmDetails: Takes down that all is right/,
    hearing('confirmDetails', (input) => ({ ...input, confirmed: ['name' as const], removed: ['phone' as const] })),
  ),
  'changes nothing': mutant(
    /confirmDetails: (Puts right what|Lets a parent)|getDetails: Lets a parent/,
    hearing('confirmDetails', (input) => ({ ...input, confirmed: ['name'], changed: {} })),
  ),
  'takes nothing out': mutant(
    /confirmDetails: Takes out/,
    hearing('confirmDetails', (input) => ({ ...without(input, 'removed'), confirmed: ['name'] })),
  ),
  'takes out more than was meant': mutant(
    /confirmDetails: Takes out/,
    hearing('confirmDetails', (input) => ({ ...input, removed: [...(input.removed ?? []), 'phone'] })),
  ),
  'takes a change of what has changed': mutant(
    /confirmDetails: (Refuses a change to what|Does nothing of what)/,
    ofAnyVersion,
  ),
  'takes out a name': mutant(
    /confirmDetails: (Says which field|Does nothing of what)/,
    hearing('confirmDetails', (input) => without(input, 'removed')),
  ),
  'does not say why a field cannot be so': mutant(/confirmDetails: Says why a field/, unexplaining('confirmDetails')),
  'takes what is right and wrong at once': mutant(/confirmDetails: Lays before staff/, ({ confirmDetails }) => ({
    confirmDetails: ({ doubted = [], ...input }, options) =>
      confirmDetails({ ...input, doubted: doubted.filter((name) => !input.confirmed.includes(name)) }, options),
  })),
  'keeps no record of what is called wrong': mutant(
    /confirmDetails: Lays before staff/,
    showing<Confirmation>('findConfirmations', (items) => items.filter(({ act }) => act !== 'doubted')),
  ),
  'tells nobody what is called wrong': mutant(
    /confirmDetails: Lays before staff/,
    showing<Proposal>('findProposals', (items) => items.filter(({ to }) => to !== undefined)),
  ),
  'takes details that are called wrong for done': mutant(
    /confirmDetails: Lays before staff/,
    showing<Visit>('findVisits', (items) =>
      items.map(({ preparations, ...visit }) => ({
        ...visit,
        preparations: preparations.map((one) => (one.name === 'details' ? { ...one, state: 'done' } : one)),
      })),
    ),
  ),
  'keeps no record of what staff decide about a wrong name': mutant(
    /confirmDetails: Lays before staff/,
    showing<Confirmation>('findConfirmations', (items) =>
      items.filter(({ field, by }) => field !== 'name' || by !== 'staff'),
    ),
  ),
  'does a part of what it refuses': mutant(/confirmDetails: Does nothing of what/, ({ confirmDetails }) => ({
    async confirmDetails(input, options) {
      await confirmDetails({ ...without(input, 'removed'), changed: {}, confirmed: input.confirmed });
      return confirmDetails(input, options);
    },
  })),
};

const represented: Readonly<Record<string, Mutant>> = {
  'tells a parent how to reach an adolescent': mutant(
    /getDetails: Keeps private contacts/,
    forgettingWho('getDetails'),
  ),
  'does not say what it withholds': mutant(
    /getDetails: Keeps private contacts/,
    answeringWith('getDetails', (one) => without(one, 'withheld')),
  ),
  'lets a parent change what they may not see': mutant(
    /confirmDetails: Lets nobody change/,
    forgettingWho('confirmDetails'),
  ),
  'does not let a parent see what is known of a child': mutant(
    /getDetails: Lets a parent/,
    answeringWith('getDetails', (one, { acting }) =>
      acting.representativeId === undefined ? one : { ...without(one, 'phone'), withheld: ['phone'] },
    ),
  ),
  'takes the word of anybody': mutant(
    /(confirmDetails: Asks staff|decideProposal: (Takes over|Leaves|Decides)|identify: Lets somebody act whose)/,
    forgettingWho('confirmDetails'),
  ),
  'accepts nothing': mutant(
    /decideProposal: Takes over what staff accept/,
    hearing('decideProposal', (input) => ({ ...input, decision: 'refused' })),
  ),
  'accepts everything': mutant(
    /decideProposal: Leaves as it is/,
    hearing('decideProposal', (input) => ({ ...input, decision: 'accepted' })),
  ),
  'decides again and again': mutant(
    /decideProposal: (Decides about a proposal once|Takes over no proposal)/,
    forgiving('decideProposal', ['conflict', 'not-found'], () => ({})),
  ),
  'does not say who wants what changed': mutant(
    /confirmDetails: Asks staff/,
    showing<object>('findProposals', (items) => items.map((one) => without(one, 'representativeId'))),
  ),
};

const record: Readonly<Record<string, Mutant>> = {
  'does not keep of which version': mutant(
    /findConfirmations: Keeps of each field/,
    showing<Confirmation>('findConfirmations', (items) => items.map((one) => ({ ...one, version: 'x' }))),
  ),
  'takes a change for a confirmation': mutant(
    /findConfirmations: Keeps of each field/,
    showing<Confirmation>('findConfirmations', (items) => items.map((one) => ({ ...one, act: 'confirmed' }))),
  ),
  'keeps no more than one line of a confirmation': mutant(
    /findConfirmations: (Keeps of each field|Is good for a report)/,
    showing<Confirmation>('findConfirmations', (items) => items.filter(({ at }, index) => at !== items[index - 1]?.at)),
  ),
  'takes everything to come from a kiosk': mutant(
    /findConfirmations: Tells a kiosk/,
    showing<Confirmation>('findConfirmations', (items) => items.map((one) => ({ ...one, station: 'kiosk' }))),
  ),
  'lists the latest line first': mutant(
    /findConfirmations: Tells a kiosk/,
    showing<Confirmation>('findConfirmations', (items) => items.toReversed()),
  ),
  'shows the record of all for each': mutant(
    /findConfirmations: Narrows the record/,
    hearing('findConfirmations', (input) => without(input, 'patientId')),
  ),
  'shows the record of all days for each': mutant(
    /findConfirmations: Narrows the record/,
    hearing('findConfirmations', (input) => without(input, 'from', 'to')),
  ),
  'does not keep what was refused': mutant(
    /findConfirmations: Is good for a report/,
    showing<Confirmation>('findConfirmations', (items) => items.filter(({ act }) => act !== 'refused')),
  ),
};

const coverages: Readonly<Record<string, Mutant>> = {
  'lists the last insurance first': mutant(
    /findCoverages: Lists the insurance/,
    showing<CoverageOnFile>('findCoverages', (items) => items.toReversed()),
  ),
  'shows everybody Rosa’s insurance': mutant(
    /findCoverages: Lists the insurance/,
    hearing('findCoverages', (input) => ({ ...input, acting: { patientId: 'p-rosa' } })),
  ),
  'does not keep that the insurance is right': mutant(
    /confirmCoverages: Takes down that/,
    showing<Confirmation>('findConfirmations', (items) => items.filter(({ field }) => field !== 'coverage')),
  ),
  'takes every insurance to have changed': mutant(
    /confirmCoverages: Takes down that/,
    hearing('confirmCoverages', (input) => ({ ...input, answer: 'changed' })),
  ),
  'takes every insurance to be right': mutant(
    /confirmCoverages: Tells the desk of/,
    hearing('confirmCoverages', (input) => ({ ...input, answer: 'confirmed' })),
  ),
  'takes an answer about another version': mutant(
    /confirmCoverages: Refuses what has changed/,
    ({ confirmCoverages }) => ({
      confirmCoverages: (input, options) =>
        confirmCoverages(
          { ...input, coverages: input.coverages.map(({ id, version }) => ({ id, version: version.slice(0, 1) })) },
          options,
        ),
    }),
  ),
};

describe('the cases of details', () => {
  describeMutants(details);
  describeMutants(represented);
  describeMutants(record);
  describeMutants(coverages);
});

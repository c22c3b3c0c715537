import type { Attention, ErrorCode, HelpReason, Preparation, Station } from '@clinic-widgets/core';

/** What a call for a person is about. */
export const reasons: Readonly<Record<HelpReason, string>> = {
  person: 'Wants a person',
  unrecognized: 'Was not recognized',
  stuck: 'Cannot go on',
  signature: 'A signature',
  visit: 'Something about the visit',
  danger: 'Says they may be in danger',
  complaint: 'A complaint',
  compliment: 'A compliment',
  bill: 'A question about a bill',
};

/** What a visit still lacks. */
export const preparations: Readonly<Record<Preparation, string>> = {
  screening: 'Screening',
  details: 'Details',
  insurance: 'Insurance',
  forms: 'Forms',
  consents: 'Consents',
  payment: 'Payment',
};

/** What a patient's details are called. */
export const fields = {
  name: 'Name',
  birthDate: 'Date of birth',
  preferredName: 'Name to use',
  address: 'Address',
  phone: 'Phone',
  email: 'E-mail',
  emergencyContact: 'Emergency contact',
  language: 'Language',
  needs: 'Needs',
} as const;

/** How a patient wants to be called, where it takes more than the screen. */
export const callBys = { screen: 'The screen', text: 'A text message', person: 'Be fetched in person' } as const;

/** What happened, and what to do about it. */
export const troubles: Readonly<Record<ErrorCode, string>> = {
  invalid: 'That could not be taken as it is. Please check it.',
  unauthenticated: 'The clinic does not know this desk any more. Please sign in again.',
  forbidden: 'This desk may not do that.',
  'not-found': 'That is not there any more. The list has been read again.',
  conflict: 'That has changed meanwhile, or somebody has done it already. The list has been read again.',
  unsupported: 'This clinic does not offer that.',
  throttled: 'Too many calls at once. It is tried again by itself.',
  unavailable: 'The clinic cannot be reached right now.',
  unexpected: 'Something went wrong at the clinic.',
};

const kinds: Readonly<Record<Station['kind'], string>> = { kiosk: 'Kiosk', phone: 'Phone', desk: 'Desk' };
const languages = new Intl.DisplayNames('en', { type: 'language' });

/** From where: `Kiosk lobby-1`. */
export const placeOf = ({ station }: Attention): string =>
  station ? [kinds[station.kind], station.deviceId, station.locationId].filter(Boolean).join(' · ') : 'Place not known';

/** In which language, in English. */
export const languageOf = ({ language }: Attention): string =>
  language === undefined ? 'Language not known' : (languages.of(language) ?? language);

/** What something that waits is, in a few words. */
export function titleOf({ kind, reason, priority, copyOf }: Attention): string {
  if (kind === 'help') return reason ? reasons[reason] : 'Wants a person';
  if (kind === 'walk-in') return priority === 'stat' ? 'Walk-in: says they may be in danger' : 'Walk-in';
  if (kind === 'alert') return 'Safety alert';
  if (kind === 'review') return priority === 'routine' ? 'Form to go through' : 'Form with a flagged answer';
  if (kind === 'copy') return `${copyOf?.way === 'email' ? 'Copy by e-mail' : 'Copy on paper'}: ${copyOf?.title}`;
  return 'To finish at the desk';
}

import type { Details, DetailName, DetailsConfirmation } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import type { PartEnd } from '../part.ts';
import type { Draft, Trouble } from './draft.ts';

/** Every detail, in the order in which it is shown. */
export const DETAILS = [
  'name',
  'birthDate',
  'preferredName',
  'address',
  'phone',
  'email',
  'emergencyContact',
  'language',
  'needs',
] as const satisfies readonly DetailName[];

/** What is changed at the desk only. */
export type AtDesk = 'name' | 'birthDate';

/** What a patient can change themselves. */
export type Changeable = Exclude<DetailName, AtDesk>;

/** What others who look at the screen should not read: shown only when asked for. */
export const PRIVATE: readonly DetailName[] = ['address', 'phone', 'email', 'emergencyContact'];

/** Whether only the desk can change it. */
export const isAtDesk = (name: DetailName): name is AtDesk => name === 'name' || name === 'birthDate';

/** New values, as they go to the clinic. */
export type Changes = DetailsConfirmation['changed'];

/** What the patient says about the details. Kept through every failure. */
export interface Said {
  readonly changed: Changes;
  readonly removed: readonly Changeable[];
  /** What they say is wrong, and only the desk can put right. */
  readonly doubted: readonly AtDesk[];
}

/** A field of a detail that the clinic could not accept. */
export interface Refused extends Trouble {
  readonly name: Changeable;
}

/** What is looked at. */
export interface Looking {
  readonly known: Details;
  readonly said: Said;
  /** Whether the private details are shown in full. */
  readonly shown: boolean;
  /** What the clinic has changed since the patient first looked; nothing where they look for the first time. */
  readonly moved: readonly DetailName[] | undefined;
  /** What the clinic could not accept. */
  readonly refused: readonly Refused[];
}

interface Reading {
  readonly step: 'reading';
  readonly said: Said;
  /** What was looked at before, where the clinic has changed it since. */
  readonly before?: Looking | undefined;
}

interface Editing extends Looking {
  readonly step: 'editing';
  readonly draft: Draft;
  readonly troubles: readonly Trouble[];
}

interface Sending extends Looking {
  readonly step: 'sending';
  /** Made when the patient confirmed, so that trying again is the same write. */
  readonly key: string;
  readonly at: string;
}

/** What the patient is told when it is sent. */
export type Note = 'queued' | 'changes' | 'proposals' | 'desk';

/** How far it is. */
export type State =
  | Reading
  | ({ readonly step: 'looking' } & Looking)
  | Editing
  | Sending
  | { readonly step: 'told'; readonly notes: readonly Note[]; readonly end: PartEnd }
  | { readonly step: 'ended'; readonly end: PartEnd }
  | { readonly step: 'failed'; readonly error: ClinicError; readonly from: Reading | Sending };

/** A state at one step. */
export type In<S extends State['step']> = Extract<State, { step: S }>;

/** What a patient does, or a clinic answers. */
export type Action =
  | { readonly type: 'read'; readonly details: Details }
  | { readonly type: 'showed'; readonly shown: boolean }
  | { readonly type: 'doubted'; readonly name: AtDesk; readonly wrong: boolean }
  | { readonly type: 'opened'; readonly name: Changeable }
  | { readonly type: 'typed'; readonly words: Draft['words'] }
  | { readonly type: 'saved' }
  | { readonly type: 'removed' }
  | { readonly type: 'restored'; readonly name: Changeable }
  | { readonly type: 'went-back' }
  | { readonly type: 'confirmed'; readonly key: string; readonly at: string }
  | { readonly type: 'sent'; readonly key: string; readonly queued: boolean }
  | { readonly type: 'went-on' }
  | { readonly type: 'retried' };

/** What a detail is now: what the patient has said of it, else what the clinic knows. */
export function valueOf<N extends DetailName>({ known, said }: Looking, name: N): Details[N] | undefined {
  if (said.removed.includes(name as Changeable)) return undefined;
  return name in said.changed ? (said.changed[name as Changeable] as Details[N]) : known[name];
}

/** Whether the patient has changed it, or taken it out. */
export const isChanged = ({ changed, removed }: Said, name: DetailName): boolean =>
  name in changed || removed.includes(name as Changeable);

/** Whether there is something to see: an empty list is nothing. */
export const isThere = (value: unknown): boolean =>
  value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);

/** What of the details may be seen. */
export const seenOf = ({ withheld = [] }: Details): readonly DetailName[] =>
  DETAILS.filter((name) => !withheld.includes(name));

/** What is right: everything that was seen, but for what the patient has changed or called wrong. */
export const confirmedIn = ({ known, said }: Looking): readonly DetailName[] =>
  seenOf(known).filter(
    (name) => isThere(known[name]) && !isChanged(said, name) && !said.doubted.includes(name as AtDesk),
  );

/** Whether the patient has said that something is not right. */
export const hasChanges = ({ changed, removed }: Said): boolean =>
  Object.keys(changed).length > 0 || removed.length > 0;

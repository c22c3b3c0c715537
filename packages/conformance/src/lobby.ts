import type { Factor, Station } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { NotApplicable } from './assert.ts';
import type { World } from './world.ts';

/** What somebody can say to show who they are, and who that is. */
export interface Identity {
  readonly patientId: string;
  readonly claim: { readonly familyName: string; readonly birthDate: string };
  /** The code of a visit today. */
  readonly code: string;
  /** All that may be told before the second factor. */
  readonly initials: string;
  readonly factors: Readonly<Record<Factor, string>>;
}

/** One of twins, with all that they are called. */
export type Twin = Identity & { readonly givenNames: readonly string[] };

/** Somebody with visits today, by how the first of them stands when the case begins. */
export interface Visitors {
  readonly onTime: string;
  readonly early: string;
  readonly tooEarly: string;
  readonly late: string;
  readonly missed: string;
  /** Has a visit at another location than the kiosk's. */
  readonly elsewhere: string;
  /** Has several visits. */
  readonly several: string;
}

/** The lobby of the clinic: what a case must know beforehand, because no operation tells it. */
export interface Lobby {
  /** A kiosk that nobody has used yet: tries are counted by it. */
  readonly kiosk: () => Station & { readonly kind: 'kiosk'; readonly locationId: string };
  /** What the sign in the kiosk's lobby says. */
  readonly lobbyCode: string;
  /** The patient of the world. */
  readonly usual: Identity;
  /** Has accents, a hyphen and an apostrophe in the name; the spellings are of the family name. */
  readonly accented: Identity & { readonly spellings: readonly string[] };
  /** Had another family name. */
  readonly renamed: Identity & { readonly formerName: string };
  /** Two with one name, birthday, home and telephone; one of them goes by another name than the given one. */
  readonly twins: readonly [Twin, Twin];
  /** Is known, and has no visit today. */
  readonly notToday: Identity['claim'];
  readonly visitors: Visitors;
  /** A child, with a parent who sees all. */
  readonly child: Required<Acting> & { readonly code: string; readonly parent: { name: string; relationship: string } };
  /** Someone above the privacy age, whose visit today is private, with a parent. */
  readonly adolescent: Required<Acting>;
  /** Someone who says that they may act for a patient, which the clinic has no record of. */
  readonly stranger: Required<Acting>;
  /** A visit with an authorization among its documents that cannot be signed. */
  readonly incomplete: { readonly patientId: string; readonly appointmentId: string };
  /** A link that has not been used; each call gives another. */
  readonly reminder: () => {
    readonly token: string;
    readonly patientId: string;
    readonly appointmentId: string;
    readonly start: string;
  };
  /** A link that has run out. */
  readonly expiredToken: string;
}

/** The lobby, where the world has one. */
export function lobbyOf({ lobby }: World): Lobby {
  if (!lobby) throw new NotApplicable('Nothing is known of this clinic’s lobby.');
  return lobby;
}

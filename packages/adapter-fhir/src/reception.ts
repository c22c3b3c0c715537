import type { Reception, Setting } from './setting.ts';

type Settled = Required<Reception>;

/** How a clinic takes patients in that says nothing of it. */
const USUAL: Settled = {
  privacyAge: 12,
  privateVisitTypeIds: [],
  minutes: { tooEarly: 120, early: 30, late: 15, missed: 60 },
  mandatory: ['screening', 'details', 'forms', 'consents'],
  screeningFirst: false,
  proposes: false,
  lobbyCodes: [],
  tries: { device: 10, identity: 5, minutes: 15 },
  passMinutes: 240,
  deskOpen: false,
  goTo: '',
  language: '',
  translations: [],
  ways: [],
  waits: [],
};

/** How the clinic takes patients in: as the host says, or else as is usual. */
export const receptionOf = ({ options }: Pick<Setting, 'options'>): Settled => ({ ...USUAL, ...options.onServer });

/** Where to go when nobody comes, in every language that the host has it in. */
export function whereToGo(setting: Pick<Setting, 'options'>) {
  const { goTo, language, translations } = receptionOf(setting);
  return { goTo, ...(language && { language, translations }) };
}

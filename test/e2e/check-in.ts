import { expect, type Locator, type Page } from '@playwright/test';
import { messages as spanishConsents } from '../../packages/elements/src/check-in/consents/messages.es.ts';
import { messages as consents } from '../../packages/elements/src/check-in/consents/messages.ts';
import { messages as spanishDetails } from '../../packages/elements/src/check-in/details/messages.es.ts';
import { messages as details } from '../../packages/elements/src/check-in/details/messages.ts';
import { messages as spanishInsurance } from '../../packages/elements/src/check-in/insurance/messages.es.ts';
import { messages as insurance } from '../../packages/elements/src/check-in/insurance/messages.ts';
import { messages as spanishLeaving } from '../../packages/elements/src/check-in/leaving/messages.es.ts';
import { messages as leaving } from '../../packages/elements/src/check-in/leaving/messages.ts';
import { messages as spanish } from '../../packages/elements/src/check-in/messages.es.ts';
import { messages } from '../../packages/elements/src/check-in/messages.ts';
import { moreMessages } from '../../packages/elements/src/check-in/more-messages.ts';
import { messages as spanishPayment } from '../../packages/elements/src/check-in/payment/messages.es.ts';
import { messages as payment } from '../../packages/elements/src/check-in/payment/messages.ts';
import { messages as spanishPicker } from '../../packages/elements/src/scheduling/messages.es.ts';
import { messages as pickerWords } from '../../packages/elements/src/scheduling/messages.ts';
import { moreMessages as morePickerWords } from '../../packages/elements/src/scheduling/more-messages.ts';
import { languages as forms } from './forms.ts';
import { type Hand, mouse } from './hands.ts';

const picker = { ...pickerWords, ...morePickerWords };

/** All that the check-in says, by language. */
export const words = {
  en: {
    ...messages,
    ...moreMessages,
    details,
    insurance,
    consents,
    payment,
    checkOut: leaving,
    picker,
    form: forms.en,
  },
  es: {
    ...spanish,
    details: spanishDetails,
    insurance: spanishInsurance,
    consents: spanishConsents,
    payment: spanishPayment,
    checkOut: spanishLeaving,
    picker: spanishPicker,
    form: forms.es,
  },
} as const;
type Words = (typeof words)['en'];

/** Somebody with a visit today at Harbor Clinic. */
export interface Patient {
  readonly id: string;
  readonly appointmentId: string;
  readonly familyName: string;
  /** Year, month from 1 on, and day. */
  readonly birth: readonly [year: number, month: number, day: number];
  readonly phone: string;
  readonly givenName: string;
  readonly code: string;
}

export const rosa: Patient = {
  ...{ id: 'p-rosa', appointmentId: 'a-rosa-today', givenName: 'Rosa', familyName: 'Delgado' },
  ...{ birth: [1984, 6, 17], phone: '0123', code: 'RDE-4172' },
};
/** Her son. */
export const mateo: Patient = {
  ...{ id: 'p-mateo', appointmentId: 'a-mateo-today', givenName: 'Mateo', familyName: 'Delgado' },
  ...{ birth: [2017, 11, 3], phone: '0123', code: 'MDE-8214' },
};
export const samuel: Patient = {
  ...{ id: 'p-samuel', appointmentId: 'a-samuel-today', givenName: 'Samuel', familyName: 'Whitfield' },
  ...{ birth: [1951, 2, 28], phone: '0126', code: 'SWH-3905' },
};
/** Has missed the visit. */
export const bao: Patient = {
  ...{ id: 'p-bao', appointmentId: 'a-bao-today', givenName: 'Bao', familyName: 'Tran' },
  ...{ birth: [1995, 10, 25], phone: '0154', code: 'BAO-5518' },
};
/** Is hours too early. */
export const owen: Patient = {
  ...{ id: 'p-owen', appointmentId: 'a-owen-today', givenName: 'Owen', familyName: 'Hartley' },
  ...{ birth: [1947, 5, 2], phone: '0156', code: 'OHA-5060' },
};
/** Has a visit in another town. */
export const tomasz: Patient = {
  ...{ id: 'p-tomasz', appointmentId: 'a-tomasz-today', givenName: 'Tomasz', familyName: 'Zieliński' },
  ...{ birth: [1988, 1, 19], phone: '0151', code: 'TZI-6120' },
};

/** What a patient decides about each document, by the part of its title that tells it from the others. */
export type Decisions = readonly ('accept' | 'decline')[];

/** Who acts for the patient. */
interface Actor {
  readonly name: string;
  readonly relationship: string;
}

/** The check-in as a patient goes through it; each step ends where the next begins. */
export interface CheckIn {
  readonly page: Page;
  readonly text: Words;
  readonly widget: Locator;
  button(name: string | RegExp): Locator;
  heading(name: string | RegExp): Locator;
  field(name: string | RegExp): Locator;
  press(name: string | RegExp): Promise<void>;
  /** Touches the screen of the welcome, and says that they have come. */
  come(): Promise<void>;
  /** Types name and date of birth, and stops at the second question. */
  claim(patient: Patient, actor?: Actor): Promise<void>;
  /** Is recognized by name, birth and the telephone. */
  identify(patient: Patient, actor?: Actor): Promise<void>;
  /** From the list on: what comes first. */
  start(): Promise<void>;
  confirmDetails(phone?: string): Promise<void>;
  confirmInsurance(): Promise<void>;
  /** Fills in the intake with as little as it takes. */
  fillIn(): Promise<void>;
  decide(decisions: Decisions, sign?: () => Promise<void>): Promise<void>;
  typeName(): Promise<void>;
  cannotPay(): Promise<void>;
  /** Looks for times to book: the button names the day where this month has none left. */
  toFreeDay(): Promise<void>;
}

/** What of the intake has to be answered. */
const intake = {
  en: {
    reason: /^What brings you to us/,
    takes: /^Do you take any medicines/,
    allergic: /^Has a medicine, a food/,
  },
  es: {
    reason: /^¿Por qué viene a vernos/,
    takes: /^¿Toma medicinas/,
    allergic: /^¿Alguna vez una medicina/,
  },
} as const;

/** The check-in on a page, used by a hand. */
export function checkInOn(
  page: Page,
  { language = 'en', hand = mouse }: { language?: 'en' | 'es'; hand?: Hand } = {},
): CheckIn {
  const text: Words = words[language];
  const widget = page.locator('clinic-check-in');
  const named = (role: 'button' | 'heading' | 'textbox' | 'radio' | 'checkbox', name: string | RegExp) =>
    widget.getByRole(role, { name, exact: typeof name === 'string' });
  const button = (name: string | RegExp) => named('button', name);
  const heading = (name: string | RegExp) => widget.getByRole('heading', { level: 2, name });
  const press = (name: string | RegExp) => hand.press(button(name));
  const question = (name: RegExp) =>
    widget
      .getByRole('group', { name })
      .filter({ has: page.locator('legend') })
      .last();

  async function typeName(): Promise<void> {
    await hand.check(named('radio', text.consents.typing));
    await hand.write(named('textbox', text.consents.name), 'Rosa Delgado');
  }

  return {
    page,
    text,
    widget,
    button,
    heading,
    field: (name) => named('textbox', name),
    press,
    typeName,

    async come() {
      const begin = page.locator('#start .begin');
      if ((await begin.count()) > 0) await hand.press(begin);
      if (language === 'es') await hand.press(button('Español'));
      await press(text.coming);
      await expect(heading(text.who)).toBeFocused();
    },

    async claim({ familyName, birth: [year, number, day] }, actor) {
      await hand.write(named('textbox', text.familyName), familyName);
      await hand.write(named('textbox', text.month), `${number}`);
      await hand.write(named('textbox', text.day), `${day}`);
      await hand.write(named('textbox', text.year), `${year}`);
      if (actor) {
        await hand.check(named('checkbox', text.forOther));
        await hand.write(named('textbox', text.yourName), actor.name);
        await hand.write(named('textbox', text.relationship), actor.relationship);
      }
      await press(text.next);
      await expect(heading(text.challenge)).toBeFocused();
    },

    async identify(patient, actor) {
      await this.claim(patient, actor);
      await hand.write(named('textbox', text.factors['phone-last-four']), patient.phone);
      await press(text.next);
    },

    async start() {
      await expect(heading(text.list)).toBeFocused();
      await press(text.start);
    },

    async confirmDetails(phone) {
      await expect(heading(text.details.title)).toBeFocused();
      if (phone === undefined) return press(text.details.confirm);
      await press(`${text.details.change} ${text.details.names.phone}`);
      // Somebody who acts for the patient is asked in other words.
      await expect(heading(text.details.editing.phone).or(heading(text.details.names.phone))).toBeFocused();
      await hand.write(named('textbox', text.details.names.phone), phone);
      await press(text.details.save);
      await expect(heading(text.details.title)).toBeFocused();
      await press(text.details.confirmRest);
      await expect(heading(text.details.toldTitle)).toBeFocused();
      await press(text.details.goOn);
    },

    async confirmInsurance() {
      await expect(heading(text.insurance.title)).toBeFocused();
      await press(text.insurance.confirm);
    },

    async fillIn() {
      const asks = intake[language];
      const next = async () => {
        const before = await widget.getByRole('heading', { level: 2 }).innerText();
        await press(text.form.next);
        await expect(heading(before)).toHaveCount(0);
      };
      await next();
      await hand.write(named('textbox', asks.reason), 'My left knee hurts.');
      await next();
      await hand.check(question(asks.takes).getByRole('radio', { name: text.form.no }));
      await next();
      await hand.check(question(asks.allergic).getByRole('radio', { name: text.form.no }));
      while (!(await heading(text.form.review).isVisible())) await next();
      await press(text.form.send);
      await expect(heading(text.form.sent)).toBeFocused();
      await press(text.form.next);
    },

    async decide(decisions, sign = typeName) {
      const { agree, decline } = text.consents;
      const either = (all: object) => new RegExp(`^(${Object.values(all).join('|')})$`);
      for (const [index, decision] of decisions.entries()) {
        await expect(heading(text.consents.document(index + 1, decisions.length))).toBeFocused();
        await press(either(decision === 'accept' ? agree : decline));
        if (decision === 'decline') continue;
        await expect(heading(text.consents.signature)).toBeFocused();
        await sign();
        await hand.check(named('radio', text.consents.copies.paper));
        await press(text.consents.sign);
      }
      await expect(heading(text.consents.done)).toBeFocused();
      await press(text.consents.goOn);
    },

    async cannotPay() {
      await expect(heading(text.payment.title)).toBeFocused();
      await press(text.payment.cannotPay);
    },

    toFreeDay: () => press(new RegExp(`^(${text.picker.first}|${text.picker.nextFree('')})`)),
  };
}

/** Opens the kiosk, which shows its welcome. */
export async function openKiosk(
  page: Page,
  {
    device = 'lobby-1',
    idle = 60_000,
    ...use
  }: { device?: string; idle?: number } & Parameters<typeof checkInOn>[1] = {},
): Promise<CheckIn> {
  await page.goto(`/kiosk.html?device=${device}&idle=${idle}`);
  await expect(page.locator('body[data-step=start]')).toHaveCount(1);
  return checkInOn(page, use);
}

/** Opens the check-in on the patient's own phone. */
export async function openPhone(
  page: Page,
  query = '?clinic=harbor',
  use: Parameters<typeof checkInOn>[1] = {},
): Promise<CheckIn> {
  await page.goto(`/check-in.html${query}`);
  return checkInOn(page, use);
}

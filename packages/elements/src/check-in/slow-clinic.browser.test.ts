import { memoryAdapter, type Seed } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter, Form, OperationName } from '@clinic-widgets/core';
import { type Call, operationNames } from '@clinic-widgets/core/adapter.js';
import { expect, fixture, html } from '@open-wc/testing';
import type { ByRoleMatcher } from '@testing-library/dom';
import { screen, until } from '../../test/screen.ts';
import { messages as englishForms } from '../forms/messages.ts';
import { messages as spanishForms } from '../forms/messages.es.ts';
import { moreMessages as moreForms } from '../forms/more-messages.ts';
import type { ClinicCheckIn } from './check-in.ts';
import { messages as spanishConsents } from './consents/messages.es.ts';
import { messages as consents } from './consents/messages.ts';
import './define.ts';
import { messages as spanishDetails } from './details/messages.es.ts';
import { messages as details } from './details/messages.ts';
import { messages as spanishInsurance } from './insurance/messages.es.ts';
import { messages as insurance } from './insurance/messages.ts';
import { messages as spanishLeaving } from './leaving/messages.es.ts';
import { messages as leaving } from './leaving/messages.ts';
import { messages as spanish } from './messages.es.ts';
import { type Messages, messages } from './messages.ts';
import { moreMessages } from './more-messages.ts';
import { messages as spanishPayment } from './payment/messages.es.ts';
import { messages as payment } from './payment/messages.ts';
import { messages as spanishProgram } from './program/messages.es.ts';
import { messages as program } from './program/messages.ts';

const english: Messages = { ...messages, ...moreMessages };
const words = {
  en: {
    ...english,
    ...{ details, insurance, consents, payment, checkOut: leaving, joining: program },
    form: { ...englishForms, ...moreForms },
  },
  es: {
    ...spanish,
    ...{ details: spanishDetails, insurance: spanishInsurance, consents: spanishConsents, payment: spanishPayment },
    ...{ checkOut: spanishLeaving, joining: spanishProgram, form: spanishForms },
  },
};

/** Rosa's visit is at 7:20. */
const now = () => '2026-03-02T07:05:00-05:00';
const harbor = harborClinic({ now: '2026-03-02T07:00:00-05:00' });
const form: Omit<Form, 'version' | 'language'> = {
  id: 'short',
  title: 'A few questions',
  purpose: 'intake',
  items: [{ linkId: 'name', type: 'string', text: 'What should we call you?', required: true }],
};
/** One that a visit asks for, and one of a program. */
const DOCUMENTS = ['authorization-care-partner', 'authorization-glucose'];
const seed: Seed = {
  ...harbor,
  forms: [{ id: form.id, words: { en: form } }],
  visitForms: [{ visitTypeId: 'check-up', formIds: [form.id] }],
  consentDocuments: harbor.consentDocuments.filter(({ id }) => DOCUMENTS.includes(id)),
};
const rosa = harbor.patients.find(({ id }) => id === 'p-rosa')!;
const code = harbor.appointments.find(
  ({ patientId, checkInCode }) => patientId === rosa.id && checkInCode,
)!.checkInCode!;
/** Rosa has been seen, owes nothing, and is to come for nothing else. */
const seen: Partial<Seed> = {
  appointments: harbor.appointments.map((one) =>
    one.id === 'a-rosa-today' ? { ...one, status: 'checked-in' as const } : one,
  ),
  charges: [],
  orders: [],
};

/** A clinic that answers nothing before it is let, but for a call, and for what is asked again and again. */
function slowClinic(changes: Partial<Seed> = {}) {
  const inner: ClinicAdapter = memoryAdapter({ ...seed, ...changes }, { now });
  const asked: OperationName[] = [];
  const waiting: (() => void)[] = [];
  const hold = (name: OperationName): Call => {
    const call: Call = async (input, options) => {
      asked.push(name);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return (inner[name] as Call)(input, options);
    };
    return call;
  };
  const held = Object.fromEntries(operationNames.map((name) => [name, hold(name)])) as unknown as ClinicAdapter;
  const adapter: ClinicAdapter = {
    ...held,
    getVisitProgress: inner.getVisitProgress,
    describeDesk: inner.describeDesk,
    async askForHelp(...request) {
      return { ...(await inner.askForHelp(...request)), state: 'acknowledged' };
    },
  };
  return { adapter, asked, answer: () => waiting.splice(0).forEach((resolve) => resolve()) };
}

const find = (role: ByRoleMatcher, name: string | RegExp) => screen.findByShadowRole(role, { name });
const press = async (name: string | RegExp) => (await find('button', name)).click();

async function write(label: string | RegExp, typed: string): Promise<void> {
  const field = await screen.findByShadowLabelText<HTMLInputElement>(label);
  field.value = typed;
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  field.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
}

/** Opens the check-in at a clinic that is slow. What it is asked is looked at in its turn, by `waits`. */
async function open({
  language = 'en',
  changes,
  ...host
}: { language?: 'en' | 'es'; changes?: Partial<Seed> } & Partial<Pick<ClinicCheckIn, 'reminder'>> = {}) {
  const { adapter, asked, answer } = slowClinic(changes);
  const station = host.reminder ? { kind: 'phone' } : { kind: 'kiosk', deviceId: 'lobby-1', locationId: 'st-joseph' };
  const element = await fixture<ClinicCheckIn>(html`
    <clinic-check-in lang=${language} .adapter=${adapter} .station=${station} .now=${now} reminder=${host.reminder ?? ''}
    ></clinic-check-in>`);
  const page = element.shadowRoot!;
  const text = { ...words[language], ...(host.reminder && words[language].away) };
  const expected: OperationName[] = [];

  /** Looks at the page while it waits for the answers, and lets them come. */
  async function waits(status: string, ...operations: readonly OperationName[]): Promise<void> {
    expected.push(...operations);
    const last = operations.at(-1);
    await until(() => asked.length === expected.length, `${last} is asked`);
    await until(() => page.querySelector('[part=status]')!.textContent === status, `${last}: ${status}`);
    for (const button of page.querySelectorAll<HTMLElement>('button[aria-disabled=true]')) button.click();
    await press(text.help);
    await press(text.callPerson);
    await screen.findByShadowText(text.someoneComes, { selector: 'section p' });
    await press(text.close);
    await find('button', text.help);
    expect(asked).to.deep.equal(expected);
    answer();
  }

  await waits(text.opening, 'describeClinic');
  return { text, waits, page };
}

/** Rosa is known by the code of her reminder. */
async function identify({ text, waits }: Awaited<ReturnType<typeof open>>): Promise<void> {
  await press(text.byCode);
  await write(text.code, code);
  await press(text.next);
  await waits(text.looking, 'identify');
  await waits(text.looking, 'findVisits');
}

describe('clinic-check-in, while the clinic takes its time: it says what is going on, sends nothing twice, and calls a person', function () {
  this.timeout(60_000);

  for (const language of ['en', 'es'] as const) {
    it(`at each step of a visit: ${language}`, async () => {
      const { text, waits } = await open({ language });
      await press(text.coming);
      await write(text.familyName, 'Delgado');
      await write(text.month, '6');
      await write(text.day, '17');
      await write(text.year, '1984');
      await press(text.next);
      await waits(text.looking, 'identify');
      await write(text.factors['phone-last-four'], rosa.phone!.slice(-4));
      await press(text.next);
      await waits(text.looking, 'identify');
      await waits(text.looking, 'findVisits');
      await waits(text.arriving, 'arriveAtVisit');
      await press(text.start);
      await waits(text.details.reading, 'getDetails');
      await press(text.details.confirm);
      await waits(text.details.sending, 'confirmDetails');
      await waits(text.insurance.reading, 'findCoverages');
      await press(text.insurance.confirm);
      await waits(text.insurance.sending, 'confirmCoverages');
      await waits(text.form.opening, 'findForms');
      await waits(text.form.opening, 'getForm');
      await write(/^What should we call you/, 'Rosa');
      await press(text.form.send);
      await waits(text.form.sending, 'submitForm');
      await press(text.form.next);
      await waits(text.consents.finding, 'findConsents');
      await press(text.consents.decline.authorization);
      await waits(text.consents.saving, 'recordConsent');
      await press(text.consents.goOn);
      await waits(text.payment.reading, 'findCharges');
      await press(text.payment.cannotPay);
      await waits(text.payment.sending, 'choosePayment');
      await waits(text.finishing, 'checkIn');
      await find('heading', text.done);
      (await find('radio', text.callByOptions.person)).click();
      await screen.findByShadowText(text.sending, { selector: 'fieldset [role=status] p' });
    });
  }

  it('and keeps what is typed meanwhile, to ask with it next', async () => {
    const { text, waits } = await open();
    await press(text.coming);
    await press(text.byCode);
    await write(text.code, 'NONE-1');
    await press(text.next);
    await find('button', text.looking);
    await write(text.code, code);
    await waits(text.looking, 'identify');
    await screen.findByShadowText(text.unrecognized);
    await press(text.next);
    await waits(text.looking, 'identify');
    await waits(text.looking, 'findVisits');
  });

  it('when somebody leaves', async () => {
    const visit = await open({ changes: seen });
    const { text, waits } = visit;
    await press(text.leaving);
    await identify(visit);
    await waits(text.checkOut.reading, 'getVisitSummary', 'findOrders');
    await press(text.checkOut.goOn);
    await waits(text.payment.reading, 'findCharges');
    await press(text.checkOut.leave);
    await waits(text.checkOut.leaving, 'checkOut');
    await find('heading', text.goodbye);
  });

  it('when somebody joins a program', async () => {
    const visit = await open();
    const { text, waits, page } = visit;
    await press(text.program);
    await identify(visit);
    await waits(text.joining.finding, 'findPrograms');
    await press(/Steady Glucose/);
    await press(text.joining.start);
    await waits(text.consents.finding, 'findConsents');
    await press(text.consents.agree.authorization);
    (await find('radio', text.consents.typing)).click();
    await write(text.consents.name, 'Rosa Delgado');
    await press(text.consents.sign);
    const fields = () => [...page.querySelectorAll('input')];
    await until(() => fields().every((field) => field.matches(':disabled')), 'what is signed is not changed any more');
    await waits(text.consents.saving, 'recordConsent');
    await press(text.joining.send);
    await waits(text.joining.sending, 'findRecordedConsents');
    await waits(text.joining.sending, 'enrolInProgram');
    await waits(text.joining.finding, 'findPrograms');
    await screen.findByShadowText(text.joining.notes.sent);
  });

  it('when somebody has no appointment', async () => {
    const { text, waits, page } = await open();
    await press(text.walkIn);
    await press(text.no);
    await write(text.reason, 'A cough');
    await write(text.familyName, 'Ito');
    await press(text.send);
    await waits(text.sending, 'startWalkIn');
    await find('heading', text.takenIn);
    expect(page.querySelector('.ticket')).to.not.equal(null);
  });

  it('when somebody answers a reminder', async () => {
    const { text, waits } = await open({ reminder: harbor.reminders[0]!.token });
    await press(text.isComing);
    await waits(text.sending, 'respondToAppointment');
    await find('heading', text.thanks);
  });
});

import { down, refusing, type Seed, slow } from '@clinic-widgets/adapter-memory';
import type { OperationName } from '@clinic-widgets/core';
import type { Meta } from '@storybook/web-components-vite';
import {
  args,
  type Args,
  changingFirst,
  checkInAt,
  documentIn,
  identify,
  identifyFor,
  open,
  queueing,
  quickTerminal,
  refusingField,
  type Story,
  takingIn,
  type WithDocument,
  waitingTerminal,
  withDocuments,
  withStatus,
} from './check-in.ts';
import { allFree, clinicOf, harbor } from './clinics.ts';
import { checkingIn, filling, press as pick, see as seePicked } from './patient.ts';

const { press, see, write, tick, draw, details, insurance, consents, payment, leaving, program } = checkingIn;

export default {
  title: 'Check-in preparations',
  component: 'clinic-check-in',
  args,
  render: checkInAt(clinicOf),
} satisfies Meta<Args>;

/** As long as nobody waits, so that what is shown meanwhile can be looked at. */
const VERY_LONG = 600_000;

const slowTo = (...operations: readonly OperationName[]) => checkInAt(() => slow(clinicOf(), VERY_LONG, operations));
const lost = (...operations: readonly OperationName[]) => checkInAt(() => down(clinicOf(), operations));

/** What the clinic knows of the patient, filled in; how to reach them is hidden from who stands behind them. */
export const Details: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'details');
    await details.see(canvasElement, ({ hiddenNote }) => hiddenNote);
  },
};

/** What was hidden, opened by the patient. */
export const DetailsOpened: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'details');
    await details.press(canvasElement, ({ show }) => show);
    await details.see(canvasElement, ({ hide }) => hide);
  },
};

/** The name is wrong: only the desk can put that right. */
export const NameIsWrong: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'details');
    await details.press(canvasElement, ({ wrong }) => wrong);
    await details.see(canvasElement, ({ doubted }) => doubted);
  },
};

async function changeThePhone(canvas: HTMLElement): Promise<void> {
  await open(canvas, 'rosa', 'details');
  await tick(canvas, '#change-phone');
  await write(canvas, 'field-phone', '(269) 555-0177');
  await details.press(canvas, ({ save }) => save);
}

/** The address is put right, field by field, filled in with what is known. */
export const AddressEditor: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'details');
    await tick(canvasElement, '#change-address');
    await details.see(canvasElement, ({ fields }) => fields.postalCode);
  },
};

/** What is needed at the visit: an interpreter, help to move, more time. */
export const NeedsEditor: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await open(canvasElement, 'samuel', 'details');
    await tick(canvasElement, '#change-needs');
    await details.see(canvasElement, ({ fields }) => fields['more-time']);
  },
};

/** A number that is too short is pointed at. */
export const PhoneTooShort: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'details');
    await tick(canvasElement, '#change-phone');
    await write(canvasElement, 'field-phone', '555');
    await details.press(canvasElement, ({ save }) => save);
    await details.see(canvasElement, ({ troubles }) => troubles.phone);
  },
};

/** A change that has not been sent yet, and can be taken back. */
export const PhoneChanged: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await changeThePhone(canvasElement);
    await details.see(canvasElement, ({ undo }) => undo);
  },
};

/** The change has been passed on. */
export const ChangesSent: Story = {
  async play({ canvasElement }) {
    await changeThePhone(canvasElement);
    await details.press(canvasElement, ({ confirmRest }) => confirmRest);
    await details.see(canvasElement, ({ notes }) => notes.changes);
  },
};

/** The clinic changed the number meanwhile: both are shown to be looked at again, and nothing typed is lost. */
export const DetailsConflict: Story = {
  tags: ['step'],
  render: checkInAt(() => changingFirst(clinicOf())),
  async play({ canvasElement }) {
    await changeThePhone(canvasElement);
    await details.press(canvasElement, ({ confirmRest }) => confirmRest);
    await details.see(canvasElement, ({ moved }) => moved);
  },
};

/** The clinic does not accept the number, and does not say why: its field opens. */
export const DetailRefused: Story = {
  tags: ['step'],
  render: checkInAt(() =>
    refusingField(clinicOf(), 'confirmDetails', { path: ['changed', 'phone'], reason: 'unknown' }),
  ),
  async play({ canvasElement }) {
    await changeThePhone(canvasElement);
    await details.press(canvasElement, ({ confirmRest }) => confirmRest);
    await details.see(canvasElement, ({ troubles }) => troubles.refused);
  },
};

/** The number is too long for the clinic: its field opens with the reason. */
export const DetailTooLong: Story = {
  tags: ['step'],
  render: checkInAt(() =>
    refusingField(clinicOf(), 'confirmDetails', { path: ['changed', 'phone'], reason: 'too-long' }),
  ),
  async play({ canvasElement }) {
    await changeThePhone(canvasElement);
    await details.press(canvasElement, ({ confirmRest }) => confirmRest);
    await details.see(canvasElement, ({ troubles }) => troubles.long);
  },
};

/** A father does not see how to reach his daughter, who is old enough for that. */
export const WithheldFromARepresentative: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await identifyFor(canvasElement, 'zoe', 'Jun Kimball', 'father');
    await press(canvasElement, ({ preparations }) => preparations.details);
    await details.see(canvasElement, ({ withheld }) => withheld('|').split('|')[0]!);
  },
};

/** The details are on their way to the page. */
export const SlowToRead: Story = {
  tags: ['step'],
  render: slowTo('getDetails'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'details');
    await details.see(canvasElement, ({ reading }) => reading);
  },
};

/** What the patient confirmed is on its way, and cannot be sent a second time. */
export const SlowToConfirm: Story = {
  tags: ['step'],
  render: slowTo('confirmDetails'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'details');
    await details.press(canvasElement, ({ confirm }) => confirm);
    await details.see(canvasElement, ({ sending }) => sending);
  },
};

/** The details cannot be read. */
export const LostBeforeDetails: Story = {
  render: lost('getDetails'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'details');
    await details.see(canvasElement, ({ failures }) => failures.unavailable);
  },
};

/** The change may not have arrived: it is still there, and trying again does not send it twice. */
export const LostWithDetails: Story = {
  tags: ['step'],
  render: lost('confirmDetails'),
  async play({ canvasElement }) {
    await changeThePhone(canvasElement);
    await details.press(canvasElement, ({ confirmRest }) => confirmRest);
    await details.see(canvasElement, ({ uncertain }) => uncertain);
    await details.see(canvasElement, ({ nothingLost }) => nothingLost);
  },
};

/** The change waits on this device until the clinic can be reached. */
export const DetailsQueued: Story = {
  render: checkInAt(() => queueing(clinicOf(), 'confirmDetails')),
  async play({ canvasElement }) {
    await changeThePhone(canvasElement);
    await details.press(canvasElement, ({ confirmRest }) => confirmRest);
    await details.see(canvasElement, ({ notes }) => notes.queued);
  },
};

/** What pays for the visit, with no more than the end of each number. */
export const Insurance: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'insurance');
    await insurance.see(canvasElement, ({ first }) => first);
  },
};

/** The insurance is another one now: the desk sees to it. */
export const InsuranceChanged: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'insurance');
    await insurance.press(canvasElement, ({ changed }) => changed);
    await insurance.see(canvasElement, ({ toldChanged }) => toldChanged);
  },
};

/** The clinic knows of no insurance. */
export const NoInsuranceOnFile: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await open(canvasElement, 'kate', 'insurance');
    await insurance.see(canvasElement, ({ noneOnFile }) => noneOnFile);
  },
};

/** Somebody has no insurance, and can go on all the same. */
export const NotInsured: Story = {
  async play({ canvasElement }) {
    await open(canvasElement, 'kate', 'insurance');
    await insurance.press(canvasElement, ({ none }) => none);
    await insurance.see(canvasElement, ({ toldNone }) => toldNone);
  },
};

/** The answer about the insurance is on its way. */
export const SlowWithInsurance: Story = {
  render: slowTo('confirmCoverages'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'insurance');
    await insurance.press(canvasElement, ({ confirm }) => confirm);
    await insurance.see(canvasElement, ({ sending }) => sending);
  },
};

/** What insurance is on file cannot be read. */
export const LostBeforeInsurance: Story = {
  render: lost('findCoverages'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'insurance');
    await insurance.see(canvasElement, ({ failures }) => failures.unavailable);
  },
};

/** The network went while the insurance was confirmed. */
export const LostWithInsurance: Story = {
  render: lost('confirmCoverages'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'insurance');
    await insurance.press(canvasElement, ({ confirm }) => confirm);
    await insurance.see(canvasElement, ({ uncertain }) => uncertain);
  },
};

const documents = (...all: readonly WithDocument[]) => checkInAt(() => clinicOf(withDocuments(...all)));

/** Consent to treatment: in full, and no is as large and as near as yes. */
export const ConsentToTreatment: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'consents');
    await consents.see(canvasElement, ({ mandatory }) => mandatory);
  },
};

/** Who has said no to the treatment goes to the desk; nothing else is lost. */
export const TreatmentDeclined: Story = {
  tags: ['step'],
  render: documents('consent-to-treat'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'consents');
    await consents.press(canvasElement, ({ decline }) => decline.treatment);
    await consents.see(canvasElement, ({ blocked }) => blocked);
  },
};

/** A notice is received, not agreed to. */
export const PrivacyNotice: Story = {
  tags: ['step'],
  render: documents('privacy-notice'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'consents');
    await consents.see(canvasElement, ({ notice }) => notice);
  },
};

/** Not wanting to sign that is written down, and no more. */
export const NoticeNotSigned: Story = {
  render: documents('privacy-notice'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'consents');
    await consents.press(canvasElement, ({ decline }) => decline['privacy-notice']);
    await consents.see(canvasElement, ({ outcomes }) => outcomes['not-signed']);
  },
};

/** An authorization says what, to whom, what for and until when. */
export const Authorization: Story = {
  tags: ['step'],
  render: documents('authorization-care-partner'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'consents');
    await consents.see(canvasElement, ({ optional }) => optional);
  },
};

const inTwoLanguages = (english: string, spanish: string) => ({ en: english, es: spanish });
const ELEMENTS = {
  description: inTwoLanguages('Your list of medicines', 'Su lista de medicinas'),
  discloser: inTwoLanguages('Harbor Clinic', 'Harbor Clinic'),
  recipient: inTwoLanguages('Lakeshore Care Partners', 'Lakeshore Care Partners'),
  purpose: inTwoLanguages('To help you between visits', 'Para ayudarle entre las visitas'),
  expiration: inTwoLanguages('One year after the day of the signature', 'Un año después del día de la firma'),
  revocation: inTwoLanguages('Tell the front desk, at any time.', 'Dígalo en la recepción, en cualquier momento.'),
  conditioning: inTwoLanguages('You are treated all the same.', 'Le atienden igual.'),
  redisclosure: inTwoLanguages('Whoever has it may pass it on.', 'Quien la tenga puede pasarla a otros.'),
};

/** The text of an authorization does not say what the law wants said: it stands below the text. */
export const AuthorizationBesideItsText: Story = {
  tags: ['step'],
  render: documents({
    id: 'story',
    kind: 'authorization',
    mandatory: false,
    words: Object.fromEntries(
      (['en', 'es'] as const).map((language) => [
        language,
        {
          title: { en: 'Sharing your medicines', es: 'Compartir sus medicinas' }[language],
          text: { en: 'I agree to what is said below.', es: 'Estoy de acuerdo con lo que se dice abajo.' }[language],
          authorization: Object.fromEntries(Object.entries(ELEMENTS).map(([name, words]) => [name, words[language]])),
        },
      ]),
    ),
  }),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'consents');
    await consents.see(canvasElement, ({ beside }) => beside);
    await consents.see(canvasElement, ({ saying }) => saying.redisclosure);
  },
};

/** It is declined, and the visit goes on. */
export const AuthorizationDeclined: Story = {
  tags: ['step'],
  render: documents('authorization-care-partner'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'consents');
    await consents.press(canvasElement, ({ decline }) => decline.authorization);
    await consents.see(canvasElement, ({ outcomes }) => outcomes.declined);
  },
};

/** An authorization that lacks what it has to say cannot be signed. */
export const AuthorizationIncomplete: Story = {
  tags: ['step'],
  render: documents('authorization-research'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'consents');
    await consents.see(canvasElement, ({ incomplete }) => incomplete);
    await consents.see(canvasElement, ({ elements }) => elements.expiration);
  },
};

const bothLanguages = (kind: 'financial' | 'other', [english, spanish]: readonly [string, string], text: string) => {
  const document = documentIn('en', kind, english, text);
  return { ...document, words: { ...document.words, es: { title: spanish, text } } };
};

/** What the patient pays for, and what not. */
export const FinancialAgreement: Story = {
  render: documents(
    bothLanguages('financial', ['Who pays for what', 'Quién paga qué'], 'I pay what my insurance does not pay.'),
  ),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'consents');
    await consents.see(canvasElement, ({ agree }) => agree.financial);
  },
};

/** Any other document. */
export const OtherDocument: Story = {
  render: documents(bothLanguages('other', ['Photographs', 'Fotografías'], 'My picture may be taken for my record.')),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'consents');
    await consents.see(canvasElement, ({ agree }) => agree.other);
  },
};

/** A document that the clinic does not have in the patient's language: a person is offered. */
export const DocumentInAnotherLanguage: Story = {
  tags: ['step'],
  render: documents(
    documentIn('fr', 'treatment', 'Consentement aux soins', 'Je demande à la clinique de m’examiner et de me soigner.'),
  ),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'consents');
    await consents.press(canvasElement, ({ interpreter }) => interpreter);
    await see(canvasElement, ({ called }) => called);
  },
};

/** A neighbor can read it, and cannot sign for the patient. */
export const NoAuthorityToSign: Story = {
  tags: ['step'],
  render: documents('consent-to-treat'),
  async play({ canvasElement }) {
    await identifyFor(canvasElement, 'samuel', 'Walter Quinn', 'neighbor');
    await press(canvasElement, ({ preparations }) => preparations.consents);
    await consents.see(canvasElement, ({ noAuthority }) => noAuthority);
  },
};

async function agree(canvas: HTMLElement): Promise<void> {
  await open(canvas, 'rosa', 'consents');
  await consents.press(canvas, ({ agree }) => agree.treatment);
}

/** How to sign: both ways count the same. Neither is chosen for the patient. */
export const SignatureMissing: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await agree(canvasElement);
    await consents.press(canvasElement, ({ sign }) => sign);
    await consents.see(canvasElement, ({ troubles }) => troubles.way);
  },
};

/** Signed by typing the name. */
export const SignatureTyped: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await agree(canvasElement);
    await tick(canvasElement, '[name=way]', 0);
    await write(canvasElement, 'signature', 'Rosa Delgado');
  },
};

/** Signed by drawing. */
export const SignatureDrawn: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await agree(canvasElement);
    await tick(canvasElement, '[name=way]', 1);
    await consents.see(canvasElement, ({ sheetNote }) => sheetNote);
    await draw(canvasElement);
  },
};

/** All is decided, and a copy is on its way. */
export const ConsentsDecided: Story = {
  tags: ['step'],
  render: documents('consent-to-treat'),
  async play({ canvasElement }) {
    await agree(canvasElement);
    await tick(canvasElement, '[name=way]', 0);
    await write(canvasElement, 'signature', 'Rosa Delgado');
    await tick(canvasElement, '[name=copy]', 1);
    await consents.press(canvasElement, ({ sign }) => sign);
    await consents.see(canvasElement, ({ copied }) => copied.email);
  },
};

/** What was agreed to before, with a way to take it back. */
export const TakingBack: Story = {
  ...ConsentsDecided,
  async play(context) {
    const { canvasElement } = context;
    await ConsentsDecided.play!(context);
    await consents.press(canvasElement, ({ before }) => before);
    await consents.press(canvasElement, ({ takeBack }) => takeBack);
    await consents.see(canvasElement, ({ takeBackNote }) => takeBackNote);
  },
};

/** The signature is on its way. */
export const SlowWithConsent: Story = {
  render: slowTo('recordConsent'),
  async play({ canvasElement }) {
    await agree(canvasElement);
    await tick(canvasElement, '[name=way]', 0);
    await write(canvasElement, 'signature', 'Rosa Delgado');
    await consents.press(canvasElement, ({ sign }) => sign);
    await consents.see(canvasElement, ({ saving }) => saving);
  },
};

/** The documents cannot be fetched: they can be left to the desk. */
export const LostBeforeConsents: Story = {
  render: lost('findConsents'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'consents');
    await consents.see(canvasElement, ({ failures }) => failures.unavailable);
    await consents.see(canvasElement, ({ leave }) => leave);
  },
};

/** The decision may not have arrived: trying again is the same decision. */
export const LostWithConsent: Story = {
  render: lost('recordConsent'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'consents');
    await consents.press(canvasElement, ({ decline }) => decline.treatment);
    await consents.see(canvasElement, ({ uncertain }) => uncertain);
  },
};

/** What is due by the clinic's own word, and three ways that are equal. */
export const Payment: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'payment');
    await payment.see(canvasElement, ({ cannotPay }) => cannotPay);
  },
};

/** The choice is on its way, and no other can be made meanwhile. */
export const SlowWithPayment: Story = {
  render: slowTo('choosePayment'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'payment');
    await payment.press(canvasElement, ({ cannotPay }) => cannotPay);
    await payment.see(canvasElement, ({ sending }) => sending);
  },
};

/** What is due cannot be read. */
export const LostBeforePayment: Story = {
  render: lost('findCharges'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'payment');
    await payment.see(canvasElement, ({ failures }) => failures.unavailable);
  },
};

/** The choice may not have arrived: making it again is the same choice. */
export const LostWithPayment: Story = {
  render: lost('choosePayment'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'payment');
    await payment.press(canvasElement, ({ atDesk }) => atDesk);
    await payment.see(canvasElement, ({ uncertain }) => uncertain);
  },
};

const paying = async (canvas: HTMLElement) => {
  await open(canvas, 'rosa', 'payment');
  await payment.press(canvas, ({ payNow }) => payNow);
};

/** The page's terminal waits for a card; no number of it is ever asked for here. */
export const AtTheTerminal: Story = {
  tags: ['step'],
  render: checkInAt(clinicOf, { terminal: waitingTerminal }),
  async play({ canvasElement }) {
    await paying(canvasElement);
    await payment.see(canvasElement, ({ payingNote }) => payingNote);
  },
};

/** The terminal did not take the card. */
export const PaymentFailed: Story = {
  tags: ['step'],
  render: checkInAt(clinicOf, { terminal: quickTerminal({ failed: true }) }),
  async play({ canvasElement }) {
    await paying(canvasElement);
    await payment.see(canvasElement, ({ notices }) => notices.failed);
  },
};

/** There is no terminal here. */
export const NoTerminal: Story = {
  async play({ canvasElement }) {
    await paying(canvasElement);
    await payment.see(canvasElement, ({ notices }) => notices.unheard);
  },
};

/** It is paid. */
export const Paid: Story = {
  tags: ['step'],
  render: checkInAt(clinicOf, { terminal: quickTerminal({ reference: 'T-20391' }) }),
  async play({ canvasElement }) {
    await paying(canvasElement);
    await payment.see(canvasElement, ({ paidTitle }) => paidTitle);
  },
};

/** It is paid, and the clinic could not be told: nobody is to pay twice. */
export const PaidAndLost: Story = {
  tags: ['step'],
  render: checkInAt(() => down(clinicOf(), ['choosePayment']), { terminal: quickTerminal({ reference: 'T-20391' }) }),
  async play({ canvasElement }) {
    await paying(canvasElement);
    await payment.see(canvasElement, ({ paidUnsent }) => paidUnsent);
  },
};

/** The patient cannot pay today, and is not kept from the visit. */
export const CannotPay: Story = {
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'payment');
    await payment.press(canvasElement, ({ cannotPay }) => cannotPay);
    await details.see(canvasElement, ({ title }) => title);
  },
};

const afterTheVisit = () => clinicOf(withStatus('a-rosa-today', 'checked-in'));

/** After the visit: what to do now, and when to call. */
export const Leaving: Story = {
  tags: ['step'],
  render: checkInAt(afterTheVisit),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa', 'leaving');
    await leaving.see(canvasElement, ({ warning }) => warning);
  },
};

/** What the care team asked for, to be booked now or later. */
export const LeavingToBook: Story = {
  ...Leaving,
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa', 'leaving');
    await leaving.press(canvasElement, ({ goOn }) => goOn);
    await leaving.see(canvasElement, ({ nextNote }) => nextNote);
  },
};

/** Goes to the times of the first thing that was ordered. */
async function book(canvas: HTMLElement): Promise<void> {
  await identify(canvas, 'rosa', 'leaving');
  await leaving.press(
    canvas,
    ({ goOn }) => goOn,
    ({ book }) => book,
  );
}

/** The same, and to its first free time. */
async function chooseTime(canvas: HTMLElement): Promise<void> {
  await book(canvas);
  await pick(canvas, ({ first }) => first, 'slot');
}

/** The times for what was ordered, and the way back to the list. */
export const LeavingToChooseATime: Story = {
  ...Leaving,
  tags: ['step'],
  async play({ canvasElement }) {
    await book(canvasElement);
    await pick(canvasElement, ({ first }) => first);
    await seePicked(canvasElement, ({ parts }) => parts.morning);
    await leaving.see(canvasElement, ({ toList }) => toList);
  },
};

/** The time is kept while the patient decides. */
export const LeavingWithATimeKept: Story = {
  ...Leaving,
  tags: ['step'],
  async play({ canvasElement }) {
    await chooseTime(canvasElement);
    await seePicked(canvasElement, ({ held }) => held);
  },
};

/** It is booked. Nothing is saved or printed at a kiosk. */
export const LeavingBooked: Story = {
  ...Leaving,
  async play({ canvasElement }) {
    await chooseTime(canvasElement);
    await pick(canvasElement, ({ confirm }) => confirm);
    await seePicked(canvasElement, ({ booked }) => booked);
  },
};

/** The list says when it is booked for. */
export const LeavingWithATime: Story = {
  ...Leaving,
  tags: ['step'],
  async play({ canvasElement }) {
    await chooseTime(canvasElement);
    await pick(canvasElement, ({ confirm }) => confirm);
    await leaving.press(canvasElement, ({ toList }) => toList);
    await leaving.see(canvasElement, ({ bookedFor }) => bookedFor(''));
  },
};

/** What cannot be booked here, the desk books. */
export const LeavingToBookAtTheDesk: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await identify(canvasElement, 'samuel', 'leaving');
    await leaving.press(canvasElement, ({ goOn }) => goOn);
    await leaving.see(canvasElement, ({ deskBooks }) => deskBooks);
  },
};

/** The same while nobody is at the desk. */
export const LeavingToBookAtAClosedDesk: Story = {
  tags: ['step'],
  render: checkInAt(() => clinicOf(takingIn({ deskOpen: false }))),
  async play({ canvasElement }) {
    await identify(canvasElement, 'samuel', 'leaving');
    await leaving.press(canvasElement, ({ goOn }) => goOn);
    await leaving.see(canvasElement, ({ closed }) => closed.deskBooks);
  },
};

/** The clinic after Rosa's visit, for which nothing was ordered but this. */
const ordered = (order: Partial<Seed['orders'][number]>, changes: Partial<Seed> = {}) =>
  checkInAt(() =>
    clinicOf({
      ...withStatus('a-rosa-today', 'checked-in'),
      orders: [{ ...harbor.orders.find(({ patientId }) => patientId === 'p-rosa')!, ...order }],
      ...changes,
    }),
  );

const physiotherapy = { name: 'Physiotherapy for the right knee', visitTypeId: 'physiotherapy', visits: 8 };

/** A series of visits is fitted around the first one. */
export const LeavingToBookASeries: Story = {
  render: ordered(physiotherapy, allFree('physiotherapy')),
  async play({ canvasElement }) {
    await chooseTime(canvasElement);
    await seePicked(canvasElement, ({ bookVisits }) => bookVisits(8));
  },
};

/** The list says when each visit of the series is. */
export const LeavingWithASeries: Story = {
  ...LeavingToBookASeries,
  tags: ['step'],
  async play({ canvasElement }) {
    await chooseTime(canvasElement);
    await pick(canvasElement, ({ bookVisits }) => bookVisits(8));
    await seePicked(canvasElement, ({ seriesBooked }) => seriesBooked(8));
    await leaving.press(canvasElement, ({ toList }) => toList);
    await leaving.see(canvasElement, ({ bookedFor }) => bookedFor(''));
  },
};

/** No time suits the patient, who can wait for one that comes free. */
export const LeavingToWait: Story = {
  ...Leaving,
  async play({ canvasElement }) {
    await book(canvasElement);
    await pick(canvasElement, ({ noneSuits }) => noneSuits);
    await seePicked(canvasElement, ({ until }) => until);
    await leaving.see(canvasElement, ({ toList }) => toList);
  },
};

/** The list says that the patient waits, and that a time can still be booked. */
export const LeavingOnTheWaitingList: Story = {
  ...Leaving,
  tags: ['step'],
  async play({ canvasElement }) {
    await book(canvasElement);
    await pick(
      canvasElement,
      ({ noneSuits }) => noneSuits,
      ({ joinWaitlist }) => joinWaitlist,
    );
    await seePicked(canvasElement, ({ waiting }) => waiting);
    await leaving.press(canvasElement, ({ toList }) => toList);
    await leaving.see(canvasElement, ({ waitsUntil }) => waitsUntil('|').split('|')[0]!);
  },
};

/** What was ordered is asked about before times are shown. */
export const LeavingTriage: Story = {
  tags: ['step'],
  render: ordered({ name: 'Visit about the dizziness', visitTypeId: 'new-problem' }),
  async play({ canvasElement }) {
    await book(canvasElement);
    await tick(canvasElement, 'fieldset input');
    await leaving.see(canvasElement, ({ toList }) => toList);
  },
};

/** An answer is a sign of danger: staff are told, and nothing is booked. */
export const LeavingInAnEmergency: Story = {
  ...LeavingTriage,
  async play({ canvasElement }) {
    await book(canvasElement);
    await filling.chooseEach(canvasElement);
    await filling.press(canvasElement, ({ next }) => next);
    await filling.see(canvasElement, ({ alerted }) => alerted);
  },
};

/** Someone else was faster: the patient sees what is free now. */
export const TimeTakenWhileLeaving: Story = {
  render: checkInAt(() => refusing(clinicOf(), 'conflict', ['bookAppointment'])),
  async play({ canvasElement }) {
    await chooseTime(canvasElement);
    await pick(canvasElement, ({ confirm }) => confirm);
    await seePicked(canvasElement, ({ taken }) => taken);
  },
};

/** The booking is on its way, and leads nowhere else meanwhile. */
export const SlowToBook: Story = {
  render: slowTo('bookAppointment'),
  async play({ canvasElement }) {
    await chooseTime(canvasElement);
    await pick(canvasElement, ({ confirm }) => confirm);
    await seePicked(canvasElement, ({ booking }) => booking);
  },
};

/** The booking may not have arrived: trying again is the same booking. */
export const LostWithBooking: Story = {
  render: lost('bookAppointment'),
  async play({ canvasElement }) {
    await chooseTime(canvasElement);
    await pick(canvasElement, ({ confirm }) => confirm);
    await seePicked(canvasElement, ({ uncertain }) => uncertain);
  },
};

/** The times cannot be had: they are asked for again, or the patient goes back to the list. */
export const LostBeforeTimes: Story = {
  render: lost('findVisitTypes'),
  async play({ canvasElement }) {
    await book(canvasElement);
    await seePicked(canvasElement, ({ failures }) => failures.unavailable);
    await leaving.see(canvasElement, ({ toList }) => toList);
  },
};

/** What is due. */
export const LeavingDue: Story = {
  ...Leaving,
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa', 'leaving');
    await leaving.press(
      canvasElement,
      ({ goOn }) => goOn,
      ({ later }) => later,
    );
    await leaving.see(canvasElement, ({ askBill }) => askBill);
  },
};

/** Someone from the clinic looks into a question about a bill. */
export const LeavingWithAQuestion: Story = {
  ...Leaving,
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa', 'leaving');
    await leaving.press(
      canvasElement,
      ({ goOn }) => goOn,
      ({ later }) => later,
      ({ askBill }) => askBill,
    );
    await see(canvasElement, ({ billHint }) => billHint);
  },
};

async function leaveUnchecked(canvas: HTMLElement): Promise<void> {
  await identify(canvas, 'mateo', 'leaving');
  await leaving.press(
    canvas,
    ({ goOn }) => goOn,
    ({ later }) => later,
    ({ leave }) => leave,
  );
}

/** The visit was never checked in: the desk ends it. */
export const LeavingAtTheDesk: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await leaveUnchecked(canvasElement);
    await leaving.see(canvasElement, ({ deskNote }) => deskNote);
  },
};

/** The same while nobody is at the desk: where to go instead. */
export const LeavingAtAClosedDesk: Story = {
  tags: ['step'],
  render: checkInAt(() => clinicOf(takingIn({ deskOpen: false }))),
  async play({ canvasElement }) {
    await leaveUnchecked(canvasElement);
    await leaving.see(canvasElement, ({ closed }) => closed.desk);
    await see(canvasElement, ({ deskClosed }) => deskClosed('').trim());
  },
};

/** The last word. */
export const Goodbye: Story = {
  tags: ['step'],
  render: checkInAt(() => clinicOf(withStatus('a-maire-today', 'checked-in'))),
  async play({ canvasElement }) {
    await identify(canvasElement, 'maire', 'leaving');
    await leaving.press(
      canvasElement,
      ({ goOn }) => goOn,
      ({ leave }) => leave,
    );
    await see(canvasElement, ({ goodbye }) => goodbye);
  },
};

/** The visit could not be ended. */
export const LostWhileLeaving: Story = {
  render: checkInAt(() => down(clinicOf(withStatus('a-maire-today', 'checked-in')), ['checkOut'])),
  async play({ canvasElement }) {
    await identify(canvasElement, 'maire', 'leaving');
    await leaving.press(
      canvasElement,
      ({ goOn }) => goOn,
      ({ leave }) => leave,
    );
    await leaving.see(canvasElement, ({ uncertain }) => uncertain);
  },
};

/** Programs for a medicine or a device. */
export const Programs: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa', 'program');
    await program.see(canvasElement, ({ title }) => title);
  },
};

const chooseProgram = (place: number) => async (canvas: HTMLElement) => {
  await identify(canvas, 'rosa', 'program');
  await tick(canvas, '.programs button', place);
};

/** What a program takes, one thing after the other. */
export const ProgramStages: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await chooseProgram(0)(canvasElement);
    await program.see(canvasElement, ({ takesNote }) => takesNote);
  },
};

/** The insurance, for the program. */
export const ProgramInsurance: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await chooseProgram(0)(canvasElement);
    await program.press(canvasElement, ({ start }) => start);
    await insurance.see(canvasElement, ({ confirm }) => confirm);
  },
};

/** The medical history, for the program. */
export const ProgramHistory: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await chooseProgram(0)(canvasElement);
    await program.press(canvasElement, ({ start }) => start);
    await insurance.press(canvasElement, ({ confirm }) => confirm);
    await program.press(canvasElement, ({ goOn }) => goOn);
    await filling.see(canvasElement, ({ sample }) => sample);
  },
};

async function decideOnProgram(canvas: HTMLElement): Promise<void> {
  await chooseProgram(1)(canvas);
  await program.press(canvas, ({ start }) => start);
  await consents.see(canvas, ({ optional }) => optional);
}

/** The authorization, for the program. */
export const ProgramAuthorization: Story = {
  tags: ['step'],
  play: ({ canvasElement }) => decideOnProgram(canvasElement),
};

/** Without the authorization the program cannot take the patient; the visit goes on. */
export const ProgramDeclined: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await decideOnProgram(canvasElement);
    await consents.press(canvasElement, ({ decline }) => decline.authorization);
    await program.press(canvasElement, ({ goOn }) => goOn);
    await program.see(canvasElement, ({ incomplete }) => incomplete);
  },
};

async function signForProgram(canvas: HTMLElement): Promise<void> {
  await decideOnProgram(canvas);
  await consents.press(canvas, ({ agree }) => agree.authorization);
  await tick(canvas, '[name=way]', 0);
  await write(canvas, 'signature', 'Rosa Delgado');
  await consents.press(canvas, ({ sign }) => sign);
  await program.press(canvas, ({ send }) => send);
}

/** The request has been sent, and its state is kept. */
export const ProgramAsked: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await signForProgram(canvasElement);
    await program.see(canvasElement, ({ notes }) => notes.sent);
  },
};

/** The request could not be sent: nothing that was gathered is asked again. */
export const ProgramLost: Story = {
  render: lost('enrolInProgram'),
  async play({ canvasElement }) {
    await signForProgram(canvasElement);
    await program.see(canvasElement, ({ uncertain }) => uncertain);
  },
};

/** The clinic does not do this for the patient here. */
export const ProgramRefused: Story = {
  render: checkInAt(() => refusing(clinicOf(), 'forbidden', ['enrolInProgram'])),
  async play({ canvasElement }) {
    await signForProgram(canvasElement);
    await program.see(canvasElement, ({ failures }) => failures.forbidden);
  },
};

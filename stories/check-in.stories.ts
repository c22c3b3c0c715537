import { down, refusing, slow } from '@clinic-widgets/adapter-memory';
import type { ClinicAdapter, FormItem, OperationName } from '@clinic-widgets/core';
import type { Meta } from '@storybook/web-components-vite';
import {
  args,
  type Args,
  calling,
  cancellingFirst,
  checkedInBefore,
  checkingInFirst,
  checkInAt,
  claim,
  identify,
  onPhone,
  open,
  refusingField,
  type Story,
  takingIn,
  wantingForms,
  withDocuments,
  withoutVisits,
} from './check-in.ts';
import { clinicOf } from './clinics.ts';
import { withForm } from './forms.ts';
import { checkingIn, filling } from './patient.ts';

const { press, see, write, tick } = checkingIn;

export default {
  title: 'Check-in',
  component: 'clinic-check-in',
  args,
  render: checkInAt(clinicOf),
} satisfies Meta<Args>;

/** As long as nobody waits, so that what is shown meanwhile can be looked at. */
const VERY_LONG = 600_000;

const slowTo = (...operations: readonly OperationName[]) => checkInAt(() => slow(clinicOf(), VERY_LONG, operations));
const lost = (...operations: readonly OperationName[]) => checkInAt(() => down(clinicOf(), operations));

/** The first screen: the language, what makes it easier, and what the patient came for. */
export const Welcome: Story = {
  tags: ['step'],
  play: ({ canvasElement }) => see(canvasElement, ({ purpose }) => purpose),
};

/** Each language is called by its own name, in its own script. */
export const SeveralLanguages: Story = {
  tags: ['step'],
  args: { languages: ['en', 'es', 'vi', 'zh-Hans', 'ar', 'so', 'ht', 'ru'] },
  play: ({ canvasElement }) => see(canvasElement, () => 'Tiếng Việt'),
};

/** Somebody chose the other language: all that follows is in it. */
export const AnotherLanguage: Story = {
  async play({ canvasElement }) {
    await tick(canvasElement, 'button.language', 1);
    await see(canvasElement, () => '¿Qué quiere hacer?');
  },
};

/** The words are as large as they can be, also on a narrow screen. */
export const LargestText: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await press(canvasElement, ({ textSizes }) => textSizes.largest);
    await open(canvasElement, 'rosa', 'details');
    await checkingIn.details.see(canvasElement, ({ intro }) => intro);
  },
};

/** The colors are as strong as the browser has them. */
export const StrongerColors: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await press(
      canvasElement,
      ({ contrast }) => contrast,
      ({ moreTime }) => moreTime,
    );
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ list }) => list);
  },
};

/** By family name and date of birth. */
export const ByName: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await press(canvasElement, ({ coming }) => coming);
    await see(canvasElement, ({ familyName }) => familyName);
  },
};

/** By the code that the reminder has. */
export const ByCode: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await press(
      canvasElement,
      ({ coming }) => coming,
      ({ byCode }) => byCode,
    );
    await see(canvasElement, ({ codeHint }) => codeHint);
  },
};

/** What is missing is said at its field. */
export const FieldsMissing: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await press(canvasElement, ({ coming }) => coming);
    await tick(canvasElement, '[type=checkbox]');
    await press(canvasElement, ({ next }) => next);
    await see(canvasElement, ({ missing }) => missing.familyName);
    await see(canvasElement, ({ missing }) => missing.birthDate);
    await see(canvasElement, ({ missing }) => missing.relationship);
  },
};

/** What the clinic refuses of what was typed is said at its field. */
export const FieldRefused: Story = {
  tags: ['step'],
  render: checkInAt(() => refusingField(clinicOf(), 'identify', { path: ['claim', 'code'], reason: 'unknown' })),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ refused }) => refused);
  },
};

/** A mother checks in her son. */
export const ForSomeoneElse: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await press(canvasElement, ({ coming }) => coming);
    await tick(canvasElement, '[type=checkbox]');
    await write(canvasElement, 'own-name', 'Rosa Delgado');
    await write(canvasElement, 'relationship', 'mother');
    await see(canvasElement, ({ forOtherNote }) => forOtherNote);
  },
};

/** The clinic takes its time to find the patient. */
export const Looking: Story = {
  tags: ['step'],
  render: slowTo('identify'),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ looking }) => looking);
  },
};

const claimNobody = (canvas: HTMLElement) => claim(canvas, 'Nobody', ['1970', '01', '31']);

/** What was typed fits nobody who comes today; it says no more than that, and has a way on. */
export const Unrecognized: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await press(canvasElement, ({ coming }) => coming);
    await claimNobody(canvasElement);
    await see(canvasElement, ({ unrecognized }) => unrecognized);
  },
};

/** After two tries that did not work a person is offered unasked. */
export const UnrecognizedTwice: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await press(canvasElement, ({ coming }) => coming);
    await claimNobody(canvasElement);
    await see(canvasElement, ({ unrecognized }) => unrecognized);
    await press(canvasElement, ({ next }) => next);
    await see(canvasElement, ({ helpOffer }) => helpOffer);
  },
};

/** After too many tries nobody can go on guessing; the desk can still be reached. */
export const TooManyTries: Story = {
  tags: ['step'],
  render: checkInAt(() => clinicOf(takingIn({ tries: { device: 1, identity: 1, minutes: 15 } }))),
  async play({ canvasElement }) {
    await press(canvasElement, ({ coming }) => coming);
    await claimNobody(canvasElement);
    await see(canvasElement, ({ unrecognized }) => unrecognized);
    await press(canvasElement, ({ next }) => next);
    await see(canvasElement, ({ tooManyTries }) => tooManyTries);
  },
};

async function claimRosa(canvas: HTMLElement): Promise<void> {
  await press(canvas, ({ coming }) => coming);
  await claim(canvas, 'Delgado', ['1984', '06', '17']);
}

/** Until it is certain who it is, only initials and a time are shown, and the end of the telephone number is asked for. */
export const LastDigits: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await claimRosa(canvasElement);
    await see(canvasElement, ({ challenge }) => challenge);
  },
};

/** Who has another number now can say where they live. */
export const ZipCode: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await claimRosa(canvasElement);
    await press(
      canvasElement,
      ({ factors }) => factors['postal-code'],
      ({ next }) => next,
    );
    await see(canvasElement, ({ missing }) => missing.value);
  },
};

/** Twins have one birthday, one home and one number: only the first name tells who it is. */
export const TwinsFirstName: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await press(canvasElement, ({ coming }) => coming);
    await claim(canvasElement, 'Abrams', ['2019', '05', '14']);
    await see(canvasElement, ({ factors }) => factors['given-name']);
  },
};

/** Where something goes wrong with the answer to the second question only. */
const atTheAnswer = (changed: (adapter: ClinicAdapter) => ClinicAdapter) =>
  checkInAt(() => {
    const adapter = clinicOf();
    const other = changed(adapter);
    return {
      ...adapter,
      identify: (request, options) => ('challengeId' in request.claim ? other : adapter).identify(request, options),
    };
  });

async function answerAsRosa(canvas: HTMLElement): Promise<void> {
  await claimRosa(canvas);
  await write(canvas, 'factor', '0123');
  await press(canvas, ({ next }) => next);
}

/** The clinic takes its time to compare the answer. */
export const LookingAtTheAnswer: Story = {
  render: atTheAnswer((adapter) => slow(adapter, VERY_LONG, ['identify'])),
  async play({ canvasElement }) {
    await answerAsRosa(canvasElement);
    await see(canvasElement, ({ looking }) => looking);
  },
};

/** The network went with the answer, which is still there. */
export const LostWithTheAnswer: Story = {
  render: atTheAnswer((adapter) => down(adapter, ['identify'])),
  async play({ canvasElement }) {
    await answerAsRosa(canvasElement);
    await see(canvasElement, ({ failures }) => failures.unavailable);
    await press(canvasElement, ({ back }) => back);
    await see(canvasElement, ({ challenge }) => challenge);
  },
};

/** The answer is not the one that the clinic has: it is as if nobody had been found. */
export const WrongAnswer: Story = {
  async play({ canvasElement }) {
    await claimRosa(canvasElement);
    await write(canvasElement, 'factor', '9999');
    await press(canvasElement, ({ next }) => next);
    await see(canvasElement, ({ unrecognized }) => unrecognized);
  },
};

/** Three visits on one day. */
export const SeveralVisits: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await identify(canvasElement, 'ines');
    await see(canvasElement, ({ visits }) => visits);
  },
};

/** What the visit needs, and how far it is. */
export const CheckList: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ list }) => list);
  },
};

/** One thing is done, one is left to the desk, the others are open. */
export const CheckListBegun: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'details');
    await checkingIn.details.press(canvasElement, ({ confirm }) => confirm);
    await checkingIn.insurance.see(canvasElement, ({ title }) => title);
    await press(
      canvasElement,
      ({ skip }) => skip,
      ({ toList }) => toList,
    );
    await see(canvasElement, ({ states }) => states['at-desk']);
  },
};

/** Too early is fine, as long as it is not by hours. */
export const Early: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await identify(canvasElement, 'samuel');
    await see(canvasElement, ({ early }) => early);
  },
};

/** A little late is not too late. */
export const Late: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await identify(canvasElement, 'gloria');
    await see(canvasElement, ({ late }) => late);
  },
};

/** Hours before the visit nobody is checked in yet; the desk finds a way. */
export const TooEarly: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await identify(canvasElement, 'owen');
    await see(canvasElement, ({ deskReasons }) => deskReasons['too-early']);
  },
};

/** The time of the visit is over. */
export const Missed: Story = {
  async play({ canvasElement }) {
    await identify(canvasElement, 'bao');
    await see(canvasElement, ({ deskReasons }) => deskReasons.missed);
  },
};

/** The visit is at the clinic's other place, with the way there. */
export const WrongPlace: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await identify(canvasElement, 'tomasz');
    await see(canvasElement, ({ deskReasons }) => deskReasons.elsewhere);
  },
};

/** The clinic knows who it is, and has no visit for them here. */
export const NoVisit: Story = {
  render: checkInAt(() => withoutVisits(clinicOf())),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ deskReasons }) => deskReasons['no-visit']);
  },
};

/** The visit was cancelled while the patient stood at the kiosk. */
export const CancelledMeanwhile: Story = {
  render: checkInAt(() => cancellingFirst(clinicOf())),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ deskReasons }) => deskReasons.changed);
  },
};

/** On a phone: at home, or at the clinic by the code on the sign in the lobby. */
export const AtHome: Story = {
  ...onPhone,
  tags: ['step'],
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ lobbyCode }) => lobbyCode);
  },
};

/** The code of the lobby shows that the patient is there. */
export const InTheLobby: Story = {
  ...AtHome,
  tags: [],
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await write(canvasElement, 'lobby-code', 'LAKE-210');
    await press(canvasElement, ({ iAmHere }) => iAmHere);
    await see(canvasElement, ({ list }) => list);
  },
};

/** The code is missing: the field says where to find it. */
export const NoLobbyCode: Story = {
  ...AtHome,
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await press(canvasElement, ({ iAmHere }) => iAmHere);
    await see(canvasElement, ({ lobbyTroubles }) => lobbyTroubles.missing);
  },
};

/** The code is that of another sign, or none: the patient can write it again. */
export const WrongLobbyCode: Story = {
  ...AtHome,
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await write(canvasElement, 'lobby-code', 'NONE-1');
    await press(canvasElement, ({ iAmHere }) => iAmHere);
    await see(canvasElement, ({ lobbyTroubles }) => lobbyTroubles.wrong);
  },
};

const NAME: FormItem = { linkId: 'name', type: 'string', text: 'What should we call you?', required: true };
const oneForm = () => clinicOf({ ...withForm([NAME]), ...wantingForms('story') });

/** A form, as it is filled in anywhere else. */
export const FormToFillIn: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'forms');
    await filling.see(canvasElement, ({ sample }) => sample);
  },
};

/** A form is sent: on to what comes next. */
export const FormSent: Story = {
  tags: ['step'],
  render: checkInAt(oneForm),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'forms');
    await filling.write(canvasElement, 'What should we call you?', 'Rosa');
    await press(canvasElement, 'primary');
    await filling.see(canvasElement, ({ sentNote }) => sentNote);
  },
};

const screening = () => clinicOf({ ...takingIn({ screeningFirst: true }), ...wantingForms('triage-new-problem') });

/** Questions of safety come before all else, above all before anybody is asked who pays. */
export const ScreeningFirst: Story = {
  tags: ['step'],
  render: checkInAt(screening),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ preparations }) => preparations.screening);
    await press(canvasElement, ({ start }) => start);
    await filling.see(canvasElement, ({ sample }) => sample);
  },
};

/** An answer is a sign of danger: staff are told, and the patient tells them too. */
export const ScreeningDanger: Story = {
  tags: ['step'],
  render: checkInAt(screening),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'screening');
    await filling.chooseEach(canvasElement);
    await press(canvasElement, 'primary');
    await filling.see(canvasElement, ({ alerted }) => alerted);
  },
};

/** Nobody is known any more by the time of the answer: staff have not heard of it, and can still be told by a call. */
export const ScreeningDangerUnheard: Story = {
  tags: ['step'],
  render: checkInAt(() => refusing(screening(), 'unauthenticated', ['raiseAlert'])),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'screening');
    await filling.chooseEach(canvasElement);
    await press(canvasElement, 'primary');
    await see(canvasElement, ({ notReached }) => notReached);
    await see(canvasElement, ({ signedOut }) => signedOut);
  },
};

/** Only consents are needed here, so that the walk to the end is short. */
const short = () => clinicOf({ ...takingIn({ mandatory: ['details'] }), ...withDocuments() });

async function checkInShortly(canvas: HTMLElement): Promise<void> {
  await open(canvas, 'maire', 'details');
  await checkingIn.details.press(canvas, ({ confirm }) => confirm);
  await checkingIn.insurance.press(
    canvas,
    ({ none }) => none,
    ({ goOn }) => goOn,
  );
}

/** Checked in: the number, where to go, how long it may take, and how to be called. */
export const Done: Story = {
  tags: ['step'],
  render: checkInAt(short),
  async play({ canvasElement }) {
    await checkInShortly(canvasElement);
    await see(canvasElement, ({ done }) => done);
    await see(canvasElement, ({ wait }) => wait('|', '').split('|')[0]!);
  },
};

const late = (more = {}) => clinicOf({ ...takingIn({ mandatory: [], ...more }) });

/** Somebody comes back to the kiosk, and sees their number and the way, with a picture of it. */
export const AlreadyCheckedIn: Story = {
  tags: ['step'],
  render: checkInAt(() => checkedInBefore(late())),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ ticketNote }) => ticketNote);
  },
};

/** The same patient was checked in at another kiosk in the meantime: that is a success, with the one number. */
export const CheckedInAtAnotherKiosk: Story = {
  render: checkInAt(() => checkingInFirst(short())),
  async play({ canvasElement }) {
    await checkInShortly(canvasElement);
    await see(canvasElement, ({ done }) => done);
    await see(canvasElement, ({ ticketNote }) => ticketNote);
  },
};

/** Nobody can say how long it will take. */
export const WaitUnknown: Story = {
  render: checkInAt(() => checkedInBefore(late({ waits: [] }))),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ waitUnknown }) => waitUnknown);
  },
};

/** The clinic cannot be asked whose turn it is: it is asked again, quietly, and the way stays in sight. */
export const TurnUnknown: Story = {
  render: checkInAt(() => down(checkedInBefore(late()), ['getVisitProgress'])),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ where }) => where);
  },
};

/** The patient wants to be fetched. */
export const FetchedByAPerson: Story = {
  render: checkInAt(() => checkedInBefore(late())),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await tick(canvasElement, '[name=call-by]', 2);
    await see(canvasElement, ({ callByTold }) => callByTold);
  },
};

/** The patient wants to be fetched, and nobody could be told. */
export const FetchedByNobody: Story = {
  render: checkInAt(() => down(checkedInBefore(late()), ['chooseCallBy'])),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await tick(canvasElement, '[name=call-by]', 2);
    await see(canvasElement, ({ callByLost }) => callByLost);
  },
};

/** Nobody is known here any more while they wait: it says where their turn is known. */
export const TurnNotShown: Story = {
  render: checkInAt(() => refusing(checkedInBefore(late()), 'unauthenticated', ['getVisitProgress'])),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ notShown }) => notShown);
  },
};

/** How it goes on cannot be had for a while. */
export const TurnNotUpToDate: Story = {
  tags: ['step'],
  render: checkInAt(() => down(checkedInBefore(late()), ['getVisitProgress'])),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ notUpToDate }) => notUpToDate);
  },
};

/** It is the patient's turn. */
export const Called: Story = {
  tags: ['step'],
  render: checkInAt(() => calling('called', 'Room 4')(late())),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ progress }) => progress.called('Room 4'));
  },
};

/** The patient is to wait somewhere else. */
export const Moved: Story = {
  render: checkInAt(() => calling('moved', 'Waiting area C')(late())),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ progress }) => progress.moved('Waiting area C'));
  },
};

/** Something that the visit needs is left: the patient has arrived, and the desk does the rest. */
export const Unfinished: Story = {
  tags: ['step'],
  render: checkInAt(short),
  async play({ canvasElement }) {
    await open(canvasElement, 'maire', 'details');
    await press(canvasElement, ({ skip }) => skip);
    await checkingIn.insurance.see(canvasElement, ({ none }) => none);
    await press(canvasElement, ({ skip }) => skip);
    await see(canvasElement, ({ unfinished }) => unfinished);
  },
};

/** The same while nobody is at the desk: where to go instead, and nothing of what the desk would do. */
export const UnfinishedDeskClosed: Story = {
  tags: ['step'],
  render: checkInAt(() => clinicOf({ ...takingIn({ mandatory: ['details'], deskOpen: false }), ...withDocuments() })),
  async play({ canvasElement }) {
    await open(canvasElement, 'maire', 'details');
    await press(canvasElement, ({ closed }) => closed.skip);
    await checkingIn.insurance.see(canvasElement, ({ none }) => none);
    await press(canvasElement, ({ closed }) => closed.skip);
    await see(canvasElement, ({ closed }) => closed.unfinished);
    await see(canvasElement, ({ deskClosed }) => deskClosed('').trim());
  },
};

/** At home everything was made ready; the patient has not arrived by that. */
export const PreparedAtHome: Story = {
  ...onPhone,
  tags: ['step'],
  render: checkInAt(short),
  async play({ canvasElement }) {
    await identify(canvasElement, 'maire');
    await press(
      canvasElement,
      ({ iAmHome }) => iAmHome,
      ({ preparations }) => preparations.details,
    );
    await checkingIn.details.press(canvasElement, ({ confirm }) => confirm);
    await checkingIn.insurance.press(
      canvasElement,
      ({ none }) => none,
      ({ goOn }) => goOn,
    );
    await see(canvasElement, ({ donePreparedNote }) => donePreparedNote);
  },
};

/** At home something was left for the desk. */
export const UnfinishedAtHome: Story = {
  ...onPhone,
  render: checkInAt(short),
  async play({ canvasElement }) {
    await identify(canvasElement, 'maire');
    await press(
      canvasElement,
      ({ iAmHome }) => iAmHome,
      ({ preparations }) => preparations.details,
      ({ skip }) => skip,
    );
    await checkingIn.insurance.see(canvasElement, ({ none }) => none);
    await press(canvasElement, ({ skip }) => skip);
    await see(canvasElement, ({ unfinished }) => unfinished);
  },
};

/** The page has just been opened, and the clinic takes its time to answer. */
export const SlowToOpen: Story = {
  render: slowTo('describeClinic'),
  play: ({ canvasElement }) => see(canvasElement, ({ opening }) => opening),
};

/** The clinic takes its time to find the visit. */
export const SlowToFind: Story = {
  render: slowTo('findVisits'),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ looking }) => looking);
  },
};

/** The clinic takes its time to write down that the patient is there. */
export const SlowToArrive: Story = {
  tags: ['step'],
  render: slowTo('arriveAtVisit'),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ arriving }) => arriving);
  },
};

/** The clinic takes its time to check the patient in. */
export const SlowToFinish: Story = {
  render: checkInAt(() => slow(short(), VERY_LONG, ['checkIn'])),
  async play({ canvasElement }) {
    await checkInShortly(canvasElement);
    await see(canvasElement, ({ finishing }) => finishing);
  },
};

/** The clinic cannot be reached at all. */
export const LostAtFirst: Story = {
  tags: ['step'],
  render: lost('describeClinic'),
  play: ({ canvasElement }) => see(canvasElement, ({ failures }) => failures.unavailable),
};

/** The network went while the clinic looked for the patient: what was typed is still there. */
export const LostWhileIdentifying: Story = {
  tags: ['step'],
  render: lost('identify'),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ failures }) => failures.unavailable);
    await see(canvasElement, ({ nothingLost }) => nothingLost);
  },
};

/** The network went while the clinic looked for the visit. */
export const LostWhileFinding: Story = {
  render: lost('findVisits'),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ failures }) => failures.unavailable);
  },
};

/** The network went while the patient arrived: trying again is the same arrival. */
export const LostWhileArriving: Story = {
  render: lost('arriveAtVisit'),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ uncertain }) => uncertain);
  },
};

/** The network went at the last step: nobody is checked in twice by trying again. */
export const LostWhileFinishing: Story = {
  render: checkInAt(() => down(short(), ['checkIn'])),
  async play({ canvasElement }) {
    await checkInShortly(canvasElement);
    await see(canvasElement, ({ uncertain }) => uncertain);
  },
};

/** The forms cannot be fetched. */
export const LostBeforeForms: Story = {
  tags: ['step'],
  render: lost('findForms'),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'forms');
    await filling.see(canvasElement, ({ failures }) => failures.unavailable);
  },
};

/** So much time has passed that the patient has to say again who they are. */
export const SignedOutMeanwhile: Story = {
  tags: ['step'],
  render: checkInAt(() => refusing(clinicOf(), 'unauthenticated', ['findVisits'])),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ signedOut }) => signedOut);
  },
};

/** The same in the middle of a step. */
export const SignedOutInTheMiddle: Story = {
  render: checkInAt(() => refusing(clinicOf(), 'unauthenticated', ['getDetails'])),
  async play({ canvasElement }) {
    await open(canvasElement, 'rosa', 'details');
    await see(canvasElement, ({ signedOut }) => signedOut);
  },
};

/** The clinic does not take patients in by this page. */
export const NotOffered: Story = {
  render: checkInAt(() => refusing(clinicOf(), 'unsupported', ['identify'])),
  async play({ canvasElement }) {
    await identify(canvasElement, 'rosa');
    await see(canvasElement, ({ failures }) => failures.unsupported);
  },
};

/** The page has given the check-in no adapter, and there is no provider around it. */
export const NotConnected: Story = {
  render: checkInAt(() => undefined),
  play: ({ canvasElement }) => see(canvasElement, ({ notConnected }) => notConnected),
};

import { down, slow } from '@clinic-widgets/adapter-memory';
import type { OperationName } from '@clinic-widgets/core';
import type { Meta } from '@storybook/web-components-vite';
import {
  answering,
  type Args,
  args,
  checkInAt,
  hurriedClock,
  onPhone,
  refusingField,
  type Story,
  takingIn,
} from './check-in.ts';
import { clinicOf } from './clinics.ts';
import { checkingIn } from './patient.ts';

const { press, see, write } = checkingIn;

export default {
  title: 'Check-in help',
  component: 'clinic-check-in',
  args,
  render: checkInAt(clinicOf),
} satisfies Meta<Args>;

/** As long as nobody waits, so that what is shown meanwhile can be looked at. */
const VERY_LONG = 600_000;

const lost = (...operations: readonly OperationName[]) => checkInAt(() => down(clinicOf(), operations));

/** Without an appointment: before all else, whether anybody is in danger. */
export const WalkInDanger: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await press(canvasElement, ({ walkIn }) => walkIn);
    await see(canvasElement, ({ dangerNote }) => dangerNote);
  },
};

/** Somebody is in danger: what to do now, while staff are told. */
export const WalkInEmergency: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await press(
      canvasElement,
      ({ walkIn }) => walkIn,
      ({ yes }) => yes,
    );
    await see(canvasElement, ({ emergencyNote }) => emergencyNote);
    await see(canvasElement, ({ called }) => called);
  },
};

/** The same with a phone: it can dial, and nobody of the clinic may be near. */
export const WalkInEmergencyOnPhone: Story = {
  ...onPhone,
  tags: ['step'],
  async play({ canvasElement }) {
    await press(
      canvasElement,
      ({ walkIn }) => walkIn,
      ({ yes }) => yes,
    );
    await see(canvasElement, ({ awayLater }) => awayLater.emergencyNote);
    await see(canvasElement, ({ away }) => away.called);
  },
};

/** Somebody is in danger, and nobody could be told: it says so. */
export const WalkInEmergencyNotReached: Story = {
  tags: ['step'],
  render: lost('askForHelp'),
  async play({ canvasElement }) {
    await press(
      canvasElement,
      ({ walkIn }) => walkIn,
      ({ yes }) => yes,
    );
    await see(canvasElement, ({ notReached }) => notReached);
  },
};

async function walkIn(canvas: HTMLElement): Promise<void> {
  await press(
    canvas,
    (text) => text.walkIn,
    ({ no }) => no,
  );
  await write(canvas, 'reason', 'A cough since Friday');
  await write(canvas, 'family-name', 'Delgado');
  await press(canvas, ({ send }) => send);
}

/** Who somebody says that they are, and why they came; what is missing is said at its field. */
export const WalkInForm: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await press(
      canvasElement,
      (text) => text.walkIn,
      ({ no }) => no,
      ({ send }) => send,
    );
    await see(canvasElement, ({ missing }) => missing.reason);
  },
};

/** The desk has what was typed, and calls the number. */
export const WalkInTaken: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await walkIn(canvasElement);
    await see(canvasElement, ({ takenInNote }) => takenInNote);
  },
};

/** The same with a phone: they may have to come first. */
export const WalkInTakenOnPhone: Story = {
  ...onPhone,
  async play({ canvasElement }) {
    await walkIn(canvasElement);
    await see(canvasElement, ({ awayLater }) => awayLater.takenInNote);
  },
};

/** Nobody is at the desk: nothing is promised. */
export const WalkInDeskClosed: Story = {
  render: checkInAt(() => clinicOf(takingIn({ deskOpen: false }))),
  async play({ canvasElement }) {
    await walkIn(canvasElement);
    await see(canvasElement, ({ deskClosed }) => deskClosed('').trim());
  },
};

/** What was typed is on its way, and cannot be sent a second time. */
export const WalkInSlow: Story = {
  render: checkInAt(() => slow(clinicOf(), VERY_LONG, ['startWalkIn'])),
  async play({ canvasElement }) {
    await walkIn(canvasElement);
    await see(canvasElement, ({ sending }) => sending);
  },
};

/** The same before anything is typed. */
export const WalkInFormDeskClosed: Story = {
  tags: ['step'],
  render: checkInAt(() => clinicOf(takingIn({ deskOpen: false }))),
  async play({ canvasElement }) {
    await press(
      canvasElement,
      (text) => text.walkIn,
      ({ no }) => no,
    );
    await see(canvasElement, ({ closed }) => closed.walkInNote);
    await see(canvasElement, ({ deskClosed }) => deskClosed('').trim());
  },
};

/** What was typed may not have arrived: trying again does not send it twice. */
export const WalkInLost: Story = {
  render: lost('startWalkIn'),
  async play({ canvasElement }) {
    await walkIn(canvasElement);
    await see(canvasElement, ({ uncertain }) => uncertain);
  },
};

/** The ways to a person, from every screen. */
export const Help: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await press(canvasElement, ({ help }) => help);
    await see(canvasElement, ({ helpTitle }) => helpTitle);
  },
};

async function tell(canvas: HTMLElement): Promise<void> {
  await press(
    canvas,
    ({ help }) => help,
    ({ tellUs }) => tellUs,
  );
  await write(canvas, 'message', 'The door is heavy.');
}

/** A word to the clinic: what is good, what is not, a question about a bill. */
export const TellingUs: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await tell(canvasElement);
  },
};

/** It was to be sent without a word: the field says so. */
export const TellingUsNothing: Story = {
  async play({ canvasElement }) {
    await press(
      canvasElement,
      ({ help }) => help,
      ({ tellUs }) => tellUs,
      ({ send }) => send,
    );
    await see(canvasElement, ({ missing }) => missing.value);
  },
};

/** The clinic does not take the words: they are kept, and the field says why. */
export const TellingUsRefused: Story = {
  render: checkInAt(() => refusingField(clinicOf(), 'askForHelp', { path: ['message'], reason: 'too-long' })),
  async play({ canvasElement }) {
    await tell(canvasElement);
    await press(canvasElement, ({ send }) => send);
    await see(canvasElement, ({ misfits }) => misfits['too-long']);
  },
};

/** The words have reached the clinic, with a number to ask about them. */
export const ToldUs: Story = {
  async play({ canvasElement }) {
    await tell(canvasElement);
    await press(canvasElement, ({ send }) => send);
    await see(canvasElement, ({ calledLater }) => calledLater);
  },
};

async function call(canvas: HTMLElement): Promise<void> {
  await press(canvas, ({ help }) => help);
  await see(canvas, ({ tellUs }) => tellUs);
  await press(canvas, ({ callPerson }) => callPerson);
}

/** The call is on its way. */
export const Calling: Story = {
  tags: ['step'],
  render: checkInAt(() => slow(clinicOf(), VERY_LONG, ['askForHelp'])),
  async play({ canvasElement }) {
    await call(canvasElement);
    await see(canvasElement, ({ calling }) => calling);
  },
};

/** The call did not reach anybody, and the patient is told so. */
export const NotReached: Story = {
  tags: ['step'],
  render: lost('askForHelp'),
  async play({ canvasElement }) {
    await call(canvasElement);
    await see(canvasElement, ({ notReached }) => notReached);
  },
};

/** Staff have been told; that somebody comes is said by nobody yet. */
export const WaitingForAPerson: Story = {
  tags: ['step'],
  async play({ canvasElement }) {
    await call(canvasElement);
    await see(canvasElement, ({ called }) => called);
  },
};

/** Somebody has said that they come. */
export const SomeoneComes: Story = {
  tags: ['step'],
  render: checkInAt(() => answering(clinicOf())),
  async play({ canvasElement }) {
    await call(canvasElement);
    await see(canvasElement, ({ someoneComes }) => someoneComes);
  },
};

/** Nobody has answered for half a minute: where to go instead. */
export const NobodyAnswered: Story = {
  tags: ['step'],
  render: (args) => checkInAt(clinicOf, { clock: hurriedClock() })(args),
  async play({ canvasElement }) {
    await call(canvasElement);
    await see(canvasElement, ({ nobody }) => nobody('').trim());
  },
};

/** Nobody is at the desk, and nothing is promised. */
export const DeskClosed: Story = {
  tags: ['step'],
  render: checkInAt(() => clinicOf(takingIn({ deskOpen: false }))),
  async play({ canvasElement }) {
    await call(canvasElement);
    await see(canvasElement, ({ deskClosed }) => deskClosed('').trim());
  },
};

const reminded = (token: string): Pick<Story, 'args'> => ({ args: { ...onPhone.args, reminder: token } });

/** The link of a reminder asks only whether the patient comes. */
export const Reminded: Story = {
  ...reminded('reminder-a-rosa-today-1'),
  tags: ['step'],
  play: ({ canvasElement }) => see(canvasElement, ({ cannotCome }) => cannotCome),
};

/** The patient comes. */
export const Coming: Story = {
  ...reminded('reminder-a-rosa-today-1'),
  tags: ['step'],
  async play({ canvasElement }) {
    await press(canvasElement, ({ isComing }) => isComing);
    await see(canvasElement, ({ thanks }) => thanks);
    await see(canvasElement, ({ prepareNow }) => prepareNow);
  },
};

/** The patient cannot come: the visit is called off. */
export const CannotCome: Story = {
  ...reminded('reminder-a-rosa-today-1'),
  async play({ canvasElement }) {
    await press(canvasElement, ({ cannotCome }) => cannotCome);
    await see(canvasElement, ({ cannotComeNote }) => cannotComeNote('|').split('|')[0]!);
  },
};

/** The link has run out, or was used. */
export const ReminderRunOut: Story = {
  ...reminded('reminder-a-ines-nurse-old'),
  tags: ['step'],
  async play({ canvasElement }) {
    await press(canvasElement, ({ isComing }) => isComing);
    await see(canvasElement, ({ linkOver }) => linkOver);
  },
};

/** The answer may not have arrived: giving it again is the same answer. */
export const ReminderLost: Story = {
  ...reminded('reminder-a-rosa-today-1'),
  render: lost('respondToAppointment'),
  async play({ canvasElement }) {
    await press(canvasElement, ({ isComing }) => isComing);
    await see(canvasElement, ({ uncertain }) => uncertain);
  },
};

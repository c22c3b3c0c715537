import { FailureEvent, StepEvent } from '../ui/events.ts';
import { goingOf, type Settings, type State } from './state.ts';

/** The clinic has checked the patient in, or, from home, has everything that it asked for. */
export class CheckedInEvent extends Event {
  readonly appointmentId: string;
  /** Checked in; `false` where it was done from home, before the visit. */
  readonly onSite: boolean;

  constructor(appointmentId: string, onSite: boolean) {
    super('clinic-checked-in', { bubbles: true, composed: true });
    this.appointmentId = appointmentId;
    this.onSite = onSite;
  }
}

/** Staff have been called, or told something. */
export class HelpAskedEvent extends Event {
  readonly helpId: string;

  constructor(helpId: string) {
    super('clinic-help-asked', { bubbles: true, composed: true });
    this.helpId = helpId;
  }
}

/** The patient is finished at this screen: a shared device is wiped now. */
export class VisitEndedEvent extends Event {
  constructor() {
    super('clinic-visit-ended', { bubbles: true, composed: true });
  }
}

/** How the patient wants to see it has changed. It does not bubble: whoever keeps the time listens to it. */
export class SettingsEvent extends Event {
  readonly settings: Settings;

  constructor(settings: Settings) {
    super('clinic-settings');
    this.settings = settings;
  }
}

/** What the page is told of a step from one state to the next. */
export function eventsOf(from: State, to: State): readonly Event[] {
  const events: Event[] = [];
  if (from.step !== to.step) events.push(new StepEvent(to.step === 'part' ? to.part.name : to.step));
  if (to.step === 'failed' && from.step !== 'failed') events.push(new FailureEvent(to.error.code));
  if (from.step === 'finishing' && to.step === 'done' && !to.desk) {
    events.push(new CheckedInEvent(goingOf(to)!.visit.appointment.id, to.visit.appointment.status === 'checked-in'));
  }
  if (from.calling?.state === 'sending' && to.calling?.state === 'called') {
    events.push(new HelpAskedEvent(to.calling.help.id));
  }
  if (from.step === 'part' && to.step === 'part' && from.part === to.part) {
    events.push(...(to.part.events?.(from.inner, to.inner) ?? []));
  }
  if (from.settings !== to.settings) events.push(new SettingsEvent(to.settings));
  return events;
}

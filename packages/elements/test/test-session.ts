import type { Visit } from '@clinic-widgets/core';
import type { Part } from '../src/check-in/part.ts';
import type { Session } from '../src/check-in/session.ts';
import type { Flow } from '../src/ui/flow.ts';

/** A visit that needs everything. */
export const visit: Visit = {
  appointment: {
    id: 'a-rosa-today',
    version: '1',
    status: 'arrived',
    patientId: 'p-rosa',
    start: '2026-03-02T09:30:00-05:00',
    timeZone: 'America/New_York',
  },
  preparations: [],
  ready: false,
  timing: 'on-time',
};

/** Somebody at a kiosk who is there for herself, but for what is said. */
export const sessionWith = (changes: Partial<Session> = {}): Session => ({
  host: { station: { kind: 'kiosk', deviceId: 'lobby-1' }, language: 'en' },
  clinic: {
    name: 'Harbor Clinic',
    timeZone: 'America/New_York',
    supports: ['bookAppointment'],
    phone: '(269) 555-0142',
  },
  pass: 'pass-1',
  acting: { patientId: 'p-rosa' },
  authority: 'self',
  visit,
  ...changes,
});

/** A part as a flow of its own. */
export const flowOf = <State, Action>(
  part: Pick<Part<State, Action>, 'begin' | 'transition' | 'work'>,
  session: Session = sessionWith(),
): Flow<State, Action> => ({
  initial: part.begin(session),
  transition: (state, action) => part.transition(state, action, session),
  work: (state) => part.work(state, session),
});

/** A valid free slot, with what a test changes. */
export function slot(changes: object = {}): object {
  return {
    resourceType: 'Slot',
    schedule: { reference: 'Schedule/rivera' },
    status: 'free',
    start: '2030-05-03T09:00:00-04:00',
    end: '2030-05-03T09:30:00-04:00',
    ...changes,
  };
}

/** A valid booked appointment, with what a test changes. */
export function appointment(changes: object = {}): object {
  return {
    resourceType: 'Appointment',
    status: 'booked',
    slot: [{ reference: 'Slot/nine' }],
    start: '2030-05-03T09:00:00-04:00',
    end: '2030-05-03T09:30:00-04:00',
    participant: [{ actor: { reference: 'Patient/ana' }, status: 'accepted' }],
    ...changes,
  };
}

/** A practitioner's schedule, one free slot in it, and a patient. */
export const clinic: readonly object[] = [
  { resourceType: 'Practitioner', id: 'rivera', name: [{ family: 'Rivera' }] },
  { resourceType: 'Schedule', id: 'rivera', actor: [{ reference: 'Practitioner/rivera' }] },
  slot({ id: 'nine' }),
  { resourceType: 'Patient', id: 'ana', name: [{ family: 'Ochoa' }] },
];

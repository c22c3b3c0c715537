import type * as fhir from 'fhir/r4.js';

/** So many who have arrived, each a patient of their own whose visit is like another: with what is left of it, and a call for a person. */
export function fullDesk(count: number, appointment: fhir.Appointment, patient: fhir.Patient): fhir.FhirResource[] {
  const attention = (code: string, id: string, more: Partial<fhir.Task>): fhir.Task => ({
    resourceType: 'Task',
    id,
    status: 'requested',
    intent: 'order',
    priority: code === 'help' ? 'urgent' : 'routine',
    code: { coding: [{ system: 'urn:clinic-widgets:attention', code }] },
    authoredOn: '2026-03-02T12:00:00.000Z',
    ...more,
  });
  return Array.from({ length: count }, (_, index) => {
    const number = String(index).padStart(4, '0');
    const forPatient = { reference: `Patient/many-${number}` };
    const basedOn = [{ reference: `Appointment/many-${number}` }];
    return [
      { ...patient, id: `many-${number}`, name: [{ family: `Family${number}`, given: ['Given'] }] },
      {
        ...appointment,
        id: `many-${number}`,
        status: 'arrived' as const,
        identifier: [],
        participant: appointment.participant.map((one) =>
          one.actor?.reference?.startsWith('Patient/') ? { ...one, actor: forPatient } : one,
        ),
      },
      attention('unfinished', `unfinished-${number}`, { for: forPatient, basedOn }),
      attention('help', `help-${number}`, { for: forPatient, basedOn }),
    ];
  }).flat();
}

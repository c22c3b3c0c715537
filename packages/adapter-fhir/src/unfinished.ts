import type { Preparation, Station } from '@clinic-widgets/core/check-in.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import { actorOf } from './acting.ts';
import { fromStation } from './confirmations.ts';
import { createOnce, markOf, type Write } from './once.ts';
import { ATTENTION_CODES, ATTENTION_INPUTS } from './vocabulary.ts';

interface About {
  readonly acting: Acting;
  readonly appointmentId?: string | undefined;
  readonly station: Station;
}

/** Makes the Task for the desk to finish something of a visit, once. It keeps nobody from being checked in. */
export async function tellUnfinished(
  write: Write,
  { acting, appointmentId, station }: About,
  what: Preparation,
): Promise<void> {
  const key = `${write.key}/unfinished`;
  await createOnce(
    write,
    {
      resourceType: 'Task',
      extension: [fromStation(station)],
      identifier: [markOf(key)],
      ...(appointmentId !== undefined && { basedOn: [{ reference: `Appointment/${appointmentId}` }] }),
      status: 'requested',
      intent: 'order',
      priority: 'routine',
      code: { coding: [{ system: ATTENTION_CODES, code: 'unfinished' }] },
      description: 'Finish something of the patient’s visit.',
      for: { reference: `Patient/${acting.patientId}` },
      authoredOn: new Date(write.now).toISOString(),
      requester: actorOf(acting),
      input: [{ type: { coding: [{ system: ATTENTION_INPUTS, code: 'unfinished' }] }, valueCode: what }],
    },
    key,
    write.asking,
  );
}

import type * as fhir from 'fhir/r4.js';
import { CopyWay } from '@clinic-widgets/core/check-in.js';
import type { ConsentDecision } from '@clinic-widgets/core/consents.js';
import type { Attention } from '@clinic-widgets/core/desk.js';
import { actorOf } from './acting.ts';
import { fromStation } from './confirmations.ts';
import { idOf } from './datatypes.ts';
import { textOf } from './elements.ts';
import { createOnce, markOf, type Write } from './once.ts';
import { taskKey } from './reviews.ts';
import { concept, valueUnder } from './visit-tasks.ts';
import { ATTENTION_CODES, ATTENTION_INPUTS } from './vocabulary.ts';

/** The Task to hand over or send a copy. */
export function fromCopy(
  { acting, appointmentId, language, station, copy }: ConsentDecision,
  { id, sourceAttachment }: fhir.Consent,
  key: string,
  now: number,
): fhir.Task {
  const title = textOf(sourceAttachment?.title);
  return {
    resourceType: 'Task',
    extension: [fromStation(station)],
    identifier: [markOf(key)],
    ...(appointmentId !== undefined && { basedOn: [{ reference: `Appointment/${appointmentId}` }] }),
    status: 'requested',
    intent: 'order',
    priority: 'routine',
    code: concept(ATTENTION_CODES, 'copy'),
    description: copy === 'email' ? 'Send a copy to the e-mail address on file.' : 'Hand over a copy on paper.',
    focus: { reference: `Consent/${id}`, ...(title && { display: title }) },
    for: { reference: `Patient/${acting.patientId}` },
    authoredOn: new Date(now).toISOString(),
    requester: actorOf(acting),
    ...(station.locationId !== undefined && { location: { reference: `Location/${station.locationId}` } }),
    input: [
      { type: concept(ATTENTION_INPUTS, 'language'), valueCode: language },
      ...(copy ? [{ type: concept(ATTENTION_INPUTS, 'copy'), valueCode: copy }] : []),
    ],
  };
}

/** What a copy is wanted of, and how: on paper where it is not said. */
export function copyIn({ focus, input }: fhir.Task): Attention['copyOf'] {
  const consentId = idOf(focus, 'Consent');
  if (consentId === undefined) return undefined;
  const way = CopyWay.safeParse(valueUnder(input, ATTENTION_INPUTS, 'copy')?.valueCode).data ?? 'paper';
  return { consentId, title: textOf(focus?.display) ?? '', way };
}

/** Tells the desk, once, where a copy is wanted of a decision that was kept. Where there are no Tasks, the Consent says it. */
export async function tellCopy(write: Write, decision: ConsentDecision, consent: fhir.Consent): Promise<void> {
  if (!decision.copy || !write.ability.can('Task', 'create')) return;
  const key = taskKey('copy', write.key);
  await createOnce(write, fromCopy(decision, consent, key, write.now), key, write.asking);
}

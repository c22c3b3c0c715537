import type { Acting, ClinicAdapter, Submission } from '@clinic-widgets/core';
import { type ClinicError, isClinicError } from '@clinic-widgets/core/errors.js';
import type { Action } from './action.ts';
import { type Trouble, troubleRefused } from './checks.ts';
import { type Filling, outcomeOf, pageOf } from './filling.ts';
import { placeOf, written } from './response.ts';
import type { In, Open } from './state.ts';
import { nodeAt } from './tree.ts';

/** What is handed in. */
export function submissionOf(
  {
    filling,
    host,
    appointmentId,
  }: Pick<Open, 'filling' | 'appointmentId'> & { readonly host: { readonly acting: Acting } },
  authored: string,
): Submission {
  const { form, nodes } = filling;
  const outcome = outcomeOf(filling);
  return {
    acting: host.acting,
    form: { id: form.id, version: form.version },
    language: form.language,
    authored,
    items: [...written(nodes).items],
    ...(appointmentId && { appointmentId }),
    ...(outcome && { outcome }),
  };
}

/** Hands a form in. What the clinic says of the answers is no failure: the patient goes back to them. */
export async function handIn(state: In<'sending'>, adapter: ClinicAdapter, signal: AbortSignal): Promise<Action> {
  const { key, filling } = state;
  try {
    const submission = submissionOf(state, state.authored);
    const { id, status } = await adapter.submitForm(submission, { signal, idempotencyKey: key });
    return { type: 'sent', key, responseId: id, queued: status === 'queued' };
  } catch (error) {
    const answer = isClinicError(error) ? answerTo(error, filling) : undefined;
    if (answer) return { ...answer, key };
    throw error;
  }
}

/** The questions whose answers the clinic does not accept, or the answers to a form that it has changed. */
export function answerTo({ code, misfits }: ClinicError, filling: Filling) {
  const response = written(filling.nodes);
  if (code === 'conflict') return { type: 'form-changed', answers: response.items } as const;
  if (code !== 'invalid') return undefined;
  const troubles: Record<string, Trouble> = {};
  for (const { path, reason } of misfits) {
    const place = placeOf(response, path);
    if (place && pageOf(filling, place)) troubles[place] = troubleRefused(nodeAt(filling.nodes, place)!.item, reason);
  }
  return Object.keys(troubles).length > 0 ? ({ type: 'refused', troubles } as const) : undefined;
}
